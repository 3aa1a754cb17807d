"""Autosave: in a pause of typing, at intervals during long typing, and again after a failure."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from textual.app import App
from textual.timer import Timer

#: Seconds: from the last key to the save, between saves while the keys do not pause, from a failed save to the next.
SAVE_AFTER = 0.3
SAVE_WHILE_TYPING = 3.0
TRY_AGAIN_AFTER = 5.0


class Autosave:
    """One timer, which runs only while something is to be saved. A key does not set it anew: when it rings, it waits
    for what is left of the pause."""

    def __init__(self, app: App[None], save: Callable[[], bool]) -> None:
        self._app = app
        self._save = save
        self._timer: Timer | None = None
        self._is_typing = False
        self._since = self._last = 0.0

    def typed(self) -> None:
        """Something was typed, and is to be saved soon."""
        self._last = monotonic()
        if not self._is_typing:
            self._stop()
            self._is_typing = True
            self._since = self._last
            self._timer = self._app.set_timer(SAVE_AFTER, self._ring)
        elif self._last - self._since > SAVE_WHILE_TYPING:
            self._save()

    def saving(self) -> None:
        """A save begins: nothing else waits for one."""
        self._stop()

    def saved(self, well: bool) -> None:
        """A save is over; one that failed is tried again."""
        if not well:
            self._timer = self._app.set_timer(TRY_AGAIN_AFTER, self._save)

    def _ring(self) -> None:
        left = SAVE_AFTER - (monotonic() - self._last)
        if left > 0.001:
            self._timer = self._app.set_timer(left, self._ring)
        else:
            self._save()

    def _stop(self) -> None:
        self._is_typing = False
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
