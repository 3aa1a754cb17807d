"""One window a case: a lock that the system lets go of when the program ends, however it ends."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from iep_tui.store import disk

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
