"""File names in the folder of cases. An id is never more than one part of a name."""

from __future__ import annotations

import contextlib
import datetime
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from iep_tui.core.text_sanitizer import clean_line
from iep_tui.i18n import _
from iep_tui.store import disk
from iep_tui.store.data_paths import backups_folder, cases_folder
from iep_tui.store.errors import CaseMissing, unreadable_error
from iep_tui.store.folder_checks import conflicted_copies
from iep_tui.store.ids import is_id

if TYPE_CHECKING:
    from iep_tui.store.case_lock import CaseLock

SUFFIX = ".json"


def parse_stamp(about: os.stat_result) -> datetime.datetime:
    """When the file was written, UTC."""
    return datetime.datetime.fromtimestamp(about.st_mtime, datetime.UTC)


def stamp(when: datetime.datetime) -> str:
    """A moment as a part of a file's name: 20270103T100000Z."""
    return f"{when.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}"


class FoundFile(NamedTuple):
    """A case's file as one look found it. `path` is its name among the cases, `real` where that leads: the same,
    unless someone made it a link, to another drive perhaps. `about` is of the file itself."""

    path: Path
    real: Path
    about: os.stat_result


class CaseFolder:
    """The names in the data folder `home` that are cases, and what is kept beside them."""

    def __init__(self, home: Path) -> None:
        self.path = cases_folder(home)
        self._backups = backups_folder(home)

    def place(self, case_id: str) -> Path:
        """Where the file of this case is or would be. Missing for what is no id."""
        if not is_id(case_id):
            raise _missing(case_id)
        return self.path / f"{case_id}{SUFFIX}"

    def file(self, case_id: str) -> Path:
        """The file of a case that is there. Missing."""
        return self.found(case_id).path

    def found(self, case_id: str) -> FoundFile:
        """The file of a case that is there, and all that opening it needs to know. Missing."""
        path = real = self.place(case_id)
        try:
            about = disk.look_at(path)
            if stat.S_ISLNK(about.st_mode):
                real = disk.real(path)
                about = disk.look(real)
        except (OSError, ValueError):
            raise _missing(case_id) from None
        if not stat.S_ISREG(about.st_mode):
            raise _missing(case_id)
        return FoundFile(path, real, about)

    def lock(self, case_id: str) -> CaseLock:
        """The lock of this case, not taken."""
        from iep_tui.store.case_lock import CaseLock  # only here: who just reads needs none

        if not is_id(case_id):
            raise _missing(case_id)
        return CaseLock(self.path, f".{case_id}.lock")

    def backups(self, case_id: str) -> Path:
        """The folder of the backups of this case. Missing for what is no id."""
        if not is_id(case_id):
            raise _missing(case_id)
        return self._backups / case_id

    def is_taken(self, case_id: str) -> bool:
        """Whether something is at this name already, or was and can come back."""
        path = self.place(case_id)
        return path.exists() or path.is_symlink() or self.backups(case_id).exists()

    def looks(self) -> Iterator[tuple[str, os.stat_result]]:
        """The id of each file named as cases are, with what the system says of it, one after another as the system
        gives them; strangers' are left alone. StoreError."""
        try:
            with os.scandir(self.path) as entries:
                for entry in entries:
                    name = entry.name
                    if not name.endswith(SUFFIX) or not is_id(case_id := name[: -len(SUFFIX)]):
                        continue
                    try:
                        about = entry.stat()
                    except OSError:  # gone between the look and now
                        continue
                    if stat.S_ISREG(about.st_mode):
                        yield case_id, about
        except (FileNotFoundError, NotADirectoryError):
            return
        except OSError as error:
            raise unreadable_error(error) from error

    def files(self) -> list[tuple[Path, os.stat_result]]:
        """`looks`, all of them, with their paths. StoreError."""
        return [(self.place(case_id), about) for case_id, about in self.looks()]

    def with_backups(self) -> list[str]:
        """The ids that have backups, sorted. StoreError."""
        try:
            with os.scandir(self._backups) as entries:
                return sorted(entry.name for entry in entries if is_id(entry.name) and entry.is_dir())
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise unreadable_error(error) from error

    def aside(self, case_id: str, when: datetime.datetime) -> Path:
        """A free name beside the case for its damaged file: k7f3.damaged-20270103T100000Z.json."""
        name = f"{case_id}.damaged-{stamp(when)}"
        path = self.path / f"{name}{SUFFIX}"
        number = 2
        while path.exists() or path.is_symlink():
            path = self.path / f"{name}-{number}{SUFFIX}"
            number += 1
        return path

    def beside(self, case_id: str) -> list[Path]:
        """Every other file with words of this case: backups, older versions, damaged ones, what a sync put there."""
        found: list[Path] = []
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            found += sorted(one for one in self.backups(case_id).iterdir() if one.suffix == SUFFIX)
        starts = (f"{case_id}.version-", f"{case_id}.damaged-", f"{case_id}.copy-")
        with contextlib.suppress(FileNotFoundError, NotADirectoryError), os.scandir(self.path) as entries:
            found += sorted(Path(entry.path) for entry in entries if entry.name.startswith(starts))
        return found + [one for one in conflicted_copies(self.path, case_id) if not is_id(one.stem)]

    def sweep(self, case_id: str) -> None:
        """Remove what was left of writes that were killed: copies of answers. The caller holds the lock. OSError."""
        for folder, start in ((self.path, f".{case_id}."), (self.backups(case_id), ".")):
            with contextlib.suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder) as entries:
                left = [Path(one.path) for one in entries if one.name.startswith(start) and one.name.endswith(".tmp")]
                for path in left:
                    disk.remove(path)

    def remove(self, case_id: str, also: Iterable[Path] = ()) -> None:
        """Remove everything of this case but its lock, and the files in `also`; the caller holds the lock. OSError."""
        backups = self.backups(case_id)
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            for path in list(backups.iterdir()):
                disk.remove(path)
            backups.rmdir()
        starts = (
            f"{case_id}.version-",
            f"{case_id}.damaged-",
            f"{case_id}.copy-",
            f".{case_id}.tmp",
            f".{case_id}.version.tmp",
        )
        with os.scandir(self.path) as entries:
            beside = [*also, *(Path(entry.path) for entry in entries if entry.name.startswith(starts))]
        # The file itself last: while it is there the case is in the list, and can be removed again.
        path = self.place(case_id)
        for one in (*beside, Path(os.path.realpath(path)), path):
            disk.remove(one)
        disk.sync_folder(self.path)


def _missing(case_id: str) -> CaseMissing:
    return CaseMissing(_("There is no case {id}.").format(id=clean_line(case_id)[:80]))
