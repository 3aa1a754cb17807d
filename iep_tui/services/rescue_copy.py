"""Rescue copy: all answers of a case saved to another place when its own cannot be written."""

from __future__ import annotations

import datetime
from pathlib import Path

from iep_tui.core.case_model import Case
from iep_tui.i18n import _
from iep_tui.store.atomic_write import write_named
from iep_tui.store.interchange_format import encode_case


def rescue_file_name(today: datetime.date) -> str:
    """answers-2027-03-12.json: no name of a child in a file's name."""
    return f"answers-{today.isoformat()}.json"


def write_rescue_copy(case: Case, typed: str, today: datetime.date) -> Path:
    """Write the whole case to the file, or into the folder, that a person named; where it is now.

    What the answers were before goes along: it may be the only copy that is left.
    A file that is there is never written over: in a folder the next free name is taken. Readable by this user only;
    `iep-tui import` takes it in again. StoreError in a calm line.
    """
    return write_named(typed, encode_case(case, history=True), rescue_file_name(today))


def rescue_prompt(trouble: str) -> str:
    """What is said when a place is asked for. `trouble` is why saving fails, "" when it does not."""
    words = _("Name a folder or a file, on a memory stick for example. All answers of this child are written there.")
    words += " " + _("That copy has no passphrase.")
    return f"{trouble}\n{words}" if trouble else words


def rescue_saved_text(path: Path, trouble: str) -> str:
    """What is said once they are there."""
    words = _("All answers up to now are in {path}. iep-tui import takes them in again.").format(path=path)
    if trouble:
        words += " " + _("We go on trying to save them in their own place too.")
    return words
