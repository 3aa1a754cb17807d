"""The case store: open, create, import, restore and remove cases. Read-only access is in `case_reader`."""

from __future__ import annotations

import contextlib
import datetime
import functools
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from iep_tui.core.case_model import Case
from iep_tui.i18n import _
from iep_tui.store import disk
from iep_tui.store.case_folder import parse_stamp
from iep_tui.store.case_reader import CaseFileSummary, CaseReader, require_own
from iep_tui.store.crypto.envelope import Seal
from iep_tui.store.errors import (
    CaseDamaged,
    CaseLocked,
    CaseMissing,
    IdTaken,
    NewerVersion,
    unreadable_error,
    unwritable_error,
)
from iep_tui.store.ids import is_id, new_id

if TYPE_CHECKING:
    from iep_tui.store.backups import Backups
    from iep_tui.store.case_lock import CaseLock
    from iep_tui.store.crypto.passphrase_changes import PassphraseManager
    from iep_tui.store.open_case import OpenCase
    from iep_tui.store.repair import RepairResult
    from iep_tui.store.tinydb_storage import CaseStorage

__all__ = ["CaseFileSummary", "CaseStore", "new_id"]


class CaseStore(CaseReader):
    """Read and write access to the cases in the data folder `home`, which is created at the first save."""

    # Open and write

    def create(self, case: Case) -> OpenCase:
        """Create a file for this case and return it open. StoreError; IdTaken if its id is in use."""
        from iep_tui.store.case_records import tables_of
        from iep_tui.store.open_case import OpenCase, check_ids

        check_ids(case)
        self._ask("")
        try:
            disk.make_folders(self.folder)
        except OSError as error:
            raise unwritable_error(error) from error
        lock = self._folder.lock(case.id)
        if self._folder.is_taken(case.id) or not _take(lock):
            raise IdTaken(_("There is a case {id} already. It was left as it is.").format(id=case.id))
        try:
            backups = self._backups(case.id)
            path = self._folder.place(case.id)
            storage = self._storage(path, backups, new=True, seal=self.sealing.seal_for_new())
        except BaseException:
            lock.release(remove=True)
            raise
        now = self._clock().astimezone(datetime.UTC)
        try:
            storage.write(tables_of(case, f"{now:%Y-%m-%dT%H:%M:%SZ}"))
        except BaseException:
            if storage.save:  # the file was written, but creation is reported as failed
                with contextlib.suppress(OSError):
                    disk.remove(storage.path)
            lock.release(remove=True)
            raise
        return OpenCase(case, self._clock, now, storage=storage, lock=lock, backups=backups, is_new=True)

    def open(self, case_id: str) -> OpenCase:
        """Open the case locked for this window, or read-only if that is impossible. StoreError.

        If the file is damaged and a good backup exists, the file is set aside, the backup is opened, and `notice` says
        so.
        """
        from iep_tui.store.case_lock import lock_for_writing
        from iep_tui.store.open_case import OpenCase
        from iep_tui.store.tinydb_storage import remove_temporary

        path, real, about = self._folder.found(case_id)
        self._ask(case_id)
        lock = self._folder.lock(case_id)
        reason = lock_for_writing(path, real, about, lock)
        if reason:
            return self._open_to_read(case_id, path, reason)
        repaired = None
        backups = self._backups(case_id)
        try:
            with contextlib.suppress(OSError):  # a failed cleanup must not prevent opening; a save retries it
                remove_temporary(real)
            try:
                storage, case = self._load(case_id, path, real, backups)
            except CaseDamaged:
                repaired = self._repair(case_id)
                if repaired is None:
                    raise
                storage, case = self._load(case_id, path, real, backups)
            if storage.seal is not None:
                storage.seal = self.sealing.finish_interrupted(case_id, storage.seal)
        except NewerVersion as error:
            lock.release()
            return self._open_to_read(case_id, path, str(error))
        except BaseException:
            lock.release()
            raise
        return OpenCase(
            case,
            self._clock,
            parse_stamp(storage.about or about),
            storage=storage,
            lock=lock,
            backups=backups,
            notice=repaired.notice if repaired else "",
            newer=repaired.newer if repaired else None,
        )

    def _storage(
        self, path: Path, backups: Backups, *, real: Path | None = None, new: bool = False, seal: Seal | None = None
    ) -> CaseStorage:
        from iep_tui.store.tinydb_storage import CaseStorage

        return CaseStorage(
            path,
            real=real,
            new=new,
            migrations=self._migrations,
            before_save=backups.before_save,
            keys=self.keys,
            seal=seal,
        )

    def _load(self, case_id: str, path: Path, real: Path, backups: Backups) -> tuple[CaseStorage, Case]:
        storage = self._storage(path, backups, real=real)
        from iep_tui.store.case_records import case_from_body

        return storage, require_own(case_id, case_from_body(storage.body))

    def _repair(self, case_id: str) -> RepairResult | None:
        from iep_tui.store.repair import repair_case

        damaged_path = self._folder.damaged_path(case_id, self._clock())
        seal = self.sealing.seal_of(case_id)
        return repair_case(
            self._folder.file(case_id), damaged_path, case_id, self.backups(case_id), self._migrations, self.keys, seal
        )

    def _open_to_read(self, case_id: str, path: Path, reason: str) -> OpenCase:
        from iep_tui.store.open_case import OpenCase

        try:
            saved_at = parse_stamp(disk.stat_file(path))
        except OSError as error:
            raise unreadable_error(error) from error
        try:
            case = self.read(case_id)
        except NewerVersion as error:
            from iep_tui.store.saved_state import read_newer_state

            case = read_newer_state(path, error, self.keys)
            reason = _("To read only, and there may be more in it than is shown. {reason}").format(reason=error)
        return OpenCase(case, self._clock, saved_at, read_only=reason)

    def add(self, case: Case) -> str:
        """Add a case from outside and return its id, which is new if its own is taken. StoreError."""
        while not is_id(case.id) or self._folder.is_taken(case.id):
            case = msgspec.structs.replace(case, id=new_id())
        with self.create(case) as opened:
            return opened.id

    def remove(self, case_id: str) -> None:
        """Remove all files of this case, including backups. StoreError; CaseLocked if a window has it open."""
        if not self.backups(case_id):  # a case without a file can still have backups to remove
            self._folder.file(case_id)
        from iep_tui.store.case_index import CaseIndex

        sync_copies = self.copies(case_id)
        try:
            disk.make_folders(self.folder)
        except OSError as error:
            raise unwritable_error(error) from error
        with self._locked(case_id, remove=True):
            self._folder.remove(case_id, sync_copies)
            CaseIndex(self.home).forget(case_id)

    # Earlier states

    def is_free(self, case_id: str) -> bool:
        """Return True if no window currently has this case open for writing. False if that cannot be determined."""
        lock = self._folder.lock(case_id)
        try:
            free = lock.take()
        except OSError:
            return False
        lock.release()
        return free

    def keep_state(self, case_id: str) -> None:
        """Back up the file on disk, however recent the newest backup is. StoreError. The caller has the case open."""
        path = self._folder.file(case_id)
        header, _data, _case = self._state(path)
        try:
            self._backups(case_id).keep(path, header.save)
        except OSError as error:
            raise unwritable_error(error) from error

    def restore(self, case_id: str, number: int) -> None:
        """Replace the case with the backup of this number; the replaced state is backed up first.

        A damaged file is set aside instead. StoreError; CaseLocked if a window has the case open.
        """
        from iep_tui.store.repair import restore_backup

        backup = next((candidate for candidate in self.backups(case_id) if candidate.number == number), None)
        if backup is None:
            raise CaseMissing(_("There is no earlier copy {number} of this case.").format(number=number))
        self._ask(case_id)
        try:
            disk.make_folders(self.folder)
        except OSError as error:
            raise unwritable_error(error) from error
        with self._locked(case_id):
            damaged_path = self._folder.damaged_path(case_id, self._clock())
            backups = self._backups(case_id)
            seal = self.sealing.seal_of(case_id)
            restore_backup(
                self._folder.place(case_id), damaged_path, case_id, backup, backups, self._migrations, self.keys, seal
            )

    # Sealed cases

    @functools.cached_property
    def sealing(self) -> PassphraseManager:
        """Sets, changes and removes passphrases, and unlocks sealed cases."""
        from iep_tui.store.crypto.passphrase_changes import PassphraseManager

        return PassphraseManager(self.home, self._folder, self.keys, self._locked)

    def _ask(self, case_id: str) -> None:
        if self.ask is not None and self.sealing.is_locked(case_id):
            self.ask(case_id)

    @contextlib.contextmanager
    def _locked(self, case_id: str, *, remove: bool = False) -> Iterator[None]:
        """Hold the lock of a case that is not open. CaseLocked; turns OSErrors inside into StoreErrors."""
        lock = self._folder.lock(case_id)
        if not _take(lock):
            raise CaseLocked(_("This case is open in another window. Close it there first."))
        try:
            yield
        except OSError as error:
            lock.release()
            raise unwritable_error(error) from error
        except BaseException:
            lock.release()
            raise
        lock.release(remove=remove)


def _take(lock: CaseLock) -> bool:
    try:
        return lock.take()
    except OSError as error:
        raise unwritable_error(error) from error
