"""Two families, one after the other in one window, share no data."""

from __future__ import annotations

import pytest
from textual.widgets import TextArea

from iep_tui.core.case_model import Answer
from iep_tui.sets.library import Library
from iep_tui.store.case_store import CaseStore
from iep_tui.tui.app import PrepApp

from . import sample_cases
from .conftest import MakeApp
from .person import Person, at_the_screen

pytestmark = pytest.mark.slow

FIRST = "Xylophone"


@pytest.fixture
def two(make_app: MakeApp, store: CaseStore, kinds: Library) -> PrepApp:
    """A child with only a name, and one whose every answer has a unique word."""
    app = make_app(kinds)
    store.add(sample_cases.case({"child-name": Answer("Second child", "answered")}, "a-text"))
    own = sample_cases.EVERY_ANSWER | {"child-name": FIRST, "a-text": f"{FIRST} is tired", "a-line": FIRST}
    store.add(sample_cases.case(own, "a-text"))
    return app


async def _home(person: Person) -> None:
    await person.press("escape", "escape")
    assert person.place == "home"


async def test_nothing_of_the_first_family_comes_up_in_the_second(two: PrepApp) -> None:
    async with at_the_screen(two, size=(100, 40)) as person:
        await person.click(FIRST)
        await person.type(" and hungry")
        first = person.focus
        assert isinstance(first, TextArea)
        first.select_all()
        await person.press("ctrl+c")
        assert FIRST in two.clipboard
        await person.press("f9")
        await person.click("Teachers")
        await person.press("ctrl+o", "f2", "escape")
        assert person.place == "home"
        assert two.clipboard == "", "what was copied of one family is not pasted into the next"
        await person.click("Second child")
        assert person.place == "a-text"
        field = person.focus
        assert isinstance(field, TextArea)
        assert field.text == ""
        await person.press("ctrl+z", "ctrl+y", "ctrl+v")
        assert field.text == "", "neither its undo history nor its clipboard"
        for keys in (("f4",), ("f8",), ("f9",), ("f2",), ("f1",), ("escape", "f7")):
            await person.press(*keys)
            assert FIRST not in person.screen
        await person.press("escape")
        assert two.session is not None
        assert FIRST not in str(two.session.case)


async def test_the_reader_of_the_sheet_is_chosen_anew(two: PrepApp) -> None:
    async with at_the_screen(two, size=(100, 40)) as person:
        await person.click("Second child")
        await person.press("f9")
        before = person.screen
        await person.press("f2", "escape")
        await person.click(FIRST)
        await person.press("f9")
        await person.click("Teachers")
        await person.press("f2", "escape")
        await person.click("Second child")
        await person.press("f9")
        assert person.screen == before


async def test_what_was_looked_for_is_forgotten(two: PrepApp) -> None:
    async with at_the_screen(two, size=(100, 40)) as person:
        await person.click(FIRST)
        await person.press("f7")
        await person.type("restraint")
        await person.press("escape")
        await _home(person)
        await person.click("Second child")
        await person.press("f7")
        assert not person.sees("restraint\n")
        find = person.focus
        assert getattr(find, "value", "") == ""
