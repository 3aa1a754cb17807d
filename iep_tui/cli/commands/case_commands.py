"""Commands about the cases on this computer: list them, list or restore backups, remove one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iep_tui.cli.commands.command_helpers import (
    EXIT_OK,
    case_store,
    find_case,
    load_library,
    write_bytes,
)
from iep_tui.core.progress_callback import Cancelled
from iep_tui.core.text_sanitizer import on_one_line
from iep_tui.i18n import _

if TYPE_CHECKING:
    import argparse


def cases(options: argparse.Namespace) -> int:
    """iep-tui cases [--json]."""
    import datetime

    from iep_tui.core import facts as ids
    from iep_tui.services.case_list import CaseList
    from iep_tui.services.jobs import print_progress, run_with_progress

    today = datetime.datetime.now().astimezone().date()
    store = case_store(options)
    listing = CaseList(store, load_library(options.lang).catalogue, today)
    rows: list[dict[str, object]] = []
    try:
        summaries = run_with_progress(
            listing.all_summaries,
            _("Reading the list of children…"),
            print_progress,
            counted=_("Read {done:,} of {total:,}."),
            whole_steps=True,
        )
    except Cancelled:
        listing.keep()
        raise
    listing.keep()
    for summary in summaries:
        row: dict[str, object] = {"id": summary.case_id, "changed": f"{summary.changed:%Y-%m-%dT%H:%M:%SZ}"}
        if summary.locked:
            row["sealed"] = True
        elif summary.trouble:
            row["trouble"] = summary.trouble
        else:
            row["child"] = summary.answers.of(ids.CHILD_NAME).value or ""
            row["meeting"] = summary.answers.of(ids.MEETING_DATE).value or ""
            row["answered"], row["asked"] = summary.done, summary.total
        rows.append(row)
    for case_id in store.lost(listing.ids()):
        words = _("The file is gone, and can be brought back: iep-tui backups {id} restore 1")
        saved = store.backups(case_id)[0].saved
        rows.append({"id": case_id, "changed": f"{saved:%Y-%m-%dT%H:%M:%SZ}", "trouble": words.format(id=case_id)})
    if options.json:
        import json

        write_bytes(json.dumps(rows, indent=1).encode() + b"\n")
        return EXIT_OK
    for row in rows:
        if "sealed" in row:
            print(f"{row['id']}  {_('(a sealed case)')}  {row['changed']}")
        elif "trouble" in row:
            print(f"{row['id']}  {on_one_line(row['trouble'])}")
        else:
            child = _words(row["child"]) or _("(no name yet)")
            meeting = _words(row["meeting"]) or _("(no date yet)")
            print(f"{row['id']}  {child}  {meeting}  {row['answered']}/{row['asked']}  {row['changed']}")
    return EXIT_OK


def _words(value: object) -> str:
    return on_one_line(value) if isinstance(value, str) else ""


def backups_list(options: argparse.Namespace) -> int:
    """iep-tui backups CASE [list]."""
    store = case_store(options)
    for copy in store.backups(find_case(store, options.case, lost=True)):
        print(f"{copy.number}  {copy.saved.astimezone():%Y-%m-%d %H:%M}")
    return EXIT_OK


def backups_restore(options: argparse.Namespace) -> int:
    """iep-tui backups CASE restore N."""
    store = case_store(options)
    store.restore(find_case(store, options.case, lost=True), options.number)
    return EXIT_OK


def remove(options: argparse.Namespace) -> int:
    """iep-tui remove CASE [--yes-remove NAME]."""
    from iep_tui.cli.terminal_prompter import TerminalPrompter, run_flow
    from iep_tui.services.flows.removal_flow import remove_case

    store = case_store(options)
    case_id = find_case(store, options.case, lost=True)
    for line in run_flow(remove_case(TerminalPrompter(answer=options.yes_remove, tries=1), store, case_id)):
        print(line)
    return EXIT_OK
