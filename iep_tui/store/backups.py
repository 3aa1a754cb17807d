"""Backups of a case: at most ten, close together for the last minutes and far apart for the last years."""

from __future__ import annotations

import contextlib
import datetime
import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import msgspec

from iep_tui.store import disk
from iep_tui.store.atomic_write import put_in_place
from iep_tui.store.case_file_format import MAX_CASE_FILE_BYTES, unpack
from iep_tui.store.case_folder import SUFFIX, parse_stamp, stamp
from iep_tui.store.errors import StoreError

MAX_BACKUPS = 10
#: A save within this time of the newest backup makes no other.
MIN_BACKUP_INTERVAL = datetime.timedelta(minutes=1)
#: One state is kept for each of these ages: within the first, between the first and the second, … beyond the last.
KEPT_AGES = (
    datetime.timedelta(minutes=5),
    datetime.timedelta(minutes=20),
    datetime.timedelta(hours=1),
    datetime.timedelta(hours=6),
    datetime.timedelta(days=1),
    datetime.timedelta(weeks=1),
    datetime.timedelta(days=30),
    datetime.timedelta(days=365),
)
_NAME = re.compile(r"(\d{8}T\d{6}Z)-(\d+)\.json")

_T = TypeVar("_T")


class Backup(msgspec.Struct, frozen=True):
    """One earlier state: `number` counts from 1 for the newest, `saved` is when that state was saved, UTC."""

    number: int
    saved: datetime.datetime
    path: Path


def thinned(states: Iterable[tuple[datetime.datetime, _T]], now: datetime.datetime) -> list[_T]:
    """Which of these states to keep, `MAX_BACKUPS` at most.

    The newest always; of each of `KEPT_AGES` the oldest, so that a state lives on as it grows older, and beyond the
    last the newest; then the newest of the others until there are `MAX_BACKUPS`.
    """
    newest_first = sorted(states, key=lambda state: state[0], reverse=True)
    kept = set(range(len(newest_first))[:1])
    one_of: dict[int, int] = {}
    for place, (saved, _state) in enumerate(newest_first):
        age = sum(now - saved >= age for age in KEPT_AGES)
        if age < len(KEPT_AGES) or age not in one_of:
            one_of[age] = place
    kept |= set(one_of.values())
    for place in range(len(newest_first)):
        if len(kept) >= MAX_BACKUPS:
            break
        kept.add(place)
    return [newest_first[place][1] for place in sorted(kept)]


class Backups:
    """The backups of one case, in a folder of their own. Whoever writes here holds the case's lock."""

    def __init__(self, folder: Path, clock: Callable[[], datetime.datetime]) -> None:
        self.folder = folder
        self._clock = clock
        self._looked_at = -1
        self._newest: float | None = None

    def all(self) -> list[Backup]:
        """What there is, newest first; none when the folder cannot be read.

        The count of saves says which is newer: a clock that was set back would call an old state the newest.
        """
        found: list[tuple[int, datetime.datetime, Path]] = []
        with contextlib.suppress(OSError), os.scandir(self.folder) as entries:
            for entry in entries:
                name = _NAME.fullmatch(entry.name)
                if name is not None:
                    with contextlib.suppress(ValueError):  # digits that are no day
                        saved = datetime.datetime.strptime(name[1], "%Y%m%dT%H%M%S%z")
                        found.append((int(name[2]), saved, Path(entry.path)))
        return [Backup(number, saved, path) for number, (_save, saved, path) in enumerate(sorted(found)[::-1], 1)]

    def before_save(self, path: Path, save: int, about: os.stat_result) -> None:
        """Keep the state in `path`, the `save`th, which is about to be replaced: a second name for it, no more.

        `about` is what the system says of it. Nothing when there is a backup of less than a minute before it. A backup
        that fails stops no save.
        """
        with contextlib.suppress(OSError):
            newest = self._newest_saved()
            if newest is None or not 0 <= about.st_mtime - newest < MIN_BACKUP_INTERVAL.total_seconds():
                self._keep(path, parse_stamp(about), save)

    def _newest_saved(self) -> float | None:
        """When the state of the newest backup was saved, seconds of the epoch; looked for again only when a name in the
        folder came or went. None where there is none, or no folder."""
        try:
            changed = disk.look(self.folder).st_mtime_ns
        except FileNotFoundError:
            return None
        if changed != self._looked_at:
            newest = next(iter(self.all()), None)
            self._newest, self._looked_at = newest.saved.timestamp() if newest is not None else None, changed
        return self._newest

    def at_rest(self, path: Path, save: int) -> None:
        """Keep a copy, in bytes of its own, of the state that `path` is left in; one that fails stops nothing.

        A second name would be damaged with the first.
        """
        with contextlib.suppress(OSError, StoreError):
            self._keep(path, parse_stamp(disk.look(path)), save, copy=True)

    def keep(self, path: Path, save: int) -> None:
        """Keep the state in `path`, however new the newest backup is. OSError."""
        self._keep(path, parse_stamp(disk.look(path)), save)

    def _keep(self, path: Path, saved: datetime.datetime, save: int, *, copy: bool = False) -> None:
        disk.make_folders(self.folder)
        target = self.folder / f"{stamp(saved)}-{save}{SUFFIX}"
        with contextlib.suppress(FileExistsError):  # this very state is kept already
            if copy:
                self._copy(path, target)
            else:
                try:
                    disk.link(path, target)
                except FileExistsError:
                    raise
                except OSError:  # a drive without second names, or the case lies on another one
                    self._copy(path, target)
            self._thin()

    def _copy(self, path: Path, target: Path) -> None:
        data, _about = disk.read(path, MAX_CASE_FILE_BYTES)
        unpack(data, schema=2**31)  # what is damaged is no state to go back to
        put_in_place(target, data, self.folder / ".tmp", new=True)

    def _thin(self) -> None:
        there = self.all()
        kept = thinned(_in_order(there, self._clock()), self._clock())
        for backup in there:
            if backup.path not in kept:
                with contextlib.suppress(OSError):
                    disk.remove(backup.path)


def _in_order(newest_first: list[Backup], now: datetime.datetime) -> list[tuple[datetime.datetime, Path]]:
    """The states, each with a time that is not after that of any state saved later."""
    found: list[tuple[datetime.datetime, Path]] = []
    for backup in newest_first:
        now = min(now, backup.saved)
        found.append((now, backup.path))
    return found
