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
from iep_tui.store.atomic_write import put_in_place

#: Raised when a line means something else than before.
_SHAPE = 1
_MOST_BYTES = 256 * 1024 * 1024
#: So many cases, those that changed last, stand in the small file: more than the first screen shows, and more than
#: anyone changes before the list is looked at again.
RECENT_CASES = 64
#: The file begins with a sum of the rest in so many bytes: damage is seen, whoever means harm has the cases themselves.
_SUM = 4


def _sum(body: bytes) -> bytes:
    return zlib.crc32(body).to_bytes(_SUM, "big")


class IndexLine(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """One case as its file stood when it had this size, time of the last change (ns) and inode.

    `name` is the child's, `answers` those few of the latest meeting that a list shows. `done` of `total` questions are
    answered while the facts that conditions ask for are `facts`: age, stage, state.
    """

    size: int
    changed: int
    inode: int
    name: str
    answers: dict[str, Answer]
    facts: tuple[int | None, str, str | None]
    done: int
    total: int

    def fits(self, about: os.stat_result) -> bool:
        """Whether the file is still the one that was read."""
        return (self.changed, self.size, self.inode) == (about.st_mtime_ns, about.st_size, about.st_ino)

    def is_of(self, about: os.stat_result | None) -> bool:
        """`fits` for a file that may be gone."""
        return about is not None and self.fits(about)


class _Whole(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    shape: int
    key: str
    lines: dict[str, IndexLine]


class _Recent(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """The cases that changed last, the newest first, of so many in all; None for one that has no line."""

    shape: int
    key: str
    total: int
    newest: tuple[tuple[str, IndexLine | None], ...]


_T = TypeVar("_T", _Whole, _Recent)


def _places(home: Path) -> tuple[Path, ...]:
    """The two files, and the name that each is written under before it is whole."""
    return home / "cases.index", home / "cases.recent", home / ".cases.index.tmp", home / ".cases.recent.tmp"


def clear(home: Path) -> None:
    """Take all of it away: the words in it are to be sealed. OSError."""
    for path in _places(home):
        disk.remove(path)


class CaseIndex:
    """The lines of the cases in `home`, in two files beside them: all cases, and again those that changed last.

    A first look needs the small one alone, and a save changes only that: the large one is read and written when a case
    that is not among the newest differs. `key` names all that lines follow from besides the files (the question sets);
    lines of another are not used, and with "" any will do, for the names alone. What is in a case that is sealed is
    never put here: only what was read in clear. Nothing here is needed: a file that is gone, damaged or strange counts
    as empty.
    """

    def __init__(self, home: Path, key: str = "") -> None:
        self._whole_path, self._recent_path, *self._asides = _places(home)
        self._key = key
        self._recent = _read(self._recent_path, _Recent, key)
        self._whole: _Whole | None = None
        self._looked = False
        self._lines = {name: line for name, line in self._recent.newest if line is not None} if self._recent else {}

    @property
    def total(self) -> int:
        """How many cases there were when it was kept; 0 when nothing was."""
        return self._recent.total if self._recent is not None else 0

    @property
    def newest(self) -> tuple[str, ...]:
        """The ids of the cases that had changed last then, the newest first, `RECENT_CASES` at most."""
        return tuple(name for name, _line in self._recent.newest) if self._recent is not None else ()

    def line(self, case_id: str, about: os.stat_result, *, among_newest: bool = False) -> IndexLine | None:
        """What is known of the case whose file the system says this of; None when it has to be read.

        With `among_newest` the large file is not read for it.
        """
        line = self._lines.get(case_id)
        if line is not None and line.fits(about):
            return line
        line = None if among_newest else self._all().get(case_id)
        return line if line is not None and line.fits(about) else None

    def put(self, case_id: str, line: IndexLine) -> None:
        self._lines[case_id] = line

    def keep(self, there: Mapping[str, os.stat_result], look: Callable[[str], os.stat_result | None]) -> None:
        """Write what is new, and leave out every line whose file is gone or another by now. Never fails.

        `there` is what the system said of the file of every case, and `look` gives what it says now: another window may
        have sealed or removed a case meanwhile, and taken its words away from here.
        """
        with contextlib.suppress(Exception):
            lines = {name: line for name, about in there.items() if (line := self.line(name, about)) is not None}
            newest = heapq.nlargest(RECENT_CASES, there, key=lambda name: (there[name].st_mtime_ns, name))
            whole = self._all()
            behind = lines.keys() - set(newest) if lines else set()
            if whole.keys() - lines.keys() or any(whole.get(name) != lines[name] for name in behind):
                lines = {name: line for name, line in lines.items() if line.is_of(look(name))}
                self._write_whole(_Whole(_SHAPE, self._key, lines))
            known = tuple((name, lines.get(name)) for name in newest)
            recent = _Recent(_SHAPE, self._key, len(there), known)
            if recent != self._recent:
                still = tuple((name, line if line and line.is_of(look(name)) else None) for name, line in known)
                self._write_recent(msgspec.structs.replace(recent, newest=still))
            self._lines = lines

    def forget(self, case_id: str) -> None:
        """Take out the line of a case that is removed, whatever state the files are in. OSError when the words could
        not be taken away."""
        for aside in self._asides:
            disk.remove(aside)
        self._lines.pop(case_id, None)
        lines = self._all()
        if case_id in lines and self._whole is not None:
            rest = {name: line for name, line in lines.items() if name != case_id}
            try:
                self._write_whole(msgspec.structs.replace(self._whole, lines=rest))
            except OSError:
                disk.remove(self._whole_path)
        elif not lines:  # damaged, perhaps, and the words are in it all the same
            disk.remove(self._whole_path)
        if self._recent is None:
            disk.remove(self._recent_path)
        elif case_id in self.newest:
            others = tuple(one for one in self._recent.newest if one[0] != case_id)
            total = max(self._recent.total - 1, 0)
            try:
                self._write_recent(msgspec.structs.replace(self._recent, newest=others, total=total))
            except OSError:
                disk.remove(self._recent_path)

    def _all(self) -> dict[str, IndexLine]:
        """The lines of the large file."""
        if not self._looked:
            self._whole, self._looked = _read(self._whole_path, _Whole, self._key), True
        return self._whole.lines if self._whole is not None else {}

    def _write_whole(self, whole: _Whole) -> None:
        _write(self._whole_path, self._asides[0], whole)
        self._whole, self._looked = whole, True

    def _write_recent(self, recent: _Recent) -> None:
        _write(self._recent_path, self._asides[1], recent)
        self._recent = recent


def _read(path: Path, kind: type[_T], key: str) -> _T | None:
    try:
        data, _about = disk.read(path, _MOST_BYTES)
        if data[:_SUM] != _sum(data[_SUM:]):
            return None
        kept = msgspec.msgpack.decode(data[_SUM:], type=kind)
    except (OSError, ValueError, RecursionError):
        return None
    return kept if kept.shape == _SHAPE and (not key or kept.key == key) else None


def _write(path: Path, aside: Path, kept: _Whole | _Recent) -> None:
    body = msgspec.msgpack.encode(kept)
    put_in_place(path, _sum(body) + body, aside)
