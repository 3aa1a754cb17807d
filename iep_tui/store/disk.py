"""System calls used by a save, one small function each."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
import time
from pathlib import Path

#: What stands for a file or folder here.
PathArgument = str | os.PathLike[str]

FILE_MODE = 0o600
FOLDER_MODE = 0o700

#: How often, and how many seconds apart, a replace is tried on Windows while a scanner holds the file.
_TRIES, _WAIT = 10, 0.02
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_OLD = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
#: How much of a file is asked for at once where it is longer than the system said.
_PIECE = 1024 * 1024
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


def open_new(path: PathArgument) -> int:
    """A descriptor to write a file that was not there, for nobody but this user. FileExistsError."""
    return os.open(path, _NEW, FILE_MODE)


def written(descriptor: int) -> os.stat_result:
    """What the system says of a file from `open_new`. This user may read it afterwards whatever the umask. OSError."""
    about = os.fstat(descriptor)
    if about.st_mode & 0o777 != FILE_MODE and hasattr(os, "fchmod"):
        try:
            os.fchmod(descriptor, FILE_MODE)
        except OSError as error:
            if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.ENOSYS):  # drives that know no modes
                raise
    return about


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


def replace(source: PathArgument, target: PathArgument) -> None:
    """Put `source` in the place of `target` in one step. On Windows a file that is being scanned is tried again."""
    for left in range(_TRIES, -1, -1):
        try:
            os.replace(source, target)
        except PermissionError:
            if sys.platform != "win32" or not left:
                raise
            time.sleep(_WAIT)
        else:
            return


def link(source: PathArgument, target: PathArgument) -> None:
    """A second name for the same file. FileExistsError; OSError where the drive has no such thing."""
    os.link(source, target)


def sync_folder(folder: PathArgument) -> None:
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


def set_time(path: PathArgument, about: os.stat_result) -> None:
    """Let the file seem as old as `about` says."""
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))


def remove(path: PathArgument) -> None:
    """Remove the file if it is there."""
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)


def look(path: PathArgument) -> os.stat_result:
    """What the system says of the file, links followed."""
    return os.stat(path)


def look_at(path: PathArgument) -> os.stat_result:
    """What the system says of the name itself: of a link, that it is one."""
    return os.lstat(path)


def real(path: Path) -> Path:
    """Where the file itself is: `path`, unless that is a link that someone made, to another drive perhaps.

    Links among the folders above are left, and not looked for: what is written is written beside the file.
    """
    return Path(os.path.realpath(path)) if os.path.islink(path) else path


def read(path: PathArgument, most: int) -> tuple[bytes, os.stat_result]:
    """The first `most` + 1 bytes of an ordinary file, and what the system says of it. OSError otherwise."""
    descriptor = os.open(path, _OLD)
    try:
        about = os.fstat(descriptor)
        if not stat.S_ISREG(about.st_mode):
            kind = errno.EISDIR if stat.S_ISDIR(about.st_mode) else errno.EINVAL
            raise OSError(kind, os.strerror(kind), str(path))
        # One byte more than there should be: a file that grows meanwhile is read on.
        data = os.read(descriptor, min(about.st_size, most) + 1)
        while len(data) != about.st_size and len(data) <= most:
            more = os.read(descriptor, min(most + 1 - len(data), _PIECE))
            if not more:
                break
            data += more
        return data, about
    finally:
        os.close(descriptor)


def may_write(path: PathArgument, about: os.stat_result | None = None) -> bool:
    """Whether this user may write the file or in the folder, and means to: its owner's mark counts even for root.

    `about` is what the system says of it, where that was asked already.
    """
    return bool((about or look(path)).st_mode & stat.S_IWUSR) and os.access(path, os.W_OK)
