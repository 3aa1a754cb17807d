"""Safe dismissal of a screen while it is mounting or covered by another."""

from __future__ import annotations

from typing import TypeVar

from textual.screen import ModalScreen, Screen

Result = TypeVar("Result")


class DismissibleScreen(ModalScreen[Result]):
    """A dialog that `go` dismisses, once nothing covers it. (Textual's `dismiss` removes whatever screen is on top.)"""

    CSS_PATH = "overlay_screen.tcss"

    def __init__(self) -> None:
        super().__init__()
        self._results: list[Result] = []
        self._dismissed = False

    def go(self, result: Result) -> None:
        """Dismiss the dialog with `result` as soon as it is on top. Later calls are ignored."""
        self._results.append(result)
        self._go_when_seen()

    def on_screen_resume(self) -> None:
        self._go_when_seen()

    def _go_when_seen(self) -> None:
        if self._results and self.is_active and self.is_mounted and not self._dismissed:
            self._dismissed = True
            self.dismiss(self._results[0])


_Result = TypeVar("_Result")


def dismiss_safely(screen: Screen[_Result], result: _Result) -> None:
    """Dismiss `screen` with `result`, after it is mounted if it is still opening, since its handlers query its widgets.

    Does nothing while another screen covers it: Textual's `dismiss` would remove that one.
    """
    if not screen.is_mounted:
        screen.call_later(dismiss_safely, screen, result)
    elif screen.is_active:
        screen.dismiss(result)
