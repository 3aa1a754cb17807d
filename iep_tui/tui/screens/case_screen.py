"""Base of the screens over an open case: the save status, the keys, and navigation."""

from __future__ import annotations

from typing import Literal

import msgspec
from textual.app import ComposeResult

from iep_tui.core.interview import Interview
from iep_tui.core.wording import days_left_text, meeting_type_text
from iep_tui.i18n import _
from iep_tui.services.session import CaseSession
from iep_tui.tui.keys import commands
from iep_tui.tui.screens.base_screen import KeyedScreen
from iep_tui.tui.widgets.header_footer import CaseHeader, KeyFooter


class ScreenExit(msgspec.Struct, frozen=True):
    """The next destination of a screen: for a question its id and the screen to return to from it (`back_to`), and a
    message to show there (`say`)."""

    place: Literal["home", "plan", "question", "review", "sheet", "dates", "next-meeting"]
    question_id: str = ""
    back_to: Literal["plan", "review", "dates"] = "plan"
    say: str = ""


class CaseScreen(KeyedScreen[ScreenExit]):
    """A screen over an open case, with a header, `body` and a footer."""

    CSS_PATH = ["case_screen.tcss"]  # noqa: RUF012 - Textual declares it for instances

    def __init__(self, session: CaseSession, say: str = "") -> None:
        super().__init__()
        self.session = session
        self.bar = CaseHeader()
        self._say = say

    def compose(self) -> ComposeResult:
        yield self.bar
        yield from self.body()
        yield KeyFooter(command for command in commands(self.PLACE) if command.action != "light")

    def body(self) -> ComposeResult:
        """Yield the widgets between the header and the footer."""
        raise NotImplementedError

    async def on_mount(self) -> None:
        self.show_status()

    @property
    def is_drawn(self) -> bool:
        """True while the widgets are mounted: not while the screen is opening or being removed."""
        return self.bar in self.children

    def after_saving(self) -> None:
        if self.is_drawn:
            self.show_status()

    def show_status(self) -> None:
        """Update the header."""
        self.bar.heading = heading(self.session.interview)
        self.bar.status = self.session.status

    @property
    def trouble(self) -> str:
        """The reason the last save failed, and advice; "" if it succeeded."""
        if not self.session.trouble:
            return ""
        key = next(command.shown_key for command in commands(self.PLACE) if command.action == "elsewhere")
        more = (
            _("{key} saves the answers somewhere else.")
            if self.session.is_replaced
            else _("We go on trying. {key} saves the answers somewhere else.")
        )
        return f"{self.session.trouble} {more.format(key=key)}"

    async def action_elsewhere(self) -> None:
        await self.run_action("app.elsewhere")

    def action_plan(self) -> None:
        self.leave(ScreenExit("plan"))

    def action_review(self) -> None:
        self.leave(ScreenExit("review"))

    def action_sheet(self) -> None:
        self.leave(ScreenExit("sheet"))


def heading(interview: Interview) -> str:
    """Return the header text, such as "Maya · Thu 12 March · 9 days to go · Yearly review"."""
    name = interview.child_name() or _("New child")
    return " · ".join(part for part in (name, days_left_text(interview), meeting_type_text(interview)) if part)
