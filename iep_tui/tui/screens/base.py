"""What the screens share: the keys and leaving for another screen; over an open case, the top line too."""

from __future__ import annotations

from typing import ClassVar, Literal, TypeVar

import msgspec
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from iep_tui.core.interview import Interview
from iep_tui.core.telling import days_words, meeting_words
from iep_tui.language import _
from iep_tui.sitting import Sitting
from iep_tui.tui.drawing import SparingCompositor
from iep_tui.tui.keys import Place, commands
from iep_tui.tui.widgets.bars import KeyBar, TopBar


class Go(msgspec.Struct, frozen=True):
    """Where a screen wants to go. `question_id` for a question, `back_to` the screen to return to from it,
    `say` a line to show there."""

    place: Literal["home", "plan", "question", "review", "sheet", "dates", "next-meeting"]
    question_id: str = ""
    back_to: Literal["plan", "review", "dates"] = "plan"
    say: str = ""


_Result = TypeVar("_Result")


class KeyedScreen(Screen[_Result]):
    """A screen with commands of its own in its key bar, and one way out."""

    PLACE: ClassVar[Place]
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
        self._compositor = SparingCompositor()

    def leave(self, result: _Result) -> None:
        """Go to another screen; a second key pressed on the way is too late."""
        if self.is_current and not self._left:
            self._left = True
            self.dismiss(result)

    def action_scroll_lines(self, lines: int) -> None:
        for page in self.query("#page"):
            page.scroll_relative(y=lines, animate=False)

    def action_scroll_page(self, direction: int) -> None:
        for page in self.query("#page"):
            page.scroll_relative(y=direction * max(page.size.height - 2, 1), animate=False)

    async def action_run_command(self, action: str) -> None:
        """A key in the key bar was clicked."""
        await self.run_action(action if hasattr(self, f"action_{action}") else f"app.{action}")


class CaseScreen(KeyedScreen[Go]):
    """A screen over an open case."""

    def __init__(self, sitting: Sitting, say: str = "") -> None:
        super().__init__()
        self.sitting = sitting
        self.bar = TopBar()
        self._say = say

    def compose(self) -> ComposeResult:
        yield self.bar
        yield from self.body()
        yield KeyBar(one for one in commands(self.PLACE) if one.action != "light")

    def body(self) -> ComposeResult:
        """What stands between the top line and the keys."""
        raise NotImplementedError

    async def on_mount(self) -> None:
        self.show_status()

    @property
    def is_drawn(self) -> bool:
        """Whether its parts are there: not yet while it opens, no more while it goes."""
        return self.bar in self.children

    def show_status(self) -> None:
        """The top line as things stand now."""
        self.bar.heading = heading(self.sitting.interview)
        self.bar.status = self.sitting.status

    @property
    def trouble(self) -> str:
        """Why the last save failed, and what to do; "" while all is well."""
        if not self.sitting.trouble:
            return ""
        key = next(one.shown_key for one in commands(self.PLACE) if one.action == "elsewhere")
        more = _("We go on trying. {key} saves the answers somewhere else.").format(key=key)
        return f"{self.sitting.trouble} {more}"

    async def action_elsewhere(self) -> None:
        await self.run_action("app.elsewhere")

    def action_plan(self) -> None:
        self.leave(Go("plan"))

    def action_review(self) -> None:
        self.leave(Go("review"))

    def action_sheet(self) -> None:
        self.leave(Go("sheet"))


def heading(interview: Interview) -> str:
    """The top line: "Maya · Thu 12 March · 9 days to go · Yearly review"."""
    name = interview.child_name() or _("New child")
    return " · ".join(part for part in (name, days_words(interview), meeting_words(interview)) if part)
