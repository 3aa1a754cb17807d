"""Per-case lock that allows one writing window; the system releases it when the program ends."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from iep_tui.i18n import _
from iep_tui.store import disk
from iep_tui.store.errors import unwritable_error

if TYPE_CHECKING:
    from filelock import BaseFileLock

#: Attempts when the previous holder removes the lock file between opening and locking it.
_MAX_ATTEMPTS = 5


class CaseLock:
    """The lock file `name` in `folder`, private to this user. It remains after the lock is released."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder
        self.path = folder / name
        self._lock: int | BaseFileLock | None = None

    @property
    def held(self) -> bool:
        return self._lock is not None

    def take(self) -> bool:
        """Take the lock without waiting. Return False if another process holds it. OSError if no lock can be made."""
        if sys.platform == "win32":
            self._lock = _locked_on_windows(self.path)
        else:
            self._lock = _locked(self.path)
        return self.held

    def release(self, *, remove: bool = False) -> None:
        """Release the lock; with `remove`, delete its file too, for a removed case."""
        lock, self._lock = self._lock, None
        if lock is None:
            return
        still_there = False
        if remove:
            try:
                disk.remove(self.path)
            except OSError:  # Windows does not remove open files
                still_there = True
        with contextlib.suppress(OSError):
            if isinstance(lock, int):
                os.close(lock)  # the only descriptor, so closing it releases the lock
            else:
                lock.release(force=True)
        if still_there:
            with contextlib.suppress(OSError):
                disk.remove(self.path)


if sys.platform != "win32":
    import fcntl

    def _locked(path: Path) -> int | None:
        """A descriptor that holds the lock until it is closed; None when someone else has it. OSError.

        It is the lock that `filelock` takes, so both keep each other out. That package has some twenty modules and
        looks at each folder on the way, which costs more than all else in opening a case.
        """
        for _attempt in range(_MAX_ATTEMPTS):
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK, disk.FILE_MODE)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                about = os.fstat(descriptor)
            except BlockingIOError:
                os.close(descriptor)
                return None
            except BaseException:
                os.close(descriptor)
                raise
            if about.st_nlink:
                if about.st_mode & 0o777 != disk.FILE_MODE:  # created under a umask that locks out the owner
                    with contextlib.suppress(OSError):
                        os.fchmod(descriptor, disk.FILE_MODE)
                return descriptor
            os.close(descriptor)  # removed between open and flock: nobody else would see this lock
        return None

else:

    def _locked_on_windows(path: Path) -> BaseFileLock | None:
        from filelock import FileLock, Timeout

        lock = FileLock(str(path), timeout=0, mode=disk.FILE_MODE, thread_local=False)
        try:
            lock.acquire()
        except Timeout:
            return None
        return lock


def open_elsewhere_message() -> str:
    """Message that a case is read-only because another window has it open."""
    return _("To read only: this case is open in another window.")


def lock_for_writing(path: Path, real: Path, about: os.stat_result, lock: CaseLock) -> str:
    """Take the lock if the case can be written; return "" if so, otherwise the reason as a sentence.

    `path` is the case's name, `real` the file it leads to, and `about` the status of that file.
    """
    try:
        if not disk.may_write(real, about):
            return _("To read only: the file of this case is marked so on this computer.")
        if not disk.may_write(lock.folder) or not (real is path or disk.may_write(real.parent)):
            return _("To read only: the program may not write in the folder of the cases.")
        if not lock.take():
            return open_elsewhere_message()
    except OSError as error:
        return _("To read only. {reason}").format(reason=unwritable_error(error))
    return ""
