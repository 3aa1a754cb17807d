"""A key press in a long answer: the number of calls, compared with a bare Textual field."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest
from textual import events
from textual.app import App

from benchmarks import workloads
from benchmarks.floor_app import text_app
from benchmarks.subjects import LONG
from iep_tui.core.interview import Interview
from iep_tui.sets.library import Library
from iep_tui.store.case_store import CaseStore
from iep_tui.store.settings import Settings
from iep_tui.tui import autosave
from iep_tui.tui.app import PrepApp
from iep_tui.tui.screens.question_screen import QuestionScreen
from iep_tui.tui.textual_ext.text_fields import TextField

from .conftest import NOW
from .test_screen import at, open_question, until

pytestmark = pytest.mark.slow

KEYS = "abcdefgh"


async def come_to_rest(app: App[None]) -> None:
    """Wait until all requested drawing is done."""
    for _turn in range(12):
        await asyncio.sleep(0.01)


async def calls_of(app: App[None], act: Callable[[], object]) -> int:
    """The number of Python calls that `act` causes until it is drawn."""
    counted = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal counted
        counted += event == "call"

    sys.setprofile(count)
    try:
        act()
        await come_to_rest(app)
    finally:
        sys.setprofile(None)
    return counted


async def calls_a_key(app: App[None]) -> float:
    """The cost of a typical letter among eight: now and then a line is full or a timer fires."""
    found = []
    for key in KEYS:
        found.append(await calls_of(app, lambda key=key: app.post_message(events.Key(key, key))))  # type: ignore[misc]
    return sorted(found)[len(found) // 2]


async def of_a_bare_field() -> float:
    app = text_app(LONG)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("x")
        return await calls_a_key(app)


@pytest.fixture
def no_pause_saves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(autosave, "SAVE_AFTER", 3_600.0)


async def of_a_long_answer(folder: Path, questions: int) -> float:
    """The cost in the program, at the fifth question of a set of this many questions."""
    home = workloads.home(folder, answers=30, place=workloads.question_id(5))
    found = Library(workloads.catalogue(questions), (), (), None)
    app = PrepApp(found, CaseStore(home, lambda: NOW), Settings(home), lambda: NOW)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: bool(app.screen.query("#cases")), "home")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, QuestionScreen), "the question")
        app.screen.query(TextField).first().insert(LONG)
        await pilot.press("x")
        await pilot.pause()
        return await calls_a_key(app)


@pytest.mark.usefixtures("no_pause_saves")
async def test_a_key_takes_less_than_in_a_bare_field(tmp_path: Path) -> None:
    ours = await of_a_long_answer(tmp_path, 40)
    bare = await of_a_bare_field()
    assert ours < bare * 0.5, "one row is drawn, not the whole field; and what follows from an answer is seldom another"


@pytest.mark.usefixtures("no_pause_saves")
async def test_a_key_takes_the_same_in_a_set_of_any_length(tmp_path: Path) -> None:
    found = []
    for questions in (40, 2_000):
        folder = tmp_path / str(questions)
        folder.mkdir()
        found.append(await of_a_long_answer(folder, questions))
    assert found[1] < found[0] * 1.1


async def test_a_letter_more_goes_over_no_way_again(app: PrepApp, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Interview] = []
    whole = Interview.__init__

    def counted(self: Interview, *arguments: object, **options: object) -> None:
        made.append(self)
        whole(self, *arguments, **options)  # type: ignore[arg-type]

    async with app.run_test() as pilot:
        await open_question(pilot, app)
        await pilot.press("a")
        monkeypatch.setattr(Interview, "__init__", counted)
        await pilot.press(*"bcd")
        assert made == []
        assert at(app) == "q-2"
