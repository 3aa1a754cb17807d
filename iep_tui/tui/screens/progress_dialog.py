"""Progress dialog for long-running work, with a way to stop it."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from iep_tui.i18n import N_, _
from iep_tui.tui.screens.dismissal import DismissibleScreen
from iep_tui.tui.themes import plain_content
from iep_tui.tui.widgets.line_button import LineButton


class ProgressDialog(DismissibleScreen[None]):
    """Stays open until `end` is called, even after a request to stop. The button has no focus at first, so that an
    Enter meant for the previous screen stops nothing.
    """

    TITLE = N_("please wait")
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "stop", "Stop", show=False, priority=True)]

    def __init__(self, words: str, stop: Callable[[], None] = lambda: None, *, later: str = "") -> None:
        """`stop` is called once, when the user asks to stop; `later` is shown from then until `end`."""
        super().__init__()
        self._words = words
        self._stop = stop
        self._later = later
        self._stopping = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(plain_content(self._words))
            yield Static(plain_content(_("Esc stops it.")), id="say")
            with Horizontal(classes="row-buttons"):
                yield LineButton(_("Stop"), id="stop")

    def tell(self, words: str) -> None:
        """Show the progress, unless the user asked to stop."""
        if not self._stopping and self.is_mounted:
            self.query_one("#say", Static).update(plain_content(words))

    def end(self) -> None:
        """Close the dialog."""
        self.go(None)

    def on_line_button_pressed(self, event: LineButton.Pressed) -> None:
        event.stop()
        self.action_stop()

    def action_stop(self) -> None:
        if self._stopping:
            return
        self.tell(self._later)
        self._stopping = True
        self._stop()
