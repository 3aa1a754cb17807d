"""Accessibility in a real terminal: the cursor follows the focus, the title names the screen, one key clears it all."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from tests.terminal.conftest import IN_A_TERMINAL, OpenWindow, answer_on_disk, asked, start_a_child
from tests.terminal.conftest import home as home
from tests.terminal.conftest import open_window as open_window
from tests.terminal.driver import Terminal

pytestmark = IN_A_TERMINAL

F12 = "\x1b[24~"
SECRET = "Zanzibar"


def cursor_is_at(window: Terminal, words: str, after: int = 0) -> bool:
    """Whether the terminal's cursor is shown at the start of these words, or `after` cells on."""
    cursor = window.drawn.cursor
    line = window.drawn.display[cursor.y]
    return not cursor.hidden and line.find(words) >= 0 and cursor.x == line.find(words) + after


def has_title(window: Terminal, title: str) -> bool:
    return window.titles[-1:] == [title]


def tab_moves_the_cursor(window: Terminal) -> None:
    """Press Tab, and wait until the cursor is in another place, the one that is marked as focused."""
    before = (window.drawn.cursor.x, window.drawn.cursor.y)

    def moved() -> bool:
        return (window.drawn.cursor.x, window.drawn.cursor.y) != before and cursor_is_at(window, "▸")

    window.press("tab")
    window.wait_until(moved, "cursor at the next part")


def test_the_terminals_cursor_follows_the_focus(open_window: OpenWindow) -> None:
    """WCAG 2.2 2.4.7: the terminal's own cursor is shown, and is at the caret, the line or the button in use."""
    window = start_a_child(open_window)
    window.type("Maya")
    window.wait_until(lambda: cursor_is_at(window, "Maya", 4), "cursor behind the name")
    window.press("left")
    window.wait_until(lambda: cursor_is_at(window, "Maya", 3), "cursor before the last letter")
    for _tab in range(4):
        tab_moves_the_cursor(window)
    window.press("f2")
    window.wait_for("Getting ready for Maya")
    window.wait_until(lambda: cursor_is_at(window, "▸"), "cursor at the button that goes on")
    for _tab in range(7):
        tab_moves_the_cursor(window)


def test_the_title_tells_the_screen_and_goes_with_the_program(open_window: OpenWindow) -> None:
    """WCAG 2.2 2.4.2: each screen has a title of its own, without any private word; at the end it is taken back."""
    window = open_window()
    window.wait_until(lambda: window.titles[-1:] == ["iep-tui: all children"], "title of the first screen")
    window.wait_for("Start for a new child")
    window.press("enter")
    window.wait_until(lambda: window.titles[-1:] == ["iep-tui: question"], "title of a question")
    window.type(SECRET)
    window.press("f2")
    window.wait_for(f"Getting ready for {SECRET}")
    for key, title in {"f8": "iep-tui: review", "f9": "iep-tui: sheet", "f7": "iep-tui: words"}.items():
        window.press(key)
        window.wait_until(partial(has_title, window, title), title)
    assert not [title for title in window.titles if SECRET in title]
    window.press("escape")
    window.wait_until(lambda: window.titles[-1:] == ["iep-tui: sheet"], "title of what was below")
    window.press("ctrl+q")
    assert window.ended() == 0
    assert window.titles[-1:] == [""]


def test_one_key_wipes_the_screen_and_leaves_with_everything_saved(open_window: OpenWindow, home: Path) -> None:
    """WCAG 2.2 3.3.4: leaving at once loses nothing; nothing of the answers stays on the screen or above it."""
    window = start_a_child(open_window)
    window.type(SECRET)
    window.wait_for(SECRET)
    window.written = b""
    window.press("enter")
    window.wait_for(asked("child-birth-date", SECRET))
    window.written = b""
    window.type("1/2/2016")
    window.press(F12)
    assert window.ended() == 0
    assert window.screen.strip() == ""
    after = window.written[window.written.index(b"\x1b[2J") :]
    assert SECRET.encode() not in after
    assert b"\x1b[3J" in after, "what can be scrolled back to stays"
    assert after.rindex(b"\x1b[2J") > after.rindex(b"\x1b[?1049l"), "what stood there before the program comes back"
    assert answer_on_disk(home, "child-name") == SECRET
    assert answer_on_disk(home, "child-birth-date") == "2016-01-02"


def test_leaving_at_once_works_over_every_page_that_lies_on_top(open_window: OpenWindow, home: Path) -> None:
    """WCAG 2.2 2.1.2: no page and no field holds the key that leaves at once."""
    window = start_a_child(open_window)
    window.type(SECRET)
    window.wait_for(SECRET)
    window.press("f1")
    window.wait_for("How it works")
    window.press("\x1c")
    assert window.ended() == 0
    assert window.screen.strip() == ""
    assert answer_on_disk(home, "child-name") == SECRET


def test_a_disk_that_refuses_keeps_nobody_on_the_screen(open_window: OpenWindow, home: Path) -> None:
    """WCAG 2.2 3.3.4: where saving fails, leaving at once still leaves; what was saved before is there."""
    window = start_a_child(open_window)
    window.type(SECRET)
    window.wait_until_saved(SECRET)
    folder = home / "cases"
    for path in folder.glob("*.json"):
        path.chmod(0o400)
    folder.chmod(0o500)
    try:
        window.type("x")
        window.press(F12)
        assert window.ended() == 0
        assert window.screen.strip() == ""
    finally:
        folder.chmod(0o700)
    assert str(answer_on_disk(home, "child-name")).startswith(SECRET)
