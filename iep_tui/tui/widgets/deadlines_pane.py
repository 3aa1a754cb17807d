"""Next deadlines on the plan: three at most, and the first missing date."""

from __future__ import annotations

import datetime

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from iep_tui.core.dates import clock, plain_date, short_date
from iep_tui.core.deadline_text import acts_words, sum_words, what_words
from iep_tui.core.deadlines import Due, dates_to_know
from iep_tui.core.interview import Interview
from iep_tui.core.question_model import CHILD, STAGES, Question
from iep_tui.i18n import _, ngettext
from iep_tui.tui.themes import plain
from iep_tui.tui.widgets.line_button import Press

MOST_SHOWN = 3
#: Windows with fewer rows have no more than a button, those with as many as `ROOMY` the sum behind each date too.
SHORT, ROOMY = 20, 30
#: Columns from which a date stands on a line of its own; in fewer it wraps, and one date less is shown.
WIDE = 80


class DatesPane(Vertical):
    """What is ahead; nothing at all where no rule about dates is for this family."""

    class Chosen(Message):
        """All dates are wanted, or the question with a missing date when `question_id` names one."""

        def __init__(self, question_id: str) -> None:
            super().__init__()
            self.question_id = question_id

    _missing = ""

    def compose(self) -> ComposeResult:
        with Horizontal(classes="row-buttons"):
            yield Static(Content.styled(_("Next dates"), "bold $tan"), id="next-dates-heading")
            yield Press("", id="all-dates")
            yield Press("", id="add-date")
        yield Static(Content(""), id="next-dates")

    def show(self, interview: Interview, child: str) -> None:
        """Show the dates as the answers stand, `child` being what to call the child."""
        found = dates_to_know(interview)
        rows = self.app.size.height
        most = 0 if rows < SHORT else MOST_SHOWN if self.app.size.width >= WIDE else 2
        lines = [_line(due, interview.today, child, rows >= ROOMY) for due in found.ahead[:most]]
        dates = self.query_one("#next-dates", Static)
        dates.update(Content("\n").join(lines))
        dates.set_class(not lines, "-empty")
        self.query_one("#next-dates-heading").set_class(rows < SHORT, "-empty")
        count = len(found.known)
        everything = ngettext("All dates ({count})", "All dates ({count})", count)
        self.query_one("#all-dates", Press).label = everything.format(count=count)
        question = _first_missing(interview, tuple(found.missing()))
        self._missing = question.id if question else ""
        add = self.query_one("#add-date", Press)
        add.set_class(question is None or rows < SHORT, "-empty")
        if question is not None:
            name = (question.sheet or question.title).replace(CHILD, child)
            add.label = _("Add: {date}").format(date=plain(name).truncate(30, ellipsis=True).plain)
        self.set_class(not (count or found.waiting), "-empty")

    def on_press_pressed(self, event: Press.Pressed) -> None:
        event.stop()
        self.post_message(self.Chosen(self._missing if event.press.id == "add-date" else ""))


def _first_missing(interview: Interview, question_ids: tuple[str, ...]) -> Question | None:
    """The first question whose date is missing, that nobody has put off and whose time has come."""
    now = STAGES.index(interview.facts.stage)
    for question_id in question_ids:
        question = interview.catalogue.question(question_id)
        one = interview.catalogue.set(question.set_id) if question else None
        waits = interview.answers.of(question_id).state in ("open", "answered")
        if one is not None and waits and STAGES.index(one.stage) <= now:
            return question
    return None


def _line(due: Due, today: datetime.date, child: str, roomy: bool) -> Content:
    """Thu 11 March, 2:30 pm: Tell the school that you will record."""
    assert due.count is not None
    day = due.count.day
    words = short_date(day) if day.year == today.year else plain_date(day)
    if due.count.time is not None:
        words = _("{day}, {time}").format(day=words, time=clock(due.count.time))
    if due.count.about:
        words = _("about {day}").format(day=words)
    line = Content.assemble(plain(words).stylize("bold"), ": ", plain(what_words(due.deadline, child)))
    if not roomy:
        return line
    behind = f"{sum_words(due)} · {acts_words(due.deadline.acts)}"
    return Content.assemble(line, "\n  ", plain(behind).stylize("$quiet"))
