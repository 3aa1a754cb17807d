"""Two windows on one case, and a window that is resized."""

from __future__ import annotations

from pathlib import Path

from .conftest import IN_A_TERMINAL, OpenWindow, answer_on_disk, asked, cases_on_disk, start_a_child

pytestmark = IN_A_TERMINAL


def test_the_second_window_on_a_case_only_reads_it(open_window: OpenWindow, home: Path) -> None:
    first = start_a_child(open_window)
    first.type("Maya")
    first.wait_until_saved("Maya")
    before = cases_on_disk(home)

    second = open_window()
    second.wait_for("Maya")
    second.press("enter")
    second.wait_for("open in another window")
    assert "To read only" in second.top
    second.wait_for(asked("child-name"))
    second.press("Somebody else", "f5")
    second.wait_for(asked("child-birth-date", "Maya"))
    second.press("f3")
    second.wait_for(asked("child-name"))
    assert not second.shows("Somebody")
    second.press("ctrl+q")
    assert second.ended() == 0
    assert cases_on_disk(home) == before

    first.type(" R.")
    first.wait_until_saved("Maya R.")
    first.press("ctrl+q")
    assert first.ended() == 0
    assert answer_on_disk(home, "child-name") == "Maya R."


def test_when_the_first_window_is_closed_the_case_can_be_written_again(open_window: OpenWindow, home: Path) -> None:
    first = start_a_child(open_window)
    first.type("Maya")
    first.wait_for("Maya")
    first.press("ctrl+n")
    first.wait_for(asked("child-birth-date", "Maya"))
    first.press("ctrl+q")
    assert first.ended() == 0

    second = open_window()
    second.wait_for("Maya")
    second.press("enter")
    second.wait_for(asked("child-birth-date", "Maya"))
    second.type("May 9, 2018")
    second.wait_until_saved("May 9, 2018")
    assert answer_on_disk(home, "child-birth-date") == "2018-05-09"


def test_a_window_may_change_its_size_in_the_middle_of_a_word(open_window: OpenWindow, home: Path) -> None:
    window = start_a_child(open_window)
    typed = ""
    for columns, lines, words in ((40, 12, "Ma"), (150, 40, "ya Ro"), (60, 15, "sal"), (80, 24, "ind")):
        typed += words
        window.press(words)
        window.wait_for(typed)
        window.resize(columns, lines)
        window.wait_until(lambda: window.shows("f1 Help") and window.shows(asked("child-name")), "all of it")
    window.wait_for("Maya Rosalind")
    window.press("ctrl+n")
    window.wait_for(asked("child-birth-date", "Maya"))
    assert answer_on_disk(home, "child-name") == "Maya Rosalind"
    window.press("ctrl+q")
    assert window.ended() == 0
