"""Screens: no widget per question, one save per pause, and few saves for moving on."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable

import pytest
from textual.color import Color
from textual.css.stylesheet import Stylesheet
from textual.geometry import Size
from textual.pilot import Pilot
from textual.widget import Widget

from iep_tui.store import disk
from iep_tui.tui.app import PrepApp
from iep_tui.tui.autosave import SAVE_AFTER
from iep_tui.tui.screens.question_screen import QuestionScreen
from iep_tui.tui.themes import DARK_THEME, LIGHT_THEME
from tests.textual_private import Compositor, ReflowResult, watch_drawing

from .conftest import MANY

pytestmark = pytest.mark.slow


async def until(pilot: Pilot[None], come: Callable[[], bool], what: str) -> None:
    for _turn in range(500):
        await pilot.pause()
        if come():
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"{what} did not come")


def at(app: PrepApp) -> str:
    return app.screen.question.id if isinstance(app.screen, QuestionScreen) else ""


async def open_question(pilot: Pilot[None], app: PrepApp) -> None:
    await until(pilot, lambda: bool(app.screen.query("#cases")), "home")
    await pilot.press("enter")
    await until(pilot, lambda: at(app) == "q-2", "the question")


async def test_going_on_mounts_nothing_and_changes_no_screen(app: PrepApp) -> None:
    async with app.run_test() as pilot:
        await open_question(pilot, app)
        screen = app.screen
        before = list(screen.walk_children())
        for number in range(3, 15):
            await pilot.press("f4")
            await until(pilot, lambda number=number: at(app) == f"q-{number}", f"question {number}")  # type: ignore[misc]
        assert app.screen is screen
        after = list(screen.walk_children())
        assert [id(one) for one in after] == [id(one) for one in before], "the very same widgets"
        assert len(after) < 80 < MANY * 3, "and their number has nothing to do with that of the questions"


async def test_a_pause_in_typing_is_one_save(app: PrepApp, on_disk: Counter[str]) -> None:
    async with app.run_test() as pilot:
        await open_question(pilot, app)
        await asyncio.sleep(2 * SAVE_AFTER)
        on_disk.clear()
        await pilot.press(*"words")
        await until(pilot, lambda: on_disk["sync_folder"] > 0, "the save")
        await asyncio.sleep(3 * SAVE_AFTER)
        await pilot.pause()
        assert on_disk == {"open_new": 1, "flush": 1, "replace": 1, "sync_folder": 1}


async def test_one_key_is_one_save(app: PrepApp, on_disk: Counter[str]) -> None:
    async with app.run_test() as pilot:
        await open_question(pilot, app)
        await asyncio.sleep(2 * SAVE_AFTER)
        for number in range(1, 4):
            on_disk.clear()
            await pilot.press("x")
            await until(pilot, lambda: on_disk["sync_folder"] > 0, f"save {number}")
            await asyncio.sleep(2 * SAVE_AFTER)
            await pilot.pause()
            assert on_disk["flush"] == 1


async def test_going_on_is_one_save(app: PrepApp, on_disk: Counter[str]) -> None:
    async with app.run_test() as pilot:
        await open_question(pilot, app)
        await asyncio.sleep(2 * SAVE_AFTER)
        on_disk.clear()
        await pilot.press("f4")
        await until(pilot, lambda: at(app) == "q-3", "the next question")
        await asyncio.sleep(2 * SAVE_AFTER)
        await pilot.pause()
        assert on_disk["flush"] == 1, "the place the family is at"


async def test_doing_nothing_saves_nothing(app: PrepApp, on_disk: Counter[str]) -> None:
    async with app.run_test() as pilot:
        await open_question(pilot, app)
        await asyncio.sleep(2 * SAVE_AFTER)
        on_disk.clear()
        await pilot.press("right", "left", "tab", "shift+tab")
        await asyncio.sleep(3 * SAVE_AFTER)
        assert not on_disk


async def test_the_styles_are_parsed_once_for_a_theme(app: PrepApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the start nothing is parsed a second time; with another theme each colour is the new one at once."""
    again: list[Stylesheet] = []
    reparse = Stylesheet.reparse

    def counted(self: Stylesheet) -> None:
        again.append(self)
        reparse(self)

    monkeypatch.setattr(Stylesheet, "reparse", counted)
    async with app.run_test() as pilot:
        await until(pilot, lambda: bool(app.screen.query("#cases")), "home")
        assert again == []
        for theme in (LIGHT_THEME, DARK_THEME):
            app.theme = theme.name
            await pilot.pause()
            assert app.screen.styles.background == Color.parse(theme.background or "")
        assert again


async def test_going_on_lays_nothing_out_that_is_as_tall_as_before(
    app: PrepApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid_out: list[str] = []
    reflow = Compositor.reflow

    def counted(self: Compositor, parent: Widget, size: Size) -> ReflowResult:
        laid_out.append(at(app))
        return reflow(self, parent, size)

    async with app.run_test() as pilot:
        await open_question(pilot, app)
        await pilot.press("f4")
        await until(pilot, lambda: at(app) == "q-3", "the next question")
        await asyncio.sleep(2 * SAVE_AFTER)
        monkeypatch.setattr(Compositor, "reflow", counted)
        for number in range(4, 8):
            await pilot.press("f4")
            await until(pilot, lambda number=number: at(app) == f"q-{number}", f"question {number}")  # type: ignore[misc]
            await pilot.pause()
        assert laid_out == []


async def test_the_next_question_is_drawn_before_the_disk_is_waited_for(
    app: PrepApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    flush = disk.flush

    def waited(descriptor: int) -> None:
        seen.append("disk")
        flush(descriptor)

    async with app.run_test() as pilot:
        await open_question(pilot, app)
        await asyncio.sleep(2 * SAVE_AFTER)
        watch_drawing(monkeypatch, PrepApp, lambda *_update: seen.append(f"drawn {at(app)}"))
        monkeypatch.setattr(disk, "flush", waited)
        await pilot.press("f4")
        await until(pilot, lambda: "disk" in seen, "the save")
        assert "drawn q-3" in seen[: seen.index("disk")]
