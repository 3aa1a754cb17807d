"""The sheet: one reader at a time, what is left out, and the way to a file or the clipboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from iep_tui.core.answers import Answer
from iep_tui.store.errors import StoreError
from iep_tui.store.files import write_file
from iep_tui.tui import app as program
from iep_tui.tui.app import PrepApp
from iep_tui.tui.widgets.fields import LineField

from .person import Person, at_the_screen

Family = Callable[..., PrepApp]

TALL = (90, 120)


async def _sheet(person: Person) -> None:
    await person.press("enter", "f9")
    assert person.place == "sheet"


async def test_each_reader_gets_what_is_theirs(make_family: Family) -> None:
    async with at_the_screen(make_family(), size=TALL) as person:
        await _sheet(person)
        assert person.sees("● IEP team")
        assert person.sees("Speech")
        assert not person.sees("11 January 2027")
        await person.press("left")
        assert person.sees("● Only us")
        assert person.sees("11 January 2027")
        await person.click("Teachers")
        assert person.sees("● Teachers")
        assert person.sees("Quiet")
        assert not person.sees("Speech")
        assert not person.sees("11 January 2027")


async def test_what_is_left_out_is_listed_for_us(make_family: Family) -> None:
    async with at_the_screen(make_family(), size=TALL) as person:
        await _sheet(person)
        await person.click("▸ 1 answer is left out")
        assert person.sees("Not on this sheet; only you see this list:")
        assert person.sees("On what day did it begin?")
        await person.click("▾ 1 answer is left out")
        assert not person.sees("Not on this sheet")
        await person.press("shift+tab", "1")
        assert not person.sees("left out")


async def test_a_copy_is_saved(make_family: Family, folder: Path) -> None:
    async with at_the_screen(make_family(meeting_date="2027-03-12")) as person:
        await _sheet(person)
        await person.press("ctrl+s")
        assert person.sees("Save the sheet as")
        path = folder / "Documents" / "prep-sheet-2027-03-12-team.md"
        assert isinstance(person.focus, LineField)
        assert person.focus.value == str(Path("Documents") / path.name)
        await person.press("enter")
        assert person.place == "sheet"
        assert person.sees("Saved as")
        written = path.read_text(encoding="utf-8")
        assert "Speech" in written
        assert "11 January 2027" not in written


@pytest.mark.parametrize("keys", [("escape",), ("tab", "tab", "enter")])
async def test_saving_can_be_thought_better_of(make_family: Family, folder: Path, keys: tuple[str, ...]) -> None:
    async with at_the_screen(make_family()) as person:
        await _sheet(person)
        await person.click("Save a copy")
        await person.press(*keys)
        assert person.place == "sheet"
        assert not list((folder / "Documents").iterdir())


async def test_a_file_that_is_there_is_asked_about(make_family: Family, folder: Path) -> None:
    path = folder / "Documents" / "prep-sheet-team.md"
    path.write_text("mine", encoding="utf-8")
    async with at_the_screen(make_family()) as person:
        await _sheet(person)
        await person.press("ctrl+s", "enter")
        assert person.sees("There is a file of this name already")
        await person.press("enter")
        assert path.read_text(encoding="utf-8") == "mine"
        assert person.sees("Save the sheet as")
        await person.type("x", "enter")
        assert path.with_name("prep-sheet-team.mdx").exists()
        assert path.read_text(encoding="utf-8") == "mine"
        await person.press("ctrl+s", "enter", "down", "enter")
        assert person.place == "sheet"
        assert "Speech" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("nowhere/at/all/sheet.md", "There is no folder"),
        ("~nobody-of-this-name/sheet.md", "There is no folder"),
        ("x" * 300 + ".md", "cannot be the name of a file."),
        ("no[b]x[/b]where/sheet.md", "x[/b]where."),
        ("Documents", "Documents is a folder."),
    ],
)
async def test_a_file_that_cannot_be_written_is_told(make_family: Family, typed: str, says: str) -> None:
    async with at_the_screen(make_family(), size=(200, 24)) as person:
        await _sheet(person)
        await person.press("ctrl+s")
        assert isinstance(person.focus, LineField)
        person.focus.value = typed
        await person.press("enter")
        assert person.place == "save"
        assert person.sees(says)
        assert isinstance(person.focus, LineField)
        assert person.focus.value == typed
        await person.press("escape")
        assert person.place == "sheet"
        assert not person.sees("Saved as")


async def test_a_full_disk_is_told(make_family: Family, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, data: bytes, *, overwrite: bool = False) -> None:
        raise StoreError("There is no room left on the disk.")

    async with at_the_screen(make_family()) as person:
        await _sheet(person)
        monkeypatch.setattr(program, "write_file", refuse)
        await person.press("ctrl+s", "enter")
        assert person.sees("There is no room left on the disk.")
        monkeypatch.setattr(program, "write_file", write_file)
        await person.press("enter")
        assert person.sees("Saved as")


async def test_save_pressed_twice_asks_once(make_family: Family) -> None:
    async with at_the_screen(make_family()) as person:
        await _sheet(person)
        await person.hurry("ctrl+s", "ctrl+s")
        await person.press("escape")
        assert person.place == "sheet"
        await person.press("ctrl+s", "enter")
        assert person.sees("Saved as")


async def test_copy_says_that_it_tried(make_family: Family) -> None:
    async with at_the_screen(make_family()) as person:
        await _sheet(person)
        await person.press("ctrl+o")
        assert person.sees("We tried to copy the sheet.")
        assert "Speech" in person.app.clipboard
        assert "11 January 2027" not in person.app.clipboard
        await person.press("1")
        assert not person.sees("We tried to copy")
        await person.click("Copy")
        assert "11 January 2027" in person.app.clipboard


async def test_the_sheet_scrolls_with_the_keys(make_family: Family) -> None:
    async with at_the_screen(make_family(a_text=Answer("One\n\n" * 40 + "The end", "answered"))) as person:
        await _sheet(person)
        start = person.screen
        await person.press("end")
        assert person.screen != start
        await person.press("home")
        assert person.screen == start


async def test_the_reader_is_remembered_while_one_looks_elsewhere(make_family: Family) -> None:
    async with at_the_screen(make_family()) as person:
        await _sheet(person)
        await person.press("3", "f2", "f9")
        assert person.sees("● Teachers")
