"""Menu of a case on the home screen, and the steps of each entry."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import msgspec

from iep_tui.core.dates import clock, long_date
from iep_tui.i18n import N_, _
from iep_tui.services.folder_notices import take_in_copy
from iep_tui.services.removal import matches_case, removal_warning, removed_text, text_to_type
from iep_tui.tui.flows.passphrase_flow import change_it, is_in_clear, is_sealed, lock_after, opened, seal_it, unseal_it
from iep_tui.tui.flows.transfer_flow import bring_in, hand_on
from iep_tui.tui.screens.confirm_and_input_dialogs import ChoiceDialog, InputDialog

if TYPE_CHECKING:
    from iep_tui.tui.base_app import BaseApp


class CaseAction(msgspec.Struct, frozen=True):
    """One entry of the menu. `act` takes the program and the case's id, asks what it must, and gives back what to say
    at home ("" for nothing); it runs in the program's own walk, so it may wait for screens, and may raise StoreError.
    `shown` says whether the entry has a sense for this case now."""

    name: str
    label: str
    act: Callable[[BaseApp, str], Awaitable[str]]
    shown: Callable[[BaseApp, str], bool] = lambda _app, _case_id: True


async def choose_action(app: BaseApp, case_id: str) -> str:
    """Ask what to do with the case and do it; what to say about it at home. StoreError."""
    entries = [one for one in CASE_ACTIONS if one.shown(app, case_id)]
    answers = (("no", _("Back")), *((one.name, _(one.label)) for one in entries))
    words = _("What should happen with the answers of {name}?").format(name=_called(app, case_id))
    answer = await app.push_screen_wait(ChoiceDialog(words, answers))
    for one in entries:
        if one.name == answer:
            return await one.act(app, case_id)
    return ""


async def restore_backup(app: BaseApp, case_id: str) -> str:
    """Ask for an earlier copy of a case and put it in the case's place."""
    copies = app.store.backups(case_id)
    if not copies:
        return _("There is no earlier copy of this child’s answers yet.")
    if not await opened(app, case_id):
        return ""
    words = _("Go back to an earlier copy of the answers? What is there now is kept as a copy too.")
    zone = app.clock().tzinfo
    times = {f"copy-{one.number}": one.saved.astimezone(zone) for one in copies}
    answers = (
        ("no", _("Not now")),
        *((name, f"{long_date(time.date())}, {clock(time.time())}") for name, time in times.items()),
    )
    answer = await app.push_screen_wait(ChoiceDialog(words, answers))
    if answer not in times:
        return ""
    app.store.restore(case_id, copies[list(times).index(answer)].number)
    return _("The answers are again as they were on {when}.").format(when=dict(answers)[answer])


async def run_home_action(app: BaseApp, act: str, case_id: str) -> str:
    """What home asks for that is done over it: `act` is "care", "earlier" or "bring". What to say there. StoreError."""
    if act == "bring":
        return await bring_in(app)
    return await (restore_backup if act == "earlier" else choose_action)(app, case_id)


def _has_copies(app: BaseApp, case_id: str) -> bool:
    return bool(app.store.copies(case_id))


async def take_in_sync_copy(app: BaseApp, case_id: str) -> str:
    """Take in what a sync left beside the case, as a case of its own, to look at and compare."""
    copies = app.store.copies(case_id)
    words = _("A sync has put these beside the answers. The one you choose becomes a child of its own in the list.")
    answers = (("no", _("Not now")), *((f"copy-{number}", path.name) for number, path in enumerate(copies)))
    answer = await app.push_screen_wait(ChoiceDialog(words, answers))
    for number, path in enumerate(copies):
        if answer == f"copy-{number}":
            take_in_copy(app.store, case_id, path, app.clock())
            return _("It stands in the list now. The answers that were here already are as they were.")
    return ""


async def remove_case(app: BaseApp, case_id: str) -> str:
    """Remove the case with everything kept beside it, once the child's name (or the id) has been typed."""
    wanted = _("To remove it, type: {wanted}").format(wanted=text_to_type(app.store, case_id))
    words = "\n".join((*removal_warning(app.store, case_id), wanted))
    say = ""
    while typed := await app.push_screen_wait(InputDialog(_("Remove from this computer"), words, _("Remove"), say)):
        if matches_case(app.store, case_id, typed):
            app.store.remove(case_id)
            return removed_text()
        say = _("This is something else. Nothing was removed.")
    return ""


def _called(app: BaseApp, case_id: str) -> str:
    return app.store.name(case_id) or _("this child")


#: The menu, in its order. What cannot be taken back stands last.
CASE_ACTIONS: tuple[CaseAction, ...] = (
    CaseAction("earlier", N_("Go back to an earlier copy"), restore_backup),
    CaseAction("hand-on", N_("Hand the whole file on, sealed"), hand_on),
    CaseAction("seal", N_("Set a passphrase"), seal_it, is_in_clear),
    CaseAction("passphrase", N_("Change the passphrase"), change_it, is_sealed),
    CaseAction("unseal", N_("Take the passphrase off"), unseal_it, is_sealed),
    CaseAction("lock-after", N_("Lock by itself after some minutes"), lock_after, is_sealed),
    CaseAction("take-in", N_("Look at what a sync left"), take_in_sync_copy, _has_copies),
    CaseAction("remove", N_("Remove from this computer"), remove_case),
)
