"""Saving in plain mode: "saved" only for data on the disk; a failed save is kept, retried and reported."""

from __future__ import annotations

import errno
import io
import signal
from collections.abc import Callable

import pytest

from iep_tui.core.case_model import Case
from iep_tui.plain.line_io import InputEnded, TerminalIO
from iep_tui.store.case_store import CaseStore
from iep_tui.store.errors import unwritable_error
from iep_tui.store.open_case import OpenCase

from . import sample_cases
from .conftest import Disk, Person, Talk
from .sample_cases import CHILD, case

AtQuestion = Callable[..., Person]
#: Fills the disk, and makes room again.
FillDisk = Callable[[bool], str]


@pytest.fixture
def fill_disk(monkeypatch: pytest.MonkeyPatch) -> FillDisk:
    full = False
    save = OpenCase.save

    def refuse(self: OpenCase, one: Case) -> None:
        if full:
            raise unwritable_error(OSError(errno.ENOSPC, "No space left on device"))
        save(self, one)

    def fill(now: bool) -> str:
        nonlocal full
        full = now
        return ""

    monkeypatch.setattr(OpenCase, "save", refuse)
    return fill


def test_a_save_that_fails_is_told_tried_again_and_told_when_it_works(
    at_question: AtQuestion, disk: Disk, fill_disk: FillDisk
) -> None:
    def full() -> str:
        fill_disk(True)
        return "20"

    def room_again() -> str:
        fill_disk(False)
        return "3"

    person = at_question("a-number", full, room_again, "/where")
    first = person.heard.index(
        "Error: Not saved. There is no room left on the disk. Make some room, then try again. "
        "Your words are kept here, and we try again at the next step."
    )
    assert "Saved." not in person.heard[:first]
    assert "Saved." in person.heard[first:]
    assert person.heard_of("Everything is saved.") == 1
    assert (disk("a-number").value, disk("a-rate").value) == (20, 3)


def test_quitting_with_unsaved_words_asks_first(at_question: AtQuestion, disk: Disk, fill_disk: FillDisk) -> None:
    def full() -> str:
        fill_disk(True)
        return "20"

    def room_again() -> str:
        fill_disk(False)
        return "1"

    person = at_question("a-number", full, "/quit", "2", "/home", "", "/quit", room_again, "/quit")
    assert person.heard_of("Error: Your latest changes are not saved yet.") == 4
    assert person.heard_of("3. Leave without saving them") == 4
    assert disk("a-number").value == 20
    assert person.code == 0


def test_leaving_without_saving_is_possible_and_said(at_question: AtQuestion, disk: Disk, fill_disk: FillDisk) -> None:
    fill_disk(True)
    person = at_question("a-number", "20", "/home", "3", "/quit")
    assert person.code == 0
    assert disk("a-number").value is None


def test_words_that_cannot_be_saved_at_the_end_of_the_input_are_told(
    at_question: AtQuestion, fill_disk: FillDisk
) -> None:
    fill_disk(True)
    person = at_question("a-number", "20")
    assert person.heard[-1].startswith("Error: your latest changes could not be saved. There is no room left")
    assert person.code == 1


def test_a_case_that_is_open_elsewhere_is_shown_and_never_changed(talk: Talk, store: CaseStore, disk: Disk) -> None:
    store.add(case(sample_cases.EVERY_ANSWER, "a-number"))
    with store.open(CHILD):
        before = store.read(CHILD)
        person = talk(
            "7", "", "3", "/note x", "/who family", "/not sure", "/clear", "/undo", "/keep", "/next meeting", "/sheet",
            "/plan", "/go 1", "Tom", "", "more", "", "more", "", "Tuesday", "", "/go 1", *[""] * 8, "1",
            "", "1", "2", "", "/add", "Dance", "/done", "1", "Dance", "/remove", "", "/home", "/quit", case=before,
        )  # fmt: skip
        assert store.read(CHILD) == before
    assert person.heard_of("To read only: this case is open in another window.") > 10
    assert "Saved." not in person.heard
    assert person.left == 0


# The real stream


class Typed(io.StringIO):
    """Lines from a keyboard."""

    def isatty(self) -> bool:
        return True


def test_prompts_share_the_line_of_a_keyboard_and_end_theirs_without_one() -> None:
    for source, end in ((Typed("yes\r\n"), " "), (io.StringIO("yes\n"), "\n")):
        target = io.StringIO()
        terminal = TerminalIO(source, target)
        assert terminal.ask("Is it so?\x1b[2J\nReally:") == "yes"
        assert target.getvalue() == f"Is it so?[2J Really:{end}"
        assert terminal.ask("More:") is None


def test_the_last_line_counts_without_its_end() -> None:
    assert TerminalIO(io.StringIO("last words"), io.StringIO()).ask("?") == "last words"


def test_a_line_as_long_as_the_terminal_takes_is_told() -> None:
    target = io.StringIO()
    long = "x" * 4095
    assert TerminalIO(Typed(f"{long}\n"), target).ask("Words:") == long
    assert "Error: this line is as long as the terminal takes" in target.getvalue()
    target = io.StringIO()
    assert TerminalIO(io.StringIO(f"{long}\n"), target).ask("Words:") == long
    assert "Error" not in target.getvalue()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_lines_at_the_next_question_and_never_in_between(number: int) -> None:
    before = signal.getsignal(number)
    terminal = TerminalIO(io.StringIO("more\n"), io.StringIO())
    with terminal.watching():
        signal.raise_signal(number)
        terminal.say("still saving")
        with pytest.raises(InputEnded) as ended:
            terminal.ask("Next:")
    assert ended.value.signal == number
    assert signal.getsignal(number) == before


def test_a_reader_that_went_away_ends_the_lines() -> None:
    target = io.StringIO()
    target.close()
    with pytest.raises(InputEnded):
        TerminalIO(io.StringIO("more\n"), target).say("hello")
