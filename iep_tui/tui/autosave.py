"""Autosave: in a pause of typing, at intervals during long typing, and again after a failure."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from textual.timer import Timer

#: Seconds from the last key to the save, between saves during uninterrupted typing, and from a failed save to a retry.
SAVE_AFTER = 0.3
SAVE_WHILE_TYPING = 3.0
RETRY_AFTER = 5.0


class Autosave:
    """Schedules saves with a single timer, which runs only while a save is due. A key press does not restart it: when
    it fires too early, it is re-armed for the rest of the pause."""

    def __init__(self, set_timer: Callable[[float, Callable[[], object]], Timer], save: Callable[[], bool]) -> None:
        self._set_timer = set_timer
        self._save = save
        self._timer: Timer | None = None
        self._is_typing = False
        self._typing_since = self._last_key = 0.0

    def typed(self) -> None:
        """Schedule a save after a key press."""
        self._last_key = monotonic()
        if not self._is_typing:
            self._stop()
            self._is_typing = True
            self._typing_since = self._last_key
            self._timer = self._set_timer(SAVE_AFTER, self._on_timer)
        elif self._last_key - self._typing_since > SAVE_WHILE_TYPING:
            self._save()

    def saving(self) -> None:
        """Cancel the scheduled save, because one begins now."""
        self._stop()

    def saved(self, succeeded: bool) -> None:
        """Schedule a retry if the save failed."""
        if not succeeded:
            self._timer = self._set_timer(RETRY_AFTER, self._save)

    def _on_timer(self) -> None:
        remaining = SAVE_AFTER - (monotonic() - self._last_key)
        if remaining > 0.001:
            self._timer = self._set_timer(remaining, self._on_timer)
        else:
            self._save()

    def _stop(self) -> None:
        self._is_typing = False
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
