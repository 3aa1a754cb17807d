"""Expected screens as plain text, one file per screen and size, easy to compare in a diff."""

from __future__ import annotations

import difflib
import os
from pathlib import Path

import pytest

FOLDER = Path(__file__).with_name("golden")
#: Write the files anew rather than compare: see test_screens.py.
REWRITE = os.environ.get("IEP_TUI_GOLDEN") == "rewrite"


def with_golden(name: str, screen: str) -> None:
    """Fail with a readable diff unless `screen` equals `golden/<name>.txt`."""
    path = FOLDER / f"{name}.txt"
    if REWRITE:
        path.write_text(screen, encoding="utf-8", newline="\n")
        return
    if not path.is_file():
        pytest.fail(f"There is no {path.name} yet. It would be:\n{screen}", pytrace=False)
    wanted = path.read_text(encoding="utf-8")
    if screen != wanted:
        lines = difflib.unified_diff(wanted.split("\n"), screen.split("\n"), "as it should be", "as it is", lineterm="")
        pytest.fail(f"{name} is drawn differently:\n" + "\n".join(lines), pytrace=False)
