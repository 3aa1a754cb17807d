"""What a sheet's file is called, and where it goes unless the person says otherwise."""

from __future__ import annotations

from pathlib import Path

from iep_tui.core.answers import Value
from iep_tui.core.dates import as_date
from iep_tui.core.model import Share


def sheet_name(meeting_date: Value, reader: Share) -> str:
    """prep-sheet-2027-03-12-team.md: no name of a child in a file's name."""
    day = as_date(meeting_date)
    return "-".join(["prep-sheet", *([day.isoformat()] if day else []), reader]) + ".md"


def documents_folder() -> Path:
    """Where a person looks for a file they saved."""
    from platformdirs import user_documents_path

    folder = user_documents_path()
    return folder if folder.is_dir() else Path.home()
