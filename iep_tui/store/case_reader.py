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
        return parse_stamp(self.about)

    @property
    def name(self) -> str:
        """The child's name, "" while there is none."""
        return child_name(self.case) if self.case is not None else ""


class CaseReader:
    """The cases in the data folder `home`, to read; `Store` opens them to write and unlocks them."""

    def __init__(self, home: Path, clock: MomentClock | None = None, history: Migrations = CURRENT) -> None:
        self.home = home
        self._folder = CaseFolder(home)
        self._clock = clock or _utc_now
        self._history = history
        self.keys = KeyStore()
        #: Called with the id of a locked case ("" for a new one) before Sealed is raised: it unlocks, or raises.
        self.ask: Callable[[str], None] | None = None

    @property
    def folder(self) -> Path:
        """The folder with one file a case."""
        return self._folder.path

    def summaries(self) -> list[CaseFileSummary]:
        """Every case, the one that changed last first. A file that cannot be read is among them, with its trouble.

        StoreError only when the folder itself cannot be read.
        """
        return [self.summary(case_id, about) for case_id, about in self.files()]

    def files(self) -> list[tuple[str, os.stat_result]]:
        """The id of every case and what the system says of its file, the one that changed last first. StoreError."""
        return newest_first(self.looks())

    def looks(self) -> Iterator[tuple[str, os.stat_result]]:
        """`files` one after another, in no order, for who does not wait for all of them. StoreError."""
        return self._folder.looks()

    def look(self, case_id: str) -> os.stat_result | None:
        """What the system says of the file of this case; None when there is none."""
        try:
            return self._folder.found(case_id).about
        except CaseMissing:
            return None

    def summary(self, case_id: str, about: os.stat_result) -> CaseFileSummary:
        """One of the cases that `files` gave; with its trouble when it cannot be read."""
        path = self._folder.place(case_id)
        case, trouble, sealed = None, "", False
        try:
            header, _data, found = self._state(path)
            case, sealed = its_own(case_id, found), header.seal is not None
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
        """The ids of all cases, sorted, without reading one."""
        return sorted(case_id for case_id, _about in self.looks())

    def read(self, case_id: str) -> Case:
        """The case as it is on the disk. StoreError; Sealed until `sealing.unlock` was given its passphrase."""
        self._ask(case_id)
        return its_own(case_id, self._state(self._folder.file(case_id))[2])

    def find(self, words: str) -> str:
        """The id of the case that `words` mean: its id, the start of it, or the child's name. StoreError.

        A sealed case has no name until its passphrase was given.
        """
        files = self.files()
        closed: list[str] = []
        try:
            return find(words, sorted(case_id for case_id, _about in files), lambda: self._names(files, closed))
        except CaseMissing as error:
            if not closed:
                raise
            raise CaseMissing(f"{error} " + _("Sealed cases are found by name only with their passphrase.")) from None

    def _names(self, files: list[tuple[str, os.stat_result]], closed: list[str]) -> dict[str, str]:
        """The children's names by id, from the index where it knows them; `closed` gets the ids that are sealed."""
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
            except CaseSealed:
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
        return self._state(path)[2]

    def _state(self, path: Path) -> tuple[Header, bytes, Case]:
        """The case in a file with its header and bytes. What reads one is loaded for it: a list from the index has no
        need of that. StoreError."""
        from iep_tui.store.saved_state import read_state

        return read_state(path, self._history, self.keys)

    def _id_inside(self, path: Path) -> str:
        try:
            return self.read_copy(path).id
        except StoreError:
            return ""

    def backups(self, case_id: str) -> list[Backup]:
        """The earlier states of this case that are kept, newest first. Missing for what is no id."""
        return self._backups(case_id).all()

    def lost(self, there: Container[str] | None = None) -> list[str]:
        """The ids of cases whose file is gone and whose backups are not: `restore` brings them back.

        `there` are the ids of all that are not, for who knows them. StoreError.
        """
        if there is None:
            there = set(self.ids())
        return [case_id for case_id in self._folder.with_backups() if case_id not in there and self.backups(case_id)]

    def _ask(self, case_id: str) -> None:
        """Before a case is read: who can unlock it does so here."""

    def _backups(self, case_id: str) -> Backups:
        from iep_tui.store.backups import Backups  # a list of what is there looks into none

        return Backups(self._folder.backups(case_id), self._clock)


def newest_first(found: Iterable[tuple[str, os.stat_result]]) -> list[tuple[str, os.stat_result]]:
    """Files of cases in the order of every list: the one that changed last first."""
    return sorted(found, key=lambda one: (one[1].st_mtime_ns, one[0]), reverse=True)


def its_own(case_id: str, case: Case) -> Case:
    """The case, when it is the one that its file is named for. Misplaced."""
    if case.id != case_id:
        raise CaseMisplaced(_("This file is a copy of another case ({id}).").format(id=case.id))
    return case


def _utc_now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
