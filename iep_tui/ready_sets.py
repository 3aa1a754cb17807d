"""The library as it was read before, when not a byte of the question files has changed; else read anew, and kept."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import msgspec

from iep_tui import __version__
from iep_tui.core.model import Catalogue, Deadline, Page, QuestionSet, Term
from iep_tui.language import DEFAULT_LANGUAGE
from iep_tui.sets import library
from iep_tui.sets.library import Library, SetFile, language_folder, markdown_files, read_file, shipped_folder
from iep_tui.sets.problems import Problem
from iep_tui.store import disk
from iep_tui.store.files import put_in_place

#: Raised when what is kept takes another shape; a change of the program's own files counts by itself.
_SHAPE = b"iep-tui/ready-sets 1"
#: No library comes near this; a file that does is none of ours.
_MOST_BYTES = 32 * 1024 * 1024
_DIGEST = hashlib.sha256().digest_size


class _Kept(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """A library in what msgspec can write. `files` are path, id, title and whether it came with the program."""

    sets: tuple[QuestionSet, ...]
    glossary: tuple[Term, ...]
    deadlines: tuple[Deadline, ...]
    problems: tuple[Problem, ...]
    files: tuple[tuple[str, str, str, bool], ...]
    example: str | None
    about: Page | None


def load(lang: str = DEFAULT_LANGUAGE, own: Path | None = None, *, cache: Path, shipped: Path | None = None) -> Library:
    """What `library.load` gives, from the folder `cache` when it is there and was read from these very bytes.

    The cache may be deleted at any time; what is in it is believed only when it is this user's, whole, of this version
    and of the right shape. It is made only in a folder that is there, and done without where it cannot be written:
    looking makes no data folder.
    """
    folder = language_folder(shipped or shipped_folder(), lang)
    theirs = language_folder(own, lang) if own is not None else None
    key = _key(folder, theirs)
    kept = cache / f"sets-{folder.name}.kept"
    found = _read(kept, key)
    if found is None:
        found = library.load(lang, own, shipped=shipped)
        if _key(folder, theirs) == key:  # else a file was changed while it was read
            _write(kept, key, found)
    return found


def _key(folder: Path, own: Path | None) -> bytes:
    """A digest of all that a library follows from: the question files with their places, and the program that reads
    them."""
    digest = hashlib.sha256(_SHAPE)
    for part in _parts(folder, own):
        digest.update(b"%d:" % len(part))
        digest.update(part)
    return digest.digest()


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
            yield str(where).encode(errors="surrogateescape")
            yield b"example" if (where / library.EXAMPLE).is_file() else b""
            for path in markdown_files(where):
                data = read_file(path)
                yield path.name.encode(errors="surrogateescape")
                yield b"cannot be read" if isinstance(data, Problem) else data


def _read(path: Path, key: bytes) -> Library | None:
    """What is kept under `key`; None for anything else."""
    try:
        data, about = disk.read(path, _MOST_BYTES)
        if not _is_ours(about) or not _is_ours(path.parent.stat()):
            return None
        head = key + data[_DIGEST : 2 * _DIGEST]
        body = data[len(head) :]
        if len(data) > _MOST_BYTES or data[: len(head)] != head or hashlib.sha256(body).digest() != head[_DIGEST:]:
            return None
        kept = msgspec.msgpack.decode(body, type=_Kept)
    except (OSError, ValueError, RecursionError):
        return None
    return Library(
        Catalogue(kept.sets, kept.glossary, kept.deadlines),
        kept.problems,
        tuple(SetFile(Path(path), set_id, title, ours) for path, set_id, title, ours in kept.files),
        Path(kept.example) if kept.example is not None else None,
        kept.about,
    )


def _is_ours(about: os.stat_result) -> bool:
    """Whether nobody but this user could have written it."""
    if os.name == "nt":
        return True
    return about.st_uid == os.geteuid() and not about.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _write(path: Path, key: bytes, found: Library) -> None:
    if not path.parent.parent.is_dir():
        return
    kept = _Kept(
        found.catalogue.sets,
        found.catalogue.glossary,
        found.catalogue.deadlines,
        found.problems,
        tuple((str(one.path), one.set_id, one.title, one.ours) for one in found.files),
        str(found.example) if found.example is not None else None,
        found.about,
    )
    with contextlib.suppress(OSError, ValueError):  # paths that are no text
        body = msgspec.msgpack.encode(kept)
        disk.make_folders(path.parent)
        put_in_place(path, key + hashlib.sha256(body).digest() + body, path.with_name(f".{path.name}.tmp"))
