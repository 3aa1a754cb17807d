"""Transfer of a case: seal it into a bundle, or bring one in and merge it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from iep_tui.core.case_merge import AnswerConflict, AnswerKey, Side
from iep_tui.core.case_model import Case
from iep_tui.core.progress_callback import Cancelled
from iep_tui.i18n import _
from iep_tui.plain.slash_commands import TypedText
from iep_tui.plain.store_view import StoreView
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
from iep_tui.store.errors import StoreError, WrongPassphrase, unreadable_error
from iep_tui.store.merge_into_store import find_conflicts, merge_in


def hand_on(room: StoreView, words: str) -> None:
    """Seal the case that `words` mean into one file with a passphrase of its own, and ask where it goes."""
    try:
        case_id = room.store.find(words)
        if not room.opened(case_id):
            return
        case = room.store.read(case_id)
        room.say(bundle_intro())
        passphrase = _new_passphrase(room)
        if not passphrase:
            room.say(_("Nothing was written."))
            return
        data = room.run_job(lambda _step: make_bundle(case, passphrase), passphrases.making_keys_text())
    except Cancelled:
        room.say(_("Stopped. Nothing was written."))
        return
    except StoreError as error:
        room.error(str(error))
        return
    room.say(*bundle_written_lines(_written(room, data)))


def _new_passphrase(room: StoreView) -> str:
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


def _written(room: StoreView, data: bytes) -> Path:
    """Ask for a folder or a file until the bundle is there; where it is."""
    name = bundle_name(room.clock().date())
    proposal = documents_folder() / name
    while True:
        line = room.ask_line(_("Folder or file. Enter takes {path}:").format(path=proposal), path=True)
        typed = line.text.strip() if isinstance(line, TypedText) and not line.blank else str(proposal)
        try:
            return write_named(typed, data, name)
        except StoreError as error:
            room.error(str(error))


# Bringing in


def bring_in(room: StoreView, typed: str) -> bool:
    """Take in the case in a file, merged with the one that is here where there is one; whether anything was."""
    if not typed:
        line = room.ask_line(_("Name of the file. Enter alone goes back:"), path=True)
        typed = line.text.strip() if isinstance(line, TypedText) else ""
    try:
        if not typed or not room.opened(passphrases.ALL_CASES):
            return False
        case = _opened_up(room, read_incoming(typed_path(typed)))
        return case is not None and _take(room, case)
    except Cancelled:
        room.say(_("Stopped. Nothing was brought in."))
    except OSError as error:
        room.error(str(unreadable_error(error)))
    except StoreError as error:
        room.error(str(error))
    return False


def _opened_up(room: StoreView, carried: IncomingFile) -> Case | None:
    """The case in the file; None when the person has no passphrase for it. StoreError; Stopped."""
    if not carried.is_bundle:
        return room.run_job(lambda _step: carried.open(), _("The file is being read."))
    while typed := room.ask_secret(_("Passphrase of the file. It is not shown. Enter alone goes back:")):
        try:
            return _opened_by(room, carried, typed)
        except WrongPassphrase as error:
            room.error(str(error))
    return None


def _opened_by(room: StoreView, carried: IncomingFile, passphrase: str) -> Case:
    return room.run_job(lambda _step: carried.open(passphrase), passphrases.deriving_text())


def _take(room: StoreView, case: Case) -> bool:
    """Take in a case; whether it was. StoreError."""
    store, unknown = room.store, unknown_answers_text(case, room.catalogue)
    answer = "own"
    if case.id in store.ids():
        if not room.opened(case.id):
            return False
        room.say(already_here_text(store.name(case.id) or _("This child")))
        answer = room.choose(incoming_options(), _("1, 2 or 3. Enter alone goes back:"), "no")
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


def _merge(room: StoreView, copy: Case) -> None:
    """Merge a case with the one here, once it is known which answers stand. StoreError; Stopped: nothing is done."""
    store, catalogue = room.store, room.catalogue
    ours, differences = room.run_job(
        lambda _step: find_conflicts(store, copy, catalogue), _("The two are being compared.")
    )
    choices = _choices(room, ours, differences)
    merged = room.run_job(
        lambda _step: merge_in(store, copy, catalogue, lambda _ours, _differences: choices),
        _("The two are being merged."),
        whole_steps=True,
    )
    room.say(merged_text(merged))


def _choices(room: StoreView, ours: Case, differences: tuple[AnswerConflict, ...]) -> Mapping[AnswerKey, Side]:
    """Which side stays of each answer that both changed. A command that leaves, leaves before anything is merged."""
    if differences:
        room.say(conflicts_text(len(differences)))
    chosen: dict[AnswerKey, Side] = {}
    while left := differences[len(chosen) :]:
        one = conflict_sides(left[0], ours, room.catalogue, room.clock())
        room.say("", one.title)
        options = conflict_options(one, len(left))
        answer = ""
        while not answer:
            answer = room.choose(options, _("Number of what shall stand:"))
        chosen |= chosen_side(answer, left)
    return chosen
