"""Actions on a child's file: one list for the menu of the screens and for the line-by-line commands."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import msgspec

from iep_tui.core.question_model import Catalogue
from iep_tui.i18n import N_, _
from iep_tui.services import passphrases
from iep_tui.services.actions import line_command
from iep_tui.services.flows import passphrase
from iep_tui.services.flows.bundle_flow import bundle_case
from iep_tui.services.flows.prompter import Prompter
from iep_tui.services.flows.removal_flow import remove_case
from iep_tui.services.flows.restore import restore_backup
from iep_tui.services.flows.sync_copies import take_in_sync_copy
from iep_tui.services.session import Clock
from iep_tui.store.case_store import CaseStore
from iep_tui.store.settings import Settings


class CaseFiles(msgspec.Struct, frozen=True):
    """Everything an action on a child's file needs."""

    store: CaseStore
    catalogue: Catalogue
    clock: Clock
    settings: Settings


Lines = tuple[str, ...]


class CaseAction(msgspec.Struct, frozen=True):
    """One entry of the menu. `act` returns the lines to show and may raise Cancelled and StoreError.

    `applies` tells whether the entry makes sense for a case now.
    """

    name: str
    label: str
    act: Callable[[Prompter, CaseFiles, str], Awaitable[Lines]]
    applies: Callable[[CaseStore, str], bool] = lambda _store, _case_id: True

    @property
    def slash(self) -> str:
        """The line-by-line command that offers it."""
        return line_command(f"menu:{self.name}")


async def choose_action(prompter: Prompter, files: CaseFiles, case_id: str, slash: str = "") -> Lines:
    """Ask what to do with a child's file and do it; return the lines to show.

    `slash` limits the choice to that command's actions; if there is only one, it runs without asking.
    Raises StoreError.
    """
    actions = [action for action in CASE_ACTIONS if slash in ("", action.slash)]
    if len(actions) > 1:
        actions = [action for action in actions if action.applies(files.store, case_id)]
    if slash and len(actions) == 1:
        [chosen] = actions
    else:
        words = _("What should happen with the answers of {name}?").format(
            name=files.store.name(case_id) or _("this child")
        )
        options = tuple((action.name, _(action.label)) for action in actions)
        name = await prompter.choose(words, options, back=_("Back"))
        [chosen] = [action for action in actions if action.name == name]
    return await chosen.act(prompter, files, case_id)


def _is_clear(store: CaseStore, case_id: str) -> bool:
    return not passphrase.is_sealed(store, case_id)


async def _restore(prompter: Prompter, files: CaseFiles, case_id: str) -> Lines:
    return await restore_backup(prompter, files.store, case_id, files.clock)


async def _bundle(prompter: Prompter, files: CaseFiles, case_id: str) -> Lines:
    return await bundle_case(prompter, files.store, case_id, files.clock().date())


async def _set_passphrase(prompter: Prompter, files: CaseFiles, case_id: str) -> Lines:
    return passphrases.sealed_lines(await passphrase.set_passphrase(prompter, files.store, case_id))


async def _change_passphrase(prompter: Prompter, files: CaseFiles, case_id: str) -> Lines:
    return passphrases.changed_lines(await passphrase.change_passphrase(prompter, files.store, case_id))


async def _remove_passphrase(prompter: Prompter, files: CaseFiles, case_id: str) -> Lines:
    return passphrases.unsealed_lines(await passphrase.remove_passphrase(prompter, files.store, case_id))


async def _lock_after(prompter: Prompter, files: CaseFiles, case_id: str) -> Lines:
    await passphrase.choose_lock_minutes(prompter, files.settings)
    return ()


async def _sync_copies(prompter: Prompter, files: CaseFiles, case_id: str) -> Lines:
    return await take_in_sync_copy(prompter, files.store, case_id, files.catalogue, files.clock)


async def _remove(prompter: Prompter, files: CaseFiles, case_id: str) -> Lines:
    return await remove_case(prompter, files.store, case_id)


#: The menu in its order; what cannot be undone comes last.
CASE_ACTIONS: tuple[CaseAction, ...] = (
    CaseAction("earlier", N_("Go back to an earlier copy"), _restore),
    CaseAction("hand-on", N_("Hand the whole file on, sealed"), _bundle),
    CaseAction("seal", N_("Set a passphrase"), _set_passphrase, _is_clear),
    CaseAction("passphrase", N_("Change the passphrase"), _change_passphrase, passphrase.is_sealed),
    CaseAction("unseal", N_("Take the passphrase off"), _remove_passphrase, passphrase.is_sealed),
    CaseAction("lock-after", N_("Lock by itself after some minutes"), _lock_after, passphrase.is_sealed),
    CaseAction(
        "take-in",
        N_("Add a version left by your file-sync service"),
        _sync_copies,
        lambda store, case_id: bool(store.copies(case_id)),
    ),
    CaseAction("remove", N_("Remove from this computer"), _remove),
)
