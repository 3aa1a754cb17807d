"""Exported file names. They never contain the child's name, which anyone browsing the folder could read."""

from __future__ import annotations

import datetime

from iep_tui.core.question_model import Audience
from iep_tui.documents.outline_model import PageName


def sheet_file_name(page: PageName, meeting_day: datetime.date | None, reader: Audience, extension: str) -> str:
    """Return a name such as prep-sheet-2027-03-12-team.docx, without the date if the meeting day is unknown.

    The concerns page has only one reader, so its name leaves the reader out.
    """
    kind, readers = ("parent-concerns", []) if page == "concerns" else ("prep-sheet", [reader])
    return "-".join([kind, *([meeting_day.isoformat()] if meeting_day else []), *readers]) + f".{extension}"
