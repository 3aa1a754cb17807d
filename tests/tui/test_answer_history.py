"""Earlier versions of an answer on the question screen: undo, redo, and the list by date."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from iep_tui.core.case_model import Answer
from iep_tui.store.case_store import CaseStore
from iep_tui.tui.app import PrepApp
from iep_tui.tui.screens.pick_dialog import PickDialog

from .conftest import Clock
from .person import FRAMES, at_the_screen
from .sample_cases import CHILD, NASTY

pytestmark = pytest.mark.slow

Family = Callable[..., PrepApp]
Disk = Callable[[str], Answer]


async def test_undo_and_redo_of_a_paragraph(make_family: Family, disk: Disk) -> None:
    async with at_the_screen(make_family("a-text", a_text="What stood here.")) as person:
        await person.press("enter")
        await person.type("New! ")
        await person.press("alt+left")
        assert person.sees("What stood here.")
        assert not person.sees("New!")
        await person.until(lambda: disk("a-text").value == "What stood here.")
        await person.press("alt+left")
        assert person.sees("There is nothing more to take back here.")
        await person.press("alt+right")
        assert person.sees("New!")
        await person.until(lambda: "New!" in str(disk("a-text").value))


async def test_an_earlier_answer_is_chosen_from_the_list(make_family: Family, disk: Disk, clock: Clock) -> None:
    async with at_the_screen(
        make_family("a-text", a_text=Answer("In March.", "answered", at="2027-03-01T15:00:00Z"))
    ) as person:
        await person.press("enter")
        await person.type("Now. ")
        await person.press("ctrl+g")
        assert person.sees("Earlier answers")
        assert person.sees("Monday 1 March 2027")
        assert person.sees("In March.")
        await person.press("enter")
        assert not isinstance(person.app.screen, PickDialog)
        await person.until(lambda: disk("a-text").value == "In March.")
        assert disk("a-text").share == "team"
        await person.press("ctrl+g")
        assert person.sees("Now. ")
        await person.press("escape")
        assert disk("a-text").value == "In March."


async def test_where_nothing_was_before_it_says_so(make_family: Family) -> None:
    async with at_the_screen(make_family("a-number")) as person:
        await person.press("enter")
        await person.press("ctrl+g")
        assert person.sees("There is no earlier answer to this question.")
        await person.press("enter")
        assert person.place == "a-number"


async def test_words_still_in_the_queue_are_not_lost_by_undo(make_family: Family, disk: Disk, clock: Clock) -> None:
    async with at_the_screen(make_family("a-text", a_text="Old.")) as person:
        await person.press("enter")
        await person.press("x", "y", "alt+left", "alt+right")
        assert "xy" in str(disk("a-text").value) or person.sees("xy")
        await person.until(lambda: "xy" in str(disk("a-text").value))


@pytest.mark.parametrize(
    ("place", "key"),
    [
        ("a-one", "1"),
        ("a-yesno", "2"),
        ("a-rate", "1"),
        ("a-several", "1"),
        ("a-list", "x"),
        ("a-table", "delete"),
        ("the-goals", "delete"),
    ],
)
async def test_every_kind_can_be_taken_back(make_family: Family, disk: Disk, place: str, key: str) -> None:
    async with at_the_screen(make_family(place)) as person:
        first = disk(place).value
        await person.press("enter")
        await person.press(key)
        await person.until(lambda: disk(place).value != first)
        await person.press(*(["f3"] if person.place != place else []), "alt+left")
        await person.until(lambda: disk(place).value == first)


async def test_a_mark_and_a_note_are_taken_back(make_family: Family, disk: Disk) -> None:
    async with at_the_screen(make_family("a-text")) as person:
        await person.press("enter")
        await person.press("f6")
        await person.press("f3")
        assert disk("a-text").state == "ask"
        await person.press("alt+left")
        await person.until(lambda: disk("a-text").state == "answered")


async def test_hostile_words_are_words_in_the_list(make_family: Family) -> None:
    async with at_the_screen(make_family("a-text", a_text=NASTY)) as person:
        await person.press("enter")
        await person.press("ctrl+a", "x")
        await person.press("ctrl+g")
        assert isinstance(person.app.screen, PickDialog)
        assert person.sees("[")


async def test_the_list_fits_a_small_window(make_family: Family) -> None:
    long = "A long answer that goes on. " * 60
    async with at_the_screen(make_family("a-text", a_text=long), size=(40, 12)) as person:
        await person.press("enter")
        await person.press("ctrl+a", "x")
        await person.press("ctrl+g")
        assert person.sees("Earlier answers")
        assert person.sees("Close (esc)")


async def test_what_can_only_be_read_is_shown_and_not_taken_back(
    make_family: Family, store: CaseStore, disk: Disk
) -> None:
    async with at_the_screen(make_family("a-one")) as person:
        await person.press("enter")
        await person.press("1", "2")
        await person.press("escape", "escape")
        with store.open(CHILD):
            await person.press("enter")
            value = disk("a-one").value
            assert person.sees("To read only")
            await person.press("alt+left")
            await person.press("ctrl+g")
            assert person.sees("open in another window")
            await person.press("enter")
            assert disk("a-one").value == value


async def test_what_changed_in_the_questions_can_be_read_again(make_family: Family) -> None:
    async with at_the_screen(make_family()) as person:
        await person.press("enter")
        if person.place != "plan":
            await person.press("f2")
        await person.press("ctrl+e")
        assert person.sees("The questions are the ones you answered.")


async def test_an_earlier_answer_that_wraps_stays_in_its_column(make_family: Family) -> None:
    long = Answer("Every morning after recess in March. " * 3, "answered", at="2027-03-01T15:00:00Z")
    async with at_the_screen(make_family("a-text", a_text=long), size=(40, 12)) as person:
        await person.press("enter")
        await person.type("Now. ")
        await person.press("ctrl+g")
        lines = [line for line in person.screen.split("\n") if "March" in line or "recess" in line]
        columns = {len(line) - len(line.translate(FRAMES).replace("▸", " ").lstrip()) for line in lines}
        assert len(lines) > 1
        assert len(columns) == 1, person.screen
