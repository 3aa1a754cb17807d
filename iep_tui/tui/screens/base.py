"""What the screens of an open case share: the top line, the keys, and leaving for another screen."""

from __future__ import annotations

from typing import ClassVar, Literal

import msgspec
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widget import Widget

from iep_tui.core import interview as ids
from iep_tui.core.dates import as_date, short_date
from iep_tui.core.interview import Interview
from iep_tui.core.kinds import shown
from iep_tui.language import _, ngettext
from iep_tui.sitting import Sitting
from iep_tui.tui.keys import Place, commands
from iep_tui.tui.widgets.bars import KeyBar, TopBar


class Go(msgspec.Struct, frozen=True):
    """Where a screen wants to go. `question_id` for a question, `back_to` the screen to return to from it,
    `say` a line to show there."""

    place: Literal["home", "plan", "question", "review", "sheet", "dates", "next-meeting"]
    question_id: str = ""
    back_to: Literal["plan", "review", "dates"] = "plan"
    say: str = ""


class CaseScreen(Screen[Go]):
    """A screen over an open case."""

    PLACE: ClassVar[Place]

    def __init__(self, sitting: Sitting, say: str = "") -> None:
        super().__init__()
        self.sitting = sitting
        self._say = say
        self._left = False

    def compose(self) -> ComposeResult:
        yield TopBar()
        yield from self.body()
        yield KeyBar(one for one in commands(self.PLACE) if one.action != "light")

    def body(self) -> ComposeResult:
        """What stands between the top line and the keys."""
        raise NotImplementedError

    async def on_mount(self) -> None:
        self.show_status()

    def show_status(self) -> None:
        """The top line as things stand now."""
        bar = self.query_one(TopBar)
        bar.heading = heading(self.sitting.interview)
        bar.status = self.sitting.status

    def leave(self, go: Go) -> None:
        """Go to another screen; a second key pressed on the way is too late."""
        if self.is_current and not self._left:
            self._left = True
            self.dismiss(go)

    async def action_run_command(self, action: str) -> None:
        """A key in the key bar was clicked."""
        owner: Widget | None = self if hasattr(self, f"action_{action}") else None
        await self.run_action(action if owner else f"app.{action}")

    def action_plan(self) -> None:
        self.leave(Go("plan"))

    def action_review(self) -> None:
        self.leave(Go("review"))

    def action_sheet(self) -> None:
        self.leave(Go("sheet"))


def child_words(interview: Interview) -> str:
    """What to call the child in a sentence."""
    return interview.child_name() or _("your child")


def with_child(words: str, interview: Interview) -> str:
    """A set's words with the child's name in them."""
    child = child_words(interview)
    if words.startswith("{child}"):
        return child[:1].upper() + child[1:] + words[len("{child}") :].replace("{child}", child)
    return words.replace("{child}", child)


def meeting_words(interview: Interview) -> str:
    """The kind of meeting, as its question calls it; "" while it is not known."""
    question = interview.catalogue.question(ids.MEETING_TYPE)
    answer = interview.answers.of(ids.MEETING_TYPE)
    if question is None or answer.state != "answered":
        return ""
    return shown(question, answer.value).summary


def days_words(interview: Interview) -> str:
    """The day of the meeting and how far off it is: "Thu 12 March · 9 days to go"; "" while it is not known."""
    day = as_date(interview.answers.of(ids.MEETING_DATE).value)
    if day is None:
        return ""
    left = (day - interview.today).days
    if left == 0:
        when = _("today")
    elif left > 0:
        when = ngettext("{left} day to go", "{left} days to go", left).format(left=left)
    else:
        when = ngettext("{left} day ago", "{left} days ago", -left).format(left=-left)
    return f"{short_date(day)} · {when}"


def heading(interview: Interview) -> str:
    """The top line: "Maya · Thu 12 March · 9 days to go · Yearly review"."""
    name = interview.child_name() or _("New child")
    return " · ".join(part for part in (name, days_words(interview), meeting_words(interview)) if part)
