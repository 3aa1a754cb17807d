"""Bytes sent to the terminal, counted: over a slow connection they are the speed of the program."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

from iep_tui.core.case_model import Answer, Answers, Case, Meeting
from iep_tui.store.case_store import CaseStore

from .conftest import IN_A_TERMINAL, OpenWindow
from .driver import Terminal

pytestmark = IN_A_TERMINAL

MANY = 60
#: In a window of 80 by 24, where a bare TextArea of this size takes 5,300 a key.
MOST_A_KEY = 400
MOST_A_STEP = 700
SET = "---\nset: long\nversion: 1\nstage: before\norder: 999\nminutes: 9\n---\n\n# Long\n"


def at_question(home: Path, open_window: OpenWindow, number: int) -> Terminal:
    """A window at this question of a long user set."""
    folder = home / "questions" / "en"
    folder.mkdir(parents=True)
    asked = (f"\n{{#long-{one} kind=text core=yes}}\n## How is part {one} of the day?\n" for one in range(MANY))
    (folder / "long.md").write_text(SET + "".join(asked), encoding="utf-8")
    answers = Answers({"child-name": Answer("Maya", "answered"), "plan": Answer("iep", "answered")})
    CaseStore(home).add(Case("maya", (Meeting("m", "2027-01-03", answers, f"long-{number}"),)))
    window = open_window()
    window.wait_for("Maya")
    window.press("enter")
    window.wait_for(f"How is part {number} of the day?")
    settle(window)
    return window


def settle(window: Terminal, quiet: float = 0.6) -> int:
    """Wait until the output stops; return the bytes written since the last call."""
    last = time.monotonic()
    length = len(window.written)
    while time.monotonic() - last < quiet and window._read(0.05):
        if len(window.written) != length:
            length, last = len(window.written), time.monotonic()
    written = len(window.written)
    window.written = b""
    return written


def bytes_of(window: Terminal, key: str) -> int:
    window.press(key)
    return settle(window)


def test_a_key_and_the_next_question_send_little_and_idling_nothing(home: Path, open_window: OpenWindow) -> None:
    window = at_question(home, open_window, 3)
    # With the mark that something is to be saved, and the word that it is.
    keys = [bytes_of(window, letter) for letter in "abcd"]
    assert statistics.median(keys) < MOST_A_KEY, keys
    steps = []
    for number in range(4, 8):
        steps.append(bytes_of(window, "f4"))
        assert window.shows(f"How is part {number} of the day?")
    assert statistics.median(steps) < MOST_A_STEP, steps
    assert settle(window, quiet=2) == 0, "nobody does anything, nothing is drawn"


def test_late_in_a_long_set_it_is_the_same(home: Path, open_window: OpenWindow) -> None:
    window = at_question(home, open_window, MANY - 6)
    steps = [bytes_of(window, "f4") for _turn in range(4)]
    assert statistics.median(steps) < MOST_A_STEP, steps
