"""Autolock: locks the program on a key, or after some minutes without input."""

from __future__ import annotations

import gc
import time

from textual import events
from textual.timer import Timer

from iep_tui.i18n import _
from iep_tui.store.case_store import CaseStore
from iep_tui.store.settings import Settings
from iep_tui.tui.textual_ext.terminal_control import TerminalApp

#: Seconds until a lock that could not save is tried again.
RECHECK_SECONDS = 60.0


def elapsed() -> float:
    """Seconds that only grow, and grow while the computer sleeps where the system can tell."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.clock_gettime(clock) if clock is not None else time.monotonic()


class LockingApp(TerminalApp):
    """Once a passphrase was given, the program locks itself when it is left alone: it saves, lets go of the case and of
    every key, and begins anew at the passphrase. One timer runs, to the end of the minutes and no more often.
    """

    store: CaseStore
    settings: Settings

    def __init__(self) -> None:
        super().__init__()
        self._touched = elapsed()
        self._idle: Timer | None = None

    # What the program that locks does

    def save(self) -> bool:
        """Save what is open; whether that is done."""
        raise NotImplementedError

    async def may_leave(self) -> bool:
        """Save what is open; what cannot be saved is asked about."""
        raise NotImplementedError

    def take_words(self) -> None:
        """Take what stands in the fields into the answers."""
        raise NotImplementedError

    def restart(self) -> None:
        """Let go of the open case, forget where the family was, and ask for the passphrase of that case."""
        raise NotImplementedError

    # Watching

    def watch_idle(self) -> None:
        """A passphrase was given: from now on, count the minutes."""
        self._touched = elapsed()
        self._wait(self._limit)

    @property
    def _limit(self) -> float:
        """Seconds without a touch until the program locks; 0 for never."""
        return self.settings.lock_after * 60.0 if self.store.keys else 0.0

    def _wait(self, seconds: float) -> None:
        if self._idle is not None:
            self._idle.stop()
        self._idle = self.set_timer(max(seconds, 1.0), self._look) if seconds else None

    def _look(self) -> None:
        self._idle = None
        limit = self._limit
        if not limit:
            return
        left = limit - (elapsed() - self._touched)
        if left > 0:
            self._wait(left)
        else:
            self._lock_alone()

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, (events.InputEvent, events.Paste)):
            now = elapsed()
            if self._limit and now - self._touched > self._limit:
                # The computer slept: who touches it now is asked first.
                self._lock_alone()
                return
            self._touched = now
        await super().on_event(event)

    # Locking

    def _lock_alone(self) -> None:
        if not self._is_locking():
            self.run_worker(self._lock_when_left(), name="lock")

    def _is_locking(self) -> bool:
        return any(one.name == "lock" and not one.is_finished for one in self.workers)

    async def _lock_when_left(self) -> None:
        self.take_words()
        if self.save():
            await self._lock()
        else:  # words that are nowhere else are not let go of
            self._wait(RECHECK_SECONDS)

    async def action_lock(self) -> None:
        """Lock now."""
        from iep_tui.tui.screens.confirm_and_input_dialogs import ChoiceDialog

        if isinstance(self.screen, ChoiceDialog) or self._is_locking():
            return
        # Letters may still wait in the queue of the field with the focus: this key has overtaken them.
        if self.focused is None or not self.focused.call_later(self._lock_by_hand):
            self._lock_by_hand()

    def _lock_by_hand(self) -> None:
        self.run_worker(self._lock_when_saved(), name="lock")

    async def _lock_when_saved(self) -> None:
        if not self.store.keys:
            from iep_tui.tui.screens.confirm_and_input_dialogs import ChoiceDialog

            words = _("Nothing is open that a passphrase seals. You set one at home: f6, this child’s file.")
            await self.push_screen_wait(ChoiceDialog(words, (("good", _("Good")),)))
            return
        self.take_words()
        if await self.may_leave():
            await self._lock()

    async def _lock(self) -> None:
        """Everything of the family leaves the screen and the memory, as far as Python allows."""
        self._wait(0)
        for worker in self.workers:
            if worker.name != "lock":
                worker.cancel()
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        self._clipboard = ""
        self.restart()
        self.store.keys.forget()
        gc.collect()
