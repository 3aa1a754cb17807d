"""Take-over dialog: continue writing a case here once the other window is closed."""

from __future__ import annotations

from iep_tui.i18n import _
from iep_tui.services.flows.prompter import Prompter
from iep_tui.services.session import CaseSession, take_over
from iep_tui.store.case_store import CaseStore


async def take_over_case(prompter: Prompter, store: CaseStore, session: CaseSession, *, confirmed: bool = False) -> str:
    """Reopen the case for writing; return the line to show. StoreError. `confirmed` skips the question."""
    if not confirmed:
        words = _("The other window is closed. You can go on writing here, with everything it saved.")
        await prompter.choose(words, (("yes", _("Go on writing here")),), back=_("Only read"), back_last=True)
    return session.notice if take_over(store, session) else session.read_only
