"""Transfer of a case: seal it into a bundle, or bring one in and merge it, from the home screen."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from iep_tui.core.case_merge import AnswerKey, MergeResult, Side
from iep_tui.core.case_model import Case
from iep_tui.core.progress_callback import Cancelled, ProgressCallback
from iep_tui.i18n import _
from iep_tui.services import passphrases
from iep_tui.services.export import documents_folder
from iep_tui.services.transfer import (
    IncomingFile,
    already_here_text,
    bundle_intro,
    bundle_name,
    bundle_written_lines,
    chosen_side,
    conflict_options,
    conflict_sides,
    conflicts_left_text,
    conflicts_text,
    incoming_options,
    make_bundle,
    merged_text,
    read_incoming,
    typed_path,
    unknown_answers_text,
)
from iep_tui.store.atomic_write import write_named
from iep_tui.store.crypto.keyring import check_new_passphrase
from iep_tui.store.errors import StoreError, unreadable_error
from iep_tui.store.merge_into_store import find_conflicts, merge_in
from iep_tui.tui.flows.background_job import in_thread, run_job
from iep_tui.tui.flows.passphrase_flow import opened
from iep_tui.tui.screens.confirm_and_input_dialogs import ChoiceDialog, InputDialog
from iep_tui.tui.screens.passphrase_dialog import PassphraseDialog
from iep_tui.tui.screens.pick_dialog import PickDialog

if TYPE_CHECKING:
    from iep_tui.tui.base_app import BaseApp


# Handing on


async def hand_on(app: BaseApp, case_id: str) -> str:
    """Seal the case into one file with a passphrase of its own, and ask where it goes. StoreError."""
    if not await opened(app, case_id):
        return ""
    data = await _sealed_up(app, app.store.read(case_id))
    if data is None:
        return ""
    name = bundle_name(app.clock().date())
    words = _("Name a folder or a file, on a memory stick for example.")
    typed, say = str(documents_folder() / name), ""
    while typed := await app.push_screen_wait(InputDialog(_("Hand the whole file on"), words, _("Save"), say, typed)):
        try:
            path = write_named(typed, data, name)
        except StoreError as error:
            say = str(error)
            continue
        return "\n".join(bundle_written_lines(path))
    return _("Nothing was written.")


async def _sealed_up(app: BaseApp, case: Case) -> bytes | None:
    """The bundle, under a passphrase that is asked for twice; None when the person goes back."""
    sealed: list[bytes] = []

    async def attempt(typed: str) -> str:
        try:
            check_new_passphrase(typed)
            sealed.append(await in_thread(lambda _step: make_bundle(case, typed)))
        except StoreError as error:
            return str(error)
        return ""

    screen = PassphraseDialog(
        _("Hand the whole file on"),
        bundle_intro(),
        _("Seal it"),
        attempt,
        waiting=passphrases.making_keys_text(),
        twice=True,
    )
    return sealed[-1] if await app.push_screen_wait(screen) and sealed else None


# Bringing in


async def bring_in(app: BaseApp) -> str:
    """Ask for a file that was handed on, and take the child in it in; what to say about it at home. StoreError."""
    if not await opened(app, passphrases.ALL_CASES):
        return ""
    words = _("A file that iep-tui handed on, or all answers as JSON. Type where it is, or drag it into this window.")
    typed = say = ""
    while typed := await app.push_screen_wait(InputDialog(_("Bring in a file"), words, _("Bring in"), say, typed)):
        try:
            case = await _opened_up(app, await _read(app, typed_path(typed)))
            return "" if case is None else await _take(app, case)
        except Cancelled:
            return _("Nothing was brought in.")
        except OSError as error:
            say = str(unreadable_error(error))
        except StoreError as error:
            say = str(error)
    return ""


async def _read(app: BaseApp, path: Path) -> IncomingFile:
    return await run_job(app, lambda _step: read_incoming(path), _reading())


async def _opened_up(app: BaseApp, carried: IncomingFile) -> Case | None:
    """The case in the file, after its passphrase was asked for where it has one; None when the person goes back."""
    if not carried.is_bundle:
        return await run_job(app, lambda _step: carried.open(), _reading())
    found: list[Case] = []

    async def attempt(typed: str) -> str:
        try:
            found.append(await in_thread(lambda _step: carried.open(typed)))
        except StoreError as error:
            return str(error)
        return ""

    words = _("This file opens with the passphrase that was set when it was handed on.")
    screen = PassphraseDialog(
        _("Bring in a file"), words, _("Open"), attempt, waiting=passphrases.deriving_text(), label=_("Passphrase")
    )
    return found[-1] if await app.push_screen_wait(screen) and found else None


def _reading() -> str:
    return _("The file is being read.")


async def _take(app: BaseApp, case: Case) -> str:
    """Take in a case, merged with the one that is here where there is one; what to say about it. StoreError."""
    store, catalogue = app.store, app.library.catalogue
    unknown = unknown_answers_text(case, catalogue)
    if case.id not in store.ids():
        store.add(case)
        return "\n".join(filter(None, (_("It stands in the list now."), unknown)))
    if not await opened(app, case.id):
        return ""
    name = store.name(case.id) or _("This child")
    answer = await app.push_screen_wait(ChoiceDialog(already_here_text(name), incoming_options()))
    if answer == "own":
        store.add(case)
        return "\n".join(filter(None, (_("It stands in the list now."), unknown)))
    if answer != "merge":
        return ""
    choices = await _choices(app, case)
    if choices is None:
        return _("Nothing was merged.")

    def merge(_step: ProgressCallback) -> MergeResult:
        return merge_in(store, case, catalogue, lambda _ours, _differences: choices)

    merged = await run_job(app, merge, _("The two are being merged."), whole_steps=True)
    return "\n".join(filter(None, (merged_text(merged), unknown)))


async def _choices(app: BaseApp, copy: Case) -> Mapping[AnswerKey, Side] | None:
    """Which side stays of each answer that both changed; None when the person wants no more of it. StoreError."""
    catalogue = app.library.catalogue
    ours, differences = await run_job(
        app, lambda _step: find_conflicts(app.store, copy, catalogue), _("The two are being compared.")
    )
    chosen: dict[AnswerKey, Side] = {}
    while left := differences[len(chosen) :]:
        words = conflicts_left_text(len(left)) if chosen else conflicts_text(len(left))
        one = conflict_sides(left[0], ours, catalogue, app.clock())
        options = conflict_options(one, len(left))
        texts = tuple(text for _name, text in options)
        place = await app.push_screen_wait(PickDialog(one.title, words, texts, close=_("Merge nothing (esc)")))
        if place < 0:
            return None
        chosen |= chosen_side(options[place][0], left)
    return chosen
