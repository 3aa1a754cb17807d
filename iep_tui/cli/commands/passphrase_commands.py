"""Passphrase commands: seal, unseal, passphrase."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from iep_tui.cli import passphrase_prompt
from iep_tui.cli.commands.command_helpers import AT_FAULT, DONE, Fault, find_case, on_one_line
from iep_tui.core.progress_callback import OnStep, Stopped
from iep_tui.i18n import _
from iep_tui.services import passphrases
from iep_tui.services.jobs import to_terminal, wait_for
from iep_tui.store.case_store import Store
from iep_tui.store.crypto.keyring import check_new_passphrase
from iep_tui.store.crypto.passphrase_changes import Report
from iep_tui.store.data_paths import data_folder
from iep_tui.store.errors import Missing, StoreError

if TYPE_CHECKING:
    import argparse

_TRIES = 3


def seal(options: argparse.Namespace) -> int:
    """iep-tui seal CASE | --all."""
    store = Store(data_folder())
    case_id = _case(store, options)
    everyone = passphrases.ring_of(store, passphrases.ALL)
    if case_id and store.sealing.seal_of(case_id) is not None:
        raise Fault(_("This case is sealed already. iep-tui passphrase changes its passphrase."))
    if everyone is not None:
        # A case that is in clear beside a passphrase for all goes under that one; --all takes up what was left.
        _unlock(store, passphrases.ALL, options)
        report = _at_length(lambda step: passphrases.seal(store, case_id, everyone, step), passphrases.sealing_words())
        return _told(report, passphrases.sealed_words)
    for line in passphrases.before_sealing(every=not case_id):
        print(line, file=sys.stderr)
    words = _new_passphrase(options.passphrase_file)
    made = wait_for(lambda _step: passphrases.make(store, words), passphrases.making_words(), to_terminal)
    _hand_over(made.recovery_key, by_hand=options.passphrase_file is None)
    report = _at_length(lambda step: passphrases.seal(store, case_id, made.ring, step), passphrases.sealing_words())
    return _told(report, passphrases.sealed_words)


def unseal(options: argparse.Namespace) -> int:
    """iep-tui unseal CASE | --all."""
    store = Store(data_folder())
    case_id = _case(store, options)
    if passphrases.ring_of(store, case_id) is None and not store.sealing.unfinished():
        raise Fault(_("Nothing is sealed here."))
    _unlock(store, case_id, options)
    report = _at_length(lambda step: passphrases.unseal(store, case_id, step), passphrases.unsealing_words())
    return _told(report, passphrases.unsealed_words)


def passphrase(options: argparse.Namespace) -> int:
    """iep-tui passphrase CASE | --all."""
    store = Store(data_folder())
    case_id = _case(store, options)
    if passphrases.ring_of(store, case_id) is None:
        raise Fault(_("Nothing is sealed here. iep-tui seal sets a passphrase."))
    by_hand = options.passphrase_file is None
    if by_hand != (options.new_passphrase_file is None):
        raise Fault(_("Give both --passphrase-file and --new-passphrase-file, or neither."))
    _unlock(store, case_id, options)
    if case_id and passphrases.is_under_all(store, case_id):
        print(_("This is the passphrase for all cases. It changes for all of them."), file=sys.stderr)
    words, renew = _new_passphrase(options.new_passphrase_file), options.new_recovery_key
    made = wait_for(
        lambda _step: passphrases.remake(store, case_id, words, renew=renew), passphrases.making_words(), to_terminal
    )
    if made.recovery_key:
        _hand_over(made.recovery_key, by_hand=by_hand)
    report = _at_length(lambda step: passphrases.change(store, case_id, made.ring, step), passphrases.changing_words())
    return _told(report, passphrases.changed_words)


def _case(store: Store, options: argparse.Namespace) -> str:
    """The id of the case that was named; "" for all."""
    if bool(options.case) == bool(options.all):
        raise Fault(_("Say which case, or --all."))
    return find_case(store, options.case) if options.case else passphrases.ALL


def _unlock(store: Store, case_id: str, options: argparse.Namespace) -> None:
    """Give the passphrase that is there now, from the file or by hand; end what was killed half way. StoreError."""
    if options.passphrase_file is not None:
        passphrase_prompt.unlock(store, passphrase_prompt.from_file(options.passphrase_file), case_id)
        passphrase_prompt.finish(store)
    else:
        passphrase_prompt.ask_for(store, case_id)


def _new_passphrase(name: str | None) -> str:
    """A passphrase that can be set: from the file, or typed twice. StoreError."""
    if name is not None:
        words = passphrase_prompt.from_file(name)
        check_new_passphrase(words)
        return words
    if not passphrase_prompt.is_at_terminal():
        raise Missing(_("This needs a passphrase. Give it with --passphrase-file FILE, or - for standard input."))
    for left in range(_TRIES - 1, -1, -1):
        words = passphrase_prompt.typed(_("New passphrase (it is not shown): "))
        try:
            check_new_passphrase(words)
            if passphrase_prompt.typed(_("The same once more: ")) != words:
                raise StoreError(_("The two are not the same. Nothing was changed."))
        except StoreError as error:
            if not left:
                raise
            print(f"iep-tui: {error}", file=sys.stderr)
        else:
            return words
    raise AssertionError("the last try raises")


def _hand_over(recovery_key: str, *, by_hand: bool) -> None:
    """Show the recovery key this once; a person types its end back before anything is sealed. StoreError."""
    if not by_hand:
        print(recovery_key)
        return
    for line in (*passphrases.recovery_words(), "", f"    {recovery_key}", ""):
        print(line, file=sys.stderr)
    for left in range(_TRIES - 1, -1, -1):
        print(_("When it is on paper, type its last five characters: "), end="", file=sys.stderr, flush=True)
        typed = sys.stdin.readline()
        if not typed:
            break
        if passphrases.is_last_group(recovery_key, typed.strip()):
            return
        if left:
            print("iep-tui: " + _("That is not its end. Please look at your paper."), file=sys.stderr)
    raise StoreError(_("The recovery key was not confirmed. Nothing was changed."))


def _at_length(act: Callable[[OnStep], Report], words: str) -> Report:
    """Change one case or all. Stopped between two of them, with what becomes of the rest."""
    try:
        return wait_for(act, words, to_terminal, counted=passphrases.counted_words(), whole_steps=True)
    except Stopped:
        raise Stopped(passphrases.stopped_words()) from None


def _told(report: Report, words: Callable[[Report], Iterable[str]]) -> int:
    for line in words(report):
        print(on_one_line(line), file=sys.stderr)
    return AT_FAULT if report.left else DONE
