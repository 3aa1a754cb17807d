"""Progress callbacks for long-running work, and the exception that cancels it."""

from __future__ import annotations

from collections.abc import Callable

#: Is told how many steps are done, and of how many; 0 of 0 where that cannot be known. Raises `Cancelled` to stop what
#: calls it, which leaves everything whole then.
ProgressCallback = Callable[[int, int], None]


class Cancelled(Exception):
    """The person wants no more of it. The message, if any, is a line that says how things stand now."""


def no_progress(done: int, total: int) -> None:
    """Nobody waits."""
