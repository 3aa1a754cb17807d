"""One window a case: a lock that the system lets go of when the program ends, however it ends."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from iep_tui.language import _
from iep_tui.store import disk
from iep_tui.store.errors import unwritable

if TYPE_CHECKING:
    from filelock import BaseFileLock


class CaseLock:
    """The lock of one case, its file private to this user. The file stays when the lock is let go."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock: BaseFileLock | None = None

    @property
    def held(self) -> bool:
        return self._lock is not None

    def take(self) -> bool:
        """Take it without waiting; False when someone else has it. OSError where no lock can be made."""
        from filelock import FileLock, Timeout  # only here: who just reads needs no lock, and it is heavy

        lock = FileLock(str(self.path), timeout=0, mode=disk.FILE_MODE, thread_local=False)
        try:
            lock.acquire()
        except Timeout:
            return False
        self._lock = lock
        return True

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
            lock.release(force=True)
        if still_there:
            with contextlib.suppress(OSError):
                disk.remove(self.path)


def locked_words() -> str:
    """Why a case can only be read while another window has it."""
    return _("To read only: this case is open in another window.")


def take_to_write(path: Path, lock: CaseLock) -> str:
    """Take the lock of the case at `path` when it can be written here: "" then, else the sentence that says why not."""
    try:
        if not disk.may_write(path):
            return _("To read only: the file of this case is marked so on this computer.")
        if not disk.may_write(path.parent) or not disk.may_write(Path(os.path.realpath(path)).parent):
            return _("To read only: the program may not write in the folder of the cases.")
        if not lock.take():
            return locked_words()
    except OSError as error:
        return _("To read only. {reason}").format(reason=unwritable(error))
    return ""
