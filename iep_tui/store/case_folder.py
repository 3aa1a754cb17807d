"""File names in the folder of cases. An id is always a single path component."""

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
    """Return the file's modification time, in UTC."""
    return datetime.datetime.fromtimestamp(about.st_mtime, datetime.UTC)


def stamp(when: datetime.datetime) -> str:
    """Format a moment for use in a file name: 20270103T100000Z."""
    return f"{when.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}"


class FoundFile(NamedTuple):
    """A case's file as found on disk.

    `path` is its name in the case folder; `real` is the same or, for a symlink, its target. `about` is the status of
    the file itself.
    """

    path: Path
    real: Path
    about: os.stat_result


class CaseFolder:
    """Paths of the cases in the data folder `home`, and of their backups and side files."""

    def __init__(self, home: Path) -> None:
        self.path = cases_folder(home)
        self._backups = backups_folder(home)

    def place(self, case_id: str) -> Path:
        """Return the path of this case's file, which may not exist. Raises CaseMissing for an invalid id."""
        if not is_id(case_id):
            raise _missing(case_id)
        return self.path / f"{case_id}{SUFFIX}"

    def file(self, case_id: str) -> Path:
        """Return the path of a case's file. Raises CaseMissing if there is none."""
        return self.found(case_id).path

    def found(self, case_id: str) -> FoundFile:
        """Return the path, resolved path and stat result of a case's file. Raises CaseMissing if there is none."""
        path = real = self.place(case_id)
        try:
            about = disk.lstat_file(path)
            if stat.S_ISLNK(about.st_mode):
                real = disk.resolve_link(path)
                about = disk.stat_file(real)
        except (OSError, ValueError):
            raise _missing(case_id) from None
        if not stat.S_ISREG(about.st_mode):
            raise _missing(case_id)
        return FoundFile(path, real, about)

    def lock(self, case_id: str) -> CaseLock:
        """Return the lock of this case, not yet taken."""
        from iep_tui.store.case_lock import CaseLock  # imported only here: readers need no lock

        if not is_id(case_id):
            raise _missing(case_id)
        return CaseLock(self.path, f".{case_id}.lock")

    def backups(self, case_id: str) -> Path:
        """Return the folder of this case's backups. Raises CaseMissing for an invalid id."""
        if not is_id(case_id):
            raise _missing(case_id)
        return self._backups / case_id

    def is_taken(self, case_id: str) -> bool:
        """Return True if this id has a file, or backups it could be restored from."""
        path = self.place(case_id)
        return path.exists() or path.is_symlink() or self.backups(case_id).exists()

    def scan(self) -> Iterator[tuple[str, os.stat_result]]:
        """Yield the id and file status of each case, in directory order. Other files are skipped. Raises StoreError."""
        try:
            with os.scandir(self.path) as entries:
                for entry in entries:
                    name = entry.name
                    if not name.endswith(SUFFIX) or not is_id(case_id := name[: -len(SUFFIX)]):
                        continue
                    try:
                        about = entry.stat()
                    except OSError:  # removed since the folder was listed
                        continue
                    if stat.S_ISREG(about.st_mode):
                        yield case_id, about
        except (FileNotFoundError, NotADirectoryError):
            return
        except OSError as error:
            raise unreadable_error(error) from error

    def files(self) -> list[tuple[Path, os.stat_result]]:
        """Return the path and file status of each case. Raises StoreError."""
        return [(self.place(case_id), about) for case_id, about in self.scan()]

    def ids_with_backups(self) -> list[str]:
        """Return the sorted ids that have a backup folder. Raises StoreError."""
        try:
            with os.scandir(self._backups) as entries:
                return sorted(entry.name for entry in entries if is_id(entry.name) and entry.is_dir())
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise unreadable_error(error) from error

    def damaged_path(self, case_id: str, when: datetime.datetime) -> Path:
        """Return a free name beside the case for its damaged file: k7f3.damaged-20270103T100000Z.json."""
        name = f"{case_id}.damaged-{stamp(when)}"
        path = self.path / f"{name}{SUFFIX}"
        number = 2
        while path.exists() or path.is_symlink():
            path = self.path / f"{name}-{number}{SUFFIX}"
            number += 1
        return path

    def related_files(self, case_id: str) -> list[Path]:
        """Return every other file with this case's answers: backups, older versions, damaged files, sync copies."""
        paths: list[Path] = []
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            paths += sorted(path for path in self.backups(case_id).iterdir() if path.suffix == SUFFIX)
        starts = (f"{case_id}.version-", f"{case_id}.damaged-", f"{case_id}.copy-")
        with contextlib.suppress(FileNotFoundError, NotADirectoryError), os.scandir(self.path) as entries:
            paths += sorted(Path(entry.path) for entry in entries if entry.name.startswith(starts))
        return paths + [path for path in conflicted_copies(self.path, case_id) if not is_id(path.stem)]

    def sweep(self, case_id: str) -> None:
        """Remove temporary files of interrupted writes, which hold answers.

        The caller holds the lock. Raises OSError.
        """
        for folder, prefix in ((self.path, f".{case_id}."), (self.backups(case_id), ".")):
            with contextlib.suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder) as entries:
                leftovers = [
                    Path(entry.path)
                    for entry in entries
                    if entry.name.startswith(prefix) and entry.name.endswith(".tmp")
                ]
                for path in leftovers:
                    disk.remove(path)

    def remove(self, case_id: str, also: Iterable[Path] = ()) -> None:
        """Remove all files of this case except its lock, and those in `also`.

        The caller holds the lock. Raises OSError.
        """
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
            side_files = [*also, *(Path(entry.path) for entry in entries if entry.name.startswith(starts))]
        # Remove the case file last: until then the case stays in the list and removal can be repeated.
        path = self.place(case_id)
        for target in (*side_files, Path(os.path.realpath(path)), path):
            disk.remove(target)
        disk.sync_folder(self.path)


def _missing(case_id: str) -> CaseMissing:
    return CaseMissing(_("There is no case {id}.").format(id=clean_line(case_id)[:80]))
