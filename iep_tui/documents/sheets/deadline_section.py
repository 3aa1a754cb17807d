"""Deadline section of the family's sheet: each date with its computation, the rule and what to ask."""

from __future__ import annotations

from iep_tui.core.deadline_text import actor_text, detail_lines, lead_text, title_text
from iep_tui.core.deadlines import DueDate, SchoolDays, due_dates, school_days
from iep_tui.core.question_model import CHILD_PLACEHOLDER
from iep_tui.documents.outline_model import Fields, Heading, OutlineBlock, Pair, Paragraph
from iep_tui.documents.privacy.visible_answers import ReaderView
from iep_tui.i18n import _


def dates_section(reading: ReaderView) -> list[OutlineBlock]:
    """The dates that could be counted: those ahead, those of matters that go on, and those that have passed."""
    found = due_dates(reading.interview)
    school = school_days(reading.interview)
    pairs = tuple(_pair(reading, due, school) for due in (*found.ahead, *found.ongoing, *found.passed))
    if not pairs:
        return []
    words = _("Counted from the dates we gave. The rules may have changed: check each sum, and ask the school.")
    return [Heading(2, _("Dates to know (only us)")), Paragraph(words), Fields(pairs)]


def _pair(reading: ReaderView, due: DueDate, school: SchoolDays) -> Pair:
    # The placeholder stands for itself here: how the child is called on a sheet is the reading's to say.
    details = detail_lines(due, reading.interview.today, school, CHILD_PLACEHOLDER)
    what = f"{title_text(due.deadline, CHILD_PLACEHOLDER)} ({actor_text(due.deadline.acts)})"
    return lead_text(due, reading.interview.today), "\n".join(map(reading.fill, (what, *details)))
