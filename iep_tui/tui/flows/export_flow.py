"""Export of a session's sheets: save one as a file of any format, or copy it."""

from __future__ import annotations

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
    file_exists,
    manifest,
    not_exported_text,
    outline_for,
    record_beside,
    rendering_text,
    sheet_name,
    sheet_path,
)
from iep_tui.services.session import CaseSession
from iep_tui.store.atomic_write import check_target, write_file
from iep_tui.store.errors import StoreError
from iep_tui.tui.flows.background_job import run_job
from iep_tui.tui.screens.confirm_and_input_dialogs import ChoiceDialog
from iep_tui.tui.screens.save_sheet_dialog import SaveSheetDialog
from iep_tui.tui.screens.sheet_screen import SheetScreen

if TYPE_CHECKING:
    from iep_tui.tui.flows.hosts import ExportHost


class SheetExporter:
    """Draws, copies and saves the sheets of one session; remembers the format chosen last."""

    def __init__(self, host: ExportHost, session: CaseSession) -> None:
        self._host = host
        self._session = session
        self._format = DEFAULT_FORMAT

    def draw(self, wanted: ExportRequest) -> Outline:
        return outline_for(self._session.interview, wanted.reader, wanted.page, self._host.clock().date())

    def copy(self, wanted: ExportRequest) -> None:
        """Copy the sheet as Markdown. No terminal confirms that, so the way to save a file is shown too."""
        try:
            exported = self._make(msgspec.structs.replace(wanted, format="md"))
        except Unavailable as reason:
            self._say(str(reason))
            return
        self._host.copy_to_clipboard(exported.data.decode())
        words = _("We tried to copy the sheet. If it does not paste, save a copy: {name}")
        self._say(words.format(name=self._name(wanted)))

    async def save(self, wanted: ExportRequest) -> None:
        """Ask for format and file until the sheet is saved or the person goes back."""
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
            saving = await self._host.push_screen_wait(screen)
            if saving is None:
                return
            self._format, proposal, record = saving.format, saving.path, saving.record
            path, self._format = sheet_path(saving.path, saving.format)
            exists = file_exists(path)
            if exists and not await self._may_replace(path):
                words = ""
                continue
            try:
                check_target(path, overwrite=exists)
                if record:
                    check_target(record_beside(path), overwrite=exists)
                exported = await self._export(msgspec.structs.replace(wanted, format=self._format))
                write_file(path, exported.data, overwrite=exists)
                if record:
                    self._save_record(exported, path, overwrite=exists)
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
        return await self._host.push_screen_wait(ChoiceDialog(ask, answers)) == "yes"

    def _save_record(self, exported: ExportedSheet, path: Path, *, overwrite: bool) -> None:
        """Save the family's record of what the file holds and leaves out. StoreError."""
        today, session = self._host.clock().date(), self._session
        data = manifest(exported, case_id=session.case.id, meeting_id=session.meeting.id, file=path.name, made=today)
        write_file(record_beside(path), data, overwrite=overwrite)

    async def _export(self, wanted: ExportRequest) -> ExportedSheet:
        """Render the file in a thread. Cancelled when the person stops it."""
        return await run_job(self._host, lambda step: self._make(wanted, step), rendering_text(wanted))

    def _make(self, wanted: ExportRequest, progress: ProgressCallback = no_progress) -> ExportedSheet:
        return export(self._session.interview, wanted, self._host.clock().date(), progress)

    def _name(self, wanted: ExportRequest) -> str:
        day = self._session.meeting.answers.of(ids.MEETING_DATE).value
        return sheet_name(day, msgspec.structs.replace(wanted, format=self._format))

    def _say(self, words: str) -> None:
        """Show a line on the sheet screen, if it is still open."""
        for screen in self._host.screen_stack:
            if isinstance(screen, SheetScreen):
                screen.say(words)
