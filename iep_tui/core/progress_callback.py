"""Progress callbacks for long-running work, and the exception that cancels it."""

from __future__ import annotations

from collections.abc import Callable

#: Called with the number of steps done and the total, 0 and 0 when the total is unknown. May raise `Cancelled`; the
#: caller then stops and leaves its data intact.
ProgressCallback = Callable[[int, int], None]


class Cancelled(Exception):
    """Raised by a progress callback to cancel the work. The message, if any, tells the user the outcome."""


def no_progress(done: int, total: int) -> None:
    """Do nothing: the default callback."""
