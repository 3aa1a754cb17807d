"""Safe dismissal of a screen while it is mounting or covered by another."""

from __future__ import annotations

from typing import TypeVar

from textual.screen import ModalScreen, Screen

Result = TypeVar("Result")


class DismissibleScreen(ModalScreen[Result]):
    """`go` ends it with a result: at once, or when it is seen again. (Textual's `dismiss` ends whatever is on top.)"""

    CSS_PATH = "overlay_screen.tcss"

    def __init__(self) -> None:
        super().__init__()
        self._results: list[Result] = []
        self._gone = False

    def go(self, result: Result) -> None:
        """The first result counts."""
        self._results.append(result)
        self._go_when_seen()

    def on_screen_resume(self) -> None:
        self._go_when_seen()

    def _go_when_seen(self) -> None:
        if self._results and self.is_active and self.is_mounted and not self._gone:
            self._gone = True
            self.dismiss(self._results[0])


_Result = TypeVar("_Result")


def dismiss_safely(screen: Screen[_Result], result: _Result) -> None:
    """Close the screen with this result. Nothing where another stands over it: Textual's `dismiss` would take that one
    away. One that is still opening closes when it stands: what it does then looks for its parts.
    """
    if not screen.is_mounted:
        screen.call_later(dismiss_safely, screen, result)
    elif screen.is_active:
        screen.dismiss(result)
