"""Restore dialog: go back to an earlier copy of a case."""

from __future__ import annotations

from iep_tui.core.dates import clock as time_text
from iep_tui.core.dates import long_date
from iep_tui.i18n import _
from iep_tui.services.flows.passphrase import ensure_open
from iep_tui.services.flows.prompter import Prompter
from iep_tui.services.session import Clock
from iep_tui.store.case_store import CaseStore


async def restore_backup(prompter: Prompter, store: CaseStore, case_id: str, clock: Clock) -> tuple[str, ...]:
    """Put an earlier copy in the case's place; return the lines to show. StoreError."""
    backups = store.backups(case_id)
    if not backups:
        return (_("There is no earlier copy of this child’s answers yet."),)
    await ensure_open(prompter, store, case_id)
    saved = {f"copy-{one.number}": one.saved.astimezone(clock().tzinfo) for one in backups}
    options = tuple((name, f"{long_date(time.date())}, {time_text(time.time())}") for name, time in saved.items())
    words = _("Go back to an earlier copy of the answers? What is there now is kept as a copy too.")
    chosen = await prompter.choose(words, options)
    store.restore(case_id, int(chosen.removeprefix("copy-")))
    return (_("The answers are back to the way they were on {when}.").format(when=dict(options)[chosen]),)
