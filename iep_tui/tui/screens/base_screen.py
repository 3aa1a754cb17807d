"""Base of the full screens: key bindings, scrolling and a single way to leave."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.screen import Screen

from iep_tui.tui.keys import ScreenName
from iep_tui.tui.textual_ext.compositor import use_visible_only_compositor

_Result = TypeVar("_Result")


class KeyedScreen(Screen[_Result]):
    """A full screen with its own commands in the footer; `leave` is the only way to dismiss it."""

    PLACE: ClassVar[ScreenName]
    #: Fallbacks, used where neither the focused widget nor the subclass binds these keys.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "scroll_lines(1)", "Down", show=False),
        Binding("up", "scroll_lines(-1)", "Up", show=False),
        Binding("pagedown", "scroll_page(1)", "Page down", show=False),
        Binding("pageup", "scroll_page(-1)", "Page up", show=False),
    ]
    _left = False

    def __init__(self) -> None:
        super().__init__()
        use_visible_only_compositor(self)

    @property
    def is_dismissed(self) -> bool:
        """True once the screen has returned its result; it is about to be removed."""
        return self._left

    def leave(self, result: _Result) -> None:
        """Dismiss the screen with `result`, after it is mounted if it is still opening.

        Does nothing while another screen covers it, or on a second call.
        """
        if not self.is_mounted:
            self.call_later(self.leave, result)
        elif self.is_active and not self._left:
            self._left = True
            self.dismiss(result)

    def after_saving(self) -> None:
        """Show the result of a save, on screens that have a place for it."""

    def collect_input(self) -> None:
        """Put the current contents of the fields into the session, on screens that have fields."""

    def action_scroll_lines(self, lines: int) -> None:
        for page in self.query("#page"):
            page.scroll_relative(y=lines, animate=False)

    def action_scroll_page(self, direction: int) -> None:
        for page in self.query("#page"):
            page.scroll_relative(y=direction * max(page.size.height - 2, 1), animate=False)

    async def action_run_command(self, action: str) -> None:
        """Run the command of a key that was clicked in the footer."""
        await self.run_action(action if hasattr(self, f"action_{action}") else f"app.{action}")
