"""Permanent removal of a case: the warning, the confirmation to type, and what remains elsewhere."""

from __future__ import annotations

from iep_tui.i18n import _
from iep_tui.store.case_lookup import same_name
from iep_tui.store.case_store import CaseStore
from iep_tui.store.folder_checks import synced_folder


def text_to_type(store: CaseStore, case_id: str) -> str:
    """Return the text that confirms a removal: the child's name, or the id if no name can be read."""
    return store.name(case_id) or case_id


def matches_case(store: CaseStore, case_id: str, typed: str) -> bool:
    """Return whether `typed` confirms the removal. Upper case and the encoding of accents do not matter."""
    return same_name(typed, text_to_type(store, case_id))


def removal_warning(store: CaseStore, case_id: str) -> tuple[str, ...]:
    """Return the warnings to show before a removal, one per line."""
    service = synced_folder(store.home)
    return (
        _("This removes all answers about {name} and every earlier copy of them from this computer.").format(
            name=text_to_type(store, case_id)
        ),
        _("It cannot be taken back."),
        _("Not removed: sheets and copies you saved elsewhere, and what backups of this computer hold."),
        *(
            [_("{service} may keep its own copies of this folder for some time.").format(service=service)]
            if service
            else []
        ),
        _(
            "Traces of the removed answers may stay on the disk until something else is saved over them. "
            "Disk encryption helps against that."
        ),
    )


def removed_text() -> str:
    """Return the confirmation of a removal."""
    return _("The answers and their earlier copies are removed from this computer.")
