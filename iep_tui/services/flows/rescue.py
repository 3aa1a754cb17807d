"""Rescue copy dialog: write all answers of the open case to another place."""

from __future__ import annotations

import datetime
from pathlib import Path

from iep_tui.i18n import _
from iep_tui.services.export import documents_folder
from iep_tui.services.flows.prompter import Prompter
from iep_tui.services.rescue_copy import rescue_file_name, rescue_prompt, rescue_saved_text, write_rescue_copy
from iep_tui.services.session import CaseSession


async def save_rescue_copy(prompter: Prompter, session: CaseSession, today: datetime.date) -> None:
    """Write the open case to a place the person names, and show where it is."""
    if session.file is None:
        await prompter.tell(_("This is a made-up child: nothing of it is kept."))
        return

    async def write(typed: str) -> Path:
        return write_rescue_copy(session.case, typed, today)

    path = await prompter.path(
        _("Save the answers somewhere else"),
        rescue_prompt(session.trouble),
        _("Save"),
        write,
        proposal=str(documents_folder() / rescue_file_name(today)),
    )
    session.note_rescue_copy(path)
    await prompter.tell(rescue_saved_text(path, session.trouble, replaced=session.is_replaced))
