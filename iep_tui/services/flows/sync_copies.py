"""Sync copy dialog: merge a copy that a sync left beside a case, or keep it as a child of its own."""

from __future__ import annotations

from iep_tui.core.question_model import Catalogue
from iep_tui.i18n import _
from iep_tui.services.flows.import_flow import merge_case
from iep_tui.services.flows.passphrase import ensure_open
from iep_tui.services.flows.prompter import Prompter
from iep_tui.services.folder_notices import retire_copy, take_in_copy
from iep_tui.services.session import Clock
from iep_tui.services.transfer import merged_text
from iep_tui.store.case_store import CaseStore


async def take_in_sync_copy(
    prompter: Prompter, store: CaseStore, case_id: str, catalogue: Catalogue, clock: Clock
) -> tuple[str, ...]:
    """Take in one of the copies beside a case; return the lines to show. StoreError."""
    copies = {f"copy-{number}": path for number, path in enumerate(store.copies(case_id))}
    if not copies:
        return (_("Your file-sync service left no other versions of this child’s answers."),)
    await ensure_open(prompter, store, case_id)
    words = _(
        "Your file-sync service (such as OneDrive or Dropbox) left other versions of these answers. "
        "Which one do you want to add?"
    )
    path = copies[await prompter.choose(words, tuple((name, path.name) for name, path in copies.items()))]
    copy = store.read_copy(path)
    answer = "own"
    if copy.id == case_id:
        words = _("Merging takes over what is new in this copy and drops nothing; an earlier copy is kept.")
        options = (("merge", _("Merge it into this child’s answers")), ("own", _("Keep it as a separate child")))
        answer = await prompter.choose(words, options, back_last=True)
    if answer == "merge":
        merged = await merge_case(prompter, store, catalogue, clock, copy)
        retire_copy(case_id, path, clock())
        return (merged_text(merged),)
    take_in_copy(store, case_id, path, clock())
    return (_("Added to the list. The answers that were here already are as they were."),)
