"""Lock that gives each case one writing window; the system releases it when the program ends."""

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

#: How often a lock is tried anew whose file was taken away by the window that had it before.
_TRIES = 5


class CaseLock:
    """The lock of one case, a file of `name` in `folder` that is private to this user. It stays when the lock is let
    go."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder
        self.path = folder / name
        self._lock: int | BaseFileLock | None = None

    @property
    def held(self) -> bool:
        return self._lock is not None

    def take(self) -> bool:
        """Take it without waiting; False when someone else has it. OSError where no lock can be made."""
        if sys.platform == "win32":
            self._lock = _locked_on_windows(self.path)
        else:
            self._lock = _locked(self.path)
        return self.held

    def let_go(self, *, remove: bool = False) -> None:
        """Let it go; with `remove` its file goes too, for a case that is no more."""
        lock, self._lock = self._lock, None
        if lock is None:
            return
        still_there = False
        if remove:
            try:
                disk.remove(self.path)
            except OSError:  # Windows keeps a file that is open
                still_there = True
        with contextlib.suppress(OSError):
            if isinstance(lock, int):
                os.close(lock)  # nobody else has this descriptor, so the lock goes with it
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
        for _turn in range(_TRIES):
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
                if about.st_mode & 0o777 != disk.FILE_MODE:  # made under a mask that even its owner cannot open
                    with contextlib.suppress(OSError):
                        os.fchmod(descriptor, disk.FILE_MODE)
                return descriptor
            os.close(descriptor)  # removed with its case between our two steps: nobody else would meet this one
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
    """Why a case can only be read while another window has it."""
    return _("To read only: this case is open in another window.")


def take_to_write(path: Path, real: Path, about: os.stat_result, lock: CaseLock) -> str:
    """Take the lock of the case at `path`, beside it, when it can be written here: "" then, else the sentence that says
    why not. `path` leads to `real`, the file itself, and `about` is of that."""
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
