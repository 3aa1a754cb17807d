"""What a list shows of each case, kept so that a thousand files need not be read; made again when it is gone."""

from __future__ import annotations

import contextlib
import os
import zlib
from pathlib import Path

import msgspec

from iep_tui.core.answers import Answer
from iep_tui.store import disk
from iep_tui.store.files import put_in_place
from iep_tui.store.folder import CaseFolder

#: Raised when a line means something else than before.
_SHAPE = 1
_MOST_BYTES = 256 * 1024 * 1024
#: The file begins with a sum of the rest in so many bytes: damage is seen, whoever means harm has the cases themselves.
_SUM = 4


def _sum(body: bytes) -> bytes:
    return zlib.crc32(body).to_bytes(_SUM, "big")


class Line(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
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


class _Kept(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    shape: int
    key: str
    lines: dict[str, Line]


def _places(home: Path) -> tuple[Path, Path]:
    """The index, and the name that it is written under before it is whole."""
    return home / "cases.index", home / ".cases.index.tmp"


def clear(home: Path) -> None:
    """Take the whole index away: the words in it are to be sealed. OSError."""
    for path in _places(home):
        disk.remove(path)


class Index:
    """The lines of the cases in `home`, in one file beside them.

    `key` names all that lines follow from besides the files (the question sets); lines of another are not used, and
    with "" any will do, for the names alone. What is in a case that is sealed is never put here: only what was read in
    clear. Nothing here is needed: a file that is gone, damaged or strange counts as empty.
    """

    def __init__(self, home: Path, key: str = "") -> None:
        self._home = home
        self._path, self._aside = _places(home)
        self._key = key
        self._changed = False
        self._lines = self._read()

    def _read(self) -> dict[str, Line]:
        try:
            data, _about = disk.read(self._path, _MOST_BYTES)
            if data[:_SUM] != _sum(data[_SUM:]):
                return {}
            kept = msgspec.msgpack.decode(data[_SUM:], type=_Kept)
        except (OSError, ValueError, RecursionError):
            return {}
        if kept.shape != _SHAPE or (self._key and kept.key != self._key):
            return {}
        self._key = kept.key
        return kept.lines

    def line(self, case_id: str, about: os.stat_result) -> Line | None:
        """What is known of the case whose file the system says this of; None when it has to be read."""
        line = self._lines.get(case_id)
        return line if line is not None and line.fits(about) else None

    def put(self, case_id: str, line: Line) -> None:
        self._lines[case_id] = line
        self._changed = True

    def keep(self) -> None:
        """Write what is new, and leave out every line whose file is gone or another by now. Never fails."""
        with contextlib.suppress(Exception):
            there = {path.stem: about for path, about in CaseFolder(self._home).files()}
            lines = {name: line for name, line in self._lines.items() if name in there and line.fits(there[name])}
            if self._changed or len(lines) != len(self._lines):
                self._write(lines)

    def forget(self, case_id: str) -> None:
        """Take out the line of a case that is removed, whatever state the file is in. OSError when the words
        could not be taken away."""
        disk.remove(self._aside)
        if self._lines.pop(case_id, None) is not None:
            try:
                self._write(self._lines)
            except OSError:
                disk.remove(self._path)
        elif not self._lines:  # damaged, perhaps, and the words are in it all the same
            disk.remove(self._path)

    def _write(self, lines: dict[str, Line]) -> None:
        body = msgspec.msgpack.encode(_Kept(_SHAPE, self._key, lines))
        put_in_place(self._path, _sum(body) + body, self._aside)
        self._lines = lines
        self._changed = False
