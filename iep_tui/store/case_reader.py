"""Read-only access to the cases of this user: list, find, read. Takes no lock and writes nothing."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Container, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from iep_tui.core.case_model import Case
from iep_tui.i18n import _
from iep_tui.store.case_folder import CaseFolder, parse_stamp
from iep_tui.store.case_lookup import child_name, find
from iep_tui.store.crypto.envelope import KeyStore
from iep_tui.store.errors import CaseDamaged, CaseMisplaced, CaseMissing, CaseSealed, StoreError
from iep_tui.store.folder_checks import conflicted_copies
from iep_tui.store.ids import is_id
from iep_tui.store.migrations import CURRENT, Migrations

if TYPE_CHECKING:
    from iep_tui.store.backups import Backup, Backups
    from iep_tui.store.case_file_format import Header
    from iep_tui.store.open_case import MomentClock


class CaseFileSummary(msgspec.Struct, frozen=True):
    """The content of one case file, and the file's status. Without a `case`, `trouble` says why in one line.

    `sealed` without a `case` means that its passphrase has not been entered yet. Content of sealed cases is not cached
    anywhere.
    """

    id: str
    path: Path
    about: os.stat_result
    case: Case | None
    trouble: str = ""
    sealed: bool = False

    @property
    def changed(self) -> datetime.datetime:
        """The file's modification time, in UTC."""
        return parse_stamp(self.about)

    @property
    def name(self) -> str:
        """The child's name, or "" if unknown."""
        return child_name(self.case) if self.case is not None else ""


class CaseReader:
    """Read access to the cases in the data folder `home`. `CaseStore` adds writing and unlocking."""

    def __init__(self, home: Path, clock: MomentClock | None = None, migrations: Migrations = CURRENT) -> None:
        self.home = home
        self._folder = CaseFolder(home)
        self._clock = clock or _utc_now
        self._migrations = migrations
        self.keys = KeyStore()
        #: Called with the id of a sealed case ("" for a new one) before CaseSealed is raised; unlocks it or raises.
        self.ask: Callable[[str], None] | None = None

    @property
    def folder(self) -> Path:
        """The folder with one file per case."""
        return self._folder.path

    def summaries(self) -> list[CaseFileSummary]:
        """Return all cases, most recently changed first, including unreadable ones with their `trouble`.

        StoreError only if the folder itself cannot be read.
        """
        return [self.summary(case_id, about) for case_id, about in self.files()]

    def files(self) -> list[tuple[str, os.stat_result]]:
        """Return the id and file status of every case, most recently changed first. StoreError."""
        return newest_first(self.scan())

    def scan(self) -> Iterator[tuple[str, os.stat_result]]:
        """Like `files`, but yield them one by one in no particular order. StoreError."""
        return self._folder.scan()

    def look(self, case_id: str) -> os.stat_result | None:
        """Return the status of this case's file, or None if it does not exist."""
        try:
            return self._folder.found(case_id).about
        except CaseMissing:
            return None

    def summary(self, case_id: str, about: os.stat_result) -> CaseFileSummary:
        """Read one of the cases that `files` returned; `trouble` is set if it cannot be read."""
        path = self._folder.place(case_id)
        case, trouble, sealed = None, "", False
        try:
            header, _data, loaded = self._state(path)
            case, sealed = require_own(case_id, loaded), header.seal is not None
        except CaseSealed as error:
            trouble, sealed = str(error), True
        except CaseDamaged as error:
            trouble = str(error)
            if self.backups(case_id):
                trouble += " " + _("An earlier copy is kept. Open the case to go on from there.")
        except StoreError as error:
            trouble = str(error)
        return CaseFileSummary(case_id, path, about, case, trouble, sealed)

    def ids(self) -> list[str]:
        """Return the sorted ids of all cases, without reading any."""
        return sorted(case_id for case_id, _about in self.scan())

    def read(self, case_id: str) -> Case:
        """Return the case as it is on disk. StoreError; CaseSealed until `sealing.unlock` got its passphrase."""
        self._ask(case_id)
        return require_own(case_id, self._state(self._folder.file(case_id))[2])

    def find(self, words: str) -> str:
        """Return the id of the case that `words` mean: its id, a prefix of it, or the child's name. StoreError.

        A sealed case has no name until its passphrase has been entered.
        """
        files = self.files()
        sealed_ids: list[str] = []
        try:
            return find(words, sorted(case_id for case_id, _about in files), lambda: self._names(files, sealed_ids))
        except CaseMissing as error:
            if not sealed_ids:
                raise
            raise CaseMissing(f"{error} " + _("Sealed cases are found by name only with their passphrase.")) from None

    def find_or_lost(self, words: str) -> str:
        """`find`, which also accepts the id of a case of which only backups exist. Raises StoreError."""
        case_id = words.strip()
        return case_id if case_id in self.lost() else self.find(words)

    def _names(self, files: list[tuple[str, os.stat_result]], sealed_ids: list[str]) -> dict[str, str]:
        """Return the children's names by id, from the index where possible; append sealed cases to `sealed_ids`."""
        from iep_tui.store.case_index import CaseIndex

        index = CaseIndex(self.home)
        names: dict[str, str] = {}
        for case_id, about in files:
            line = index.line(case_id, about)
            if line is not None:
                names[case_id] = line.name
                continue
            summary = self.summary(case_id, about)
            names[case_id] = summary.name
            if summary.sealed and summary.case is None:
                sealed_ids.append(case_id)
        return {case_id: name for case_id, name in names.items() if name}

    def name(self, case_id: str) -> str:
        """Return the child's name from the case or its newest readable backup; "" if there is none."""
        if not is_id(case_id):
            return ""
        path = self._folder.place(case_id)
        for state in (path, *(backup.path for backup in self.backups(case_id))):
            try:
                return child_name(self.read_copy(state))
            except CaseSealed:
                break
            except StoreError:
                continue
        return ""

    def copies(self, case_id: str) -> list[Path]:
        """Return the conflicted copies a sync service left beside this case. Nothing is merged here."""
        if not is_id(case_id):
            return []
        paths = conflicted_copies(self.folder, case_id)
        return [path for path in paths if not is_id(path.stem) or self._id_inside(path) != path.stem]

    def read_copy(self, path: Path) -> Case:
        """Return the case in a file from `copies` or `backups`, to view it or to `add` it as a new case. StoreError."""
        return self._state(path)[2]

    def _state(self, path: Path) -> tuple[Header, bytes, Case]:
        """Read a file's header, bytes and case. StoreError.

        The import is local because a list from the index does not need it.
        """
        from iep_tui.store.saved_state import read_state

        return read_state(path, self._migrations, self.keys)

    def _id_inside(self, path: Path) -> str:
        try:
            return self.read_copy(path).id
        except StoreError:
            return ""

    def backups(self, case_id: str) -> list[Backup]:
        """Return the backups of this case, newest first. CaseMissing for an invalid id."""
        return self._backups(case_id).all()

    def lost(self, existing_ids: Container[str] | None = None) -> list[str]:
        """Return the ids of cases that have backups but no file; `restore` brings them back. StoreError.

        `existing_ids`: ids whose file exists, if the caller already has them (skips a directory scan).
        """
        if existing_ids is None:
            existing_ids = set(self.ids())
        return [
            case_id
            for case_id in self._folder.ids_with_backups()
            if case_id not in existing_ids and self.backups(case_id)
        ]

    def _ask(self, case_id: str) -> None:
        """Hook called before a case is read, so that a subclass can unlock it."""

    def _backups(self, case_id: str) -> Backups:
        from iep_tui.store.backups import Backups  # listing cases reads no backups

        return Backups(self._folder.backups(case_id), self._clock)


def newest_first(files: Iterable[tuple[str, os.stat_result]]) -> list[tuple[str, os.stat_result]]:
    """Sort case files by modification time, newest first, as every list shows them."""
    return sorted(files, key=lambda entry: (entry[1].st_mtime_ns, entry[0]), reverse=True)


def require_own(case_id: str, case: Case) -> Case:
    """Return the case if its id matches its file name. CaseMisplaced."""
    if case.id != case_id:
        raise CaseMisplaced(_("This file is a copy of another case ({id}).").format(id=case.id))
    return case


def _utc_now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
