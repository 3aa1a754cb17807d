"""Deadline section of the family's sheet: each date with its computation, the rule and what to ask."""

from __future__ import annotations

from iep_tui.core.deadline_text import acts_words, detail_words, lead_words, what_words
from iep_tui.core.deadlines import Due, SchoolDays, dates_to_know, school_days
from iep_tui.core.question_model import CHILD
from iep_tui.documents.outline_model import Block, Fields, Heading, Pair, Paragraph
from iep_tui.documents.privacy.visible_answers import Reading
from iep_tui.i18n import _


def dates_section(reading: Reading) -> list[Block]:
    """The dates that could be counted: those ahead, those of matters that go on, and those that have passed."""
    found = dates_to_know(reading.interview)
    school = school_days(reading.interview)
    pairs = tuple(_pair(reading, due, school) for due in (*found.ahead, *found.going_on, *found.passed))
    if not pairs:
        return []
    words = _("Counted from the dates we gave. The rules may have changed: check each sum, and ask the school.")
    return [Heading(2, _("Dates to know (only us)")), Paragraph(words), Fields(pairs)]


def _pair(reading: Reading, due: Due, school: SchoolDays) -> Pair:
    # The placeholder stands for itself here: how the child is called on a sheet is the reading's to say.
    details = detail_words(due, reading.interview.today, school, CHILD)
    what = f"{what_words(due.deadline, CHILD)} ({acts_words(due.deadline.acts)})"
    return lead_words(due, reading.interview.today), "\n".join(map(reading.fill, (what, *details)))
