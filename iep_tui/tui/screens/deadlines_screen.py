"""Deadlines screen: each date with its computation, the responsible party and the rule, and the missing dates."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from iep_tui.core.deadline_text import actor_text, detail_lines, lead_text, title_text
from iep_tui.core.deadlines import DueDate, SchoolDays, due_dates, school_days
from iep_tui.core.interview import Interview
from iep_tui.core.question_model import CHILD_PLACEHOLDER
from iep_tui.core.wording import child_text
from iep_tui.i18n import N_, _
from iep_tui.tui.keys import bindings
from iep_tui.tui.screens.case_screen import CaseScreen, ScreenExit
from iep_tui.tui.themes import plain_content
from iep_tui.tui.widgets.line_button import LineButton


class DeadlinesScreen(CaseScreen):
    """All deadlines: ahead, still going on, with missing dates, passed, and rules without a count."""

    PLACE = "dates"
    TITLE = N_("dates")
    #: No focus at first, since the first button may be far below the top.
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = bindings("dates")

    def body(self) -> ComposeResult:
        interview = self.session.interview
        due = due_dates(interview)
        school = school_days(interview)
        with VerticalScroll(id="page", can_focus=False):
            yield Static(Content(_("Dates to know")), id="title")
            yield Static(
                Content(
                    _(
                        "Counted from the dates you gave, in calendar days where it does not say school days. Check "
                        "each sum, and ask the school: the rules may have changed, and this is not legal advice."
                    )
                ),
                id="help",
            )
            yield from self._part(_("Ahead"), due.ahead, school)
            yield from self._part(_("Still going on"), due.ongoing, school)
            missing = due.missing()
            if missing:
                yield Static(_heading(_("Dates that are missing")))
                for question_id, dues in missing.items():
                    yield from self._missing(question_id, dues)
            yield from self._part(_("Passed"), due.passed, school)
            yield from self._part(_("Rules without a count"), due.rules, school)

    def _part(self, title: str, dues: tuple[DueDate, ...], school: SchoolDays) -> ComposeResult:
        if dues:
            yield Static(_heading(title))
            for due in dues:
                yield Static(due_content(due, self.session.interview, school), classes="due")

    def _missing(self, question_id: str, dues: list[DueDate]) -> ComposeResult:
        """Yield a missing date: a button to its question, and the deadlines that depend on it."""
        interview = self.session.interview
        question = interview.catalogue.question(question_id)
        if question is None:
            return
        name = plain_content((question.sheet or question.title).replace(CHILD_PLACEHOLDER, child_text(interview))).plain
        deadlines = "\n".join(f"• {title_text(due.deadline, child_text(interview))}" for due in dues)
        with Vertical(classes="due"):
            yield LineButton(name, id=f"ask-{question_id}")
            yield Static(
                Content.assemble(Content.styled(_("Then we can count:"), "$quiet"), "\n", plain_content(deadlines))
            )

    def on_line_button_pressed(self, event: LineButton.Pressed) -> None:
        event.stop()
        self.leave(ScreenExit("question", (event.button.id or "").removeprefix("ask-"), back_to="dates"))

    def action_up(self) -> None:
        self.leave(ScreenExit("plan"))


def due_content(due: DueDate, interview: Interview, school: SchoolDays) -> Content:
    """Return one deadline with all its details."""
    child = child_text(interview)
    start = lead_text(due, interview.today)
    lead = plain_content(f"{start}: " if start else "").stylize("bold")
    who = Content.styled(f" ({actor_text(due.deadline.acts)})", "$tan")
    lines = [Content.assemble(lead, plain_content(title_text(due.deadline, child)), who)]
    lines += [plain_content(line).stylize("$quiet") for line in detail_lines(due, interview.today, school, child)]
    return Content("\n").join(lines)


def _heading(words: str) -> Content:
    return Content.styled(words, "bold $teal")
