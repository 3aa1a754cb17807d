"""Writing a file so that it is there whole or not at all, and for this user alone."""

from __future__ import annotations

import contextlib
import os
import secrets
import sys
import time
from pathlib import Path

from iep_tui.language import _
from iep_tui.store.errors import StoreError, from_os

FILE_MODE = 0o600
FOLDER_MODE = 0o700


class NotSynced(OSError):
    """The new file is in place, and the system did not promise that it outlives a power cut."""


def private_folder(path: Path) -> None:
    """Make `path` and what is missing above it. What we make is for this user alone, whatever the umask."""
    if path.is_dir():
        return
    private_folder(path.parent)
    with contextlib.suppress(FileExistsError):
        path.mkdir(mode=FOLDER_MODE)
        path.chmod(FOLDER_MODE)


def replace_file(path: Path, data: bytes) -> None:
    """Put `data` in the place of `path`: written beside it, synced, moved over it, the folder synced.

    The hidden file beside it has a fixed name, so that one left by a killed save is found again (`sweep`); the caller
    holds the lock of `path`. Raises OSError with the old file untouched, or NotSynced with the new one in place.
    """
    beside = _beside(path)
    with contextlib.suppress(FileNotFoundError):
        beside.unlink()
    try:
        _write(beside, data)
        _move(beside, path)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise
    try:
        sync_folder(path.parent)
    except OSError as error:
        raise NotSynced(error.errno, error.strerror) from error


def sweep(path: Path) -> None:
    """Remove what a killed save of `path` left beside it: a copy of the answers. Under the lock of `path` only."""
    with contextlib.suppress(OSError):
        _beside(path).unlink()


def write_file(path: Path, data: bytes, *, overwrite: bool) -> None:
    """Write a file that the person asked for, as safely as a case. Raises StoreError with a line for them.

    Nothing is written over unless `overwrite`, also when the name is taken while we write.
    """
    path = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow a link that is to be replaced
    if path.is_dir():
        raise StoreError(_("{path} is a folder. Please name a file.").format(path=path))
    taken = StoreError(_("There is a file {path} already; nothing was written over.").format(path=path))
    if path.exists() and not overwrite:
        raise taken
    beside = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        _write(beside, data)
        try:
            if overwrite:
                _move(beside, path)
            else:
                _place(beside, path)
        finally:
            with contextlib.suppress(FileNotFoundError):
                beside.unlink()
        sync_folder(path.parent)
    except FileExistsError:
        raise taken from None
    except OSError as error:
        raise from_os(error, path) from None


def sync_folder(folder: Path) -> None:
    """Make the names in a folder outlive a power cut. Windows has no such call; its rename is journalled."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.tmp")


def _write(path: Path, data: bytes) -> None:
    """A new file with `data`, on the disk when this returns."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags, FILE_MODE)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]
        _sync(handle)
    finally:
        os.close(handle)


def _sync(handle: int) -> None:
    """fsync; on macOS the call that empties the disk's own cache too."""
    if sys.platform == "darwin":
        import fcntl

        fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
    else:
        os.fsync(handle)


def _move(source: Path, target: Path) -> None:
    """Replace `target` in one step. On Windows a scanner may hold the file for a moment: try a few times."""
    for pause in (0.02, 0.05, 0.1, 0.2):
        try:
            source.replace(target)
        except PermissionError:
            if sys.platform != "win32":
                raise
            time.sleep(pause)
        else:
            return
    source.replace(target)


def _place(source: Path, target: Path) -> None:
    """Give `source` the name `target` if nothing has it. Raises FileExistsError when something does."""
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without links, a memory stick's for one
        if target.exists():
            raise FileExistsError(target) from None
        _move(source, target)
