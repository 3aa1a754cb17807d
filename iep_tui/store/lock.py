"""One writer a case: a lock that the system drops when its process dies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from iep_tui.language import _
from iep_tui.store.errors import Locked, StoreError, from_os
from iep_tui.store.files import FILE_MODE

if TYPE_CHECKING:
    from filelock import BaseFileLock


def take_lock(path: Path) -> BaseFileLock:
    """Hold the lock of the case at `path` until it is released. Raises Locked at once when another window has it."""
    # Loaded here: it is heavy, and only what writes needs it.
    from filelock import FileLock, Timeout

    lock = FileLock(path.with_suffix(".lock"), timeout=0, mode=FILE_MODE)
    try:
        lock.acquire()
    except Timeout:
        raise Locked(_("This case is open in another window. Here it can be read.")) from None
    except NotImplementedError:
        raise StoreError(_("This disk cannot lock files, so this case can only be read here.")) from None
    except OSError as error:
        raise from_os(error, path) from None
    return lock
