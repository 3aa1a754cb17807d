"""A data folder, a working directory, and terminals that are closed after the test."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from iep_tui.core.case_model import Case
from iep_tui.sets.library_loader import load_uncached
from iep_tui.store.case_store import CaseStore

from .driver import Terminal

#: For the modules of this folder.
IN_A_TERMINAL = [
    pytest.mark.terminal,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminal of this kind, and no SIGHUP"),
    # Later Pythons warn that a process with threads forks; the child only becomes the program.
    pytest.mark.filterwarnings("ignore:.*forkpty:DeprecationWarning"),
]

#: Opens the program in a new window: `open_window(columns=120)`.
OpenWindow = Callable[..., Terminal]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def open_window(home: Path, tmp_path: Path) -> Iterator[OpenWindow]:
    folder = tmp_path / "person"
    folder.mkdir()
    opened: list[Terminal] = []

    def one(*, columns: int = 80, lines: int = 24) -> Terminal:
        opened.append(Terminal(home, folder, columns=columns, lines=lines))
        return opened[-1]

    yield one
    for terminal in opened:
        terminal.close()


def asked(question_id: str, child: str = "your child") -> str:
    """One of our questions as the screen shows it."""
    question = load_uncached().catalogue.question(question_id)
    assert question is not None
    return question.title.replace("{child}", child)


def start_a_child(open_window: OpenWindow) -> Terminal:
    """A window at the first question about a new child."""
    window = open_window()
    window.wait_for("Start for a new child")
    window.press("enter")
    window.wait_for(asked("child-name"))
    return window


def cases_on_disk(home: Path) -> list[Case]:
    """The stored cases at this moment, whatever a window shows."""
    found = [summary.case for summary in CaseStore(home).summaries()]
    assert None not in found, "a case cannot be read"
    return [case for case in found if case is not None]


def answer_on_disk(home: Path, question_id: str) -> object:
    [case] = cases_on_disk(home)
    return case.latest.answers.of(question_id).value
