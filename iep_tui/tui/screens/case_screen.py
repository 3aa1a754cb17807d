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
    """Where a screen wants to go. `question_id` for a question, `back_to` the screen to return to from it,
    `say` a line to show there."""

    place: Literal["home", "plan", "question", "review", "sheet", "dates", "next-meeting"]
    question_id: str = ""
    back_to: Literal["plan", "review", "dates"] = "plan"
    say: str = ""


class CaseScreen(KeyedScreen[ScreenExit]):
    """A screen over an open case."""

    CSS_PATH = ["case_screen.tcss"]  # noqa: RUF012 - Textual declares it for instances

    def __init__(self, session: CaseSession, say: str = "") -> None:
        super().__init__()
        self.session = session
        self.bar = CaseHeader()
        self._say = say

    def compose(self) -> ComposeResult:
        yield self.bar
        yield from self.body()
        yield KeyFooter(one for one in commands(self.PLACE) if one.action != "light")

    def body(self) -> ComposeResult:
        """What stands between the top line and the keys."""
        raise NotImplementedError

    async def on_mount(self) -> None:
        self.show_status()

    @property
    def is_drawn(self) -> bool:
        """Whether its parts are there: not yet while it opens, no more while it goes."""
        return self.bar in self.children

    def after_saving(self) -> None:
        if self.is_drawn:
            self.show_status()

    def show_status(self) -> None:
        """The top line as things stand now."""
        self.bar.heading = heading(self.session.interview)
        self.bar.status = self.session.status

    @property
    def trouble(self) -> str:
        """Why the last save failed, and what to do; "" while all is well."""
        if not self.session.trouble:
            return ""
        key = next(one.shown_key for one in commands(self.PLACE) if one.action == "elsewhere")
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
    """The top line: "Maya · Thu 12 March · 9 days to go · Yearly review"."""
    name = interview.child_name() or _("New child")
    return " · ".join(part for part in (name, days_left_text(interview), meeting_type_text(interview)) if part)
