"""All cases of this computer's user: list, find, open, make, take in, remove."""

from __future__ import annotations

import contextlib
import datetime
import os
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from iep_tui.core.answers import Case
from iep_tui.core.text import clean_line
from iep_tui.language import _
from iep_tui.store import disk
from iep_tui.store.errors import (
    Damaged,
    Locked,
    Misplaced,
    Missing,
    Newer,
    StoreError,
    Taken,
    unreadable,
    unwritable,
)
from iep_tui.store.finding import child_name, find
from iep_tui.store.format import MOST_BYTES, parse, unpack
from iep_tui.store.ids import is_id, new_id
from iep_tui.store.lock import CaseLock
from iep_tui.store.places import cases_folder
from iep_tui.store.records import case_of, tables_of
from iep_tui.store.surroundings import conflicted_copies
from iep_tui.store.upgrade import TODAY, History

if TYPE_CHECKING:
    from iep_tui.store.open_case import Clock, OpenCase

__all__ = ["OpenCase", "Store", "Summary", "new_id"]

SUFFIX = ".json"


def __getattr__(name: str) -> object:
    """`OpenCase` lives beside the database, which who only reads does not load."""
    if name == "OpenCase":
        from iep_tui.store.open_case import OpenCase

        return OpenCase
    raise AttributeError(name)


class Summary(msgspec.Struct, frozen=True):
    """One file of a case. `changed` is when it was written, UTC. Without a `case`, `trouble` says why in a line."""

    id: str
    path: Path
    changed: datetime.datetime
    case: Case | None
    trouble: str = ""

    @property
    def name(self) -> str:
        """The child's name, "" while there is none."""
        return child_name(self.case) if self.case is not None else ""


class Store:
    """The cases in the data folder `home`. Nothing is made on the disk before there is something to keep."""

    def __init__(self, home: Path, clock: Clock | None = None, history: History = TODAY) -> None:
        self.home = home
        self.folder = cases_folder(home)
        self._clock = clock or _utc_now
        self._history = history

    # To read; no lock, nothing written

    def summaries(self) -> list[Summary]:
        """Every case, the one that changed last first. A file that cannot be read is among them, with its trouble.

        StoreError only when the folder itself cannot be read.
        """
        found: list[Summary] = []
        for path, about in self._files():
            changed = _moment(about)
            try:
                found.append(Summary(path.stem, path, changed, self.read(path.stem)))
            except StoreError as error:
                found.append(Summary(path.stem, path, changed, None, str(error)))
        return sorted(found, key=lambda one: (one.changed, one.id), reverse=True)

    def ids(self) -> list[str]:
        """The ids of all cases, sorted, without reading one."""
        return sorted(path.stem for path, _about in self._files())

    def read(self, case_id: str) -> Case:
        """The case as it is on the disk. StoreError."""
        path = self._path(case_id)
        case = self._read_file(path)
        if case.id != case_id:
            raise Misplaced(_("This file is a copy of another case ({id}).").format(id=case.id))
        return case

    def _read_file(self, path: Path) -> Case:
        try:
            data, _about = disk.read(path, MOST_BYTES)
        except OSError as error:
            raise unreadable(error) from error
        header, body = unpack(data, self._history.schema)
        return case_of(self._history.bring_up(parse(body), header.schema))

    def copies(self, case_id: str) -> list[Path]:
        """What a sync put beside this case when two computers wrote it; to be shown, never merged here."""
        if not is_id(case_id):
            return []
        found = conflicted_copies(self.folder, case_id)
        return [path for path in found if not is_id(path.stem) or self._id_inside(path) != path.stem]

    def read_copy(self, path: Path) -> Case:
        """The case in a file that `copies` gave, to look at, or to `add` as one of its own. StoreError."""
        return self._read_file(path)

    def _id_inside(self, path: Path) -> str:
        try:
            return self._read_file(path).id
        except StoreError:
            return ""

    def find(self, words: str) -> str:
        """The id of the case that `words` mean: its id, the start of it, or the child's name. StoreError."""
        return find(words, self.ids(), self._names)

    def _names(self) -> dict[str, str]:
        return {summary.id: summary.name for summary in self.summaries() if summary.name}

    # To write

    def create(self, case: Case) -> OpenCase:
        """A new file for this case, open. StoreError; Taken when its id is."""
        from tinydb import TinyDB

        from iep_tui.store.open_case import OpenCase, check_ids
        from iep_tui.store.storage import CaseStorage

        check_ids(case)
        try:
            disk.make_folders(self.folder)
        except OSError as error:
            raise unwritable(error) from error
        lock = self._lock(case.id)
        if self._is_taken(case.id) or not _take(lock):
            raise Taken(_("There is a case {id} already. It was left as it is.").format(id=case.id))
        storage = CaseStorage(self._place(case.id), new=True, history=self._history)
        database = TinyDB(storage=lambda: storage)
        now = self._clock().astimezone(datetime.UTC)
        try:
            storage.write(tables_of(case, f"{now:%Y-%m-%dT%H:%M:%SZ}"))
        except BaseException:
            if storage.save:  # our file is there in spite of the error; nobody was told that it is
                with contextlib.suppress(OSError):
                    disk.remove(storage.path)
            lock.let_go(remove=True)
            raise
        return OpenCase(case, self._clock, now, database=database, lock=lock)

    def open(self, case_id: str) -> OpenCase:
        """The case, locked for this window; to read only when that cannot be. StoreError."""
        from tinydb import TinyDB

        from iep_tui.store.open_case import OpenCase
        from iep_tui.store.storage import CaseStorage, sweep

        path = self._path(case_id)
        lock = self._lock(case_id)
        reason = self._why_not(path, lock)
        if reason:
            return self._open_to_read(case_id, path, reason)
        try:
            sweep(path)
            storage = CaseStorage(path, history=self._history)
            case = case_of(storage.read() or {})
            if case.id != case_id:
                raise Misplaced(_("This file is a copy of another case ({id}).").format(id=case.id))
            saved_at = _moment(disk.look(path))
        except Newer as error:
            lock.let_go()
            return self._open_to_read(case_id, path, str(error))
        except OSError as error:
            lock.let_go()
            raise unreadable(error) from error
        except BaseException:
            lock.let_go()
            raise
        return OpenCase(case, self._clock, saved_at, database=TinyDB(storage=lambda: storage), lock=lock)

    def _why_not(self, path: Path, lock: CaseLock) -> str:
        """Why the case cannot be written here, or "" with the lock taken."""
        try:
            if not disk.may_write(path):
                return _("To read only: the file of this case is marked so on this computer.")
            if not disk.may_write(path.parent) or not disk.may_write(Path(os.path.realpath(path)).parent):
                return _("To read only: the program may not write in the folder of the cases.")
            if not lock.take():
                return _("To read only: this case is open in another window.")
        except OSError as error:
            return _("To read only. {reason}").format(reason=unwritable(error))
        return ""

    def _open_to_read(self, case_id: str, path: Path, reason: str) -> OpenCase:
        from iep_tui.store.open_case import OpenCase

        try:
            saved_at = _moment(disk.look(path))
        except OSError as error:
            raise unreadable(error) from error
        try:
            case = self.read(case_id)
        except Newer as error:
            case = self._as_far_as_it_is_known(path, error)
            reason = _("To read only, and there may be more in it than is shown. {reason}").format(reason=error)
        return OpenCase(case, self._clock, saved_at, read_only=reason)

    def _as_far_as_it_is_known(self, path: Path, newer: Newer) -> Case:
        """A case of a newer version, when what we know of it is where we know it. Newer."""
        try:
            data, _about = disk.read(path, MOST_BYTES)
            return case_of(parse(unpack(data, schema=2**31)[1]))
        except (OSError, Damaged):
            raise newer from None

    def add(self, case: Case) -> str:
        """Take in a case from outside, with a new id when its own is taken; the id it has here. StoreError."""
        while not is_id(case.id) or self._is_taken(case.id):
            case = msgspec.structs.replace(case, id=new_id())
        with self.create(case) as opened:
            return opened.id

    def remove(self, case_id: str) -> None:
        """Remove everything of this case. StoreError; Locked when another window has it open."""
        path = self._path(case_id)
        lock = self._lock(case_id)
        try:
            if not lock.take():
                raise Locked(_("This case is open in another window. Close it there first."))
            # The file itself last: while it is there the case is in the list, and can be removed again.
            for one in (*self._beside(case_id), Path(os.path.realpath(path)), path):
                disk.remove(one)
            disk.sync_folder(self.folder)
        except OSError as error:
            lock.let_go()
            raise unwritable(error) from error
        lock.let_go(remove=True)

    # Names

    def _place(self, case_id: str) -> Path:
        return self.folder / f"{case_id}{SUFFIX}"

    def _lock(self, case_id: str) -> CaseLock:
        return CaseLock(self.folder / f".{case_id}.lock")

    def _path(self, case_id: str) -> Path:
        """The file of a case that is there; an id is checked before it is part of a name. Missing."""
        if is_id(case_id) and self._place(case_id).is_file():
            return self._place(case_id)
        raise Missing(_("There is no case {id}.").format(id=clean_line(case_id)[:80]))

    def _is_taken(self, case_id: str) -> bool:
        path = self._place(case_id)
        return path.exists() or path.is_symlink()

    def _files(self) -> list[tuple[Path, os.stat_result]]:
        """The files that are named as cases are, with what the system says of each; strangers are left alone."""
        found: list[tuple[Path, os.stat_result]] = []
        try:
            with os.scandir(self.folder) as entries:
                for entry in entries:
                    stem = entry.name.removesuffix(SUFFIX)
                    if stem != entry.name and is_id(stem):
                        with contextlib.suppress(OSError):  # gone between the look and now
                            if entry.is_file():
                                found.append((Path(entry.path), entry.stat()))
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise unreadable(error) from error
        return found

    def _beside(self, case_id: str) -> list[Path]:
        """What else we keep of this case in the folder: older versions, what a killed save left."""
        starts = (f"{case_id}.version-", f".{case_id}.tmp", f".{case_id}.version.tmp")
        with os.scandir(self.folder) as entries:
            return [Path(entry.path) for entry in entries if entry.name.startswith(starts)]


def _take(lock: CaseLock) -> bool:
    try:
        return lock.take()
    except OSError as error:
        raise unwritable(error) from error


def _moment(about: os.stat_result) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(about.st_mtime, datetime.UTC)


def _utc_now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
