"""Base of the full screens: keys, and one way out of each."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.screen import Screen

from iep_tui.tui.keys import ScreenName
from iep_tui.tui.textual_ext.compositor import VisibleOnlyCompositor

_Result = TypeVar("_Result")


class KeyedScreen(Screen[_Result]):
    """A screen with commands of its own in its key bar, and one way out."""

    PLACE: ClassVar[ScreenName]
    #: Where neither the part with the focus nor the screen itself has another use for them.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "scroll_lines(1)", "Down", show=False),
        Binding("up", "scroll_lines(-1)", "Up", show=False),
        Binding("pagedown", "scroll_page(1)", "Page down", show=False),
        Binding("pageup", "scroll_page(-1)", "Page up", show=False),
    ]
    _left = False

    def __init__(self) -> None:
        super().__init__()
        self._compositor = VisibleOnlyCompositor()

    @property
    def is_dismissed(self) -> bool:
        """Whether it has given its result: it goes, and nothing of it is drawn any more."""
        return self._left

    def leave(self, result: _Result) -> None:
        """Go to another screen: once this one stands, where it is still opening, and nowhere while another stands over
        it. A second key pressed on the way is too late."""
        if not self.is_mounted:
            self.call_later(self.leave, result)
        elif self.is_active and not self._left:
            self._left = True
            self.dismiss(result)

    def after_saving(self) -> None:
        """A save was tried: show how it went, where the screen has a place for that."""

    def take_words(self) -> None:
        """Put what stands in the fields into the answers, where it has fields."""

    def action_scroll_lines(self, lines: int) -> None:
        for page in self.query("#page"):
            page.scroll_relative(y=lines, animate=False)

    def action_scroll_page(self, direction: int) -> None:
        for page in self.query("#page"):
            page.scroll_relative(y=direction * max(page.size.height - 2, 1), animate=False)

    async def action_run_command(self, action: str) -> None:
        """A key in the key bar was clicked."""
        await self.run_action(action if hasattr(self, f"action_{action}") else f"app.{action}")
