"""The system calls of a save, one small function each."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
import time
from pathlib import Path

FILE_MODE = 0o600
FOLDER_MODE = 0o700

#: How often, and how many seconds apart, a replace is tried on Windows while a scanner holds the file.
_TRIES, _WAIT = 10, 0.02
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_OLD = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
#: A folder that cannot be synced at all (some network and FAT drives) says one of these.
_NO_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.ENOSYS)


def make_folders(folder: Path) -> None:
    """Make `folder` and what is missing above it, each for this user only. Those that exist stay as they are."""
    if folder.is_dir():
        return
    make_folders(folder.parent)
    try:
        folder.mkdir(FOLDER_MODE)
    except FileExistsError:
        if not folder.is_dir():
            raise
        return
    folder.chmod(FOLDER_MODE)


def open_new(path: Path) -> int:
    """A descriptor to write a file that was not there, for this user only whatever the umask. FileExistsError."""
    descriptor = os.open(path, _NEW, FILE_MODE)
    if hasattr(os, "fchmod"):
        try:
            os.fchmod(descriptor, FILE_MODE)
        except OSError as error:
            if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.ENOSYS):  # drives that know no modes
                os.close(descriptor)
                raise
    return descriptor


def write_all(descriptor: int, data: bytes) -> None:
    """Every byte of `data`; the system may take them in parts."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def flush(descriptor: int) -> None:
    """Wait until the file is on the disk itself; on a Mac that takes a call of its own."""
    if sys.platform == "darwin":
        import fcntl

        with contextlib.suppress(OSError):  # drives that do not know it get the ordinary call
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def close(descriptor: int) -> None:
    os.close(descriptor)


def replace(source: Path, target: Path) -> None:
    """Put `source` in the place of `target` in one step. On Windows a file that is being scanned is tried again."""
    for left in range(_TRIES, -1, -1):
        try:
            source.replace(target)
        except PermissionError:
            if sys.platform != "win32" or not left:
                raise
            time.sleep(_WAIT)
        else:
            return


def link(source: Path, target: Path) -> None:
    """A second name for the same file. FileExistsError; OSError where the drive has no such thing."""
    target.hardlink_to(source)


def sync_folder(folder: Path) -> None:
    """Wait until the names in `folder` are on the disk. Windows has no such call and no need of it."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_SYNC:
            raise
    finally:
        os.close(descriptor)


def set_time(path: Path, about: os.stat_result) -> None:
    """Let the file seem as old as `about` says."""
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))


def remove(path: Path) -> None:
    """Remove the file if it is there."""
    path.unlink(missing_ok=True)


def look(path: Path) -> os.stat_result:
    """What the system says of the file, links followed."""
    return path.stat()


def read(path: Path, most: int) -> tuple[bytes, os.stat_result]:
    """The first `most` + 1 bytes of an ordinary file, and what the system says of it. OSError otherwise."""
    descriptor = os.open(path, _OLD)
    with os.fdopen(descriptor, "rb") as file:
        about = os.fstat(descriptor)
        if not stat.S_ISREG(about.st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
        return file.read(most + 1), about


def may_write(path: Path) -> bool:
    """Whether this user may write the file or in the folder, and means to: its owner's mark counts even for root."""
    return bool(look(path).st_mode & stat.S_IWUSR) and os.access(path, os.W_OK)
