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
    """It goes when `end` is called, however it is asked to stop. The button has no focus at first: an Enter that was
    meant for the screen before stops nothing.
    """

    TITLE = N_("please wait")
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "stop", "Stop", show=False, priority=True)]

    def __init__(self, words: str, stop: Callable[[], None] = lambda: None, *, later: str = "") -> None:
        """`stop` is called when the person asks for it, once; `later` is what is said until it has stopped."""
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
        """How far it is."""
        if not self._stopping and self.is_mounted:
            self.query_one("#say", Static).update(plain_content(words))

    def end(self) -> None:
        """It is done, or left."""
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
