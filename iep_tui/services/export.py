"""Export: choose a page, a reader and a format, and get the file's bytes.

Also the file's name, its default folder, and the family's own record of an exported file.
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
from iep_tui.documents.formats.renderer import BY_NAME, FORMATS, format_of, render
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

#: Extensions of older Word files, which Word does not open with a newer file inside.
_OLD_EXTENSIONS = (".doc", ".dot")
#: The format most teachers can open.
DEFAULT_FORMAT = "docx"


class ExportRequest(msgspec.Struct, frozen=True):
    """Page, reader and format of an export. `format` is a key of `BY_NAME`."""

    reader: Audience = "team"
    page: PageName = "sheet"
    format: str = "md"

    @property
    def name(self) -> str:
        """Name of this page in `page_options`."""
        return "concerns" if self.page == "concerns" else self.reader


class ExportedSheet(msgspec.Struct, frozen=True):
    """An exported file: its bytes, and the outline that says which answers are in it and which are left out."""

    request: ExportRequest
    outline: Outline
    data: bytes

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        return self.outline.left_out


def page_options() -> tuple[tuple[str, str], ...]:
    """Return (name, label) of each page that can be exported: a sheet per reader, and the concerns page."""
    return (*sheet_reader_options(), ("concerns", _("Concerns page")))


def page_named(name: str) -> ExportRequest:
    """Return the request for a name in `page_options`, with the default format."""
    return ExportRequest("team", "concerns") if name == "concerns" else ExportRequest(cast(Audience, name))


def outline_for(interview: Interview, reader: Audience, page: PageName, made: datetime.date) -> Outline:
    """Build the page for this reader. An outline without `blocks` is empty and must not be exported."""
    if page == "concerns":
        from iep_tui.documents.sheets.concerns_page import concerns_page

        return concerns_page(interview, made=made)
    from iep_tui.documents.sheets.sheet_builder import build_sheet

    return build_sheet(interview, reader, made=made)


def export(
    interview: Interview, request: ExportRequest, made: datetime.date, progress: ProgressCallback = no_progress
) -> ExportedSheet:
    """Render the requested file.

    `made` is the date printed at the foot. An exception from `progress` cancels the work: at once for a PDF, after the
    current step for other formats.

    Raises Unavailable, with a one-line message, if the page is empty or a component is not installed.
    """
    outline = outline_for(interview, request.reader, request.page, made)
    progress(0, 0)
    if not outline.blocks:
        raise Unavailable(not_exported_text())
    return ExportedSheet(request, outline, render(outline, request.format, lang=language_in_use(), progress=progress))


def rendering_text(request: ExportRequest) -> str:
    """Return the message shown while the file is being rendered."""
    return _("Making the file ({format}).").format(format=_(BY_NAME[request.format].label))


def not_exported_text() -> str:
    """Return the message for an empty concerns page."""
    return _(
        "Nothing is on the concerns page yet. Write the parent concerns statement first, and let the team read it."
    )


def format_named(path: Path) -> str | None:
    """Return the name of the format of a file's extension, or None."""
    found = format_of(path)
    return found.name if found else None


def sheet_path(typed: str, chosen: str) -> tuple[Path, str]:
    """Return the file for a typed name, and the name of its format: what the extension says, else the `chosen` one.

    A name without the extension of a format gets that of the chosen one, so that other programs can open the file.
    """
    path = typed_path(typed)
    name = format_named(path)
    if name is not None:
        return path, name
    extension = BY_NAME[chosen].extension
    if path.suffix.casefold() in _OLD_EXTENSIONS:
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


def sheet_name(meeting_date: Value, request: ExportRequest) -> str:
    """Return a name such as prep-sheet-2027-03-12-team.docx. It never contains the child's name."""
    extension = BY_NAME[request.format].extension
    return sheet_file_name(request.page, as_date(meeting_date), request.reader, extension)


def documents_folder() -> Path:
    """Return the user's documents folder, or the home folder if there is none."""
    from platformdirs import user_documents_path

    folder = user_documents_path()
    return folder if folder.is_dir() else Path.home()


def record_beside(path: Path) -> Path:
    """Return the default path of a file's record: team-record.json beside team.docx."""
    return path.with_name(f"{path.stem}-record.json")


def manifest(sheet: ExportedSheet, *, case_id: str, meeting_id: str, file: str, made: datetime.date) -> bytes:
    """Return the family's record of an exported file as JSON: ids and reasons, no word of an answer.

    `file` is the file's name, "" if it was written to the screen.
    """
    request = sheet.request
    record = {
        "format": "iep-tui/manifest",
        "version": 1,
        "case": case_id,
        "meeting": meeting_id,
        "page": request.page,
        "reader": sheet.outline.reader,
        "file": file,
        "file_format": request.format,
        "sha256": sha256_hex(sheet.data),
        "made": made.isoformat(),
        "in": list(sheet.outline.answered_ids),
        "left_out": [
            {"id": answer.question_id, "reason": answer.reason, **({"partly": True} if answer.partly else {})}
            for answer in sheet.left_out
        ],
    }
    import json  # only here: most exports write no record

    return json.dumps(record, indent=1, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
