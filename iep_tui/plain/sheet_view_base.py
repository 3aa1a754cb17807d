"""Base of the views that can read out, check and save sheets."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from iep_tui.core import interview as ids
from iep_tui.core.glossary import Glossary
from iep_tui.core.progress_callback import Cancelled
from iep_tui.core.question_model import Page
from iep_tui.documents.outline_model import Outline
from iep_tui.i18n import _, ngettext
from iep_tui.plain.base_view import Destination, View, option_named
from iep_tui.plain.line_io import LineIO
from iep_tui.plain.slash_commands import TypedText
from iep_tui.services.export import (
    DEFAULT_FORMAT,
    FORMATS,
    ExportedSheet,
    ExportRequest,
    Unavailable,
    documents_folder,
    export,
    file_exists,
    manifest,
    not_exported_text,
    outline_for,
    page_named,
    page_options,
    record_beside,
    rendering_text,
    sheet_name,
    sheet_path,
)
from iep_tui.services.session import CaseSession, Clock
from iep_tui.services.typed_path import typed_path
from iep_tui.store.atomic_write import check_target, write_file
from iep_tui.store.errors import StoreError


class LastExport(msgspec.Struct):
    """The last export in this session, from which the next one takes its defaults."""

    request: ExportRequest = ExportRequest()
    format: str = DEFAULT_FORMAT
    last: tuple[ExportedSheet, Path] | None = None


class SheetViewBase(View):
    """A view with the commands for sheets. `question_id` is the current question, or the one it was opened from."""

    def __init__(
        self,
        stream: LineIO,
        glossary: Glossary,
        session: CaseSession,
        clock: Clock,
        folder: Path,
        question_id: str = "",
        about: Page | None = None,
    ) -> None:
        super().__init__(stream, glossary, folder, about)
        self.session = session
        self.question_id = question_id
        self.last_export = LastExport()
        self._clock = clock
        self._handlers |= {
            "sheet": self._sheet,
            "left out": self._left_out,
            "save": self._save_sheet,
            "record": self._record,
        }

    def draw(self, request: ExportRequest) -> Outline:
        return outline_for(self.session.interview, request.reader, request.page, self._clock().date())

    def _request_named(self, words: str) -> ExportRequest | None:
        name = option_named(page_options(), words) if words else self.last_export.request.name
        if name:
            return page_named(name)
        names = ", ".join(name for name, _label in page_options())
        self.error(_("There is no sheet {name}. The sheets are: {names}.").format(name=f"“{words}”", names=names))
        return None

    def _sheet(self, rest: str) -> None:
        request = self._request_named(rest)
        if request is not None:
            self.leave(Destination("sheet", self.question_id, option=request.name))

    def _left_out(self, rest: str) -> None:
        request = self._request_named(rest)
        if request is not None:
            self.say(_("The sheet for: {reader}.").format(reader=sheet_words(request)))
            self._say_left_out(self.draw(request))

    def _say_left_out(self, outline: Outline) -> None:
        left = outline.left_out
        words = ngettext("{left} answer is left out.", "{left} answers are left out.", len(left))
        self.say(words.format(left=len(left)))
        self.say(*(_("{title} ({reason})").format(title=answer.title, reason=answer.reason) for answer in left))

    # Saving

    def _save_sheet(self, rest: str) -> None:
        first_word, _space, after_first = rest.partition(" ")
        names_page = first_word in dict(page_options())
        request = page_named(first_word) if names_page else self.last_export.request
        typed = (after_first if names_page else rest).strip()
        outline = self.draw(request)
        if not outline.blocks:
            self.error(not_exported_text())
            return
        if left := len(outline.left_out):
            words = ngettext(
                "{left} answer is left out. /left out {sheet} says which one.",
                "{left} answers are left out. /left out {sheet} lists them.",
                left,
            )
            self.say(words.format(left=left, sheet=request.name))
        if not typed:
            options = tuple((file_format.name, _(file_format.label)) for file_format in FORMATS)
            prompt = _("Number of the format. Enter takes the chosen one:")
            self.last_export.format = self.choose(options, prompt, self.last_export.format)
        name = typed or self._ask_name(request)
        while name and (outcome := self._write_sheet(request, name)) != "saved":
            if typed and outcome == "failed":  # no prompt where an Enter would save another file
                return
            typed, name = "", self._ask_name(request)

    def _ask_name(self, request: ExportRequest) -> str:
        """Ask for the file's name, whose extension may name another format; "" when the person goes back."""
        day = self.session.meeting.answers.of(ids.MEETING_DATE).value
        name = sheet_name(day, msgspec.structs.replace(request, format=self.last_export.format))
        proposal = documents_folder() / name
        prompt = _("Name of the file. Enter takes {path}. /cancel goes back:")
        line = self.ask_line(prompt.format(path=proposal), ("cancel",), path=True)
        if isinstance(line, TypedText):
            return str(proposal) if line.blank else line.text.strip()
        self.say(_("No file was written."))
        return ""

    def _write_sheet(self, request: ExportRequest, typed: str) -> Literal["saved", "failed", "again"]:
        """Write the file in the format of its extension, or else the chosen one; "again" to ask for another name."""
        path, self.last_export.format = sheet_path(typed, self.last_export.format)
        exists = file_exists(path)
        if exists:
            self.say(_("There is a file of this name already: {path}. Replace it?").format(path=path))
            options = (("no", _("Keep it, choose another name")), ("yes", _("Replace it")))
            if self.choose(options, _("1 or 2:"), "no") != "yes":
                return "again"
        request = msgspec.structs.replace(request, format=self.last_export.format)
        try:
            check_target(path, overwrite=exists)
            final = request
            sheet = self.run_job(
                lambda step: export(self.session.interview, final, self._clock().date(), step), rendering_text(final)
            )
            write_file(path, sheet.data, overwrite=exists)
        except (Unavailable, StoreError) as error:
            self.error(str(error))
            return "failed"
        except Cancelled:
            self.say(_("Stopped. No file was written."))
            return "again"
        self.last_export.request = request
        self.last_export.last = sheet, path
        words = _("The sheet for {reader} is saved as {path}")
        self.say(words.format(reader=sheet_words(request), path=path.resolve()))
        return "saved"

    def _record(self, rest: str) -> None:
        """Write the family's record of the sheet saved last."""
        if self.last_export.last is None:
            self.error(_("Save a sheet first: /save"))
            return
        sheet, path = self.last_export.last
        record = typed_path(rest) if rest else record_beside(path)
        case_id, meeting_id, today = self.session.case.id, self.session.meeting.id, self._clock().date()
        try:
            data = manifest(sheet, case_id=case_id, meeting_id=meeting_id, file=path.name, made=today)
            write_file(record, data, overwrite=False)
        except StoreError as error:
            self.error(str(error))
            return
        self.say(_("The record for yourself is {path}").format(path=record.resolve()))


def sheet_words(request: ExportRequest) -> str:
    """Return the label of a sheet: its reader, or the concerns page."""
    return dict(page_options())[request.name]
