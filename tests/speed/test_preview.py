"""A long sheet: its first lines are drawn before the whole of it, and the whole of it once."""

from __future__ import annotations

import pytest
from textual.content import Content

from iep_tui.core.answers import Answer
from iep_tui.sheet.parts import Outline
from iep_tui.tui.app import PrepApp
from iep_tui.tui.screens.sheet import FIRST_BLOCKS, SheetScreen
from iep_tui.tui.widgets.preview import preview

from .conftest import MANY
from .test_screen import at, open_question, until


async def test_the_first_lines_come_first(app: PrepApp, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[tuple[int, int]] = []

    def noted(outline: Outline, width: int) -> Content:
        drawn.append((len(outline.blocks), width))
        return preview(outline, width)

    monkeypatch.setattr("iep_tui.tui.screens.sheet.preview", noted)
    async with app.run_test() as pilot:
        await open_question(pilot, app)
        assert at(app) == "q-2"
        assert app.sitting is not None
        for question in app.sitting.interview.path:
            app.sitting.change(question, Answer(f"All about {question.id}.", "answered", "team"))
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(app.screen, SheetScreen) and len(drawn) == 2, "the sheet")
        await pilot.pause()
        (first, _width), (whole, width) = drawn
        assert first == FIRST_BLOCKS
        assert whole > FIRST_BLOCKS
        assert width > 40, "never for a width that it will not have"
        shown = app.screen.query_one("#preview").render()
        assert f"All about q-{MANY - 1}." in str(shown)
