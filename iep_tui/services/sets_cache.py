"""Cache of parsed question sets, used only while no question file has changed."""

from __future__ import annotations

import contextlib
import os
import stat
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from iep_tui import __version__
from iep_tui.core.facts import MEETING_TYPE
from iep_tui.core.question_model import Catalogue, Deadline, Page, Question, QuestionSet, Term
from iep_tui.i18n import DEFAULT_LANGUAGE
from iep_tui.sets import library
from iep_tui.sets.library import Library, SetFile, language_folder, markdown_files, shipped_folder
from iep_tui.sets.problems import Problem
from iep_tui.sets.source_lines import MAX_SET_FILE_BYTES
from iep_tui.store import disk
from iep_tui.store.atomic_write import replace_file

#: Raised when what is kept takes another shape; a change of the program's own files counts by itself.
_SHAPE = b"iep-tui/ready-sets 2"
#: No library comes near this; a file that does is none of ours.
_MOST_BYTES = 32 * 1024 * 1024
#: What is compared begins with its length in so many bytes, what follows with a sum of it: damage is seen. Who means
#: harm is kept out by the modes.
_LENGTH, _SUM = 8, 4
#: The questions that a list of children is worded with.
_SHOWN = (MEETING_TYPE,)


class _Front(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """What the first screen needs of a library. `digest` is the catalogue's, `shown` those of its questions that are
    told before a case is open; `files` are path, id, title and whether it came with the program."""

    digest: str
    shown: tuple[Question, ...]
    problems: tuple[Problem, ...]
    files: tuple[tuple[str, str, str, bool], ...]
    example: str | None
    about: Page | None


class _Sets(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """All the rest, which waits until it is asked for."""

    sets: tuple[QuestionSet, ...]
    glossary: tuple[Term, ...]
    deadlines: tuple[Deadline, ...]


class _Later(Catalogue):
    """A catalogue whose sets are taken out of what is kept when they are first asked for: a list of children, whose
    index knows how far each is, is there without them."""

    def __init__(self, digest: str, shown: tuple[Question, ...], take: Callable[[], _Sets | Catalogue]) -> None:
        # Nothing of a catalogue's own yet: what is missing leads to `__getattr__`.
        vars(self)["digest"] = digest
        self._shown = {question.id: question for question in shown}
        self._take = take

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or "sets" in vars(self):
            raise AttributeError(name)
        found = self._take()
        if isinstance(found, Catalogue):
            del vars(self)["digest"]  # read anew: it may be another
        super().__init__(found.sets, found.glossary, found.deadlines)
        del self._take  # and the bytes with it
        return getattr(self, name)

    def question(self, question_id: str) -> Question | None:
        if "sets" not in vars(self) and question_id in self._shown:
            return self._shown[question_id]
        return super().question(question_id)


def load_library(
    lang: str = DEFAULT_LANGUAGE, own: Path | None = None, *, cache: Path, shipped: Path | None = None
) -> Library:
    """What `library_loader.load` gives, from the folder `cache` when it is there and was read from these very bytes.

    The cache may be deleted at any time; what is in it is believed only when it is this user's, whole, of this version
    and of the right shape. It is made only in a folder that is there, and done without where it cannot be written:
    looking makes no data folder.
    """
    folder = language_folder(shipped or shipped_folder(), lang)
    theirs = language_folder(own, lang) if own is not None else None
    source = _source(folder, theirs)
    kept = cache / f"sets-{folder.name}.kept"

    def anew() -> Library:
        # Loaded only here: the parser takes as long to import as the sets take to read.
        from iep_tui.sets import library_loader

        found = library_loader.load_uncached(lang, own, shipped=shipped)
        if _source(folder, theirs) == source:  # else a file was changed while it was read
            _write(kept, source, found)
        return found

    return _read(kept, source, anew) or anew()


def _source(folder: Path, own: Path | None) -> bytes:
    """All that a library follows from: the question files with their places, and the program that reads them. It is
    kept as it is and compared: that is quicker than any digest of it."""
    parts = [*_parts(folder, own)]
    return b"".join(b"%d:%b" % (len(part), part) for part in parts)


def _parts(folder: Path, own: Path | None) -> Iterator[bytes]:
    yield __version__.encode()
    package = Path(library.__file__).parent
    for inside in (package, package.parent / "core", package.parent / "core" / "conditions"):
        with contextlib.suppress(OSError), os.scandir(inside) as entries:
            for entry in sorted(entries, key=lambda one: one.name):
                if entry.name.endswith(".py"):
                    about = entry.stat()
                    yield f"{entry.name} {about.st_size} {about.st_mtime_ns}".encode()
    for where in (folder, own):
        if where is not None:
            yield os.fsencode(where)
            yield b"example" if (where / library.EXAMPLE).is_file() else b""
            for path in markdown_files(where):
                yield os.fsencode(path.name)
                try:
                    yield disk.read(path, MAX_SET_FILE_BYTES)[0]
                except OSError:
                    yield b"cannot be read"


def _read(path: Path, source: bytes, anew: Callable[[], Library]) -> Library | None:
    """What is kept under `source`; None for anything else. `anew` reads the files, should the sets be of another shape
    when they are asked for."""
    try:
        data, about = disk.read(path, _MOST_BYTES)
        if not _is_ours(about) or not _is_ours(path.parent.stat()):
            return None
        head = _head(source)
        start = len(head) + _SUM
        if len(data) > _MOST_BYTES or not data.startswith(head) or data[len(head) : start] != _sum(data[start:]):
            return None
        first = start + _LENGTH
        rest = first + int.from_bytes(data[start:first], "big")
        front = msgspec.msgpack.decode(data[first:rest], type=_Front)
    except (OSError, ValueError, RecursionError):
        return None

    def take() -> _Sets | Catalogue:
        try:
            return msgspec.msgpack.decode(data[rest:], type=_Sets)
        except (ValueError, RecursionError):
            return anew().catalogue

    return Library(
        _Later(front.digest, front.shown, take),
        front.problems,
        tuple(SetFile(Path(path), set_id, title, ours) for path, set_id, title, ours in front.files),
        Path(front.example) if front.example is not None else None,
        front.about,
    )


def _head(source: bytes) -> bytes:
    return _SHAPE + len(source).to_bytes(_LENGTH, "big") + source


def _sum(body: bytes) -> bytes:
    return zlib.crc32(body).to_bytes(_SUM, "big")


def _is_ours(about: os.stat_result) -> bool:
    """Whether nobody but this user could have written it."""
    if os.name == "nt":
        return True
    return about.st_uid == os.geteuid() and not about.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _write(path: Path, source: bytes, found: Library) -> None:
    if not path.parent.parent.is_dir():
        return
    catalogue = found.catalogue
    front = _Front(
        catalogue.digest,
        tuple(question for name in _SHOWN if (question := catalogue.question(name)) is not None),
        found.problems,
        tuple((str(one.path), one.set_id, one.title, one.ours) for one in found.files),
        str(found.example) if found.example is not None else None,
        found.about,
    )
    with contextlib.suppress(OSError, ValueError):  # paths that are no text
        rest = msgspec.msgpack.encode(_Sets(catalogue.sets, catalogue.glossary, catalogue.deadlines))
        disk.make_folders(path.parent)
        first = msgspec.msgpack.encode(front)
        body = len(first).to_bytes(_LENGTH, "big") + first + rest
        replace_file(path, _head(source) + _sum(body) + body, path.with_name(f".{path.name}.tmp"))
