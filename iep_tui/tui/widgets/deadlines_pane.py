"""Next deadlines on the plan: three at most, and the first missing date."""

from __future__ import annotations

import datetime

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from iep_tui.core.dates import clock, plain_date, short_date
from iep_tui.core.deadline_text import actor_text, sum_text, title_text
from iep_tui.core.deadlines import DueDate, due_dates
from iep_tui.core.interview import Interview
from iep_tui.core.question_model import CHILD_PLACEHOLDER, STAGES, Question
from iep_tui.i18n import _, ngettext
from iep_tui.tui.themes import plain_content
from iep_tui.tui.widgets.line_button import LineButton

MAX_DEADLINES_SHOWN = 3
#: Windows with fewer rows than the first show only a button; from the second on, dates come with their computation.
SHORT_WINDOW_ROWS, ROOMY_WINDOW_ROWS = 20, 30
#: In narrower windows dates wrap, and one date less is shown.
WIDE_WINDOW_COLUMNS = 80


class DeadlinesPane(Vertical):
    """The next deadlines; hidden if no deadline applies to this family."""

    class Chosen(Message):
        """The user asked for all dates, or, with a `question_id`, for the question whose date is missing."""

        def __init__(self, question_id: str) -> None:
            super().__init__()
            self.question_id = question_id

    _missing = ""

    def compose(self) -> ComposeResult:
        with Horizontal(classes="row-buttons"):
            yield Static(Content.styled(_("Next dates"), "bold $tan"), id="next-dates-heading")
            yield LineButton("", id="all-dates")
            yield LineButton("", id="add-date")
        yield Static(Content(""), id="next-dates")

    def show(self, interview: Interview, child: str) -> None:
        """Show the dates of the current answers; `child` is the name to call the child."""
        due = due_dates(interview)
        rows = self.app.size.height
        limit = (
            0 if rows < SHORT_WINDOW_ROWS else MAX_DEADLINES_SHOWN if self.app.size.width >= WIDE_WINDOW_COLUMNS else 2
        )
        lines = [_line(date, interview.today, child, rows >= ROOMY_WINDOW_ROWS) for date in due.ahead[:limit]]
        dates = self.query_one("#next-dates", Static)
        dates.update(Content("\n").join(lines))
        dates.set_class(not lines, "-empty")
        self.query_one("#next-dates-heading").set_class(rows < SHORT_WINDOW_ROWS, "-empty")
        count = len(due.known)
        everything = ngettext("All dates ({count})", "All dates ({count})", count)
        self.query_one("#all-dates", LineButton).label = everything.format(count=count)
        question = _first_missing(interview, tuple(due.missing()))
        self._missing = question.id if question else ""
        add = self.query_one("#add-date", LineButton)
        add.set_class(question is None or rows < SHORT_WINDOW_ROWS, "-empty")
        if question is not None:
            name = (question.sheet or question.title).replace(CHILD_PLACEHOLDER, child)
            add.label = _("Add: {date}").format(date=plain_content(name).truncate(30, ellipsis=True).plain)
        self.set_class(not (count or due.waiting), "-empty")

    def on_line_button_pressed(self, event: LineButton.Pressed) -> None:
        event.stop()
        self.post_message(self.Chosen(self._missing if event.button.id == "add-date" else ""))


def _first_missing(interview: Interview, question_ids: tuple[str, ...]) -> Question | None:
    """Return the first question with a missing date that is not skipped or marked, and not from a later stage."""
    now = STAGES.index(interview.facts.stage)
    for question_id in question_ids:
        question = interview.catalogue.question(question_id)
        question_set = interview.catalogue.set(question.set_id) if question else None
        is_waiting = interview.answers.of(question_id).state in ("open", "answered")
        if question_set is not None and is_waiting and STAGES.index(question_set.stage) <= now:
            return question
    return None


def _line(due: DueDate, today: datetime.date, child: str, roomy: bool) -> Content:
    """Return a line such as "Thu 11 March, 2:30 pm: Tell the school that you will record"."""
    assert due.count is not None
    day = due.count.day
    words = short_date(day) if day.year == today.year else plain_date(day)
    if due.count.time is not None:
        words = _("{day}, {time}").format(day=words, time=clock(due.count.time))
    if due.count.about:
        words = _("about {day}").format(day=words)
    line = Content.assemble(plain_content(words).stylize("bold"), ": ", plain_content(title_text(due.deadline, child)))
    if not roomy:
        return line
    computation = f"{sum_text(due)} · {actor_text(due.deadline.acts)}"
    return Content.assemble(line, "\n  ", plain_content(computation).stylize("$quiet"))
