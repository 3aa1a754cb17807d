"""Backups of a case: at most ten, a few minutes apart at first and years apart at the end."""

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
from iep_tui.store.atomic_write import replace_file
from iep_tui.store.case_file_format import MAX_CASE_FILE_BYTES, unpack
from iep_tui.store.case_folder import SUFFIX, parse_stamp, stamp
from iep_tui.store.errors import StoreError

MAX_BACKUPS = 10
#: No new backup is made within this time of the newest one.
MIN_BACKUP_INTERVAL = datetime.timedelta(minutes=1)
#: Upper bounds of the age groups. One backup is kept in each group, and one older than the last bound.
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
    """One earlier state. `number` is 1 for the newest; `saved` is when that state was saved, in UTC."""

    number: int
    saved: datetime.datetime
    path: Path


def select_kept(states: Iterable[tuple[datetime.datetime, _T]], now: datetime.datetime) -> list[_T]:
    """Select the states to keep, at most `MAX_BACKUPS`.

    Keeps the newest state; the oldest of each age group in `KEPT_AGES`, so that a state survives as it grows older; the
    newest beyond the last group; then the newest of the rest, up to `MAX_BACKUPS`.
    """
    newest_first = sorted(states, key=lambda state: state[0], reverse=True)
    keep = set(range(len(newest_first))[:1])
    kept_by_group: dict[int, int] = {}
    for index, (saved, _state) in enumerate(newest_first):
        group = sum(now - saved >= age for age in KEPT_AGES)
        if group < len(KEPT_AGES) or group not in kept_by_group:
            kept_by_group[group] = index
    keep |= set(kept_by_group.values())
    for index in range(len(newest_first)):
        if len(keep) >= MAX_BACKUPS:
            break
        keep.add(index)
    return [newest_first[index][1] for index in sorted(keep)]


class Backups:
    """The backups of one case, in their own folder. Writers must hold the case's lock."""

    def __init__(self, folder: Path, clock: Callable[[], datetime.datetime]) -> None:
        self.folder = folder
        self._clock = clock
        self._folder_mtime_ns = -1
        self._newest_timestamp: float | None = None

    def all(self) -> list[Backup]:
        """Return all backups, newest first; none if the folder cannot be read.

        The save count decides which is newer: with a clock that was set back, the time could be wrong.
        """
        states: list[tuple[int, datetime.datetime, Path]] = []
        with contextlib.suppress(OSError), os.scandir(self.folder) as entries:
            for entry in entries:
                name = _NAME.fullmatch(entry.name)
                if name is not None:
                    with contextlib.suppress(ValueError):  # not a valid date
                        saved = datetime.datetime.strptime(name[1], "%Y%m%dT%H%M%S%z")
                        states.append((int(name[2]), saved, Path(entry.path)))
        return [Backup(number, saved, path) for number, (_save, saved, path) in enumerate(sorted(states)[::-1], 1)]

    def before_save(self, path: Path, save: int, about: os.stat_result) -> None:
        """Back up the file at `path` (save number `save`), which is about to be replaced, as a hard link.

        `about` is the file's status. Does nothing within `MIN_BACKUP_INTERVAL` of the newest backup. A backup that
        fails does not stop the save.
        """
        with contextlib.suppress(OSError):
            newest = self._newest_saved()
            if newest is None or not 0 <= about.st_mtime - newest < MIN_BACKUP_INTERVAL.total_seconds():
                self._add(path, parse_stamp(about), save)

    def _newest_saved(self) -> float | None:
        """Return the time of the newest backup in epoch seconds, or None without any.

        The folder is read again only when its modification time has changed.
        """
        try:
            changed = disk.stat_file(self.folder).st_mtime_ns
        except FileNotFoundError:
            return None
        if changed != self._folder_mtime_ns:
            newest = next(iter(self.all()), None)
            self._newest_timestamp, self._folder_mtime_ns = (
                newest.saved.timestamp() if newest is not None else None,
                changed,
            )
        return self._newest_timestamp

    def keep_final_state(self, path: Path, save: int) -> None:
        """Copy the final state of `path` when the case is closed. Failures are ignored.

        A copy is made because a hard link would be damaged together with the original.
        """
        with contextlib.suppress(OSError, StoreError):
            self._add(path, parse_stamp(disk.stat_file(path)), save, copy=True)

    def keep(self, path: Path, save: int) -> None:
        """Back up the file at `path`, however recent the newest backup is. OSError."""
        self._add(path, parse_stamp(disk.stat_file(path)), save)

    def _add(self, path: Path, saved: datetime.datetime, save: int, *, copy: bool = False) -> None:
        disk.make_folders(self.folder)
        target = self.folder / f"{stamp(saved)}-{save}{SUFFIX}"
        with contextlib.suppress(FileExistsError):  # this state already has a backup
            if copy:
                self._copy(path, target)
            else:
                try:
                    disk.link(path, target)
                except FileExistsError:
                    raise
                except OSError:  # no hard links here, or the case is on another drive
                    self._copy(path, target)
            self._thin()

    def _copy(self, path: Path, target: Path) -> None:
        data, _about = disk.read(path, MAX_CASE_FILE_BYTES)
        unpack(data, schema=2**31)  # a damaged file is not worth a backup
        replace_file(target, data, self.folder / ".tmp", new=True)

    def _thin(self) -> None:
        backups = self.all()
        paths_to_keep = select_kept(_with_ordered_times(backups, self._clock()), self._clock())
        for backup in backups:
            if backup.path not in paths_to_keep:
                with contextlib.suppress(OSError):
                    disk.remove(backup.path)


def _with_ordered_times(newest_first: list[Backup], now: datetime.datetime) -> list[tuple[datetime.datetime, Path]]:
    """Pair each path with a time that is never later than that of a state saved after it."""
    states: list[tuple[datetime.datetime, Path]] = []
    for backup in newest_first:
        now = min(now, backup.saved)
        states.append((now, backup.path))
    return states
