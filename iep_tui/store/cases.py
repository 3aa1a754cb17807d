"""All cases of this computer's user: list, find, open, make, take in, remove."""

from __future__ import annotations

import contextlib
import datetime
import functools
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from iep_tui.core.answers import Case
from iep_tui.language import _
from iep_tui.store import disk
from iep_tui.store.backups import Backup, Backups
from iep_tui.store.errors import (
    Damaged,
    Locked,
    Misplaced,
    Missing,
    Newer,
    Sealed,
    StoreError,
    Taken,
    unreadable,
    unwritable,
)
from iep_tui.store.finding import child_name, find
from iep_tui.store.folder import CaseFolder, moment
from iep_tui.store.ids import is_id, new_id
from iep_tui.store.lock import CaseLock, take_to_write
from iep_tui.store.records import case_of, tables_of
from iep_tui.store.sealed import Keys, Seal
from iep_tui.store.states import as_far_as_known, read_state
from iep_tui.store.surroundings import conflicted_copies
from iep_tui.store.upgrade import TODAY, History

if TYPE_CHECKING:
    from iep_tui.store.healing import Healed
    from iep_tui.store.open_case import Clock, OpenCase
    from iep_tui.store.sealing import Sealing
    from iep_tui.store.storage import CaseStorage

__all__ = ["OpenCase", "Store", "Summary", "new_id"]


def __getattr__(name: str) -> object:
    """`OpenCase` lives beside the database, which who only reads does not load."""
    if name == "OpenCase":
        from iep_tui.store.open_case import OpenCase

        return OpenCase
    raise AttributeError(name)


class Summary(msgspec.Struct, frozen=True):
    """One file of a case, and what the system says of it. Without a `case`, `trouble` says why in a line.

    `sealed` without a `case`: its passphrase was not given yet, and nothing is wrong with it. Nothing of a sealed one
    is kept anywhere else.
    """

    id: str
    path: Path
    about: os.stat_result
    case: Case | None
    trouble: str = ""
    sealed: bool = False

    @property
    def changed(self) -> datetime.datetime:
        """When the file was written, UTC."""
        return moment(self.about)

    @property
    def name(self) -> str:
        """The child's name, "" while there is none."""
        return child_name(self.case) if self.case is not None else ""


class Store:
    """The cases in the data folder `home`. Nothing is made on the disk before there is something to keep."""

    def __init__(self, home: Path, clock: Clock | None = None, history: History = TODAY) -> None:
        self.home = home
        self._folder = CaseFolder(home)
        self._clock = clock or _utc_now
        self._history = history
        self.keys = Keys()
        #: Called with the id of a locked case ("" for a new one) before Sealed is raised: it unlocks, or raises.
        self.ask: Callable[[str], None] | None = None

    @property
    def folder(self) -> Path:
        """The folder with one file a case."""
        return self._folder.path

    # To read; no lock, nothing written

    def summaries(self) -> list[Summary]:
        """Every case, the one that changed last first. A file that cannot be read is among them, with its trouble.

        StoreError only when the folder itself cannot be read.
        """
        return [self.summary(case_id, about) for case_id, about in self.files()]

    def files(self) -> list[tuple[str, os.stat_result]]:
        """The id of every case and what the system says of its file, the one that changed last first. StoreError."""
        found = [(path.stem, about) for path, about in self._folder.files()]
        return sorted(found, key=lambda one: (one[1].st_mtime_ns, one[0]), reverse=True)

    def summary(self, case_id: str, about: os.stat_result) -> Summary:
        """One of the cases that `files` gave; with its trouble when it cannot be read."""
        path = self._folder.place(case_id)
        case, trouble, sealed = None, "", False
        try:
            header, _data, found = read_state(path, self._history, self.keys)
            case, sealed = _its_own(case_id, found), header.seal is not None
        except Sealed as error:
            trouble, sealed = str(error), True
        except Damaged as error:
            trouble = str(error)
            if self.backups(case_id):
                trouble += " " + _("An earlier copy is kept. Open the case to go on from there.")
        except StoreError as error:
            trouble = str(error)
        return Summary(case_id, path, about, case, trouble, sealed)

    def ids(self) -> list[str]:
        """The ids of all cases, sorted, without reading one."""
        return sorted(path.stem for path, _about in self._folder.files())

    def read(self, case_id: str) -> Case:
        """The case as it is on the disk. StoreError; Sealed until `sealing.unlock` was given its passphrase."""
        self._ask(case_id)
        return _its_own(case_id, read_state(self._folder.file(case_id), self._history, self.keys)[2])

    def find(self, words: str) -> str:
        """The id of the case that `words` mean: its id, the start of it, or the child's name. StoreError.

        A sealed case has no name until its passphrase was given.
        """
        files = self.files()
        closed: list[str] = []
        try:
            return find(words, sorted(case_id for case_id, _about in files), lambda: self._names(files, closed))
        except Missing as error:
            if not closed:
                raise
            raise Missing(f"{error} " + _("Sealed cases are found by name only with their passphrase.")) from None

    def _names(self, files: list[tuple[str, os.stat_result]], closed: list[str]) -> dict[str, str]:
        """The children's names by id, from the index where it knows them; `closed` gets the ids that are sealed."""
        from iep_tui.store.index import Index

        index = Index(self.home)
        names: dict[str, str] = {}
        for case_id, about in files:
            line = index.line(case_id, about)
            if line is not None:
                names[case_id] = line.name
                continue
            summary = self.summary(case_id, about)
            names[case_id] = summary.name
            if summary.sealed and summary.case is None:
                closed.append(case_id)
        return {case_id: name for case_id, name in names.items() if name}

    def name(self, case_id: str) -> str:
        """The child's name by the case, or by the newest earlier copy that can be read; "" while nothing says it."""
        if not is_id(case_id):
            return ""
        path = self._folder.place(case_id)
        for state in (path, *(backup.path for backup in self.backups(case_id))):
            try:
                return child_name(self.read_copy(state))
            except Sealed:
                break
            except StoreError:
                continue
        return ""

    def copies(self, case_id: str) -> list[Path]:
        """What a sync put beside this case when two computers wrote it; to be shown, never merged here."""
        if not is_id(case_id):
            return []
        found = conflicted_copies(self.folder, case_id)
        return [path for path in found if not is_id(path.stem) or self._id_inside(path) != path.stem]

    def read_copy(self, path: Path) -> Case:
        """The case in a file that `copies` or `backups` gave, to look at, or to `add` as one of its own. StoreError."""
        return read_state(path, self._history, self.keys)[2]

    def _id_inside(self, path: Path) -> str:
        try:
            return self.read_copy(path).id
        except StoreError:
            return ""

    def _ask(self, case_id: str) -> None:
        if self.ask is not None and self.sealing.is_locked(case_id):
            self.ask(case_id)

    # To write

    def create(self, case: Case) -> OpenCase:
        """A new file for this case, open. StoreError; Taken when its id is."""
        from tinydb import TinyDB

        from iep_tui.store.open_case import OpenCase, check_ids

        check_ids(case)
        self._ask("")
        try:
            disk.make_folders(self.folder)
        except OSError as error:
            raise unwritable(error) from error
        lock = self._folder.lock(case.id)
        if self._folder.is_taken(case.id) or not _take(lock):
            raise Taken(_("There is a case {id} already. It was left as it is.").format(id=case.id))
        try:
            storage = self._storage(case.id, new=True, seal=self.sealing.seal_for_new())
        except BaseException:
            lock.let_go(remove=True)
            raise
        now = self._clock().astimezone(datetime.UTC)
        try:
            storage.write(tables_of(case, f"{now:%Y-%m-%dT%H:%M:%SZ}"))
        except BaseException:
            if storage.save:  # our file is there in spite of the error; nobody was told that it is
                with contextlib.suppress(OSError):
                    disk.remove(storage.path)
            lock.let_go(remove=True)
            raise
        database = TinyDB(storage=lambda: storage)
        at_rest = self._at_rest(storage)
        return OpenCase(case, self._clock, now, database=database, lock=lock, at_rest=at_rest, is_new=True)

    def open(self, case_id: str) -> OpenCase:
        """The case, locked for this window; to read only when that cannot be. StoreError.

        A damaged file is set aside whole when there is a good backup, and that opens; `notice` says so.
        """
        from tinydb import TinyDB

        from iep_tui.store.open_case import OpenCase
        from iep_tui.store.storage import sweep

        path = self._folder.file(case_id)
        self._ask(case_id)
        lock = self._folder.lock(case_id)
        reason = take_to_write(path, lock)
        if reason:
            return self._open_to_read(case_id, path, reason)
        healed = None
        try:
            with contextlib.suppress(OSError):  # what cannot be swept now is no reason to stop; a save tries again
                sweep(path)
            try:
                storage, case = self._load(case_id)
            except Damaged:
                healed = self._heal(case_id)
                if healed is None:
                    raise
                storage, case = self._load(case_id)
            if storage.seal is not None:
                storage.seal = self.sealing.tidy(case_id, storage.seal)
            saved_at = moment(disk.look(path))
        except Newer as error:
            lock.let_go()
            return self._open_to_read(case_id, path, str(error))
        except OSError as error:
            lock.let_go()
            raise unreadable(error) from error
        except BaseException:
            lock.let_go()
            raise
        return OpenCase(
            case,
            self._clock,
            saved_at,
            database=TinyDB(storage=lambda: storage),
            lock=lock,
            at_rest=self._at_rest(storage),
            notice=healed.notice if healed else "",
            newer=healed.newer if healed else None,
        )

    def _storage(self, case_id: str, *, new: bool = False, seal: Seal | None = None) -> CaseStorage:
        from iep_tui.store.storage import CaseStorage

        backups = self._backups(case_id)
        return CaseStorage(
            self._folder.place(case_id),
            new=new,
            history=self._history,
            before_save=backups.before_save,
            keys=self.keys,
            seal=seal,
        )

    def _load(self, case_id: str) -> tuple[CaseStorage, Case]:
        storage = self._storage(case_id)
        return storage, _its_own(case_id, case_of(storage.read() or {}))

    def _heal(self, case_id: str) -> Healed | None:
        from iep_tui.store.healing import heal

        aside = self._folder.aside(case_id, self._clock())
        return heal(self._folder.file(case_id), aside, case_id, self.backups(case_id), self._history, self.keys)

    def _at_rest(self, storage: CaseStorage) -> Callable[[], None]:
        backups = self._backups(storage.case_id)
        return lambda: backups.at_rest(storage.path, storage.save)

    def _open_to_read(self, case_id: str, path: Path, reason: str) -> OpenCase:
        from iep_tui.store.open_case import OpenCase

        try:
            saved_at = moment(disk.look(path))
        except OSError as error:
            raise unreadable(error) from error
        try:
            case = self.read(case_id)
        except Newer as error:
            case = as_far_as_known(path, error, self.keys)
            reason = _("To read only, and there may be more in it than is shown. {reason}").format(reason=error)
        return OpenCase(case, self._clock, saved_at, read_only=reason)

    def add(self, case: Case) -> str:
        """Take in a case from outside, with a new id when its own is taken; the id it has here. StoreError."""
        while not is_id(case.id) or self._folder.is_taken(case.id):
            case = msgspec.structs.replace(case, id=new_id())
        with self.create(case) as opened:
            return opened.id

    def remove(self, case_id: str) -> None:
        """Remove everything of this case, its backups too. StoreError; Locked when a window has it open."""
        if not self.backups(case_id):  # of a case whose file is gone, what is left can be removed too
            self._folder.file(case_id)
        from iep_tui.store.index import Index

        beside = self.copies(case_id)
        try:
            disk.make_folders(self.folder)
        except OSError as error:
            raise unwritable(error) from error
        with self._locked(case_id, remove=True):
            self._folder.remove(case_id, beside)
            Index(self.home).forget(case_id)

    # Earlier states

    def backups(self, case_id: str) -> list[Backup]:
        """The earlier states of this case that are kept, newest first. Missing for what is no id."""
        return self._backups(case_id).all()

    def lost(self) -> list[str]:
        """The ids of cases whose file is gone and whose backups are not: `restore` brings them back."""
        there = set(self.ids())
        return [case_id for case_id in self._folder.with_backups() if case_id not in there and self.backups(case_id)]

    def is_free(self, case_id: str) -> bool:
        """Whether no window has this case to write just now. What cannot be told counts as not free."""
        lock = self._folder.lock(case_id)
        try:
            free = lock.take()
        except OSError:
            return False
        lock.let_go()
        return free

    def keep_state(self, case_id: str) -> None:
        """Keep what is on the disk as a backup, however new the newest is. StoreError. Whoever calls has it open."""
        path = self._folder.file(case_id)
        header, _data, _case = read_state(path, self._history, self.keys)
        try:
            self._backups(case_id).keep(path, header.save)
        except OSError as error:
            raise unwritable(error) from error

    def restore(self, case_id: str, number: int) -> None:
        """Make the backup of this number the case again; what it replaces is kept as a backup.

        A damaged file is set aside instead. StoreError; Locked when a window has the case open.
        """
        from iep_tui.store.healing import put_back

        backup = next((one for one in self.backups(case_id) if one.number == number), None)
        if backup is None:
            raise Missing(_("There is no earlier copy {number} of this case.").format(number=number))
        self._ask(case_id)
        try:
            disk.make_folders(self.folder)
        except OSError as error:
            raise unwritable(error) from error
        with self._locked(case_id):
            aside = self._folder.aside(case_id, self._clock())
            backups = self._backups(case_id)
            put_back(self._folder.place(case_id), aside, case_id, backup, backups, self._history, self.keys)

    # Sealed cases

    @functools.cached_property
    def sealing(self) -> Sealing:
        """Setting, changing and removing passphrases, and unlocking what they seal."""
        from iep_tui.store.sealing import Sealing

        return Sealing(self.home, self._folder, self.keys, self._locked)

    def _backups(self, case_id: str) -> Backups:
        return Backups(self._folder.backups(case_id), self._clock)

    @contextlib.contextmanager
    def _locked(self, case_id: str, *, remove: bool = False) -> Iterator[None]:
        """Hold the lock of a case that is not open. Locked; every OSError inside becomes a line."""
        lock = self._folder.lock(case_id)
        if not _take(lock):
            raise Locked(_("This case is open in another window. Close it there first."))
        try:
            yield
        except OSError as error:
            lock.let_go()
            raise unwritable(error) from error
        except BaseException:
            lock.let_go()
            raise
        lock.let_go(remove=remove)


def _its_own(case_id: str, case: Case) -> Case:
    """The case, when it is the one that its file is named for. Misplaced."""
    if case.id != case_id:
        raise Misplaced(_("This file is a copy of another case ({id}).").format(id=case.id))
    return case


def _take(lock: CaseLock) -> bool:
    try:
        return lock.take()
    except OSError as error:
        raise unwritable(error) from error


def _utc_now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
