"""Every way for the program to end, with the typed text on the disk."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from iep_tui.store.case_store import CaseStore

from .conftest import IN_A_TERMINAL, OpenWindow, answer_on_disk, asked, cases_on_disk, start_a_child

pytestmark = IN_A_TERMINAL

NAME = "Maya Rosalind"


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_ended_from_outside_right_after_typing(open_window: OpenWindow, home: Path, name: str) -> None:
    window = start_a_child(open_window)
    window.type(NAME)
    window.wait_for(NAME)
    window.kill(signal.Signals[name])
    assert answer_on_disk(home, "child-name") == NAME


def test_killed_after_it_said_saved(open_window: OpenWindow, home: Path) -> None:
    window = start_a_child(open_window)
    window.type(NAME)
    window.wait_until_saved(NAME)
    window.kill(signal.SIGKILL)
    assert answer_on_disk(home, "child-name") == NAME

    again = open_window()
    again.wait_for(NAME)
    again.press("enter")
    again.wait_for(asked("child-name"))
    again.wait_for(NAME)
    assert "To read only" not in again.top, "the lock of the killed window is gone with it"


def test_the_window_is_closed_right_after_typing(open_window: OpenWindow, home: Path) -> None:
    window = start_a_child(open_window)
    window.type(NAME)
    window.wait_for(NAME)
    window.close_window()
    assert answer_on_disk(home, "child-name") == NAME


def test_the_window_is_closed_while_nobody_reads_what_is_drawn(open_window: OpenWindow, home: Path) -> None:
    """A terminal that stands still and then goes: the queue of what is to be drawn is full by then."""
    window = start_a_child(open_window)
    window.type(NAME)
    window.wait_until_saved(NAME)
    for _number in range(60):
        window.press("f7", "escape")
    time.sleep(2)  # nothing waits for this: it is the time that the queue takes to fill
    window.close_window()
    assert str(answer_on_disk(home, "child-name")).startswith(NAME)
    with CaseStore(home).open(cases_on_disk(home)[0].id) as again:
        assert again.read_only == "", "the program is gone, and its lock with it"


def test_quitting_saves_what_was_typed_last(open_window: OpenWindow, home: Path) -> None:
    window = start_a_child(open_window)
    window.type(NAME)
    window.wait_for(NAME)
    window.press("ctrl+q")
    assert window.ended() == 0
    assert answer_on_disk(home, "child-name") == NAME


@pytest.mark.parametrize("keys", [["ctrl+q"], ["f4", "ctrl+q"]], ids="-".join)
def test_quitting_in_the_same_breath_as_the_last_letter(open_window: OpenWindow, home: Path, keys: list[str]) -> None:
    window = start_a_child(open_window)
    window.press(NAME, *keys)
    assert window.ended() == 0
    assert answer_on_disk(home, "child-name") == NAME


def test_a_case_that_was_begun_and_never_written_in_is_not_kept(open_window: OpenWindow, home: Path) -> None:
    window = start_a_child(open_window)
    window.press("ctrl+q")
    assert window.ended() == 0
    assert cases_on_disk(home) == []


def test_the_made_up_child_leaves_nothing(open_window: OpenWindow, home: Path) -> None:
    window = open_window()
    window.wait_for("Try it with a made-up child")
    window.press("tab", "enter")
    window.wait_for("Example: nothing is kept")
    window.press("ctrl+q")
    assert window.ended() == 0
    assert not list(home.rglob("*.json"))
