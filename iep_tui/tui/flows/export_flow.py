"""Export of a session's sheets: saved as a file of any format, or copied."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from iep_tui.core import interview as ids
from iep_tui.core.progress_callback import Cancelled, ProgressCallback, no_progress
from iep_tui.documents.outline_model import Outline
from iep_tui.i18n import _
from iep_tui.services.export import (
    DEFAULT_FORMAT,
    ExportedSheet,
    ExportRequest,
    Unavailable,
    documents_folder,
    export,
    manifest,
    not_exported_text,
    outline_for,
    record_beside,
    rendering_text,
    sheet_name,
)
from iep_tui.services.session import CaseSession
from iep_tui.store.atomic_write import check_target, write_file
from iep_tui.store.errors import StoreError
from iep_tui.tui.flows.background_job import run_job
from iep_tui.tui.screens.confirm_and_input_dialogs import ChoiceDialog
from iep_tui.tui.screens.save_sheet_dialog import SaveSheetDialog
from iep_tui.tui.screens.sheet_screen import SheetScreen

if TYPE_CHECKING:
    from iep_tui.tui.base_app import BaseApp


class SheetExporter:
    """The last format that was chosen holds for this sitting and no other."""

    def __init__(self, app: BaseApp, session: CaseSession) -> None:
        self._app = app
        self._sitting = session
        self._format = DEFAULT_FORMAT

    def draw(self, wanted: ExportRequest) -> Outline:
        return outline_for(self._sitting.interview, wanted.reader, wanted.page, self._app.clock().date())

    def copy(self, wanted: ExportRequest) -> None:
        """Copy the sheet as Markdown. Whether a terminal takes it cannot be known, so the file is named too."""
        try:
            handed = self._make(msgspec.structs.replace(wanted, format="md"))
        except Unavailable as reason:
            self._say(str(reason))
            return
        self._app.copy_to_clipboard(handed.data.decode())
        words = _("We tried to copy the sheet. If it does not paste, save a copy: {name}")
        self._say(words.format(name=self._name(wanted)))

    async def save(self, wanted: ExportRequest) -> None:
        """Ask for format and file until the sheet is saved or the person thinks better of it."""
        words = ""
        proposal = ""
        record = False
        while True:
            drawn = self.draw(wanted)
            if not drawn.blocks:
                self._say(not_exported_text())
                return
            proposal = proposal or str(documents_folder() / self._name(wanted))
            screen = SaveSheetDialog(proposal, self._format, drawn, words, record=record)
            saving = await self._app.push_screen_wait(screen)
            if saving is None:
                return
            self._format, proposal, record = saving.format, saving.path, saving.record
            path, there = Path(saving.path), False
            with contextlib.suppress(OSError, RuntimeError, ValueError):  # the write says what is wrong with it
                path = path.expanduser()
                there = path.is_file()
            if there and not await self._may_replace(path):
                words = ""
                continue
            try:
                check_target(path, overwrite=there)
                if record:
                    check_target(record_beside(path), overwrite=there)
                handed = await self._made(msgspec.structs.replace(wanted, format=saving.format))
                write_file(path, handed.data, overwrite=there)
                if record:
                    self._keep_record(handed, path, there)
            except (Unavailable, StoreError) as error:
                words = str(error)
                self._say("")
                continue
            except Cancelled:
                words = _("Stopped. No file was written.")
                continue
            said = _("Saved as {path}").format(path=path.resolve())
            if record:
                said = _("{saved}, and the record as {name}").format(saved=said, name=record_beside(path).name)
            self._say(said)
            return

    async def _may_replace(self, path: Path) -> bool:
        ask = _("There is a file of this name already: {path}. Replace it?").format(path=path)
        answers = (("no", _("Keep it, choose another name")), ("yes", _("Replace it")))
        return await self._app.push_screen_wait(ChoiceDialog(ask, answers)) == "yes"

    def _keep_record(self, handed: ExportedSheet, path: Path, there: bool) -> None:
        """Write down, for the family, what is in the file and what is not. StoreError."""
        today, session = self._app.clock().date(), self._sitting
        data = manifest(handed, case_id=session.case.id, meeting_id=session.meeting.id, file=path.name, made=today)
        write_file(record_beside(path), data, overwrite=there)

    async def _made(self, wanted: ExportRequest) -> ExportedSheet:
        """The file, made beside the window. Stopped when the person wants it no more."""
        return await run_job(self._app, lambda step: self._make(wanted, step), rendering_text(wanted))

    def _make(self, wanted: ExportRequest, progress: ProgressCallback = no_progress) -> ExportedSheet:
        return export(self._sitting.interview, wanted, self._app.clock().date(), progress)

    def _name(self, wanted: ExportRequest) -> str:
        day = self._sitting.meeting.answers.of(ids.MEETING_DATE).value
        return sheet_name(day, msgspec.structs.replace(wanted, format=self._format))

    def _say(self, words: str) -> None:
        """A line on the screen of sheets, if the person is still there."""
        for screen in self._app.screen_stack:
            if isinstance(screen, SheetScreen):
                screen.say(words)
