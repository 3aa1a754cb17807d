"""Keyboard access: every part can be reached and left, and no letter is a command."""

from __future__ import annotations

import string
from collections.abc import Iterable

import pytest
from textual.screen import Screen
from textual.widgets import Input, TextArea

from iep_tui.tui.keys import COMMANDS, OTHER_KEYS, ScreenName, commands
from iep_tui.tui.screens.base_screen import KeyedScreen
from iep_tui.tui.screens.help_screen import help_content
from iep_tui.tui.screens.question_screen import QuestionScreen
from iep_tui.tui.textual_ext.line_input import LineInput
from iep_tui.tui.textual_ext.text_fields import TextField
from tests.textual_private import bound_keys, has_notifications, is_animating, repeating_timers
from tests.tui.person import at_the_screen

from .conftest import Walk
from .family import Family, LockIt
from .family import make_family as make_family
from .family import store as store
from .family import store_lock as store_lock
from .screen_walk import NIGHT_NAME, SIZES, SMALL, STOPS, USUAL, Look

NAMES = [stop.name for stop in STOPS]
each_stop = pytest.mark.parametrize("name", NAMES)
#: Where every part can be seen at once.
ROOMY = (SIZES[-1], NIGHT_NAME)

#: Key names as Textual has them → as the help writes them, for keys that belong to a part of a screen.
HELP_WRITES = {
    "tab": "Tab", "shift+tab": "Shift+Tab", "enter": "Enter", "space": "Space", "up": "Arrow keys",
    "down": "Arrow keys", "left": "Arrow keys", "right": "Arrow keys", "pageup": "Page up", "pagedown": "Page down",
    "home": "Home", "end": "End", "delete": "Delete", "alt+up": "Alt+Up", "alt+down": "Alt+Down", "ctrl+p": "ctrl+p",
    "escape": "escape",
}  # fmt: skip
#: Copying, deleting, and Textual's scrolling sideways, where nothing ever is (test_sizes.py).
OF_EVERY_PROGRAM = {"ctrl+c", "super+c", "backspace", "ctrl+pageup", "ctrl+pagedown"}


@pytest.mark.sweep
@each_stop
def test_tab_reaches_every_part_and_holds_in_none(walked: Walk, name: str) -> None:
    """WCAG 2.2 2.1.1 and 2.1.2: Tab comes to every part that can be used, once, and leaves each, fields too."""
    for (size, theme), looks in walked(name).tabs.items():
        reached = [look.focus for look in looks]
        assert len(set(reached)) == len(reached), (size, theme)
        usable = {box.name for look in looks for box in look.boxes if box.can_focus}
        assert usable == set(reached), (size, theme)


@pytest.mark.sweep
@each_stop
def test_tab_follows_the_order_of_reading(walked: Walk, name: str) -> None:
    """WCAG 2.2 2.4.3: from the top to the bottom, in a line from the left; the parts at the left side come first."""
    looks = walked(name).tabs.get(ROOMY, [])
    order = [box for look in looks if (box := look.box(look.focus)) is not None and "SetsPane" not in box.name]
    places = [(box.virtual[1], box.virtual[0]) for box in order]
    if places:
        start = places.index(min(places))
        assert places[start:] + places[:start] == sorted(places), [box.name for box in order]


@pytest.mark.sweep
@each_stop
def test_the_focus_can_be_seen(walked: Walk, name: str) -> None:
    """WCAG 2.2 2.4.11: after each Tab the part with the focus, and the cursor in it, is inside the window."""
    for looks in walked(name).tabs.values():
        for look in looks:
            box = look.box(look.focus)
            assert box is not None
            left, top, width, height = box.seen
            x, y = look.caret
            assert left <= x < left + width, (look.size, look.focus)
            assert top <= y < top + height, (look.size, look.focus)
            assert height == box.height or height >= 3, (look.size, look.focus)


def not_named(keys: Iterable[str]) -> set[str]:
    """The keys among these that the help does not name."""
    written = {key for one in COMMANDS for key in one.keys}
    others = " ".join(key for key, _words in OTHER_KEYS)
    return {
        key
        for key in keys
        if key not in written and key not in OF_EVERY_PROGRAM and HELP_WRITES.get(key, "?" + key) not in others
    }


WAYS: dict[str, tuple[str, ...]] = {
    "home": (), "plan": ("enter", "f2"), "question": ("enter",), "review": ("enter", "f8"), "sheet": ("enter", "f9"),
    "dates": ("enter", "f2", "ctrl+d"), "words": ("f7",), "help": ("f1",), "about": ("ctrl+r",),
    "ask": ("enter", "ctrl+g"), "save": ("enter", "f9", "ctrl+s"),
}  # fmt: skip


@pytest.mark.sweep
@pytest.mark.parametrize("way", WAYS)
async def test_every_key_is_named(make_family: Family, way: str) -> None:
    """WCAG 2.2 2.1.1: each key that a screen or a part of it obeys stands in the help, and so does each command."""
    async with at_the_screen(make_family("a-number"), size=USUAL) as person:
        await person.press(*WAYS[way])
        screen: Screen[object] = person.app.screen
        parts = [screen, *(part for part in screen.query("*") if not isinstance(part, Input | TextArea))]
        assert not_named(key for part in parts for key in bound_keys(part)) == set()
        told = help_content("here").plain
        place: ScreenName = screen.PLACE if isinstance(screen, KeyedScreen) else "anywhere"
        for command in commands(place):
            assert command.keys[0] in told
            assert command.help in told


def test_no_letter_is_a_command() -> None:
    """WCAG 2.2 2.1.4: no command of a screen or of the program is a letter, a figure or a sign."""
    for command in COMMANDS:
        for key in command.keys:
            assert len(key) > 1, command.action
            assert not key.startswith("shift+"), command.action


@pytest.mark.parametrize("place", ["a-text", "child-name"])
async def test_every_character_typed_in_a_field_stands_there(make_family: Family, place: str) -> None:
    """WCAG 2.2 2.1.4: with the focus in a field every printable key is a character of the answer, and nothing else."""
    typed = "".join(char for char in string.printable if char.isprintable())
    async with at_the_screen(make_family(place, **{place: "x"}), size=USUAL) as person:
        await person.press("enter")
        await person.type(typed)
        assert person.place == place
        field = person.focus
        assert isinstance(field, LineInput | TextField)
        assert (field.value if isinstance(field, LineInput) else field.text) == "x" + typed


async def test_shift_tab_and_tab_leave_a_long_text(make_family: Family) -> None:
    """WCAG 2.2 2.1.2: Tab goes out of a field of many lines forward, Shift+Tab backward, and the words stay."""
    async with at_the_screen(make_family("a-text"), size=USUAL) as person:
        await person.press("enter")
        field = person.focus
        assert isinstance(field, TextField)
        before = field.text
        await person.press("tab")
        assert person.focus is not field
        await person.press("shift+tab")
        assert person.focus is field
        await person.press("shift+tab")
        assert person.focus is not field
        assert field.text == before


async def test_words_that_can_only_be_read_scroll_with_the_keys(make_family: Family, store_lock: LockIt) -> None:
    """WCAG 2.2 2.1.1: a long answer of a case that another window writes can be read to its end with the keys."""
    words = "\n".join(f"Line {number} of what she said." for number in range(60))
    app = make_family("a-text", a_text=words)
    with store_lock():
        async with at_the_screen(app, size=SMALL) as person:
            await person.press("enter")
            assert person.sees("To read only")
            assert person.sees("Line 0 of")
            await person.press("ctrl+end")
            for _page in range(40):
                await person.press("pagedown")
            assert person.sees("Line 59 of")
            await person.type("not taken")
            assert isinstance(person.app.screen, QuestionScreen)
            assert person.app.screen.answer.value == words


@pytest.mark.parametrize("kind", ["a-several", "a-table"])
async def test_choices_and_rows_that_can_only_be_read_are_not_changed(
    make_family: Family, store_lock: LockIt, kind: str
) -> None:
    """WCAG 2.2 2.1.1: a list that can only be read takes the focus and moves, and no key of it changes the answer."""
    app = make_family(kind)
    with store_lock():
        async with at_the_screen(app, size=SMALL) as person:
            await person.press("enter")
            assert isinstance(person.app.screen, QuestionScreen)
            before = person.app.screen.widget.value()
            await person.press("down", "space", "1", "enter", "delete", "alt+up")
            assert person.place == kind
            assert person.app.screen.widget.value() == before


async def test_nothing_moves_and_nothing_goes_away(make_family: Family) -> None:
    """WCAG 2.2 2.3.3: no animation, no blinking cursor, no smooth scrolling, on any screen."""
    async with at_the_screen(make_family("a-text"), size=USUAL) as person:
        app = person.app
        assert type(app)(app.library, app.store, app.settings, app.clock).animation_level == "none"
        await person.press("enter")
        for field in app.screen.query("Input, TextArea"):
            assert isinstance(field, Input | TextArea)
            assert field.cursor_blink is False
        await person.press("f9", "pagedown")
        assert not is_animating(app)


@pytest.mark.parametrize("key", ["ctrl+o", "ctrl+c"])
async def test_what_is_said_stays_until_the_next_step(make_family: Family, key: str) -> None:
    """WCAG 2.2 2.2.1: no time limit: what the program says stands there until a person does something else."""
    async with at_the_screen(make_family("a-text"), size=USUAL) as person:
        await person.press("enter", "f9", key)
        assert not has_notifications(person.app), "a notice that goes away by itself"
        assert person.sees("We tried to copy") if key == "ctrl+o" else person.sees("How it works")
        assert not repeating_timers(person.app), "a timer that could take something away"


def drawn_order(look: Look, names: list[str]) -> list[str]:
    bar = next(line for line in reversed(look.text) if line.strip())
    return sorted((one for one in names if one in bar), key=bar.index)


@pytest.mark.sweep
def test_keys_stand_in_the_same_order_everywhere(walked: Walk) -> None:
    """WCAG 2.2 3.2.3 and 3.2.6: help is the first in every key bar, and the others keep their order."""
    labels = [f"{one.shown_key} {one.label}" for one in COMMANDS]
    seen = 0
    for name in ("home", "home-empty", "plan", "question-text", "question-table", "review", "sheet", "dates"):
        for look in walked(name).still:
            found = drawn_order(look, labels)
            assert found[0] == "f1 Help", look.size
            assert found == [one for one in labels if one in found], look.size
            seen += len(found)
    assert seen > 100


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
async def test_help_opens_from_everywhere_and_comes_back(make_family: Family, way: str) -> None:
    """WCAG 2.2 3.2.6: the same key opens the help on every screen, and closes it where one was."""
    async with at_the_screen(make_family("a-number"), size=USUAL) as person:
        await person.press(*WAYS[way])
        here = person.place
        await person.press("f1")
        if way != "help":
            assert person.place == "help"
            assert person.sees("How it works")
            await person.press("f1")
            assert person.place == here
