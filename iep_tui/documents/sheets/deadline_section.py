"""Deadline section of the family's sheet: each date with its computation, the rule and what to ask."""

from __future__ import annotations

from iep_tui.core.deadline_text import actor_text, detail_lines, lead_text, title_text
from iep_tui.core.deadlines import DueDate, SchoolDays, due_dates, school_days
from iep_tui.core.question_model import CHILD_PLACEHOLDER
from iep_tui.documents.outline_model import Fields, Heading, OutlineBlock, Pair, Paragraph
from iep_tui.documents.privacy.visible_answers import ReaderView
from iep_tui.i18n import _


def dates_section(view: ReaderView) -> list[OutlineBlock]:
    """Return the computed deadlines: upcoming, ongoing, then passed."""
    deadlines = due_dates(view.interview)
    school = school_days(view.interview)
    pairs = tuple(_pair(view, due, school) for due in (*deadlines.ahead, *deadlines.ongoing, *deadlines.passed))
    if not pairs:
        return []
    introduction = _("Counted from the dates we gave. The rules may have changed: check each sum, and ask the school.")
    return [Heading(2, _("Dates to know (only us)")), Paragraph(introduction), Fields(pairs)]


def _pair(view: ReaderView, due: DueDate, school: SchoolDays) -> Pair:
    # Keep the placeholder: the view fills in the child's name as this reader may see it.
    details = detail_lines(due, view.interview.today, school, CHILD_PLACEHOLDER)
    title = f"{title_text(due.deadline, CHILD_PLACEHOLDER)} ({actor_text(due.deadline.acts)})"
    return lead_text(due, view.interview.today), "\n".join(map(view.fill, (title, *details)))
