"""Actions on a whole case: remove it, save a rescue copy."""

from __future__ import annotations

import datetime

from iep_tui.i18n import _
from iep_tui.plain.base_view import Room
from iep_tui.plain.slash_commands import Words
from iep_tui.services.export import documents_folder
from iep_tui.services.removal import before_removing, is_meant, removed_words, to_type
from iep_tui.services.rescue_copy import asking_words, file_name, save_elsewhere, saved_words
from iep_tui.services.session import Sitting
from iep_tui.store.case_store import Store
from iep_tui.store.errors import StoreError


def remove_child(room: Room, store: Store, words: str) -> bool:
    """Remove the case that `words` mean, once its child's name has been typed; whether it is gone."""
    try:
        case_id = words if words in store.lost() else store.find(words)
        room.say(*before_removing(store, case_id))
        line = room.ask_words(
            _("To remove it, type {wanted}. Enter alone keeps it:").format(wanted=to_type(store, case_id))
        )
        if line.blank or not is_meant(store, case_id, line.text):
            room.say(_("Nothing was removed."))
            return False
        store.remove(case_id)
    except StoreError as error:
        room.error(str(error))
        return False
    room.say(removed_words())
    return True


def put_elsewhere(room: Room, sitting: Sitting, today: datetime.date, typed: str = "") -> None:
    """Write the whole case where the person says; what was typed there already needs no question."""
    if sitting.file is None:
        room.say(_("This is a made-up child: nothing of it is kept."))
        return
    if not typed:
        room.say(asking_words(sitting.trouble))
        proposal = documents_folder() / file_name(today)
        line = room.ask_line(_("Folder or file. Enter takes {path}:").format(path=proposal), path=True)
        typed = line.text.strip() if isinstance(line, Words) and not line.blank else str(proposal)
    try:
        path = save_elsewhere(sitting.case, typed, today)
    except StoreError as error:
        room.error(str(error))
        return
    sitting.note_copy(path)
    room.say(saved_words(path, sitting.trouble))
