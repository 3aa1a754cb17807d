"""Partial output: only changed cells are sent, and the terminal matches a full redraw cell for cell."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyte
import pytest
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.geometry import Region, Size
from textual.screen import Screen
from textual.strip import Strip

from iep_tui.tui.app import PrepApp
from iep_tui.tui.textual_ext.diff_output import ScreenDiff
from tests.textual_private import ChopsUpdate, CompositorUpdate, LayoutUpdate, is_batching, watch_drawing

from .full_redraw import drawn_anew
from .person import Person, at_the_screen


class TwoTerminals:
    """Two terminals: one receives Textual's own output, the other our partial output."""

    def __init__(self, columns: int, lines: int) -> None:
        self.theirs, self.ours = pyte.Screen(columns, lines), pyte.Screen(columns, lines)
        self._streams = pyte.Stream(self.theirs), pyte.Stream(self.ours)
        self.sent = ScreenDiff()
        self.bytes = [0, 0]
        self.updates = 0

    def show(self, update: CompositorUpdate, size: Size, console: Console) -> None:
        full = update.render_segments(console)
        mine = self.sent.only_changes(update, size).render_segments(console)
        for number, words in enumerate((full, mine)):
            self._streams[number].feed(words)
            self.bytes[number] += len(words.encode())
        self.updates += 1

    def resize(self, columns: int, lines: int) -> None:
        self.theirs.resize(lines, columns)
        self.ours.resize(lines, columns)
        self.sent.forget()

    def assert_same(self, what: str, app: PrepApp | None = None) -> None:
        """Assert that both terminals match; with `app` also that a full redraw matches."""
        others = [self.theirs]
        if app is not None:
            others.append(pyte.Screen(self.theirs.columns, self.theirs.lines))
            pyte.Stream(others[1]).feed(drawn_anew(app))
        for other in others:
            for y in range(other.lines):
                rows = [[screen.buffer[y][x] for x in range(screen.columns)] for screen in (other, self.ours)]
                assert rows[0] == rows[1], f"row {y} after {what}:\n{other.display[y]}\n{self.ours.display[y]}"


@pytest.fixture
def terminals(monkeypatch: pytest.MonkeyPatch) -> Callable[[int, int], TwoTerminals]:
    made: list[TwoTerminals] = []
    console = Console(color_system="truecolor", force_terminal=True, legacy_windows=False)

    def watch(app: App[Any], _screen: Screen[Any], update: object) -> None:
        if made and isinstance(update, LayoutUpdate | ChopsUpdate) and not is_batching(app):
            made[0].show(update, app.size, console)

    def open_both(columns: int, lines: int) -> TwoTerminals:
        made.append(TwoTerminals(columns, lines))
        return made[-1]

    watch_drawing(monkeypatch, PrepApp, watch)
    return open_both


#: Through every screen: typing, deleting, choices, rows, marks, folds, the list of keys, other colours.
WALK = [
    *("enter", "f4", *"Words", "space", *"more", "backspace", "backspace", "enter", *"line", "up", "left", "X"),
    *("f4", "1", "2", "f5", "f3", "f3", "f6", "f4", "f4", "f4", "2", "1", "space", "f4", "down", "enter"),
    *("f4", "tab", "tab", "enter", *"note", "f2", "down", "down", "f8", "down", "enter", "escape"),
    *("f9", "down", "down", "right", "f1", "down", "escape", "escape", "ctrl+t", "f7", *"wa", "escape", "f2"),
    *("escape", "ctrl+t", "enter"),
]


@pytest.mark.parametrize(
    "size",
    [(80, 24), *(pytest.param(size, marks=pytest.mark.sweep) for size in ((40, 12), (120, 40)))],
    ids=lambda size: f"{size[0]}x{size[1]}",
)
async def test_the_terminal_shows_the_same(
    family: PrepApp, terminals: Callable[[int, int], TwoTerminals], size: tuple[int, int]
) -> None:
    both = terminals(*size)
    async with at_the_screen(family, size=size) as person:
        both.assert_same("the start", family)
        for key in WALK:
            await person.press(key)
            both.assert_same(key, family)
    assert both.updates > len(WALK) / 2
    assert both.bytes[1] < both.bytes[0] * 0.75, "and less is sent"


@pytest.mark.slow
@pytest.mark.parametrize("size", [(80, 24), (40, 12)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_with_wide_and_joined_characters_too(
    hostile: PrepApp, terminals: Callable[[int, int], TwoTerminals], size: tuple[int, int]
) -> None:
    both = terminals(*size)
    async with at_the_screen(hostile, size=size) as person:
        for key in (
            "enter",
            *"字é🐌a",
            "backspace",
            "left",
            "x",
            "f4",
            "1",
            "f4",
            "down",
            "f4",
            "f2",
            "f8",
            "down",
            "f9",
        ):
            await person.press(key)
            both.assert_same(key)


@pytest.mark.slow
async def test_another_size_in_the_middle(family: PrepApp, terminals: Callable[[int, int], TwoTerminals]) -> None:
    both = terminals(80, 24)

    async def resize(person: Person, columns: int, lines: int) -> None:
        both.resize(columns, lines)
        await person.pilot.resize_terminal(columns, lines)
        await person.rest()
        both.assert_same(f"{columns}x{lines}", family)

    async with at_the_screen(family) as person:
        await person.press("enter", "f4", *"words")
        for size in ((100, 30), (40, 12), (80, 24), (81, 24), (80, 24)):
            await resize(person, *size)
            await person.press("x", "backspace", "y")
            both.assert_same("typing", family)


# Row by row

CONSOLE = Console(color_system="truecolor", force_terminal=True, legacy_windows=False)
SIZE = Size(20, 2)
RED = Style(color="red")


def whole(*rows: str) -> LayoutUpdate:
    return LayoutUpdate([[Strip([Segment(row.ljust(20))])] for row in rows], SIZE.region)


def part(y: int, x: int, *segments: Segment) -> LayoutUpdate:
    strip = Strip(segments)
    return LayoutUpdate([[strip]], Region(x, y, strip.cell_length, 1))


def sent(known: ScreenDiff, update: LayoutUpdate) -> str:
    return known.only_changes(update, SIZE).render_segments(CONSOLE)


def test_what_stands_there_is_not_sent_again() -> None:
    known = ScreenDiff()
    sent(known, whole("one line", "another"))
    assert sent(known, part(0, 0, Segment("one line"))) == ""
    assert sent(known, part(0, 4, Segment("life"))) == "\x1b[1;7Hf"
    assert sent(known, part(0, 4, Segment("life"))) == ""
    assert "red" in str(RED)
    assert "\x1b[31m" in sent(known, part(1, 0, Segment("an", RED))), "another look is another cell"


def test_all_of_it_is_sent_where_we_know_nothing() -> None:
    known = ScreenDiff()
    update = whole("one line", "another")
    first = sent(known, update)
    assert "one line" in first
    assert sent(known, update) == first, "a whole screen is sent whole"
    known.forget()
    assert "line" in sent(known, part(0, 4, Segment("line")))


def test_what_was_not_written_is_not_taken_to_be_there() -> None:
    """Textual drops an update while it gathers several: it only counts once its words were asked for."""
    known = ScreenDiff()
    sent(known, whole("one", "two"))
    known.only_changes(part(0, 0, Segment("new")), SIZE)
    assert "new" in sent(known, part(0, 0, Segment("new")))


@pytest.mark.parametrize("odd", ["字", "e\u0301", "👩‍🦽", "a\u200bb", "\u00a0"])
def test_a_row_that_terminals_disagree_on_is_always_sent(odd: str) -> None:
    known = ScreenDiff()
    sent(known, whole("one", "two"))
    update = part(0, 0, Segment(f"x{odd}y"))
    assert odd in sent(known, update)
    assert odd in sent(known, update)
    assert "plain" in sent(known, part(0, 12, Segment("plain")))
    assert "plain" in sent(known, part(0, 12, Segment("plain")))
    assert sent(known, part(1, 0, Segment("two"))) == "", "the other rows are known"
    sent(known, whole("one", "two"))
    assert sent(known, part(0, 0, Segment("one"))) == ""
