"""Transfer of a case: seal it into a bundle, or bring one in and merge it, from the home screen."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from iep_tui.core.case_merge import Merged, Place, Side
from iep_tui.core.case_model import Case
from iep_tui.core.progress_callback import OnStep, Stopped
from iep_tui.i18n import _
from iep_tui.services import passphrases
from iep_tui.services.export import documents_folder
from iep_tui.services.transfer import (
    Carried,
    bundle_name,
    bundled_words,
    chosen_side,
    differing_words,
    handing_on_words,
    here_already_words,
    left_words,
    merged_words,
    read_carried,
    seal_up,
    side_options,
    sides,
    taking_options,
    typed_path,
    unknown_words,
)
from iep_tui.store.atomic_write import write_named
from iep_tui.store.crypto.keyring import check_new_passphrase
from iep_tui.store.errors import StoreError, unreadable
from iep_tui.store.merge_into_store import compare, merge_in
from iep_tui.tui.flows.background_job import at_length, beside
from iep_tui.tui.flows.passphrase_flow import opened
from iep_tui.tui.screens.confirm_and_input_dialogs import AskScreen, TypeScreen
from iep_tui.tui.screens.passphrase_dialog import SecretScreen
from iep_tui.tui.screens.pick_dialog import PickScreen

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
    while typed := await app.push_screen_wait(TypeScreen(_("Hand the whole file on"), words, _("Save"), say, typed)):
        try:
            path = write_named(typed, data, name)
        except StoreError as error:
            say = str(error)
            continue
        return "\n".join(bundled_words(path))
    return _("Nothing was written.")


async def _sealed_up(app: BaseApp, case: Case) -> bytes | None:
    """The bundle, under a passphrase that is asked for twice; None when the person goes back."""
    sealed: list[bytes] = []

    async def attempt(typed: str) -> str:
        try:
            check_new_passphrase(typed)
            sealed.append(await beside(lambda _step: seal_up(case, typed)))
        except StoreError as error:
            return str(error)
        return ""

    screen = SecretScreen(
        _("Hand the whole file on"),
        handing_on_words(),
        _("Seal it"),
        attempt,
        waiting=passphrases.making_words(),
        twice=True,
    )
    return sealed[-1] if await app.push_screen_wait(screen) and sealed else None


# Bringing in


async def bring_in(app: BaseApp) -> str:
    """Ask for a file that was handed on, and take the child in it in; what to say about it at home. StoreError."""
    if not await opened(app, passphrases.ALL):
        return ""
    words = _("A file that iep-tui handed on, or all answers as JSON. Type where it is, or drag it into this window.")
    typed = say = ""
    while typed := await app.push_screen_wait(TypeScreen(_("Bring in a file"), words, _("Bring in"), say, typed)):
        try:
            case = await _opened_up(app, await _read(app, typed_path(typed)))
            return "" if case is None else await _take(app, case)
        except Stopped:
            return _("Nothing was brought in.")
        except OSError as error:
            say = str(unreadable(error))
        except StoreError as error:
            say = str(error)
    return ""


async def _read(app: BaseApp, path: Path) -> Carried:
    return await at_length(app, lambda _step: read_carried(path), _reading())


async def _opened_up(app: BaseApp, carried: Carried) -> Case | None:
    """The case in the file, after its passphrase was asked for where it has one; None when the person goes back."""
    if not carried.is_bundle:
        return await at_length(app, lambda _step: carried.open(), _reading())
    found: list[Case] = []

    async def attempt(typed: str) -> str:
        try:
            found.append(await beside(lambda _step: carried.open(typed)))
        except StoreError as error:
            return str(error)
        return ""

    words = _("This file opens with the passphrase that was set when it was handed on.")
    screen = SecretScreen(
        _("Bring in a file"), words, _("Open"), attempt, waiting=passphrases.deriving_words(), label=_("Passphrase")
    )
    return found[-1] if await app.push_screen_wait(screen) and found else None


def _reading() -> str:
    return _("The file is being read.")


async def _take(app: BaseApp, case: Case) -> str:
    """Take in a case, merged with the one that is here where there is one; what to say about it. StoreError."""
    store, catalogue = app.store, app.library.catalogue
    unknown = unknown_words(case, catalogue)
    if case.id not in store.ids():
        store.add(case)
        return "\n".join(filter(None, (_("It stands in the list now."), unknown)))
    if not await opened(app, case.id):
        return ""
    name = store.name(case.id) or _("This child")
    answer = await app.push_screen_wait(AskScreen(here_already_words(name), taking_options()))
    if answer == "own":
        store.add(case)
        return "\n".join(filter(None, (_("It stands in the list now."), unknown)))
    if answer != "merge":
        return ""
    choices = await _choices(app, case)
    if choices is None:
        return _("Nothing was merged.")

    def merge(_step: OnStep) -> Merged:
        return merge_in(store, case, catalogue, lambda _ours, _differences: choices)

    merged = await at_length(app, merge, _("The two are being merged."), whole_steps=True)
    return "\n".join(filter(None, (merged_words(merged), unknown)))


async def _choices(app: BaseApp, copy: Case) -> Mapping[Place, Side] | None:
    """Which side stays of each answer that both changed; None when the person wants no more of it. StoreError."""
    catalogue = app.library.catalogue
    ours, differences = await at_length(
        app, lambda _step: compare(app.store, copy, catalogue), _("The two are being compared.")
    )
    chosen: dict[Place, Side] = {}
    while left := differences[len(chosen) :]:
        words = left_words(len(left)) if chosen else differing_words(len(left))
        one = sides(left[0], ours, catalogue, app.clock())
        options = side_options(one, len(left))
        texts = tuple(text for _name, text in options)
        place = await app.push_screen_wait(PickScreen(one.title, words, texts, close=_("Merge nothing (esc)")))
        if place < 0:
            return None
        chosen |= chosen_side(options[place][0], left)
    return chosen
