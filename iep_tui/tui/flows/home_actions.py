"""Dialogs over the home screen: a child's file, a file from elsewhere, and the passphrase of a sealed case."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TYPE_CHECKING

from iep_tui.core.progress_callback import Cancelled
from iep_tui.services.flows import passphrase
from iep_tui.services.flows.case_actions import CaseFiles, choose_action
from iep_tui.services.flows.import_flow import bring_in
from iep_tui.services.flows.restore import restore_backup
from iep_tui.store.errors import StoreError
from iep_tui.tui.flows.textual_prompter import TextualPrompter

if TYPE_CHECKING:
    from iep_tui.tui.flows.hosts import HomeHost


async def run_home_action(host: HomeHost, act: str, case_id: str) -> str:
    """Run the dialog that was asked for at home ("care", "earlier" or "bring"); return the lines to show there."""
    prompter = TextualPrompter(host)
    files = CaseFiles(host.store, host.library.catalogue, host.clock, host.settings)
    if act == "bring":
        return await _finish(host, bring_in(prompter, files.store, files.catalogue, files.clock))
    if act == "earlier":
        return await _finish(host, restore_backup(prompter, files.store, case_id, files.clock))
    return await _finish(host, choose_action(prompter, files, case_id))


async def _finish(host: HomeHost, flow: Awaitable[tuple[str, ...]]) -> str:
    try:
        return "\n".join(await flow)
    except (Cancelled, StoreError) as outcome:
        return str(outcome)
    finally:
        host.watch_idle()  # a passphrase may have been typed, or the minutes changed


async def unlock(host: HomeHost, case_id: str, words: str) -> bool:
    """Ask for the passphrase of a case ("" for new ones); False when the person goes back."""
    prompter = TextualPrompter(host)
    try:
        await passphrase.unlock(prompter, host.store, case_id, words)
    except Cancelled:
        return False
    except StoreError as error:  # it is open, and only an interrupted change was not finished
        await prompter.tell(str(error))
    finally:
        host.watch_idle()
    return True
