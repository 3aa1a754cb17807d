"""System calls used by a save, one small function each."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
import time
from pathlib import Path

#: Anything that names a file or folder.
PathArgument = str | os.PathLike[str]

FILE_MODE = 0o600
FOLDER_MODE = 0o700

#: Retries of a replace on Windows while a virus scanner holds the file, and the seconds between them.
_MAX_RETRIES, _RETRY_SECONDS = 10, 0.02
_NEW_FILE_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_READ_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
#: Bytes read at a time from a file that turns out longer than its reported size.
_CHUNK_BYTES = 1024 * 1024
#: Error codes of folders that cannot be synced at all (some network and FAT drives).
_SYNC_UNSUPPORTED = (errno.EINVAL, errno.ENOTSUP, errno.ENOSYS)


def make_folders(folder: Path) -> None:
    """Create `folder` and its missing parents for this user only. Existing folders keep their modes."""
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
    """Create a file readable by this user only and return a descriptor to write it. FileExistsError."""
    return os.open(path, _NEW_FILE_FLAGS, FILE_MODE)


def stat_written(descriptor: int) -> os.stat_result:
    """Return the status of a file from `open_new`, after restoring its mode if the umask changed it. OSError."""
    about = os.fstat(descriptor)
    if about.st_mode & 0o777 != FILE_MODE and hasattr(os, "fchmod"):
        try:
            os.fchmod(descriptor, FILE_MODE)
        except OSError as error:
            if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.ENOSYS):  # the drive has no file modes
                raise
    return about


def write_all(descriptor: int, data: bytes) -> None:
    """Write every byte of `data`, in as many system calls as it takes."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def flush(descriptor: int) -> None:
    """Wait until the file's data is on the disk. macOS needs F_FULLFSYNC for that."""
    if sys.platform == "darwin":
        import fcntl

        with contextlib.suppress(OSError):  # drives without it get the ordinary call
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def close(descriptor: int) -> None:
    os.close(descriptor)


def replace(source: PathArgument, target: PathArgument) -> None:
    """Rename `source` to `target` atomically. On Windows, retry while a scanner holds the file."""
    for retries_left in range(_MAX_RETRIES, -1, -1):
        try:
            os.replace(source, target)
        except PermissionError:
            if sys.platform != "win32" or not retries_left:
                raise
            time.sleep(_RETRY_SECONDS)
        else:
            return


def link(source: PathArgument, target: PathArgument) -> None:
    """Create a hard link. FileExistsError; OSError on drives that do not support links."""
    os.link(source, target)


def sync_folder(folder: PathArgument) -> None:
    """Wait until the names in `folder` are on the disk. A no-op on Windows, which has no such call and needs none."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _SYNC_UNSUPPORTED:
            raise
    finally:
        os.close(descriptor)


def copy_times(path: PathArgument, about: os.stat_result) -> None:
    """Set the file's timestamps from `about`."""
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))


def remove(path: PathArgument) -> None:
    """Remove the file if it exists."""
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)


def stat_file(path: PathArgument) -> os.stat_result:
    """Return the file's status, following symlinks."""
    return os.stat(path)


def lstat_file(path: PathArgument) -> os.stat_result:
    """Return the status of the name itself (lstat): does not follow symlinks."""
    return os.lstat(path)


def resolve_link(path: Path) -> Path:
    """Return the target of `path` if it is a symlink, perhaps to another drive; otherwise `path` itself.

    Symlinks among the parent folders are not resolved: temporary files are written beside the file itself.
    """
    return Path(os.path.realpath(path)) if os.path.islink(path) else path


def read(path: PathArgument, max_bytes: int) -> tuple[bytes, os.stat_result]:
    """Return up to `max_bytes` + 1 bytes of an ordinary file, and its status. OSError for anything else."""
    descriptor = os.open(path, _READ_FLAGS)
    try:
        about = os.fstat(descriptor)
        if not stat.S_ISREG(about.st_mode):
            kind = errno.EISDIR if stat.S_ISDIR(about.st_mode) else errno.EINVAL
            raise OSError(kind, os.strerror(kind), str(path))
        # Ask for one extra byte, so that a file that grows meanwhile is noticed and read on.
        data = os.read(descriptor, min(about.st_size, max_bytes) + 1)
        while len(data) != about.st_size and len(data) <= max_bytes:
            chunk = os.read(descriptor, min(max_bytes + 1 - len(data), _CHUNK_BYTES))
            if not chunk:
                break
            data += chunk
        return data, about
    finally:
        os.close(descriptor)


def may_write(path: PathArgument, about: os.stat_result | None = None) -> bool:
    """Return True if the permissions let this user write the file or folder.

    The owner's write bit counts even for root: a file marked read-only was meant to stay unchanged. `about` is its
    status, if the caller already has it.
    """
    return bool((about or stat_file(path)).st_mode & stat.S_IWUSR) and os.access(path, os.W_OK)
