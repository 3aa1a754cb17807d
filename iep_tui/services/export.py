"""Export: choose a page, a reader and a format, and get the file's bytes.

Also the file's name, its default folder, and the family's own record of what was handed out.
"""

from __future__ import annotations

import contextlib
import datetime
from pathlib import Path
from typing import cast

import msgspec

from iep_tui.core.case_model import Value
from iep_tui.core.checksums import sha256_hex
from iep_tui.core.dates import as_date
from iep_tui.core.interview import Interview
from iep_tui.core.progress_callback import ProgressCallback, no_progress
from iep_tui.core.question_model import Audience
from iep_tui.core.wording import sheet_reader_options
from iep_tui.documents.file_name import sheet_file_name
from iep_tui.documents.formats.availability import Unavailable
from iep_tui.documents.formats.renderer import BY_NAME, FORMATS, render
from iep_tui.documents.outline_model import LeftOut, Outline, PageName
from iep_tui.i18n import _, language_in_use
from iep_tui.services.typed_path import typed_path

__all__ = [
    "BY_NAME",
    "DEFAULT_FORMAT",
    "FORMATS",
    "ExportRequest",
    "ExportedSheet",
    "PageName",
    "Unavailable",
    "documents_folder",
    "export",
    "file_exists",
    "format_named",
    "manifest",
    "not_exported_text",
    "outline_for",
    "page_named",
    "page_options",
    "record_beside",
    "rendering_text",
    "sheet_name",
    "sheet_path",
]

#: Other endings that people give these formats.
_ALSO = {"markdown": "md", "text": "txt", "htm": "html"}
#: Endings of older Word files, which Word does not open with a newer file inside.
_OLD_ENDINGS = (".doc", ".dot")
#: What most teachers open.
DEFAULT_FORMAT = "docx"


class ExportRequest(msgspec.Struct, frozen=True):
    """What is to be handed out. `format` is a name in `BY_NAME`."""

    reader: Audience = "team"
    page: PageName = "sheet"
    format: str = "md"

    @property
    def name(self) -> str:
        """Its name among `page_options`."""
        return "concerns" if self.page == "concerns" else self.reader


class ExportedSheet(msgspec.Struct, frozen=True):
    """A file's bytes, and what stands in it and what does not, for the family."""

    wanted: ExportRequest
    outline: Outline
    data: bytes

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        return self.outline.left_out


def page_options() -> tuple[tuple[str, str], ...]:
    """What can be handed out, as the family is asked: the sheet for each reader, and the page of concerns."""
    return (*sheet_reader_options(), ("concerns", _("Concerns page")))


def page_named(name: str) -> ExportRequest:
    """What is handed out under a name of `page_options`."""
    return ExportRequest("team", "concerns") if name == "concerns" else ExportRequest(cast(Audience, name))


def outline_for(interview: Interview, reader: Audience, page: PageName, made: datetime.date) -> Outline:
    """The page for this reader. One without `blocks` has nothing to say, and is not handed out."""
    if page == "concerns":
        from iep_tui.documents.sheets.concerns_page import concerns_page

        return concerns_page(interview, made=made)
    from iep_tui.documents.sheets.sheet_builder import build_sheet

    return build_sheet(interview, reader, made=made)


def export(
    interview: Interview, wanted: ExportRequest, made: datetime.date, progress: ProgressCallback = no_progress
) -> ExportedSheet:
    """The file. `Unavailable`, in one calm line, where there is nothing to say or this computer lacks a part.

    `made` is the day to put at the foot. What `progress` raises ends it; a PDF at once, the others after a step.
    """
    drawn = outline_for(interview, wanted.reader, wanted.page, made)
    progress(0, 0)
    if not drawn.blocks:
        raise Unavailable(not_exported_text())
    return ExportedSheet(wanted, drawn, render(drawn, wanted.format, lang=language_in_use(), progress=progress))


def rendering_text(wanted: ExportRequest) -> str:
    """What is said while the file takes its time."""
    return _("Making the file ({format}).").format(format=_(BY_NAME[wanted.format].label))


def not_exported_text() -> str:
    """What is said of the page of concerns while there is nothing on it."""
    return _(
        "Nothing is on the concerns page yet. Write the parent concerns statement first, and let the team read it."
    )


def format_named(path: Path) -> str | None:
    """The format that the ending of a file's name asks for, or None."""
    ending = path.suffix.removeprefix(".").casefold()
    name = _ALSO.get(ending, ending)
    return name if name in BY_NAME else None


def sheet_path(typed: str, chosen: str) -> tuple[Path, str]:
    """Return the file for a typed name, and the name of its format: what the ending says, else the `chosen` one.

    A name without the ending of a format gets that of the chosen one, so that other programs can open the file.
    """
    path = typed_path(typed)
    name = format_named(path)
    if name is not None:
        return path, name
    extension = BY_NAME[chosen].extension
    if path.suffix.casefold() in _OLD_ENDINGS:
        return path.with_suffix(f".{extension}"), chosen
    if path.name and not _is_folder(path):
        path = path.with_name(f"{path.name}.{extension}")
    return path, chosen


def _is_folder(path: Path) -> bool:
    with contextlib.suppress(OSError, ValueError):
        return path.is_dir()
    return False


def file_exists(path: Path) -> bool:
    """Whether a file is at `path`; False for names that no file can have, which writing reports."""
    with contextlib.suppress(OSError, ValueError):
        return path.is_file()
    return False


def sheet_name(meeting_date: Value, wanted: ExportRequest) -> str:
    """prep-sheet-2027-03-12-team.docx: no name of a child in a file's name."""
    extension = BY_NAME[wanted.format].extension
    return sheet_file_name(wanted.page, as_date(meeting_date), wanted.reader, extension)


def documents_folder() -> Path:
    """Where a person looks for a file they saved."""
    from platformdirs import user_documents_path

    folder = user_documents_path()
    return folder if folder.is_dir() else Path.home()


def record_beside(path: Path) -> Path:
    """Where the family's record of a file is kept unless it says otherwise: team-record.json beside team.docx."""
    return path.with_name(f"{path.stem}-record.json")


def manifest(handed: ExportedSheet, *, case_id: str, meeting_id: str, file: str, made: datetime.date) -> bytes:
    """The family's record of a file that was handed out, as JSON: ids and reasons, no word of an answer.

    `file` is its name, "" when it went to the screen.
    """
    wanted = handed.wanted
    record = {
        "format": "iep-tui/manifest",
        "version": 1,
        "case": case_id,
        "meeting": meeting_id,
        "page": wanted.page,
        "reader": handed.outline.reader,
        "file": file,
        "file_format": wanted.format,
        "sha256": sha256_hex(handed.data),
        "made": made.isoformat(),
        "in": list(handed.outline.told),
        "left_out": [
            {"id": one.question_id, "reason": one.reason, **({"partly": True} if one.partly else {})}
            for one in handed.left_out
        ],
    }
    import json  # a sheet without a record needs none

    return json.dumps(record, indent=1, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
