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
from iep_tui.store.atomic_write import expect_room, write_file
from iep_tui.store.errors import StoreError


class LastExport(msgspec.Struct):
    """What was handed out last in one sitting, and as what: the next time begins there."""

    wanted: ExportRequest = ExportRequest()
    format: str = DEFAULT_FORMAT
    last: tuple[ExportedSheet, Path] | None = None


class SheetViewBase(View):
    """`here` is the question the family is at, or was at when it came here."""

    def __init__(
        self,
        stream: LineIO,
        glossary: Glossary,
        session: CaseSession,
        clock: Clock,
        folder: Path,
        here: str = "",
        about: Page | None = None,
    ) -> None:
        super().__init__(stream, glossary, folder, about)
        self.session = session
        self.here = here
        self.desk = LastExport()
        self._clock = clock
        self._orders |= {
            "sheet": self._sheet,
            "left out": self._left_out,
            "save": self._save_sheet,
            "record": self._record,
        }

    def draw(self, wanted: ExportRequest) -> Outline:
        return outline_for(self.session.interview, wanted.reader, wanted.page, self._clock().date())

    def _wanted(self, words: str) -> ExportRequest | None:
        name = option_named(page_options(), words) if words else self.desk.wanted.name
        if name:
            return page_named(name)
        names = ", ".join(one for one, _label in page_options())
        self.error(_("There is no sheet {name}. There are: {names}.").format(name=f"“{words}”", names=names))
        return None

    def _sheet(self, rest: str) -> None:
        wanted = self._wanted(rest)
        if wanted is not None:
            self.leave(Destination("sheet", self.here, what=wanted.name))

    def _left_out(self, rest: str) -> None:
        wanted = self._wanted(rest)
        if wanted is not None:
            self.say(_("The sheet for: {reader}.").format(reader=sheet_words(wanted)))
            self._tell_left_out(self.draw(wanted))

    def _tell_left_out(self, drawn: Outline) -> None:
        left = drawn.left_out
        words = ngettext("{left} answer is left out.", "{left} answers are left out.", len(left))
        self.say(words.format(left=len(left)))
        self.say(*(_("{title} ({reason})").format(title=one.title, reason=one.reason) for one in left))

    # Saving

    def _save_sheet(self, rest: str) -> None:
        first, _space, others = rest.partition(" ")
        named = first in dict(page_options())
        wanted = page_named(first) if named else self.desk.wanted
        typed = (others if named else rest).strip()
        drawn = self.draw(wanted)
        if not drawn.blocks:
            self.error(not_exported_text())
            return
        if left := len(drawn.left_out):
            words = ngettext(
                "{left} answer is left out. /left out {sheet} tells which.",
                "{left} answers are left out. /left out {sheet} tells which.",
                left,
            )
            self.say(words.format(left=left, sheet=wanted.name))
        if not typed:
            options = tuple((one.name, _(one.label)) for one in FORMATS)
            prompt = _("Number of the format. Enter takes the chosen one:")
            self.desk.format = self.choose(options, prompt, self.desk.format)
        name = typed or self._ask_name(wanted)
        while name and (outcome := self._write_sheet(wanted, name)) != "saved":
            if typed and outcome == "failed":  # no prompt where an Enter would save another file
                return
            typed, name = "", self._ask_name(wanted)

    def _ask_name(self, wanted: ExportRequest) -> str:
        """Ask for the name of the file, whose ending may name another format; "" when the person goes back."""
        day = self.session.meeting.answers.of(ids.MEETING_DATE).value
        name = sheet_name(day, msgspec.structs.replace(wanted, format=self.desk.format))
        proposal = documents_folder() / name
        prompt = _("Name of the file. Enter takes {path}. /cancel goes back:")
        line = self.ask_line(prompt.format(path=proposal), ("cancel",), path=True)
        if isinstance(line, TypedText):
            return str(proposal) if line.blank else line.text.strip()
        self.say(_("No file was written."))
        return ""

    def _write_sheet(self, wanted: ExportRequest, typed: str) -> Literal["saved", "failed", "kept"]:
        """Write the file in the format its ending names, else in the chosen one; "kept" when one is there and stays."""
        path, self.desk.format = sheet_path(typed, self.desk.format)
        there = file_exists(path)
        if there:
            self.say(_("There is a file of this name already: {path}. Replace it?").format(path=path))
            options = (("no", _("Keep it, choose another name")), ("yes", _("Replace it")))
            if self.choose(options, _("1 or 2:"), "no") != "yes":
                return "kept"
        wanted = msgspec.structs.replace(wanted, format=self.desk.format)
        try:
            expect_room(path, overwrite=there)
            making = wanted
            handed = self.run_job(
                lambda step: export(self.session.interview, making, self._clock().date(), step), rendering_text(making)
            )
            write_file(path, handed.data, overwrite=there)
        except (Unavailable, StoreError) as error:
            self.error(str(error))
            return "failed"
        except Cancelled:
            self.say(_("Stopped. No file was written."))
            return "failed"
        self.desk.wanted = wanted
        self.desk.last = handed, path
        words = _("The sheet for {reader} is saved as {path}")
        self.say(words.format(reader=sheet_words(wanted), path=path.resolve()))
        return "saved"

    def _record(self, rest: str) -> None:
        """Keep the family's record of the sheet that was saved last."""
        if self.desk.last is None:
            self.error(_("Save a sheet first: /save"))
            return
        handed, path = self.desk.last
        record = typed_path(rest) if rest else record_beside(path)
        case_id, meeting_id, today = self.session.case.id, self.session.meeting.id, self._clock().date()
        try:
            data = manifest(handed, case_id=case_id, meeting_id=meeting_id, file=path.name, made=today)
            write_file(record, data, overwrite=False)
        except StoreError as error:
            self.error(str(error))
            return
        self.say(_("The record for yourself is {path}").format(path=record.resolve()))


def sheet_words(wanted: ExportRequest) -> str:
    """What a sheet is called: by its reader, or the page of concerns."""
    return dict(page_options())[wanted.name]
