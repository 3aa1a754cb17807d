"""First and last lines of every sheet: the meeting, the program version and the date."""

from __future__ import annotations

import datetime

from iep_tui import __version__
from iep_tui.core.dates import as_date, long_date
from iep_tui.core.interview import MEETING_DATE, MEETING_PLACE, MEETING_TIME, MEETING_TYPE
from iep_tui.documents.outline_model import Paragraph
from iep_tui.documents.privacy.visible_answers import ReaderView
from iep_tui.i18n import _

#: A meeting type that is left out of the meeting line.
_NOT_SURE = "not-sure"


def meeting_line_text(view: ReaderView) -> str:
    """Return the known parts of: yearly review · Thursday 12 March 2027, 2:30 pm · Lincoln Elementary."""
    meeting_type = "" if view.interview.answers.of(MEETING_TYPE).value == _NOT_SURE else view.words(MEETING_TYPE)
    when = ", ".join(filter(None, (view.words(MEETING_DATE), view.words(MEETING_TIME))))
    return " · ".join(filter(None, (meeting_type, when, view.words(MEETING_PLACE))))


def meeting_day(view: ReaderView) -> datetime.date | None:
    """Return the day of the meeting; None if it is unknown or this reader may not see it."""
    return as_date(view.interview.answers.of(MEETING_DATE).value) if view.words(MEETING_DATE) else None


def made_line(made: datetime.date) -> Paragraph:
    """Return the last line of a sheet."""
    return Paragraph(_("Made with iep-tui {version} on {day}").format(version=__version__, day=long_date(made)))
