"""What a sheet's file is called: never by the child's name, which everybody who sees a folder could read."""

from __future__ import annotations

import datetime

from iep_tui.core.model import Share


def file_name(meeting_day: datetime.date | None, reader: Share, extension: str) -> str:
    """prep-sheet-2027-03-12-team.docx, and without the day where it is not known."""
    return "-".join(["prep-sheet", *([meeting_day.isoformat()] if meeting_day else []), reader]) + f".{extension}"
