"""The sheet: one reader at a time, the omitted answers, and export to a file or the clipboard."""

from __future__ import annotations

import asyncio
import hashlib
import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from iep_tui.core.case_model import Answer
from iep_tui.services import export
from iep_tui.store.atomic_write import write_file
from iep_tui.store.errors import StoreError
from iep_tui.tui.app import PrepApp
from iep_tui.tui.flows import export_flow
from iep_tui.tui.textual_ext.line_input import LineInput
from iep_tui.tui.widgets.radio_row import RadioRow

from .conftest import MakeApp, MakeLibrary
from .person import Person, at_the_screen
from .sample_cases import CHILD, case

pytestmark = pytest.mark.slow

Family = Callable[..., PrepApp]

TALL = (90, 120)

CONCERNS = """---
set: concerns
version: 1
lang: en
stage: before
order: 10
minutes: 4
---

# Concerns

{#child-name kind=line share=teachers core=yes}
## What is the name of your child?

{#concerns-statement kind=line share=team core=yes}
## What is your statement?
"""


async def _sheet(person: Person) -> None:
    await person.press("enter", "f9")
    assert person.place == "sheet"


async def as_markdown(person: Person) -> None:
    """Choose Markdown in the dialog, and go back to the name of the file."""
    await person.press("shift+tab", "4", "tab")


async def until(person: Person, words: str) -> None:
    """Wait for the result of a thread."""
    for _turn in range(400):
        await person.rest()
        if person.sees(words):
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"{words!r} never came:\n{person.screen}")


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
    async with at_the_screen(make_family(meeting_date="2027-03-12"), size=(200, 24)) as person:
        await _sheet(person)
        await person.press("ctrl+s")
        assert person.sees("Save the sheet as")
        path = folder / "Documents" / "prep-sheet-2027-03-12-team.md"
        assert isinstance(person.focus, LineInput)
        assert person.focus.value == str(Path("Documents") / path.with_suffix(".docx").name)
        await as_markdown(person)
        assert isinstance(person.focus, LineInput)
        assert person.focus.value == str(Path("Documents") / path.name)
        await person.press("enter")
        assert person.place == "sheet"
        assert person.sees("Saved as")
        assert person.sees("prep-sheet-2027-03-12-team.md")
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
        await person.press("ctrl+s")
        await as_markdown(person)
        await person.press("enter")
        assert person.sees("There is a file of this name already")
        await person.press("enter")
        assert path.read_text(encoding="utf-8") == "mine"
        assert person.sees("Save the sheet as")
        await person.hurry("left", "left", "left", "x", "enter")
        assert path.with_name("prep-sheet-teamx.md").exists()
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
        await as_markdown(person)
        assert isinstance(person.focus, LineInput)
        person.focus.value = typed
        await person.press("enter")
        assert person.place == "savesheet"
        drawn = "".join(person.screen.translate(str.maketrans("", "", "│▌")).split())
        assert says.replace(" ", "") in drawn, "a long path breaks anywhere"
        assert isinstance(person.focus, LineInput)
        assert person.focus.value == typed
        await person.press("escape")
        assert person.place == "sheet"
        assert not person.sees("Saved as")


async def test_a_full_disk_is_told(make_family: Family, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, data: bytes, *, overwrite: bool = False) -> None:
        raise StoreError("There is no room left on the disk.")

    async with at_the_screen(make_family()) as person:
        await _sheet(person)
        monkeypatch.setattr(export_flow, "write_file", refuse)
        await person.press("ctrl+s")
        await as_markdown(person)
        await person.press("enter")
        assert person.sees("There is no room left on the disk.")
        monkeypatch.setattr(export_flow, "write_file", write_file)
        await person.press("enter")
        assert person.sees("Saved as")


async def test_save_pressed_twice_asks_once(make_family: Family) -> None:
    async with at_the_screen(make_family()) as person:
        await _sheet(person)
        await person.hurry("ctrl+s", "ctrl+s")
        await person.press("escape")
        assert person.place == "sheet"
        await person.press("ctrl+s")
        await as_markdown(person)
        await person.press("enter")
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


# Formats


async def test_the_name_follows_the_format_and_the_format_the_name(make_family: Family) -> None:
    async with at_the_screen(make_family()) as person:
        await _sheet(person)
        await person.press("ctrl+s")
        field, chooser = person.app.screen.query_one(LineInput), person.app.screen.query_one(RadioRow)
        for key, ending in (("2", ".html"), ("3", ".pdf"), ("5", ".txt"), ("6", ".eml"), ("1", ".docx")):
            await person.press("shift+tab", key, "tab")
            assert field.value.endswith(f"prep-sheet-team{ending}")
        field.value = "Documents/a.b/mine.htm"
        await person.rest()
        assert chooser.chosen == "html"
        field.value = "Documents/mine"
        await person.press("shift+tab", "3", "tab")
        assert field.value == "Documents/mine", "a name without an ending is the person's own"


@pytest.mark.parametrize(("name", "start"), [("docx", b"PK"), ("eml", b"Subject")])
async def test_what_takes_long_is_made_beside_the_screen(
    make_family: Family, folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, start: bytes
) -> None:
    gate = threading.Event()
    inside = export.export

    def wait(*arguments: Any) -> export.ExportedSheet:
        gate.wait(20)
        return inside(*arguments)

    monkeypatch.setattr(export_flow, "export", wait)
    async with at_the_screen(make_family()) as person:
        await _sheet(person)
        await person.press("ctrl+s")
        assert isinstance(person.focus, LineInput)
        person.focus.value = f"Documents/mine.{name}"
        await person.press("enter")
        await until(person, "Making the file")
        assert person.sees("Esc stops it.")
        await person.press("f1")
        assert person.place == "help", "the window goes on"
        gate.set()
        await person.press("escape")
        await until(person, "Saved as")
        assert start in (folder / "Documents" / f"mine.{name}").read_bytes()[:40]


async def test_a_format_that_cannot_be_made_is_told_and_nothing_is_lost(
    make_family: Family, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    def render(*_all: object, **_named: object) -> bytes:
        raise export.Unavailable("This script has no font here.")

    monkeypatch.setattr(export, "render", render)
    async with at_the_screen(make_family()) as person:
        await _sheet(person)
        await person.press("ctrl+s")
        assert isinstance(person.focus, LineInput)
        person.focus.value = "Documents/mine.pdf"
        await person.press("enter")
        await until(person, "This script has no font here.")
        assert person.place == "savesheet"
        assert person.app.screen.query_one(LineInput).value == "Documents/mine.pdf"
        assert person.app.screen.query_one(RadioRow).chosen == "pdf"
        await person.press("escape")
        assert not person.sees("Making the file")
        assert not list((folder / "Documents").iterdir())


async def test_a_wrong_folder_is_told_before_the_file_is_made(
    make_family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []

    def render(*_all: object, **_named: object) -> bytes:
        made.append(1)
        return b"%PDF"

    monkeypatch.setattr(export, "render", render)
    async with at_the_screen(make_family()) as person:
        await _sheet(person)
        await person.press("ctrl+s")
        assert isinstance(person.focus, LineInput)
        person.focus.value = "nowhere/mine.pdf"
        await person.press("enter")
        await until(person, "There is no folder")
        assert person.place == "savesheet"
        assert not made


async def test_the_last_format_holds_for_this_sitting_only(make_family: Family) -> None:
    async with at_the_screen(make_family()) as person:
        await _sheet(person)
        await person.press("ctrl+s")
        await as_markdown(person)
        await person.press("enter", "ctrl+s")
        assert person.app.screen.query_one(RadioRow).chosen == "md"
        await person.press("escape", "f2", "f9", "ctrl+s")
        assert person.app.screen.query_one(RadioRow).chosen == "md"
        await person.press("escape", "escape", "escape")
        assert person.place == "home"
        await _sheet(person)
        await person.press("ctrl+s")
        assert person.app.screen.query_one(RadioRow).chosen == "docx"


async def test_what_this_reader_does_not_get_is_told_before_saving(make_family: Family) -> None:
    async with at_the_screen(make_family(), size=TALL) as person:
        await _sheet(person)
        await person.press("ctrl+s")
        assert person.sees("1 answer is not on this sheet")
        assert not person.sees("On what day did it begin?")
        await person.click("▸ 1 answer is not on this sheet")
        assert person.sees("On what day did it begin? (only for the family)")
        assert person.place == "savesheet"
        await person.press("escape")
        await person.click("Only us")
        await person.press("ctrl+s")
        assert not person.sees("left out")


# The page of concerns


async def test_the_page_of_concerns_is_shown_saved_and_copied(
    make_app: MakeApp, make_library: MakeLibrary, folder: Path
) -> None:
    words = CONCERNS.replace("kind=line", "kind=text")
    app = make_app(make_library(words), case({"child-name": "Maya R.", "concerns-statement": "She is tired."}))
    async with at_the_screen(app, size=TALL) as person:
        await _sheet(person)
        await person.click("Concerns page")
        assert person.sees("Parent concerns: Maya R.")
        assert person.sees("She is tired.")
        assert person.sees("Name and signature")
        await person.press("ctrl+o")
        assert person.sees("We tried to copy the sheet.")
        assert person.sees("parent-concerns.docx")
        assert person.app.clipboard.startswith("# Parent concerns: Maya R.")
        await person.press("ctrl+s")
        await as_markdown(person)
        await person.press("enter")
        written = (folder / "Documents" / "parent-concerns.md").read_text(encoding="utf-8")
        assert "> She is tired." in written
        await person.press("f2", "f9")
        assert person.sees("● Concerns page")


async def test_a_page_of_concerns_without_words_says_how_to_get_one(make_family: Family, folder: Path) -> None:
    async with at_the_screen(make_family(), size=TALL) as person:
        await _sheet(person)
        await person.click("Concerns page")
        assert person.sees("Nothing is on the concerns page yet.")
        await person.press("ctrl+s")
        assert person.place == "sheet"
        await person.press("ctrl+o")
        assert person.app.clipboard == ""
        assert not list((folder / "Documents").iterdir())


async def test_a_record_for_the_family_is_kept_beside_the_file(make_family: Family, folder: Path) -> None:
    record = folder / "Documents" / "mine-record.json"
    async with at_the_screen(make_family()) as person:
        await _sheet(person)
        await person.press("ctrl+s")
        person.app.screen.query_one(LineInput).value = "Documents/mine.md"
        await person.click("Also save a list for you only: what is on it and what is not")
        assert person.sees("● Also save a list for you only: what is on it and what is not")
        await person.click("Save", nth=1)
        await until(person, "and the record as mine-record.json")
        kept = json.loads(record.read_bytes())
        data = (folder / "Documents" / "mine.md").read_bytes()
        assert (kept["file"], kept["reader"], kept["file_format"]) == ("mine.md", "team", "md")
        assert kept["sha256"] == hashlib.sha256(data).hexdigest()
        assert kept["case"] == CHILD

        # A record of that name is not written over by another file's.
        await person.press("ctrl+s")
        person.app.screen.query_one(LineInput).value = "Documents/mine.txt"
        await person.click("Also save a list for you only: what is on it and what is not")
        person.app.screen.query_one(LineInput).focus()
        await person.press("enter")
        await until(person, "mine-record.json already")
        assert person.place == "savesheet"
        assert person.sees("● Also save a list for you only: what is on it and what is not"), (
            "what was chosen stays chosen"
        )
        assert not (folder / "Documents" / "mine.txt").exists()
        assert json.loads(record.read_bytes()) == kept
