"""Passphrase commands: seal, unseal, passphrase."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from iep_tui.cli import passphrase_prompt
from iep_tui.cli.commands.command_helpers import EXIT_FAILURE, EXIT_OK, CommandError, find_case, on_one_line
from iep_tui.core.progress_callback import Cancelled, ProgressCallback
from iep_tui.i18n import _
from iep_tui.services import passphrases
from iep_tui.services.jobs import print_progress, run_with_progress
from iep_tui.store.case_store import CaseStore
from iep_tui.store.crypto.keyring import check_new_passphrase
from iep_tui.store.crypto.passphrase_changes import SealingReport
from iep_tui.store.data_paths import data_folder
from iep_tui.store.errors import CaseMissing, StoreError

if TYPE_CHECKING:
    import argparse

_TRIES = 3


def seal(options: argparse.Namespace) -> int:
    """iep-tui seal CASE | --all."""
    store = CaseStore(data_folder())
    case_id = _case(store, options)
    everyone = passphrases.ring_of(store, passphrases.ALL_CASES)
    if case_id and store.sealing.seal_of(case_id) is not None:
        raise CommandError(_("This case is sealed already. iep-tui passphrase changes its passphrase."))
    if everyone is not None:
        # A case that is in clear beside a passphrase for all goes under that one; --all takes up what was left.
        _unlock(store, passphrases.ALL_CASES, options)
        report = _at_length(
            lambda step: passphrases.seal_cases(store, case_id, everyone, step), passphrases.sealing_text()
        )
        return _told(report, passphrases.sealed_lines)
    for line in passphrases.before_sealing(every=not case_id):
        print(line, file=sys.stderr)
    words = _new_passphrase(options.passphrase_file)
    made = run_with_progress(
        lambda _step: passphrases.new_keyring(store, words), passphrases.making_keys_text(), print_progress
    )
    _hand_over(made.recovery_key, by_hand=options.passphrase_file is None)
    report = _at_length(
        lambda step: passphrases.seal_cases(store, case_id, made.ring, step), passphrases.sealing_text()
    )
    return _told(report, passphrases.sealed_lines)


def unseal(options: argparse.Namespace) -> int:
    """iep-tui unseal CASE | --all."""
    store = CaseStore(data_folder())
    case_id = _case(store, options)
    if passphrases.ring_of(store, case_id) is None and not store.sealing.unfinished():
        raise CommandError(_("Nothing is sealed here."))
    _unlock(store, case_id, options)
    report = _at_length(lambda step: passphrases.unseal_cases(store, case_id, step), passphrases.unsealing_text())
    return _told(report, passphrases.unsealed_lines)


def passphrase(options: argparse.Namespace) -> int:
    """iep-tui passphrase CASE | --all."""
    store = CaseStore(data_folder())
    case_id = _case(store, options)
    if passphrases.ring_of(store, case_id) is None:
        raise CommandError(_("Nothing is sealed here. iep-tui seal sets a passphrase."))
    by_hand = options.passphrase_file is None
    if by_hand != (options.new_passphrase_file is None):
        raise CommandError(_("Give both --passphrase-file and --new-passphrase-file, or neither."))
    _unlock(store, case_id, options)
    if case_id and passphrases.is_under_all(store, case_id):
        print(_("This is the passphrase for all cases. It changes for all of them."), file=sys.stderr)
    words, renew = _new_passphrase(options.new_passphrase_file), options.new_recovery_key
    made = run_with_progress(
        lambda _step: passphrases.changed_keyring(store, case_id, words, renew=renew),
        passphrases.making_keys_text(),
        print_progress,
    )
    if made.recovery_key:
        _hand_over(made.recovery_key, by_hand=by_hand)
    report = _at_length(
        lambda step: passphrases.change_passphrase(store, case_id, made.ring, step), passphrases.changing_text()
    )
    return _told(report, passphrases.changed_lines)


def _case(store: CaseStore, options: argparse.Namespace) -> str:
    """The id of the case that was named; "" for all."""
    if bool(options.case) == bool(options.all):
        raise CommandError(_("Say which case, or --all."))
    return find_case(store, options.case) if options.case else passphrases.ALL_CASES


def _unlock(store: CaseStore, case_id: str, options: argparse.Namespace) -> None:
    """Give the passphrase that is there now, from the file or by hand; end what was killed half way. StoreError."""
    if options.passphrase_file is not None:
        passphrase_prompt.unlock(store, passphrase_prompt.read_passphrase_file(options.passphrase_file), case_id)
        passphrase_prompt.finish_interrupted_change(store)
    else:
        passphrase_prompt.prompt_and_unlock(store, case_id)


def _new_passphrase(name: str | None) -> str:
    """A passphrase that can be set: from the file, or typed twice. StoreError."""
    if name is not None:
        words = passphrase_prompt.read_passphrase_file(name)
        check_new_passphrase(words)
        return words
    if not passphrase_prompt.is_at_terminal():
        raise CaseMissing(_("This needs a passphrase. Give it with --passphrase-file FILE, or - for standard input."))
    for left in range(_TRIES - 1, -1, -1):
        words = passphrase_prompt.prompt_hidden(_("New passphrase (it is not shown): "))
        try:
            check_new_passphrase(words)
            if passphrase_prompt.prompt_hidden(_("The same once more: ")) != words:
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
    for line in (*passphrases.recovery_key_lines(), "", f"    {recovery_key}", ""):
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


def _at_length(act: Callable[[ProgressCallback], SealingReport], words: str) -> SealingReport:
    """Change one case or all. Stopped between two of them, with what becomes of the rest."""
    try:
        return run_with_progress(act, words, print_progress, counted=passphrases.counted_text(), whole_steps=True)
    except Cancelled:
        raise Cancelled(passphrases.stopped_text()) from None


def _told(report: SealingReport, words: Callable[[SealingReport], Iterable[str]]) -> int:
    for line in words(report):
        print(on_one_line(line), file=sys.stderr)
    return EXIT_FAILURE if report.left else EXIT_OK
