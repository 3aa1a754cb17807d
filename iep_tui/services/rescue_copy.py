"""Rescue copy: all answers of a case saved to another place when its own cannot be written."""

from __future__ import annotations

import datetime
from pathlib import Path

from iep_tui.core.case_model import Case
from iep_tui.i18n import _
from iep_tui.store.atomic_write import write_named
from iep_tui.store.interchange_format import encode_case


def rescue_file_name(today: datetime.date) -> str:
    """Return a file name such as answers-2027-03-12.json; it never holds the child's name."""
    return f"answers-{today.isoformat()}.json"


def write_rescue_copy(case: Case, typed: str, today: datetime.date) -> Path:
    """Write the whole case with its history to a file, or into a folder, and return the path of the file.

    It never overwrites a file; in a folder it takes the next free name. Only this user can read it, and
    `iep-tui import` takes it in again. StoreError.
    """
    return write_named(typed, encode_case(case, history=True), rescue_file_name(today))


def rescue_prompt(trouble: str) -> str:
    """Return the question for a place to save to. `trouble` is the reason that saving fails, "" if it does not."""
    words = _("Name a folder or a file, on a memory stick for example. All answers of this child are written there.")
    words += " " + _("That copy has no passphrase.")
    return f"{trouble}\n{words}" if trouble else words


def rescue_saved_text(path: Path, trouble: str, *, replaced: bool = False) -> str:
    """Return the confirmation of a rescue copy.

    `replaced`: another program replaced the open file, so no retry succeeds.
    """
    words = _("All your answers so far are saved in {path}. To load them later, run “iep-tui import” with that file.")
    words = words.format(path=path)
    if replaced:
        words += " " + _("What you change after this is not in it: leave this child, and bring the copy in.")
    elif trouble:
        words += " " + _("We keep trying to save them in their usual place too.")
    return words
