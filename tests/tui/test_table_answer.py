"""Tables and goals: rows are added, changed, moved, removed and restored, and the form loses no text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from iep_tui.core.case_model import Answer, Value
from iep_tui.tui.app import PrepApp

from .person import at_the_screen

pytestmark = pytest.mark.slow

Family = Callable[..., PrepApp]
Disk = Callable[[str], Answer]

TWO: list[Value] = [{"service": "Speech", "minutes": 30}, {"service": "Art"}]


async def test_a_row_is_added_part_by_part(make_family: Family, disk: Disk) -> None:
    async with at_the_screen(make_family("a-table", a_table=None)) as person:
        await person.press("enter", "enter")
        assert person.sees("Row 1 of 1")
        for words in ("Speech", "30", "9/1/2026", "9:15"):
            await person.type(words)
            await person.press("enter")
            if "/" in words:
                assert person.sees("Tuesday 1 September 2026")
        assert person.sees("For Maya?")
        await person.press("right", "tab", "enter")
        assert person.sees("1. Speech · 30")
        await person.press("f4")
        assert disk("a-table").value == [
            {"service": "Speech", "minutes": 30, "since": "2026-09-01", "at": "09:15", "enough": "yes"}
        ]


async def test_enter_in_the_last_part_closes_the_form(make_family: Family, disk: Disk) -> None:
    async with at_the_screen(make_family("the-goals", the_goals=None), size=(80, 60)) as person:
        await person.press("enter", "enter")
        await person.type("Reading")
        await person.press(*["enter"] * 9)
        assert person.sees("Goal 1 of 1")
        await person.press("enter")
        assert person.sees("1. Reading")
        assert person.sees("+ Add a goal")


async def test_a_row_is_changed(make_family: Family, disk: Disk) -> None:
    async with at_the_screen(make_family("a-table")) as person:
        await person.press("enter")
        assert person.sees("1. Speech · 30 · Tuesday 1 September 2026 · 9:15 am · No")
        await person.press("enter")
        assert person.sees("Row 1 of 1")
        await person.type(" therapy")
        await person.press("escape")
        assert person.place == "a-table"
        assert person.sees("1. Speech therapy · 30")
        await person.press("f4")
        assert disk("a-table").value == [
            {"service": "Speech therapy", "minutes": 30, "since": "2026-09-01", "at": "09:15", "enough": "no"}
        ]


async def test_a_part_is_cleared(make_family: Family, disk: Disk) -> None:
    async with at_the_screen(make_family("a-table")) as person:
        await person.press("enter", "enter", "tab")
        await person.hurry(*["backspace"] * 3)
        await person.press("shift+tab", "shift+tab")
        await person.press("shift+tab", "shift+tab", "backspace")
        await person.press("f4")
        row = disk("a-table").value
        assert isinstance(row, list)
        assert isinstance(row[0], dict)
        assert "minutes" not in row[0]


async def test_a_part_that_does_not_fit_is_kept_and_marked(make_family: Family, disk: Disk) -> None:
    async with at_the_screen(make_family("a-table", a_table=[{"service": "Art"}])) as person:
        await person.press("enter", "enter", "tab")
        await person.type("lots")
        assert person.sees("We could not read this as a number.")
        await person.press("f4", "f3")
        assert disk("a-table").value == [{"service": "Art", "minutes": "lots"}]
        assert person.sees("Row 1, Minutes: We could not read this as a number.")


@pytest.mark.parametrize("how", ["key", "button"])
async def test_rows_are_moved_and_removed_and_come_back(make_family: Family, disk: Disk, how: str) -> None:
    async with at_the_screen(make_family("a-table", a_table=TWO)) as person:
        await person.press("enter")
        if how == "key":
            await person.press("alt+down")
        else:
            await person.click("Down")
        mark = "▸" if how == "key" else ""  # the line in use is marked while its list has the focus
        assert person.sees(f"1. Art {mark}2. Speech · 30")
        if how == "key":
            await person.press("alt+up")
        else:
            await person.click("Up")
        assert person.sees("1. Speech · 30 2. Art")
        await person.until(lambda: disk("a-table").value == TWO)
        if how == "key":
            await person.press("down", "delete")
        else:
            await person.click("2. Art")
            await person.press("escape")
            await person.click("Remove")
        assert not person.sees("Art")
        await person.until(lambda: disk("a-table").value == TWO[:1])
        await person.click("Take back what was removed")
        assert person.sees("1. Speech · 30 ▸2. Art")
        assert not person.sees("Take back")
        await person.press("f4")
        assert disk("a-table").value == TWO


async def test_the_form_removes_its_row(make_family: Family, disk: Disk) -> None:
    async with at_the_screen(make_family("a-table", a_table=TWO), size=(80, 40)) as person:
        await person.press("enter", "enter")
        await person.click("Remove it")
        assert person.sees("1. Art")
        await person.click("Take back what was removed")
        await person.press("f4")
        assert disk("a-table").value == TWO


async def test_a_row_without_a_word_is_not_kept(make_family: Family, disk: Disk) -> None:
    async with at_the_screen(make_family("a-table", a_table=TWO)) as person:
        await person.press("enter", "end", "enter")
        assert person.sees("Row 3 of 3")
        await person.press("escape")
        assert not person.sees("3.")
        await person.press("end", "enter", "f4")
        assert disk("a-table").value == TWO


async def test_looking_at_a_row_changes_nothing(make_family: Family, disk: Disk) -> None:
    strange: list[Value] = [{"service": "Art", "gone": "Kept words", "enough": "sometimes", "minutes": True}]
    async with at_the_screen(make_family("a-table", a_table=strange)) as person:
        await person.press("enter", "enter", "tab", "tab", "escape", "f4")
        assert disk("a-table").value == strange


async def test_goals_ask_gently_for_what_is_missing(make_family: Family, disk: Disk) -> None:
    async with at_the_screen(make_family("the-goals", the_goals=None), size=(80, 60)) as person:
        await person.press("enter", "enter")
        await person.type("Reading")
        assert person.sees("What can Maya do today? A number helps.")
        await person.press("tab")
        await person.type("2 pages")
        await person.press("tab")
        await person.type("improve")
        assert person.sees("What would someone see Maya do?")
        await person.hurry(*["backspace"] * 7)
        await person.type("read")
        assert not person.sees("What would someone see Maya do?")
        await person.press("f4")
        assert disk("the-goals").value == [{"need": "Reading", "baseline": "2 pages", "skill": "read"}]


async def test_the_next_table_does_not_see_the_rows_of_the_one_before(make_family: Family, disk: Disk) -> None:
    """One widget serves tables and goals: nothing may go from one to the other."""
    async with at_the_screen(make_family("a-table", the_goals=None)) as person:
        await person.press("enter", "enter")
        await person.hurry("f4")
        assert person.place == "the-goals"
        assert not person.sees("Speech")
        await person.press("enter", "x", "f3", "enter")
        assert person.sees("Row 1 of 1")
        await person.press("f4", "f2")
        assert disk("the-goals").value == [{"need": "x"}]
        assert disk("a-table").value == [
            {"service": "Speech", "minutes": 30, "since": "2026-09-01", "at": "09:15", "enough": "no"}
        ]
