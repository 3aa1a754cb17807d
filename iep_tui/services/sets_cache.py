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

#: Cache format; raise the number when the stored structs change. Changes in the parser's own files are noticed anyway.
_FORMAT = b"iep-tui/ready-sets 2"
#: Far more than any library needs; a bigger file is not ours.
_MAX_BYTES = 32 * 1024 * 1024
#: Sizes in bytes of a length field and of the checksum. The checksum only detects corruption; file modes keep other
#: users out.
_LENGTH_BYTES, _CHECKSUM_BYTES = 8, 4
#: Questions whose labels the case list needs.
_SHOWN_QUESTIONS = (MEETING_TYPE,)


class _Header(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """The parts of a library that the first screen needs.

    `digest` is the catalogue's; `shown` are the questions needed before a case is open; `files` are (path, set id,
    title, shipped with the program).
    """

    digest: str
    shown: tuple[Question, ...]
    problems: tuple[Problem, ...]
    files: tuple[tuple[str, str, str, bool], ...]
    example: str | None
    about: Page | None


class _Sets(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """The rest of a library, decoded on first use."""

    sets: tuple[QuestionSet, ...]
    glossary: tuple[Term, ...]
    deadlines: tuple[Deadline, ...]


class _LazyCatalogue(Catalogue):
    """A catalogue that decodes its sets on first use, since the case list usually does without them."""

    def __init__(self, digest: str, shown: tuple[Question, ...], load_sets: Callable[[], _Sets | Catalogue]) -> None:
        # `Catalogue.__init__` is not called yet, so that its missing attributes lead to `__getattr__`.
        vars(self)["digest"] = digest
        self._shown = {question.id: question for question in shown}
        self._load_sets = load_sets

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or "sets" in vars(self):
            raise AttributeError(name)
        loaded = self._load_sets()
        if isinstance(loaded, Catalogue):
            del vars(self)["digest"]  # parsed again, so it may differ
        super().__init__(loaded.sets, loaded.glossary, loaded.deadlines)
        del self._load_sets  # frees the cached bytes
        return getattr(self, name)

    def question(self, question_id: str) -> Question | None:
        if "sets" not in vars(self) and question_id in self._shown:
            return self._shown[question_id]
        return super().question(question_id)


def load_library(
    lang: str = DEFAULT_LANGUAGE, own: Path | None = None, *, cache: Path, shipped: Path | None = None
) -> Library:
    """Return the library for `lang`, from the folder `cache` if the cached copy was made from the same question files.

    The cache may be deleted at any time. It is used only if it belongs to this user, is intact, and was written by this
    version of the program. It is written only if the parent folder exists, so that reading never creates a data folder.
    """
    folder = language_folder(shipped or shipped_folder(), lang)
    own_folder = language_folder(own, lang) if own is not None else None
    source = _source(folder, own_folder)
    cache_file = cache / f"sets-{folder.name}.kept"

    def parse() -> Library:
        # Imported only here: importing the parser takes as long as reading the sets.
        from iep_tui.sets import library_loader

        loaded = library_loader.load_uncached(lang, own, shipped=shipped)
        if _source(folder, own_folder) == source:  # otherwise a file changed while we read
            _write(cache_file, source, loaded)
        return loaded

    return _read(cache_file, source, parse) or parse()


def _source(folder: Path, own: Path | None) -> bytes:
    """Return everything a library depends on: the question files with their paths, and the parser's own files.

    The cache stores it whole, because comparing it is faster than computing a digest.
    """
    parts = [*_parts(folder, own)]
    return b"".join(b"%d:%b" % (len(part), part) for part in parts)


def _parts(folder: Path, own: Path | None) -> Iterator[bytes]:
    yield __version__.encode()
    package = Path(library.__file__).parent
    for source_folder in (package, package.parent / "core", package.parent / "core" / "conditions"):
        with contextlib.suppress(OSError), os.scandir(source_folder) as entries:
            for entry in sorted(entries, key=lambda item: item.name):
                if entry.name.endswith(".py"):
                    about = entry.stat()
                    yield f"{entry.name} {about.st_size} {about.st_mtime_ns}".encode()
    for place in (folder, own):
        if place is not None:
            yield os.fsencode(place)
            yield b"example" if (place / library.EXAMPLE).is_file() else b""
            for path in markdown_files(place):
                yield os.fsencode(path.name)
                try:
                    yield disk.read(path, MAX_SET_FILE_BYTES)[0]
                except OSError:
                    yield b"cannot be read"


def _read(path: Path, source: bytes, parse: Callable[[], Library]) -> Library | None:
    """Return the cached library if it was made from `source`, else None.

    `parse` reads the question files, in case the cached sets cannot be decoded later.
    """
    try:
        data, about = disk.read(path, _MAX_BYTES)
        if not _is_ours(about) or not _is_ours(path.parent.stat()):
            return None
        prefix = _prefix(source)
        start = len(prefix) + _CHECKSUM_BYTES
        checksum = data[len(prefix) : start]
        if len(data) > _MAX_BYTES or not data.startswith(prefix) or checksum != _checksum(data[start:]):
            return None
        header_start = start + _LENGTH_BYTES
        rest = header_start + int.from_bytes(data[start:header_start], "big")
        header = msgspec.msgpack.decode(data[header_start:rest], type=_Header)
    except (OSError, ValueError, RecursionError):
        return None

    def load_sets() -> _Sets | Catalogue:
        try:
            return msgspec.msgpack.decode(data[rest:], type=_Sets)
        except (ValueError, RecursionError):
            return parse().catalogue

    return Library(
        _LazyCatalogue(header.digest, header.shown, load_sets),
        header.problems,
        tuple(SetFile(Path(path), set_id, title, ours) for path, set_id, title, ours in header.files),
        Path(header.example) if header.example is not None else None,
        header.about,
    )


def _prefix(source: bytes) -> bytes:
    return _FORMAT + len(source).to_bytes(_LENGTH_BYTES, "big") + source


def _checksum(body: bytes) -> bytes:
    return zlib.crc32(body).to_bytes(_CHECKSUM_BYTES, "big")


def _is_ours(about: os.stat_result) -> bool:
    """True if only this user could have written the file."""
    if os.name == "nt":
        return True
    return about.st_uid == os.geteuid() and not about.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _write(path: Path, source: bytes, loaded: Library) -> None:
    if not path.parent.parent.is_dir():
        return
    catalogue = loaded.catalogue
    header = _Header(
        catalogue.digest,
        tuple(question for name in _SHOWN_QUESTIONS if (question := catalogue.question(name)) is not None),
        loaded.problems,
        tuple((str(file.path), file.set_id, file.title, file.ours) for file in loaded.files),
        str(loaded.example) if loaded.example is not None else None,
        loaded.about,
    )
    with contextlib.suppress(OSError, ValueError):  # paths that are not valid text
        rest = msgspec.msgpack.encode(_Sets(catalogue.sets, catalogue.glossary, catalogue.deadlines))
        disk.make_folders(path.parent)
        header_bytes = msgspec.msgpack.encode(header)
        body = len(header_bytes).to_bytes(_LENGTH_BYTES, "big") + header_bytes + rest
        replace_file(path, _prefix(source) + _checksum(body) + body, path.with_name(f".{path.name}.tmp"))
