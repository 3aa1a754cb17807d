"""Reflow from the smallest to the largest window: no text is cut, and no screen scrolls sideways."""

from __future__ import annotations

import pytest

from iep_tui.tui.textual_ext.line_input import LineInput
from iep_tui.tui.textual_ext.text_fields import TextField
from tests.tui.person import at_the_screen

from .conftest import Walk
from .family import Family
from .family import make_family as make_family
from .family import store as store
from .screen_walk import SIZES, SMALL, STOPS, USUAL, Look, Walked, resize
from .test_contrast import all_looks

pytestmark = pytest.mark.sweep

NAMES = [stop.name for stop in STOPS]
each_stop = pytest.mark.parametrize("name", NAMES)

#: Drawn where something goes on and is cut for want of room. The top line says "…" while words wait to be saved.
CUT = "…"


def cut_lines(look: Look) -> list[str]:
    return [line.strip() for line in look.text[1:] if CUT in line]


@each_stop
def test_nothing_is_cut_and_nothing_scrolls_sideways(walked: Walk, name: str) -> None:
    """WCAG 2.2 1.4.10: at each size all words have the room they need, in their width and in their height."""
    looks = all_looks(walked(name))
    assert {look.size for look in looks} == set(SIZES)
    for look in looks:
        columns, _rows = look.size
        for box in look.boxes:
            assert box.sideways == 0, (look.size, box.name)
            assert box.left >= 0, (look.size, box.name)
            assert box.left + box.width <= columns, (look.size, box.name)
            assert box.needs[0] <= box.inner[0], (look.size, box.name, box.words)
            assert box.needs[1] <= box.inner[1], (look.size, box.name, box.words)
        assert cut_lines(look) == [], look.size


def whole(walked: Walked, size: tuple[int, int]) -> str:
    """Everything drawn at a size during a round of Tab, as one text."""
    looks = [look for look in all_looks(walked) if look.size == size]
    text = " ".join(line for look in looks for line in look.text)
    return " ".join("".join(" " if 0x2500 <= ord(char) <= 0x259F else char for char in text).split())


@pytest.mark.parametrize("name", ["home-empty", "question-text", "question-table", "question-row", "ask"])
def test_in_the_smallest_window_tab_shows_every_button(walked: Walk, name: str) -> None:
    """WCAG 2.2 1.4.10: what a small window has no room for comes into it with the focus, its label whole."""
    small, usual = whole(walked(name), SMALL), walked(name).still
    labels = {
        box.words
        for look in usual
        if look.size == SMALL
        for box in look.boxes
        if box.kind == "button" and box.can_focus
    }
    assert labels
    for label in labels:
        assert " ".join(label.split()) in small, label


def test_a_mark_can_be_seen_without_scrolling(walked: Walk) -> None:
    """WCAG 2.2 1.4.10: in the smallest window the mark of a question stands above it, not only on its button."""
    [look] = [one for one in walked("question-marked").still if (one.size, one.theme) == (SMALL, "lamp")]
    assert "● ask the school" in look.text[1]


def test_a_list_of_many_children_has_one_scroll_bar(walked: Walk) -> None:
    """WCAG 2.2 1.4.10: the list takes the rest of the window and scrolls, the page around it does not."""
    for look in walked("home-many").still:
        if look.size != SMALL:
            assert len(look.bars) <= 1, look.size


@pytest.mark.parametrize("place", ["a-text", "a-list", "child-name"])
async def test_a_change_of_the_window_keeps_words_and_caret(make_family: Family, place: str) -> None:
    """WCAG 2.2 1.4.10: resized in the middle of an answer, the words, the caret and the focus stay; typing goes on."""
    async with at_the_screen(make_family(place), size=USUAL) as person:
        await person.press("enter")
        await person.type("Half a ")
        await person.press("left", "left")
        field = person.focus
        assert isinstance(field, LineInput | TextField)
        words, caret = _state(field)
        for size in (*SIZES, USUAL):
            await resize(person, size)
            assert person.focus is field
            assert _state(field) == (words, caret)
            box = field.region.intersection(field.screen.region)
            assert box.height, size
        await person.type("x")
        assert len(_state(field)[0]) == len(words) + 1


def _state(field: LineInput | TextField) -> tuple[str, object]:
    if isinstance(field, LineInput):
        return field.value, field.cursor_position
    return field.text, field.cursor_location


@each_stop
def test_what_can_be_clicked_is_large_enough(walked: Walk, name: str) -> None:
    """WCAG 2.2 2.5.8: a target is a whole line high and four cells wide or more, about 32 by 16 pixels, and none
    lies over another. The height of a line is the terminal's own; every target has a key beside it."""
    for look in walked(name).still:
        targets = [box for box in look.boxes if box.kind in ("button", "list", "chooser") and box.seen[2] * box.seen[3]]
        for box in targets:
            assert box.width >= 4, box.name
            assert box.height >= 1, box.name
        for one in targets:
            for other in targets:
                if one is not other and not other.name.startswith(one.name) and not one.name.startswith(other.name):
                    assert not _overlap(one.seen, other.seen), (look.size, one.name, other.name)


def _overlap(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    return (
        one[0] < other[0] + other[2]
        and other[0] < one[0] + one[2]
        and one[1] < other[1] + other[3]
        and other[1] < one[1] + one[3]
    )
