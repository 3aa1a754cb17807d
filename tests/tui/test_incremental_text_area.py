"""A field draws only the rows that look otherwise, and then stands there as if all of it had been drawn."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pyte
import pytest
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App, ComposeResult
from textual.widgets import TextArea

from iep_tui.tui.textual_ext.text_fields import TextField

from .full_redraw import CONSOLE, drawn_anew

WORDS = (
    "She starts well, and then the room gets loud (more so after lunch). Ten quiet minutes make the difference.\n" * 3
)


class OneField(App[None]):
    """A field, and a terminal to which goes what is drawn."""

    CSS = "TextField { width: 34; height: 8; border: round red; } TextField:focus { border: heavy green; }"

    def __init__(self, *, numbered: bool) -> None:
        super().__init__()
        self.numbered = numbered
        self.terminal = pyte.Screen(40, 12)
        self.drawn: list[int] = []

    def compose(self) -> ComposeResult:
        yield TextField(numbered=self.numbered)
        other = TextArea("another", classes="other")
        other.cursor_blink = False
        yield other

    def _display(self, screen: Any, renderable: Any) -> None:
        if isinstance(renderable, LayoutUpdate | ChopsUpdate) and not self._batch_count:
            pyte.Stream(self.terminal).feed(renderable.render_segments(CONSOLE))
            rows = renderable.spans if isinstance(renderable, ChopsUpdate) else renderable.strips
            self.drawn.append(len(list(rows)))
        super()._display(screen, renderable)

    def assert_as_drawn_anew(self, what: str) -> None:
        anew = pyte.Screen(40, 12)
        pyte.Stream(anew).feed(drawn_anew(self))
        for y in range(12):
            rows = [[screen.buffer[y][x] for x in range(40)] for screen in (self.terminal, anew)]
            assert rows[0] == rows[1], f"row {y} after {what}:\n{self.terminal.display[y]}\n{anew.display[y]}"


def acts(field: TextField, chance: random.Random) -> dict[str, Callable[[], object]]:
    """What a person may do in a field, by name."""

    def typed(words: str) -> Callable[[], object]:
        return lambda: field._replace_via_keyboard(words, *field.selection)

    anywhere = (chance.randrange(field.document.line_count), chance.randrange(30))
    return {
        "a letter": typed("x"),
        "a bracket": typed(chance.choice("()[]")),
        "a tab": typed("\t"),
        "a long word": typed("unbelievable "),
        "a wide one": typed("字 "),
        "enter": typed("\n"),
        "backspace": field.action_delete_left,
        "delete": field.action_delete_right,
        "word back": field.action_delete_word_left,
        "left": field.action_cursor_left,
        "right": lambda: field.action_cursor_right(select=chance.random() < 0.3),
        "up": lambda: field.action_cursor_up(select=chance.random() < 0.3),
        "down": lambda: field.action_cursor_down(select=chance.random() < 0.3),
        "home": field.action_cursor_line_start,
        "end": field.action_cursor_line_end,
        "page up": field.action_cursor_page_up,
        "all": field.select_all,
        "undo": field.undo,
        "redo": field.redo,
        "a click": lambda: field.move_cursor(field.clamp_visitable(anywhere)),
        "the line": field.action_delete_line,
        "to read only": lambda: setattr(field, "read_only", not field.read_only),
        "another answer": lambda: field.put(chance.choice((WORDS, "Short.", ""))),
        "the wheel": lambda: field.scroll_relative(y=chance.choice((-2, 2)), animate=False),
        "another part": lambda: (field.app.query_one(".other") if field.has_focus else field).focus(),
        "another theme": lambda: setattr(field.app, "theme", chance.choice(("textual-light", "textual-dark"))),
        "another width": lambda: setattr(field.styles, "width", chance.choice((34, 30, 36))),
    }


@pytest.mark.parametrize("seed", [1, 4, 34])
async def test_the_field_stands_there_as_if_it_were_drawn_anew(seed: int) -> None:
    chance = random.Random(seed)
    app = OneField(numbered=seed % 2 == 1)
    async with app.run_test(size=(40, 12)) as pilot:
        field = app.query_one(TextField)
        field.put(WORDS)
        field.focus()
        await pilot.pause()
        for _turn in range(80):
            did = []
            for _times in range(chance.choice((1, 1, 1, 2, 3))):  # several before one drawing too
                name, act = chance.choice([*acts(field, chance).items()])
                did.append(name)
                act()
            await pilot.pause()
            app.assert_as_drawn_anew(", ".join(did))


async def test_a_key_draws_the_row_it_stands_in() -> None:
    app = OneField(numbered=False)
    async with app.run_test(size=(40, 12)) as pilot:
        field = app.query_one(TextField)
        field.put(f"{WORDS}End")
        field.focus()
        await pilot.press("x")
        await pilot.pause()
        app.drawn.clear()
        await pilot.press(*"abc")
        assert app.drawn == [1, 1, 1]
        app.drawn.clear()
        await pilot.press("up")
        assert app.drawn == [2], "the row the cursor left, and the one it came to"


async def test_lines_that_are_undone_take_the_scroll_bar_with_them() -> None:
    app = OneField(numbered=False)
    async with app.run_test(size=(40, 12)) as pilot:
        field = app.query_one(TextField)
        field.put("One")
        field.focus()
        await pilot.pause()
        field._replace_via_keyboard("\nand more" * 20, *field.selection)
        await pilot.pause()
        assert field.show_vertical_scrollbar
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert field.text == "One"
        assert field.cursor_location == (0, 3)
        app.assert_as_drawn_anew("undo")
