"""Removal dialog: the child's name is typed before a case is removed for good."""

from __future__ import annotations

from iep_tui.i18n import _
from iep_tui.services.flows.prompter import Prompter, on_cancel
from iep_tui.services.removal import matches_case, removal_warning, removed_text, text_to_type
from iep_tui.store.case_store import CaseStore
from iep_tui.store.errors import StoreError


async def remove_case(prompter: Prompter, store: CaseStore, case_id: str) -> tuple[str, ...]:
    """Remove a case with everything kept beside it; return the lines to show. StoreError."""
    to_type = _("To remove it, type: {wanted}").format(wanted=text_to_type(store, case_id))

    async def check(typed: str) -> None:
        if not matches_case(store, case_id, typed):
            raise StoreError(_("That isn’t the name. Nothing was removed."))

    with on_cancel(_("Nothing was removed.")):
        words = "\n".join((*removal_warning(store, case_id), to_type))
        await prompter.ask(_("Remove from this computer"), words, _("Remove"), check)
    store.remove(case_id)
    return (removed_text(),)
