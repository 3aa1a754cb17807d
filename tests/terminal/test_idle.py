"""Idle behavior: no wake-ups without a key press, and normal handling of the next event."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from .conftest import IN_A_TERMINAL, OpenWindow, asked, start_a_child
from .driver import Terminal

pytestmark = IN_A_TERMINAL

LINUX = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system counts this in /proc")


def wake_ups(window: Terminal) -> int:
    """The number of voluntary thread wake-ups since the start."""
    found = 0
    for task in Path(f"/proc/{window.pid}/task").iterdir():
        for line in task.joinpath("status").read_text().splitlines():
            if line.startswith("voluntary_ctxt_switches"):
                found += int(line.split()[1])
    return found


def rest(window: Terminal, seconds: float) -> int:
    """Wait this long while reading the output; return the wake-ups."""
    before = wake_ups(window)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        window._read(0.2)
    return wake_ups(window) - before


def state(window: Terminal) -> str:
    return Path(f"/proc/{window.pid}/stat").read_text().rpartition(")")[2].split()[0]


@LINUX
@pytest.mark.parametrize("place", ["home", "question"])
def test_nothing_wakes_an_idle_program(open_window: OpenWindow, place: str) -> None:
    """Textual alone would wake thirty times in this time; what was begun before may still end in it."""
    window = open_window()
    window.wait_for("Start for a new child")
    if place == "question":
        window.press("enter")
        window.wait_for(asked("child-name"))
        window.type("Maya")
        window.wait_until_saved("Maya")
    rest(window, 1)
    written = len(window.written)
    assert rest(window, 3) <= 3
    assert len(window.written) == written, "nor is anything drawn"


def test_a_lone_escape_is_told_without_another_key(open_window: OpenWindow) -> None:
    window = start_a_child(open_window)
    window.press("escape")
    window.wait_for("Before the meeting")


def test_a_key_and_a_letter_that_come_in_pieces(open_window: OpenWindow) -> None:
    window = start_a_child(open_window)
    data = "Zoë 字".encode()
    for place in range(len(data)):
        window.send(data[place : place + 1])
        window._read(0.02)
    window.wait_for("Zoë 字")
    window.press("\x1b[200~ and all\x1b[201~", "f4")
    window.wait_until(lambda: not window.shows(asked("child-name")), "the next question")
    window.press("f3")
    window.wait_for("Zoë 字 and all")


@LINUX
@pytest.mark.skipif(sys.platform != "linux", reason="stopped, as Linux tells it")
def test_stopped_and_gone_on_with(open_window: OpenWindow) -> None:
    window = start_a_child(open_window)
    for words in ("Maya", " Rosalind"):
        window.type(words)
        window.wait_until_saved(words.strip())
        os.kill(window.pid, signal.SIGTSTP)
        window.wait_until(lambda: state(window) == "T", "it stands still")
        os.kill(window.pid, signal.SIGCONT)
        window.wait_until(lambda: state(window) != "T", "it goes on")
    window.type(" Lee")
    window.wait_until_saved("Maya Rosalind Lee")
    window.resize(100, 30)
    window.press("f4")
    window.wait_until(lambda: not window.shows(asked("child-name")), "the next question")
    window.press("ctrl+q")
    assert window.ended() == 0


def test_told_to_go_on_without_having_stopped(open_window: OpenWindow) -> None:
    """As a window that closes does: no thread is left behind that never hears of the end."""
    window = start_a_child(open_window)
    window.type("Maya")
    window.wait_until_saved("Maya")
    for words in (" R", "osa", "lind"):
        os.kill(window.pid, signal.SIGCONT)
        window.type(words)
        window.wait_for("Maya Rosalind"[: "Maya Rosalind".index(words) + len(words)])
    window.press("ctrl+q")
    assert window.ended() == 0
