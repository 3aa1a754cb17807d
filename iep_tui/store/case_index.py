"""Index of case summaries, so that a list need not read every file. Rebuilt when it is missing."""

from __future__ import annotations

import contextlib
import heapq
import os
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

import msgspec

from iep_tui.core.case_model import Answer
from iep_tui.store import disk
from iep_tui.store.atomic_write import replace_file

#: Increased whenever the meaning of an index line changes.
_FORMAT_VERSION = 1
_MAX_BYTES = 256 * 1024 * 1024
#: Cases in the small file, most recently changed first: more than the first screen shows, and more than anyone
#: changes between two views of the list.
RECENT_CASES = 64
#: Bytes of the CRC-32 at the start of the file. It only detects damage; file modes keep other users out.
_CHECKSUM_BYTES = 4


def _checksum(body: bytes) -> bytes:
    return zlib.crc32(body).to_bytes(_CHECKSUM_BYTES, "big")


class IndexLine(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """Summary of one case, valid while its file has this size, modification time (ns) and inode.

    `name` is the child's name; `answers` are the few of the latest meeting that a list shows. `done` of `total`
    questions are answered given `facts` (age, stage, state), which the conditions depend on.
    """

    size: int
    changed: int
    inode: int
    name: str
    answers: dict[str, Answer]
    facts: tuple[int | None, str, str | None]
    done: int
    total: int

    def matches(self, about: os.stat_result) -> bool:
        """Return True if the file has not changed since it was summarized."""
        return (self.changed, self.size, self.inode) == (about.st_mtime_ns, about.st_size, about.st_ino)

    def is_current(self, about: os.stat_result | None) -> bool:
        """Like `matches`, for a file that may have been removed."""
        return about is not None and self.matches(about)


class _Whole(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    shape: int
    key: str
    lines: dict[str, IndexLine]


class _Recent(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """The most recently changed cases, newest first (None without a line), and the total number of cases."""

    shape: int
    key: str
    total: int
    newest: tuple[tuple[str, IndexLine | None], ...]


_T = TypeVar("_T", _Whole, _Recent)


def _index_paths(home: Path) -> tuple[Path, ...]:
    """Return the two index files, and the temporary name each is written under."""
    return home / "cases.index", home / "cases.recent", home / ".cases.index.tmp", home / ".cases.recent.tmp"


def clear(home: Path) -> None:
    """Delete the index files, before the cases summarized in them are sealed. OSError."""
    for path in _index_paths(home):
        disk.remove(path)


class CaseIndex:
    """Case summaries for the cases in `home`, kept in two files: all cases, and the most recently changed ones.

    The first screen reads only the small file, and a save rewrites only that. The large file is read and written when a
    case outside the recent ones differs. `key` identifies the question sets the lines were computed from: lines with
    another key are ignored, and "" accepts any, for callers that only need names. Sealed cases are never written here.
    The index is optional: a missing, damaged or unknown file counts as empty.
    """

    def __init__(self, home: Path, key: str = "") -> None:
        self._whole_path, self._recent_path, *self._temporary_paths = _index_paths(home)
        self._key = key
        self._recent = _read(self._recent_path, _Recent, key)
        self._whole: _Whole | None = None
        self._whole_was_read = False
        self._lines = {name: line for name, line in self._recent.newest if line is not None} if self._recent else {}

    @property
    def total(self) -> int:
        """The number of cases when the index was written; 0 without an index."""
        return self._recent.total if self._recent is not None else 0

    @property
    def newest(self) -> tuple[str, ...]:
        """The ids of the most recently changed cases in the index, newest first, at most `RECENT_CASES`."""
        return tuple(name for name, _line in self._recent.newest) if self._recent is not None else ()

    def line(self, case_id: str, about: os.stat_result, *, among_newest: bool = False) -> IndexLine | None:
        """Return the summary of a case if its file still matches `about`, or None if the file has to be read.

        With `among_newest`, only the small file is consulted.
        """
        line = self._lines.get(case_id)
        if line is not None and line.matches(about):
            return line
        line = None if among_newest else self._all().get(case_id)
        return line if line is not None and line.matches(about) else None

    def put(self, case_id: str, line: IndexLine) -> None:
        """Add or replace the summary of a case, in memory only."""
        self._lines[case_id] = line

    def keep(self, existing: Mapping[str, os.stat_result], stat_case: Callable[[str], os.stat_result | None]) -> None:
        """Write changed lines and drop those of files that changed or disappeared. Never fails.

        `existing` maps each case id to its file status as listed; `stat_case` returns the current one. It is asked
        again because another window may have sealed or removed a case meanwhile, and cleared its words from here.
        """
        with contextlib.suppress(Exception):
            lines = {name: line for name, about in existing.items() if (line := self.line(name, about)) is not None}
            newest = heapq.nlargest(RECENT_CASES, existing, key=lambda name: (existing[name].st_mtime_ns, name))
            whole = self._all()
            older_ids = lines.keys() - set(newest) if lines else set()
            if whole.keys() - lines.keys() or any(whole.get(name) != lines[name] for name in older_ids):
                lines = {name: line for name, line in lines.items() if line.is_current(stat_case(name))}
                self._write_whole(_Whole(_FORMAT_VERSION, self._key, lines))
            recent_lines = tuple((name, lines.get(name)) for name in newest)
            recent = _Recent(_FORMAT_VERSION, self._key, len(existing), recent_lines)
            if recent != self._recent:
                current_lines = tuple(
                    (name, line if line and line.is_current(stat_case(name)) else None) for name, line in recent_lines
                )
                self._write_recent(msgspec.structs.replace(recent, newest=current_lines))
            self._lines = lines

    def forget(self, case_id: str) -> None:
        """Remove the line of a removed case, even from damaged index files.

        OSError if its words could not be removed.
        """
        for temporary in self._temporary_paths:
            disk.remove(temporary)
        self._lines.pop(case_id, None)
        lines = self._all()
        if case_id in lines and self._whole is not None:
            remaining = {name: line for name, line in lines.items() if name != case_id}
            try:
                self._write_whole(msgspec.structs.replace(self._whole, lines=remaining))
            except OSError:
                disk.remove(self._whole_path)
        elif not lines:  # unreadable, but the case's words may still be in it
            disk.remove(self._whole_path)
        if self._recent is None:
            disk.remove(self._recent_path)
        elif case_id in self.newest:
            others = tuple(entry for entry in self._recent.newest if entry[0] != case_id)
            total = max(self._recent.total - 1, 0)
            try:
                self._write_recent(msgspec.structs.replace(self._recent, newest=others, total=total))
            except OSError:
                disk.remove(self._recent_path)

    def _all(self) -> dict[str, IndexLine]:
        """Return the lines of the large file, which is read on first use."""
        if not self._whole_was_read:
            self._whole, self._whole_was_read = _read(self._whole_path, _Whole, self._key), True
        return self._whole.lines if self._whole is not None else {}

    def _write_whole(self, whole: _Whole) -> None:
        _write(self._whole_path, self._temporary_paths[0], whole)
        self._whole, self._whole_was_read = whole, True

    def _write_recent(self, recent: _Recent) -> None:
        _write(self._recent_path, self._temporary_paths[1], recent)
        self._recent = recent


def _read(path: Path, kind: type[_T], key: str) -> _T | None:
    try:
        data, _about = disk.read(path, _MAX_BYTES)
        if data[:_CHECKSUM_BYTES] != _checksum(data[_CHECKSUM_BYTES:]):
            return None
        content = msgspec.msgpack.decode(data[_CHECKSUM_BYTES:], type=kind)
    except (OSError, ValueError, RecursionError):
        return None
    return content if content.shape == _FORMAT_VERSION and (not key or content.key == key) else None


def _write(path: Path, temporary: Path, content: _Whole | _Recent) -> None:
    body = msgspec.msgpack.encode(content)
    replace_file(path, _checksum(body) + body, temporary)
