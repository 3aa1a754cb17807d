"""Commands that move a case between computers: bundle and import."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from iep_tui.cli.commands.command_helpers import (
    EXIT_OK,
    CommandError,
    case_store,
    find_case,
    load_library,
    print_error,
)
from iep_tui.cli.terminal_prompter import TerminalPrompter, run_flow
from iep_tui.core.case_merge import MergeResult
from iep_tui.core.progress_callback import Cancelled
from iep_tui.core.text_sanitizer import clean_line, on_one_line
from iep_tui.i18n import _
from iep_tui.services.flows.bundle_flow import bundle_case
from iep_tui.services.flows.import_flow import merge_case, open_incoming, read_file
from iep_tui.services.transfer import merged_text, unknown_answers_text
from iep_tui.store.atomic_write import write_file
from iep_tui.store.errors import StoreError

if TYPE_CHECKING:
    import argparse


def bundle(options: argparse.Namespace) -> int:
    """iep-tui bundle CASE --out FILE."""
    store = case_store(options)
    case_id = find_case(store, options.case)
    store.read(case_id)  # a sealed case asks for its own passphrase first
    if Path(options.out).exists() and not options.force:
        raise CommandError(
            _("There is a file {path} already. It was left as it is.").format(path=clean_line(options.out))
        )

    def write(path: str, data: bytes, _name: str) -> Path:
        write_file(Path(path), data, overwrite=options.force)
        return Path(path).resolve()

    prompter = TerminalPrompter(
        new_passphrase_file=options.bundle_passphrase_file,
        option="--bundle-passphrase-file",
        tries=1,
        path=options.out,
    )
    for line in run_flow(bundle_case(prompter, store, case_id, _now().date(), write)):
        print(line)
    return EXIT_OK


def import_files(options: argparse.Namespace) -> int:
    """iep-tui import FILE…"""
    store = case_store(options)
    catalogue = load_library(options.lang).catalogue
    can_ask = sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()
    prompter = TerminalPrompter(
        passphrase_file=options.bundle_passphrase_file,
        option="--bundle-passphrase-file",
        tries=1,
        side=options.keep if options.keep != "ask" else "" if can_ask else "ours",
    )
    code = EXIT_OK
    for name in options.files:
        try:
            incoming = run_flow(read_file(prompter, Path(name)))
            case = run_flow(open_incoming(prompter, incoming))
            case_id = case.id
            if case_id in store.ids() and (incoming.is_bundle or options.merge):
                merged = run_flow(merge_case(prompter, store, catalogue, _now, case))
                _print_merge(merged, unasked=options.keep == "ask" and not can_ask)
            else:
                case_id = store.add(case)
        except Cancelled:
            raise Cancelled(_("Stopped. Nothing of {path} was taken in.").format(path=on_one_line(name))) from None
        except OSError as error:
            code = print_error(f"{name}: {error.strerror}")
            continue
        except StoreError as error:
            code = print_error(f"{name}: {error}")
            continue
        print(case_id)
        if words := unknown_answers_text(case, catalogue):
            _print_note(words)
    return code


def _print_merge(merged: MergeResult, *, unasked: bool) -> None:
    _print_note(merged_text(merged))
    if merged.conflicts and unasked:
        _print_note(_("There was nobody to ask, so the answers here were kept. Theirs are among the earlier answers."))


def _print_note(words: str) -> None:
    print(f"iep-tui: {words}", file=sys.stderr)


def _now() -> datetime.datetime:
    return datetime.datetime.now().astimezone()
