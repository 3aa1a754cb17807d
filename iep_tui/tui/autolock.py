"""Autolock: locks the program on a key, or after some minutes without input."""

from __future__ import annotations

import gc
import time

from textual import events
from textual.timer import Timer

from iep_tui.i18n import _
from iep_tui.store.case_store import CaseStore
from iep_tui.store.settings import Settings
from iep_tui.tui.textual_ext.app_exit import clear_clipboard
from iep_tui.tui.textual_ext.terminal_control import TerminalApp

#: Seconds before retrying a lock that failed because the case could not be saved.
RETRY_LOCK_AFTER = 60.0


def elapsed() -> float:
    """Return monotonic seconds, including time asleep where the system counts it."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.clock_gettime(clock) if clock is not None else time.monotonic()


class LockingApp(TerminalApp):
    """An app that locks itself when idle, once a passphrase was entered: it saves, closes the case, forgets every key
    and starts over at the passphrase. A single timer, re-armed for the remaining time when it fires early.
    """

    store: CaseStore
    settings: Settings

    def __init__(self) -> None:
        super().__init__()
        self._last_input = elapsed()
        self._idle_timer: Timer | None = None

    # For the subclass to implement

    def save(self) -> bool:
        """Save the open case; return False if that failed."""
        raise NotImplementedError

    async def may_leave(self) -> bool:
        """Save the open case, asking the user if that fails; return whether to go ahead."""
        raise NotImplementedError

    def collect_input(self) -> None:
        """Put the current contents of all fields into the session."""
        raise NotImplementedError

    def restart(self) -> None:
        """Close the open case, forget the current screen, and ask for the passphrase of that case."""
        raise NotImplementedError

    # Idle timer

    def watch_idle(self) -> None:
        """Start the idle timer; called once a passphrase was entered."""
        self._last_input = elapsed()
        self._arm(self._limit)

    @property
    def _limit(self) -> float:
        """Idle seconds before the program locks; 0 for never."""
        return self.settings.lock_after * 60.0 if self.store.keys else 0.0

    def _arm(self, seconds: float) -> None:
        if self._idle_timer is not None:
            self._idle_timer.stop()
        self._idle_timer = self.set_timer(max(seconds, 1.0), self._check_idle) if seconds else None

    def _check_idle(self) -> None:
        self._idle_timer = None
        limit = self._limit
        if not limit:
            return
        left = limit - (elapsed() - self._last_input)
        if left > 0:
            self._arm(left)
        else:
            self._start_idle_lock()

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, (events.InputEvent, events.Paste)):
            now = elapsed()
            if self._limit and now - self._last_input > self._limit:
                # The computer slept past the limit: lock before this input is handled.
                self._start_idle_lock()
                return
            self._last_input = now
        await super().on_event(event)

    # Locking

    def _start_idle_lock(self) -> None:
        if not self._is_locking():
            self.run_worker(self._lock_when_idle(), name="lock")

    def _is_locking(self) -> bool:
        return any(worker.name == "lock" and not worker.is_finished for worker in self.workers)

    async def _lock_when_idle(self) -> None:
        self.collect_input()
        if self.save():
            await self._lock()
        else:  # keep the case open: its unsaved answers exist nowhere else
            self._arm(RETRY_LOCK_AFTER)

    async def action_lock(self) -> None:
        """Lock now."""
        from iep_tui.tui.screens.confirm_and_input_dialogs import ChoiceDialog

        if isinstance(self.screen, ChoiceDialog) or self._is_locking():
            return
        # Typed letters may still be queued in the focused field; this key has overtaken them.
        if self.focused is None or not self.focused.call_later(self._start_lock):
            self._start_lock()

    def _start_lock(self) -> None:
        self.run_worker(self._lock_when_saved(), name="lock")

    async def _lock_when_saved(self) -> None:
        if not self.store.keys:
            from iep_tui.tui.screens.confirm_and_input_dialogs import ChoiceDialog

            words = _("Nothing is open that a passphrase seals. You set one at home: f6, this child’s file.")
            await self.push_screen_wait(ChoiceDialog(words, (("good", _("Good")),)))
            return
        self.collect_input()
        if await self.may_leave():
            await self._lock()

    async def _lock(self) -> None:
        """Remove the case from the screen and, as far as Python allows, from memory."""
        self._arm(0)
        for worker in self.workers:
            if worker.name != "lock":
                worker.cancel()
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        clear_clipboard(self)
        self.restart()
        self.store.keys.forget()
        gc.collect()
