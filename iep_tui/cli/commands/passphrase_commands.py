"""Passphrase commands: seal, unseal, passphrase."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from iep_tui.cli.commands.command_helpers import EXIT_FAILURE, EXIT_OK, CommandError, find_case
from iep_tui.cli.terminal_prompter import TerminalPrompter, run_flow
from iep_tui.cli.unlocked_store import unlock
from iep_tui.core.text_sanitizer import on_one_line
from iep_tui.i18n import _
from iep_tui.services import passphrases
from iep_tui.services.flows import passphrase as flows
from iep_tui.services.flows.prompter import Prompter
from iep_tui.store.case_store import CaseStore
from iep_tui.store.crypto.passphrase_changes import SealingReport
from iep_tui.store.data_paths import data_folder

if TYPE_CHECKING:
    import argparse


def seal(options: argparse.Namespace) -> int:
    """iep-tui seal CASE | --all."""
    store = CaseStore(data_folder())
    case_id = _case_id(store, options)
    if case_id and flows.is_sealed(store, case_id):
        raise CommandError(_("This child is sealed already. iep-tui passphrase changes the passphrase."))
    file = options.passphrase_file
    if passphrases.ring_of(store, passphrases.ALL_CASES) is not None:
        unlock(store, passphrases.ALL_CASES, file)
    flow = flows.set_passphrase(
        TerminalPrompter(passphrase_file=file, new_passphrase_file=file),
        store,
        case_id,
        "one" if case_id else "all",
        _print_recovery_key if file is not None else flows.confirm_recovery_key,
    )
    return _print_report(run_flow(flow), passphrases.sealed_lines)


def unseal(options: argparse.Namespace) -> int:
    """iep-tui unseal CASE | --all."""
    store = CaseStore(data_folder())
    case_id = _case_id(store, options)
    if passphrases.ring_of(store, case_id) is None and not store.sealing.unfinished():
        raise CommandError(_("Nothing is sealed here."))
    unlock(store, case_id, options.passphrase_file)
    prompter = TerminalPrompter(passphrase_file=options.passphrase_file)
    report = run_flow(flows.unseal_files(prompter, store, case_id))
    return _print_report(report, passphrases.unsealed_lines)


def passphrase(options: argparse.Namespace) -> int:
    """iep-tui passphrase CASE | --all."""
    store = CaseStore(data_folder())
    case_id = _case_id(store, options)
    if passphrases.ring_of(store, case_id) is None:
        raise CommandError(_("Nothing is sealed here. iep-tui seal sets a passphrase."))
    by_hand = options.passphrase_file is None
    if by_hand != (options.new_passphrase_file is None):
        raise CommandError(_("Give both --passphrase-file and --new-passphrase-file, or neither."))
    unlock(store, case_id, options.passphrase_file)
    if case_id and passphrases.is_under_all(store, case_id):
        print(flows.for_all_text(), file=sys.stderr)
    flow = flows.replace_passphrase(
        TerminalPrompter(new_passphrase_file=options.new_passphrase_file),
        store,
        case_id,
        renew=options.new_recovery_key,
        hand_over=flows.confirm_recovery_key if by_hand else _print_recovery_key,
    )
    return _print_report(run_flow(flow), passphrases.changed_lines)


async def _print_recovery_key(_prompter: Prompter, recovery_key: str) -> None:
    print(recovery_key)


def _case_id(store: CaseStore, options: argparse.Namespace) -> str:
    """The id of the case that was named, or ALL_CASES."""
    if bool(options.case) == bool(options.all):
        raise CommandError(_("Say which child, or --all."))
    return find_case(store, options.case) if options.case else passphrases.ALL_CASES


def _print_report(report: SealingReport, describe: Callable[[SealingReport], Iterable[str]]) -> int:
    for line in describe(report):
        print(on_one_line(line), file=sys.stderr)
    return EXIT_FAILURE if report.left else EXIT_OK
