"""What the verb does that removes a case for good."""

from __future__ import annotations

import argparse
import sys

from iep_tui.language import _
from iep_tui.removing import before_removing, is_meant, removed_words, to_type
from iep_tui.verbs import DONE, Fault, case_store, on_one_line, with_lost


def remove(options: argparse.Namespace) -> int:
    """iep-tui remove CASE [--yes-remove NAME]."""
    store = case_store(options)
    case_id = with_lost(store, options.case)
    typed = options.yes_remove
    if typed is None:
        for line in before_removing(store, case_id):
            print(on_one_line(line), file=sys.stderr)
        wanted = on_one_line(to_type(store, case_id))
        print(_("To remove it, type: {wanted}").format(wanted=wanted), file=sys.stderr, flush=True)
        typed = sys.stdin.readline() if sys.stdin is not None else ""
    if not is_meant(store, case_id, typed):
        raise Fault(_("That is not the name that is asked for. Nothing was removed."))
    store.remove(case_id)
    print(removed_words())
    return DONE
