"""Base of the read-only pages that open over a screen: scrolling and closing."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from iep_tui.tui.screens.dismissal import dismiss_safely
from iep_tui.tui.widgets.line_button import LineButton


class OverlayScreen(ModalScreen[None]):
    """A page with a scroll area `#page` and a button `#close`; a button `#about` opens the About screen."""

    CSS_PATH = "overlay_screen.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Close", show=False, priority=True)]

    async def on_line_button_pressed(self, event: LineButton.Pressed) -> None:
        event.stop()
        if event.button.id == "about":
            await self.run_action("app.about")
        else:
            self.action_close()

    def action_scroll_lines(self, lines: int) -> None:
        self.query_one("#page").scroll_relative(y=lines, animate=False)

    def action_scroll_page(self, direction: int) -> None:
        self.action_scroll_lines(direction * max(self.query_one("#page").size.height - 2, 1))

    def action_close(self) -> None:
        dismiss_safely(self, None)
