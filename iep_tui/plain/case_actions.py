"""Actions on a whole case: remove it, save a rescue copy."""

from __future__ import annotations

import datetime

from iep_tui.i18n import _
from iep_tui.plain.base_view import View
from iep_tui.plain.slash_commands import TypedText
from iep_tui.services.export import documents_folder
from iep_tui.services.removal import matches_case, removal_warning, removed_text, text_to_type
from iep_tui.services.rescue_copy import rescue_file_name, rescue_prompt, rescue_saved_text, write_rescue_copy
from iep_tui.services.session import CaseSession
from iep_tui.store.case_store import CaseStore
from iep_tui.store.errors import StoreError


def remove_child(room: View, store: CaseStore, words: str) -> bool:
    """Remove the case that `words` mean, once its child's name has been typed; whether it is gone."""
    try:
        case_id = words if words in store.lost() else store.find(words)
        room.say(*removal_warning(store, case_id))
        line = room.ask_words(
            _("To remove it, type {wanted}. Enter alone keeps it:").format(wanted=text_to_type(store, case_id))
        )
        if line.blank or not matches_case(store, case_id, line.text):
            room.say(_("Nothing was removed."))
            return False
        store.remove(case_id)
    except StoreError as error:
        room.error(str(error))
        return False
    room.say(removed_text())
    return True


def put_elsewhere(room: View, session: CaseSession, today: datetime.date, typed: str = "") -> None:
    """Write the whole case where the person says; what was typed there already needs no question."""
    if session.file is None:
        room.say(_("This is a made-up child: nothing of it is kept."))
        return
    if not typed:
        room.say(rescue_prompt(session.trouble))
        proposal = documents_folder() / rescue_file_name(today)
        line = room.ask_line(_("Folder or file. Enter takes {path}:").format(path=proposal), path=True)
        typed = line.text.strip() if isinstance(line, TypedText) and not line.blank else str(proposal)
    try:
        path = write_rescue_copy(session.case, typed, today)
    except StoreError as error:
        room.error(str(error))
        return
    session.note_rescue_copy(path)
    room.say(rescue_saved_text(path, session.trouble))
