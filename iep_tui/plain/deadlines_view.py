"""Deadlines as lines to be read aloud: coming ones, missing dates, past ones, bare rules."""

from __future__ import annotations

from collections.abc import Iterator

from iep_tui.core.deadline_text import actor_text, detail_lines, lead_text, title_text
from iep_tui.core.deadlines import DueDate, SchoolDays, due_dates, school_days
from iep_tui.core.interview import Interview
from iep_tui.core.question_model import CHILD_PLACEHOLDER
from iep_tui.core.wording import child_text
from iep_tui.i18n import _


def date_lines(interview: Interview) -> Iterator[str]:
    """Everything on the dates screen, line by line."""
    dates, school, child = due_dates(interview), school_days(interview), child_text(interview)
    missing = dates.missing()
    if not (dates.known or missing):
        yield _("There are no dates to count here yet.")
        return
    yield _("Dates to know.")
    yield _("Counted from the dates you gave, in calendar days where it does not say school days.")
    yield _("Check each sum, and ask the school: the rules may have changed, and this is not legal advice.")
    yield from _section(_("Heading: Ahead"), dates.ahead, interview, school)
    yield from _section(_("Heading: Still going on"), dates.ongoing, interview, school)
    if missing:
        yield _("Heading: Dates that are missing")
        for number, (question_id, dues) in enumerate(missing.items(), 1):
            question = interview.catalogue.question(question_id)
            name = (question.sheet or question.title).replace(CHILD_PLACEHOLDER, child) if question else question_id
            deadlines = "; ".join(title_text(due.deadline, child) for due in dues)
            yield _("{number}. {date}. Then we can count: {told}").format(number=number, date=name, told=deadlines)
    yield from _section(_("Heading: Passed"), dates.passed, interview, school)
    yield from _section(_("Heading: Rules without a count"), dates.rules, interview, school)


def _section(heading: str, dues: tuple[DueDate, ...], interview: Interview, school: SchoolDays) -> Iterator[str]:
    if not dues:
        return
    yield heading
    child = child_text(interview)
    for number, due in enumerate(dues, 1):
        lead = f"{words}: " if (words := lead_text(due, interview.today)) else ""
        yield f"{number}. {lead}{title_text(due.deadline, child)} ({actor_text(due.deadline.acts)})"
        yield from detail_lines(due, interview.today, school, child)
