"""First and last lines of every sheet: the meeting, the program version and the date."""

from __future__ import annotations

import datetime

from iep_tui import __version__
from iep_tui.core.dates import as_date, long_date
from iep_tui.core.interview import MEETING_DATE, MEETING_PLACE, MEETING_TIME, MEETING_TYPE
from iep_tui.documents.outline_model import Paragraph
from iep_tui.documents.privacy.visible_answers import ReaderView
from iep_tui.i18n import _

#: The choice that tells a reader nothing, in the line about the meeting.
_NOT_SURE = "not-sure"


def meeting_line_text(reading: ReaderView) -> str:
    """The yearly review · Thursday 12 March 2027, 2:30 pm · Lincoln Elementary; what is not known is left away."""
    kind = "" if reading.interview.answers.of(MEETING_TYPE).value == _NOT_SURE else reading.words(MEETING_TYPE)
    when = ", ".join(filter(None, (reading.words(MEETING_DATE), reading.words(MEETING_TIME))))
    return " · ".join(filter(None, (kind, when, reading.words(MEETING_PLACE))))


def meeting_day(reading: ReaderView) -> datetime.date | None:
    """The day of the meeting, None when it is not known or not this reader's to know."""
    return as_date(reading.interview.answers.of(MEETING_DATE).value) if reading.words(MEETING_DATE) else None


def made_line(made: datetime.date) -> Paragraph:
    """The last line of a sheet."""
    return Paragraph(_("Made with iep-tui {version} on {day}").format(version=__version__, day=long_date(made)))
