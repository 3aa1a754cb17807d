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

#: Names that are tried in a folder before another folder is asked for.
_MOST_NAMES = 100


def put_in_place(path: Path, data: bytes, temporary: Path, *, new: bool = False) -> os.stat_result:
    """Write `data` to `temporary`, wait for the disk, and give it the name `path`; what the system then says of it.

    `temporary` is in the same folder; one that is left from before is removed. With `new` a file that is at
    `path` already stays (FileExistsError). The folder is not waited for: `disk.sync_folder` is the caller's next
    step, after it has taken note that the file is new. OSError leaves what was at `path`.
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
            written = disk.written(descriptor)
        finally:
            disk.close(descriptor)
        if new:
            _name_new(temporary, path)
        else:
            disk.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            disk.remove(temporary)
        raise
    return written if os.name != "nt" else _now(path, written)


def _now(path: Path, written: os.stat_result) -> os.stat_result:
    """What the system says after the close, which sets the time on Windows. A drive elsewhere that does so too costs a
    second reading at the next save, which sees that the file is the same."""
    try:
        now = disk.look(path)
    except OSError:
        return written
    return now if now.st_ino == written.st_ino else written


def _name_new(temporary: Path, path: Path) -> None:
    try:
        disk.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:  # a drive without second names: a small gap is left between the look and the step
        if path.exists() or path.is_symlink():
            raise FileExistsError(path) from None
        disk.replace(temporary, path)
    else:
        disk.remove(temporary)


def write_file(path: Path, data: bytes, *, overwrite: bool) -> None:
    """Write a file for a person, as safely as a save: whole or not at all, readable by this user only.

    A file that is there already is replaced with `overwrite` and keeps who may read it; a link to a file stays
    a link. StoreError, in a calm line, for everything that can go wrong; Taken when a file is in the way.
    """
    with _told(path):
        target, there = _look(path, overwrite)
        import secrets

        temporary = target.with_name(f".{secrets.token_hex(6)}.tmp")
        put_in_place(target, data, temporary, new=there is None)
        if there is not None:
            with contextlib.suppress(OSError):
                target.chmod(stat.S_IMODE(there.st_mode))
        disk.sync_folder(target.parent)


def write_named(typed: str, data: bytes, name: str) -> Path:
    """Write `data` to the file, or into the folder, that a person typed; where it is now.

    A file that is there is never written over: in a folder the next free of `name`, `name`-2, … is taken. StoreError.
    """
    path = Path(typed.strip())
    is_folder = False
    with contextlib.suppress(OSError, RuntimeError, ValueError):  # the write says what is wrong with it
        path = path.expanduser()
        is_folder = path.is_dir()
    if not is_folder:
        write_file(path, data, overwrite=False)
        return path.resolve()
    plain = Path(name)
    for number in range(1, _MOST_NAMES):
        one = path / (plain.name if number == 1 else f"{plain.stem}-{number}{plain.suffix}")
        try:
            write_file(one, data, overwrite=False)
        except IdTaken:
            continue
        return one.resolve()
    raise StoreError(_("There are many copies in this folder already. Choose another one."))


def expect_room(path: Path, *, overwrite: bool) -> None:
    """Raise what `write_file` would of a name that no file can have here, before anyone waits for the file's bytes.

    Nothing is written; a full disk and the like are found by the write alone.
    """
    with _told(path):
        _look(path, overwrite)


def _look(path: Path, overwrite: bool) -> tuple[Path, os.stat_result | None]:
    """Where a file of this name goes, links followed, and what is there already."""
    shown = clean_line(str(path))
    target = path.resolve()
    there = target.stat() if target.exists() else None
    if there is not None and stat.S_ISDIR(there.st_mode):
        raise StoreError(_("{path} is a folder. Give the name of a file in it.").format(path=shown))
    if there is not None and not overwrite:
        raise IdTaken(_("There is a file {path} already. It was left as it is.").format(path=shown))
    if there is not None and not stat.S_ISREG(there.st_mode):
        raise StoreError(_("{path} is not an ordinary file.").format(path=shown))
    if not target.parent.is_dir():
        raise StoreError(_("There is no folder {path}.").format(path=clean_line(str(target.parent))))
    return target, there


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """What the system says against a file of this name, as a line for a person."""
    shown = clean_line(str(path))
    try:
        yield
    except FileExistsError:
        raise IdTaken(_("There is a file {path} already. It was left as it is.").format(path=shown)) from None
    except (OSError, RuntimeError, ValueError) as error:  # a circle of links, a name no system takes
        if isinstance(error, OSError) and error.errno != errno.ENAMETOOLONG:
            raise unwritable_error(error) from error
        raise StoreError(_("{path} cannot be the name of a file.").format(path=shown)) from error
