"""Transfer of a case: seal it into a bundle, or bring one in and merge it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from iep_tui.core.case_merge import Difference, Place, Side
from iep_tui.core.case_model import Case
from iep_tui.core.progress_callback import Stopped
from iep_tui.i18n import _
from iep_tui.plain.slash_commands import Words
from iep_tui.plain.store_view import StoreRoom
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
from iep_tui.store.errors import StoreError, WrongPassphrase, unreadable
from iep_tui.store.merge_into_store import compare, merge_in


def hand_on(room: StoreRoom, words: str) -> None:
    """Seal the case that `words` mean into one file with a passphrase of its own, and ask where it goes."""
    try:
        case_id = room.store.find(words)
        if not room.opened(case_id):
            return
        case = room.store.read(case_id)
        room.say(handing_on_words())
        passphrase = _new_passphrase(room)
        if not passphrase:
            room.say(_("Nothing was written."))
            return
        data = room.at_length(lambda _step: seal_up(case, passphrase), passphrases.making_words())
    except Stopped:
        room.say(_("Stopped. Nothing was written."))
        return
    except StoreError as error:
        room.error(str(error))
        return
    room.say(*bundled_words(_written(room, data)))


def _new_passphrase(room: StoreRoom) -> str:
    """A passphrase that was typed twice; "" when the person goes back."""
    while typed := room.ask_secret(_("Passphrase of the file. It is not shown. Enter alone goes back:")):
        try:
            check_new_passphrase(typed)
        except StoreError as error:
            room.error(str(error))
            continue
        if room.ask_secret(_("The same once more:")) == typed:
            return typed
        room.error(_("The two are not the same."))
    return ""


def _written(room: StoreRoom, data: bytes) -> Path:
    """Ask for a folder or a file until the bundle is there; where it is."""
    name = bundle_name(room.clock().date())
    proposal = documents_folder() / name
    while True:
        line = room.ask_line(_("Folder or file. Enter takes {path}:").format(path=proposal), path=True)
        typed = line.text.strip() if isinstance(line, Words) and not line.blank else str(proposal)
        try:
            return write_named(typed, data, name)
        except StoreError as error:
            room.error(str(error))


# Bringing in


def bring_in(room: StoreRoom, typed: str) -> bool:
    """Take in the case in a file, merged with the one that is here where there is one; whether anything was."""
    if not typed:
        line = room.ask_line(_("Name of the file. Enter alone goes back:"), path=True)
        typed = line.text.strip() if isinstance(line, Words) else ""
    try:
        if not typed or not room.opened(passphrases.ALL):
            return False
        case = _opened_up(room, read_carried(typed_path(typed)))
        return case is not None and _take(room, case)
    except Stopped:
        room.say(_("Stopped. Nothing was brought in."))
    except OSError as error:
        room.error(str(unreadable(error)))
    except StoreError as error:
        room.error(str(error))
    return False


def _opened_up(room: StoreRoom, carried: Carried) -> Case | None:
    """The case in the file; None when the person has no passphrase for it. StoreError; Stopped."""
    if not carried.is_bundle:
        return room.at_length(lambda _step: carried.open(), _("The file is being read."))
    while typed := room.ask_secret(_("Passphrase of the file. It is not shown. Enter alone goes back:")):
        try:
            return _opened_by(room, carried, typed)
        except WrongPassphrase as error:
            room.error(str(error))
    return None


def _opened_by(room: StoreRoom, carried: Carried, passphrase: str) -> Case:
    return room.at_length(lambda _step: carried.open(passphrase), passphrases.deriving_words())


def _take(room: StoreRoom, case: Case) -> bool:
    """Take in a case; whether it was. StoreError."""
    store, unknown = room.store, unknown_words(case, room.catalogue)
    answer = "own"
    if case.id in store.ids():
        if not room.opened(case.id):
            return False
        room.say(here_already_words(store.name(case.id) or _("This child")))
        answer = room.choose(taking_options(), _("1, 2 or 3. Enter alone goes back:"), "no")
    if answer == "own":
        store.add(case)
        room.say(_("It stands in the list now."))
    elif answer == "merge":
        _merge(room, case)
    else:
        return False
    if unknown:
        room.say(unknown)
    return True


def _merge(room: StoreRoom, copy: Case) -> None:
    """Merge a case with the one here, once it is known which answers stand. StoreError; Stopped: nothing is done."""
    store, catalogue = room.store, room.catalogue
    ours, differences = room.at_length(lambda _step: compare(store, copy, catalogue), _("The two are being compared."))
    choices = _choices(room, ours, differences)
    merged = room.at_length(
        lambda _step: merge_in(store, copy, catalogue, lambda _ours, _differences: choices),
        _("The two are being merged."),
        whole_steps=True,
    )
    room.say(merged_words(merged))


def _choices(room: StoreRoom, ours: Case, differences: tuple[Difference, ...]) -> Mapping[Place, Side]:
    """Which side stays of each answer that both changed. A command that leaves, leaves before anything is merged."""
    if differences:
        room.say(differing_words(len(differences)))
    chosen: dict[Place, Side] = {}
    while left := differences[len(chosen) :]:
        one = sides(left[0], ours, room.catalogue, room.clock())
        room.say("", one.title)
        options = side_options(one, len(left))
        answer = ""
        while not answer:
            answer = room.choose(options, _("Number of what shall stand:"))
        chosen |= chosen_side(answer, left)
    return chosen
