"""Atomic file replacement: readers find either the old file or the new one, always whole."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from iep_tui.core.text_sanitizer import clean_line
from iep_tui.i18n import _
from iep_tui.store import disk
from iep_tui.store.errors import IdTaken, StoreError, unwritable_error

#: Numbered names tried in a folder before asking for another folder.
_MAX_NAMES = 100


def replace_file(path: Path, data: bytes, temporary: Path, *, new: bool = False) -> os.stat_result:
    """Write `data` to `temporary`, flush it to disk, rename it to `path`, and return its status.

    `temporary` is in the same folder; a leftover from an earlier run is removed. With `new`, an existing file at `path`
    is kept (FileExistsError). The caller still has to call `disk.sync_folder`, after noting that the file is new.
    OSError leaves the previous file at `path` untouched.
    """
    try:
        descriptor = disk.open_new(temporary)
    except FileExistsError:
        disk.remove(temporary)
        descriptor = disk.open_new(temporary)
    try:
        try:
            disk.write_all(descriptor, data)
            disk.flush(descriptor)
            written = disk.stat_written(descriptor)
        finally:
            disk.close(descriptor)
        if new:
            _link_new(temporary, path)
        else:
            disk.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            disk.remove(temporary)
        raise
    return written if os.name != "nt" else _status_after_close(path, written)


def _status_after_close(path: Path, written: os.stat_result) -> os.stat_result:
    """Return the status after the close, which on Windows changes the modification time.

    On other systems a drive that does the same costs one extra read at the next save, which finds the content
    unchanged.
    """
    try:
        status = disk.stat_file(path)
    except OSError:
        return written
    return status if status.st_ino == written.st_ino else written


def _link_new(temporary: Path, path: Path) -> None:
    """Rename `temporary` to `path` only if nothing is at `path`. FileExistsError."""
    try:
        disk.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:  # no hard links on this drive: the check and the rename are two steps
        if path.exists() or path.is_symlink():
            raise FileExistsError(path) from None
        disk.replace(temporary, path)
    else:
        disk.remove(temporary)


def write_file(path: Path, data: bytes, *, overwrite: bool) -> None:
    """Write a file the user asked for as safely as a save: whole or not at all, readable by this user only.

    With `overwrite`, an existing file is replaced and its mode is kept; a symlink stays a symlink. StoreError for
    anything that can go wrong; IdTaken if a file is in the way.
    """
    with _os_errors_as_messages(path):
        target, existing = _resolve_target(path, overwrite)
        import secrets

        temporary = target.with_name(f".{secrets.token_hex(6)}.tmp")
        replace_file(target, data, temporary, new=existing is None)
        if existing is not None:
            with contextlib.suppress(OSError):
                target.chmod(stat.S_IMODE(existing.st_mode))
        disk.sync_folder(target.parent)


def write_named(typed: str, data: bytes, name: str) -> Path:
    """Write `data` to the file or into the folder that the user typed, and return its path.

    Existing files are never overwritten: in a folder the first free name of `name`, `name`-2, … is used. StoreError.
    """
    path = Path(typed.strip())
    is_folder = False
    with contextlib.suppress(OSError, RuntimeError, ValueError):  # the write below reports what is wrong with the path
        path = path.expanduser()
        is_folder = path.is_dir()
    if not is_folder:
        write_file(path, data, overwrite=False)
        return path.resolve()
    default_name = Path(name)
    for number in range(1, _MAX_NAMES):
        candidate = path / (default_name.name if number == 1 else f"{default_name.stem}-{number}{default_name.suffix}")
        try:
            write_file(candidate, data, overwrite=False)
        except IdTaken:
            continue
        return candidate.resolve()
    raise StoreError(_("There are many copies in this folder already. Choose another one."))


def check_target(path: Path, *, overwrite: bool) -> None:
    """Raise the error `write_file` would raise for an unusable name, before any work on the file's content.

    Nothing is written; only the write itself can find a full disk and the like.
    """
    with _os_errors_as_messages(path):
        _resolve_target(path, overwrite)


def _resolve_target(path: Path, overwrite: bool) -> tuple[Path, os.stat_result | None]:
    """Return the path with symlinks resolved, and the status of an existing file there. StoreError if unusable."""
    shown = clean_line(str(path))
    target = path.resolve()
    existing = target.stat() if target.exists() else None
    if existing is not None and stat.S_ISDIR(existing.st_mode):
        raise StoreError(_("{path} is a folder. Add a file name at the end.").format(path=shown))
    if existing is not None and not overwrite:
        raise IdTaken(_("There is a file {path} already. It was left as it is.").format(path=shown))
    if existing is not None and not stat.S_ISREG(existing.st_mode):
        raise StoreError(_("{path} is not an ordinary file.").format(path=shown))
    if not target.parent.is_dir():
        raise StoreError(_("There is no folder {path}.").format(path=clean_line(str(target.parent))))
    return target, existing


@contextlib.contextmanager
def _os_errors_as_messages(path: Path) -> Iterator[None]:
    """Turn OS errors about `path` into StoreErrors that the user can read."""
    shown = clean_line(str(path))
    try:
        yield
    except FileExistsError:
        raise IdTaken(_("There is a file {path} already. It was left as it is.").format(path=shown)) from None
    except (OSError, RuntimeError, ValueError) as error:  # a loop of symlinks, or an invalid name
        if isinstance(error, OSError) and error.errno != errno.ENAMETOOLONG:
            raise unwritable_error(error) from error
        raise StoreError(_("{path} cannot be the name of a file.").format(path=shown)) from error
