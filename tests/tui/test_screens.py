"""Each screen, character by character, in a usual window, a very small one and a few wide ones.

`IEP_TUI_GOLDEN=rewrite python -m pytest tests/tui/test_screens.py` writes them anew: read the difference.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from iep_tui.core.case_model import Answer
from iep_tui.sets.library import Library
from iep_tui.store.case_store import CaseStore
from iep_tui.tui import autosave
from iep_tui.tui.app import PrepApp

from . import golden_screens
from .conftest import MakeApp, MakeLibrary
from .person import at_the_screen
from .sample_cases import CARRYING, CHILD, case

pytestmark = pytest.mark.sweep


@pytest.fixture(autouse=True)
def no_pause_saves(monkeypatch: pytest.MonkeyPatch) -> None:
    """Disable saving after a pause, which would depend on the speed of the machine."""
    monkeypatch.setattr(autosave, "SAVE_AFTER", 3_600.0)


Family = Callable[..., PrepApp]

USUAL, SMALL = (80, 24), (40, 12)
SIZES = [pytest.param(size, id=f"{size[0]}x{size[1]}") for size in (USUAL, SMALL)]

#: A screen's name → the question where the child was left, and the keys from home.
SCREENS: dict[str, tuple[str, tuple[str, ...]]] = {
    "home": ("", ()),
    "plan": ("", ("enter",)),
    "plan-all": ("", ("enter", "shift+tab", "tab", "tab", "right")),
    "question-line": ("child-name", ("enter",)),
    "question-text": ("a-text", ("enter",)),
    "question-list": ("a-list", ("enter",)),
    "question-date": ("a-date", ("enter",)),
    "question-odd-date": ("a-date", ("enter", "x")),
    "question-rate": ("a-rate", ("enter",)),
    "question-one": ("a-one", ("enter",)),
    "question-own-words": ("a-other", ("enter",)),
    "question-several": ("a-several", ("enter",)),
    "question-table": ("a-table", ("enter",)),
    "question-row": ("a-table", ("enter", "enter")),
    "question-goals": ("the-goals", ("enter",)),
    "question-goal": ("the-goals", ("enter", "enter")),
    "question-example": ("a-text", ("enter", "tab", "enter")),
    "review": ("", ("enter", "f8")),
    "review-nothing": ("", ("enter", "f8", "shift+tab", "4")),
    "sheet": ("", ("enter", "f9")),
    "sheet-left-out": ("", ("enter", "f9", "tab", "enter")),
    "sheet-copied": ("", ("enter", "f9", "ctrl+o")),
    "save": ("", ("enter", "f9", "ctrl+s")),
    "next-meeting": ("", ("enter", "ctrl+g")),
    "words": ("", ("f7",)),
    "words-found": ("", ("f7", "p", "l", "a")),
    "help": ("", ("f1",)),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", SCREENS)
async def test_screen(make_family: Family, name: str, size: tuple[int, int]) -> None:
    place, keys = SCREENS[name]
    facts = {"meeting_date": "2027-03-12"} if name in ("home", "plan") else {}
    async with at_the_screen(make_family(place, **facts), size=size) as person:
        await person.press(*keys)
        golden_screens.with_golden(f"{name}-{size[0]}x{size[1]}", person.screen)


@pytest.mark.parametrize("size", [(104, 30), (150, 40)], ids=["104x30", "150x40"])
@pytest.mark.parametrize(("name", "place"), [("text", "a-text"), ("one", "a-one"), ("row", "a-table")])
async def test_wide_question(make_family: Family, name: str, place: str, size: tuple[int, int]) -> None:
    async with at_the_screen(make_family(place), size=size) as person:
        await person.press("enter", *(["enter"] if name == "row" else []))
        golden_screens.with_golden(f"question-{name}-{size[0]}x{size[1]}", person.screen)


@pytest.mark.parametrize("size", SIZES)
async def test_first_day(make_app: MakeApp, kinds: Library, size: tuple[int, int]) -> None:
    async with at_the_screen(make_app(kinds), size=size) as person:
        golden_screens.with_golden(f"first-day-{size[0]}x{size[1]}", person.screen)
        await person.press("enter")
        golden_screens.with_golden(f"first-question-{size[0]}x{size[1]}", person.screen)


@pytest.mark.parametrize("size", SIZES)
async def test_home_of_an_advocate(
    make_app: MakeApp, kinds: Library, store: CaseStore, home: Path, size: tuple[int, int]
) -> None:
    app = make_app(kinds)
    for number in range(8):
        one = msgspec.structs.replace(case({"child-name": f"Child {number}"}), id=f"child-number-{number}")
        store.add(one)
    (home / "cases" / "a-damaged-file.json").write_bytes(b"nothing")
    for number, path in enumerate(sorted((home / "cases").glob("*.json"))):
        _changed(path, number)
    async with at_the_screen(app, size=size) as person:
        golden_screens.with_golden(f"home-of-many-{size[0]}x{size[1]}", person.screen)
        await person.press("shift+tab")
        await person.type("d 5")
        golden_screens.with_golden(f"home-found-{size[0]}x{size[1]}", person.screen)
        await person.press("enter", "enter")
        assert person.place == "plan"
        assert "Child" in person.top


def _changed(path: Path, minute: int) -> None:
    """Say when a file changed last: the list is in that order."""
    os.utime(path, (1_800_000_000 + minute * 60,) * 2)


@pytest.mark.parametrize("size", SIZES)
async def test_the_last_meeting_beside(make_app: MakeApp, make_library: MakeLibrary, size: tuple[int, int]) -> None:
    last = {"asked": Answer("Noise is hard for her, in the lunch room most of all.", "answered")}
    async with at_the_screen(make_app(make_library(CARRYING), case({}, "asked", last)), size=size) as person:
        await person.press("enter")
        golden_screens.with_golden(f"question-last-meeting-{size[0]}x{size[1]}", person.screen)


@pytest.mark.parametrize("size", SIZES)
async def test_marks_and_a_note(make_family: Family, size: tuple[int, int]) -> None:
    marked = Answer(20, "ask", "family", "Ask Ann first")
    async with at_the_screen(make_family("a-number", a_number=marked), size=size) as person:
        await person.press("enter")
        golden_screens.with_golden(f"question-marked-{size[0]}x{size[1]}", person.screen)


@pytest.mark.parametrize("size", SIZES)
async def test_to_read_only(make_family: Family, store: CaseStore, size: tuple[int, int]) -> None:
    app = make_family("a-text")
    with store.open(CHILD):
        async with at_the_screen(app, size=size) as person:
            await person.press("enter")
            golden_screens.with_golden(f"question-read-only-{size[0]}x{size[1]}", person.screen)
            await person.press("f2")
            golden_screens.with_golden(f"plan-read-only-{size[0]}x{size[1]}", person.screen)


@pytest.mark.parametrize("size", SIZES)
async def test_a_value_that_does_not_fit(make_family: Family, size: tuple[int, int]) -> None:
    async with at_the_screen(make_family("a-one", a_one={"gone": "In my bed"}), size=size) as person:
        await person.press("enter")
        golden_screens.with_golden(f"question-strange-{size[0]}x{size[1]}", person.screen)


@pytest.mark.parametrize("size", SIZES)
async def test_every_answer_of_a_dialog_can_be_seen(make_family: Family, size: tuple[int, int]) -> None:
    async with at_the_screen(make_family(), size=size) as person:
        await person.press("enter", "ctrl+g")
        assert person.sees("▸Begin the next meeting")
        await person.press("down")
        assert person.sees("▸Not now")


def test_no_golden_is_left_over() -> None:
    """A file that nothing is compared with is never wrong."""
    source = Path(__file__).read_text(encoding="utf-8")
    for path in golden_screens.FOLDER.glob("*.txt"):
        name = path.stem.rpartition("-")[0]
        known = name in SCREENS or f'"{name}-{{size' in source
        assert known or name.removeprefix("question-") in ("text", "one", "row"), path.name
