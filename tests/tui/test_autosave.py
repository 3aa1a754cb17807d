"""Autosave: "saved" only for data on the disk; a failed save is reported, kept and retried."""

from __future__ import annotations

import datetime
import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.app import ComposeResult

from iep_tui.core.case_model import Answer, Case
from iep_tui.sets.library import Library
from iep_tui.store.case_store import CaseStore
from iep_tui.store.errors import StoreError
from iep_tui.store.interchange_format import decode_case
from iep_tui.store.open_case import OpenCase
from iep_tui.store.settings import Settings
from iep_tui.tui import autosave
from iep_tui.tui.app import PrepApp
from iep_tui.tui.screens.sheet_screen import SheetScreen
from tests.textual_private import without_screens

from .conftest import Clock
from .person import Person, at_the_screen
from .sample_cases import CHILD, EVERY_ANSWER

pytestmark = pytest.mark.slow

Family = Callable[..., PrepApp]
Disk = Callable[[str], Answer]

FULL = "There is no room left on the disk."


class FullDisk:
    """Every save fails while it is full."""

    def __init__(self) -> None:
        self.full = True
        self.saves: list[Case] = []
        self.during: Callable[[], None] = lambda: None

    def save(self, file: OpenCase, case: Case, write: Callable[[OpenCase, Case], None]) -> None:
        self.during()
        if self.full:
            raise StoreError(FULL)
        write(file, case)
        self.saves.append(case)


@pytest.fixture
def drive(monkeypatch: pytest.MonkeyPatch) -> FullDisk:
    drive = FullDisk()
    write = OpenCase.save
    monkeypatch.setattr(OpenCase, "save", lambda file, case: drive.save(file, case, write))
    return drive


async def test_saved_is_said_after_the_write_and_not_before(make_family: Family, drive: FullDisk, clock: Clock) -> None:
    async with at_the_screen(make_family("a-text")) as person:
        drive.full = False
        await person.press("enter")
        clock.now += datetime.timedelta(minutes=5)
        before: list[str] = []
        drive.during = lambda: before.append(person.top)
        await person.type("!")
        assert "Saved 10:05" not in person.top
        await person.until(lambda: "✓ Saved 10:05" in person.top)
        assert before
        assert not any("Saved 10:05" in top for top in before)


def test_words_wait_for_less_than_half_a_second() -> None:
    assert autosave.SAVE_AFTER < 0.5


async def test_words_are_on_the_disk_soon_after_the_last_key(make_family: Family, disk: Disk) -> None:
    async with at_the_screen(make_family("a-text", a_text=None)) as person:
        await person.press("enter")
        await person.type("Tired")
        await person.until(lambda: disk("a-text").value == "Tired", seconds=1.0)


async def test_a_save_may_come_while_a_screen_still_opens(make_family: Family, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[PrepApp] = []
    compose = SheetScreen.compose

    def slowly(screen: SheetScreen) -> ComposeResult:
        assert isinstance(screen.app, PrepApp)
        assert screen.app.save()
        opened.append(screen.app)
        yield from compose(screen)

    monkeypatch.setattr(SheetScreen, "compose", slowly)
    async with at_the_screen(make_family("a-line", a_line="Maya")) as person:
        await person.press("enter", "f9")
        await person.until(lambda: bool(opened))


async def test_the_program_may_end_while_a_screen_still_opens(
    make_family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_mount = SheetScreen.on_mount
    ended: list[bool] = []

    async def too_late(screen: SheetScreen) -> None:
        screen.app.exit()
        await screen.query("#reader").remove()
        ended.append(True)
        await on_mount(screen)

    monkeypatch.setattr(SheetScreen, "on_mount", too_late)
    app = make_family("a-line", a_line="Maya")
    async with at_the_screen(app) as person:
        await person.press("enter", "f9")
    assert ended
    assert app.return_code == 0


async def test_a_save_that_fails_is_told_and_tried_again(
    make_family: Family, drive: FullDisk, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(autosave, "RETRY_AFTER", 0.2)
    async with at_the_screen(make_family("a-text", a_text=None)) as person:
        await person.press("enter")
        await person.type("Tired")
        await person.until(lambda: "Not saved" in person.top and person.sees(FULL))
        assert person.sees("Tired")
        assert "✓" not in person.top
        assert disk("a-text").value is None
        await person.press("f4")
        assert "Not saved" in person.top
        drive.full = False
        await person.until(lambda: "✓ Saved" in person.top and not person.sees(FULL))
        assert disk("a-text").value == "Tired"
        await person.press("f3")
        assert person.sees("Tired")


@pytest.mark.slow
@pytest.mark.parametrize("leave", ["ctrl+q", "home"])
async def test_leaving_asks_while_words_are_not_saved(
    make_family: Family, drive: FullDisk, disk: Disk, leave: str
) -> None:
    async with at_the_screen(make_family("a-text", a_text=None)) as person:

        async def go() -> None:
            await person.press(*(["ctrl+q"] if leave == "ctrl+q" else ["escape", "escape"]))

        await person.press("enter")
        await person.type("Tired")
        await go()
        assert person.app.is_running
        assert person.sees("Your latest changes are not saved yet.")
        assert person.sees(FULL)
        await person.click("Stay here")
        assert "Not saved" in person.top
        if person.place == "plan":
            await person.press("f8", "2", "f2", "escape")
        else:
            assert person.sees("Tired")
            await go()
        drive.full = False
        await person.click("Try again")
        assert disk("a-text").value == "Tired"
        assert person.app.is_running == (leave == "home")


async def test_one_may_leave_without_saving(make_family: Family, drive: FullDisk, disk: Disk) -> None:
    async with at_the_screen(make_family("a-text", a_text=None)) as person:
        await person.press("enter")
        await person.type("Tired", "ctrl+q")
        await person.click("Leave without saving them")
        assert not person.app.is_running
    assert disk("a-text").value is None


@pytest.mark.slow
async def test_answers_that_cannot_be_saved_go_somewhere_else(
    make_family: Family, drive: FullDisk, disk: Disk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(autosave, "RETRY_AFTER", 0.2)
    stick = tmp_path / "stick"
    stick.mkdir()
    async with at_the_screen(make_family("a-text", a_text=None)) as person:
        await person.press("enter")
        await person.type("Tired")
        await person.until(lambda: person.sees(FULL) and person.sees("^s saves the answers somewhere else"))
        await person.press("ctrl+s")
        await person.press("ctrl+a", "ctrl+k")
        await person.type(str(tmp_path / "nowhere" / "x.json"), "enter")
        assert person.sees("There is no folder")
        await person.press("end", *["backspace"] * len("nowhere/x.json"))
        await person.type("stick", "enter")
        assert person.sees("All your answers so far are saved in")
        assert person.sees("We keep trying")
        await person.press("enter")
        assert "Not saved" in person.top
        [copy] = stick.iterdir()
        assert decode_case(copy.read_bytes()).latest.answers.of("a-text").value == "Tired"
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        await person.press("ctrl+q")
        assert person.sees("but not yet in their usual place")
        await person.click("Stay here")
        await person.type("!", "ctrl+q")
        assert person.sees("Your latest changes are not saved yet.")
        await person.click("Save them somewhere else")
        await person.press("ctrl+a", "ctrl+k")
        await person.type(str(stick), "enter")
        await person.press("enter")
        assert len(list(stick.iterdir())) == 2, "the copy of before is not written over"
        await person.click("Stay here")
        drive.full = False
        await person.until(lambda: "✓ Saved" in person.top)
        assert disk("a-text").value == "Tired!"


@pytest.mark.slow
async def test_a_second_window_reads_and_cannot_change_anything(
    make_family: Family, store: CaseStore, home: Path, kinds: Library, clock: Clock
) -> None:
    make_family()
    path = home / "cases" / f"{CHILD}.json"
    before = path.read_bytes()
    with store.open(CHILD):
        app = PrepApp(kinds, CaseStore(home, clock), Settings(home), clock)
        async with at_the_screen(app, size=(80, 50)) as person:
            await person.press("enter")
            assert "To read only" in person.top
            assert person.sees("this case is open in another window")
            await person.press("ctrl+g", "enter")
            await person.click("Every kind")
            session = app.session
            assert session is not None
            before_all = session.meeting
            for _question in EVERY_ANSWER:
                await _try_to_change(person)
            assert session.meeting == before_all
            assert person.place == "plan"
            await person.press("escape")
            assert person.place == "home"
        assert path.read_bytes() == before


async def _try_to_change(person: Person) -> None:
    """Try every action that may change an answer, and move to the next."""
    place = person.place
    assert "To read only" in person.top
    await person.hurry("x", "space", "2", "delete")
    assert person.place == place
    shown = person.screen
    await person.click("Only us")
    await person.click("Add a note")
    await person.hurry("x")
    assert [line for line in person.screen.split("\n") if "Who may read" in line] == [
        line.replace("▸", " ") for line in shown.split("\n") if "Who may read" in line
    ]
    await person.press("f5")
    assert person.place != place


@pytest.mark.slow
async def test_a_child_that_was_never_written_of_leaves_no_file(empty: PrepApp, store: CaseStore) -> None:
    async with at_the_screen(empty) as person:
        await person.click("Start for a new child")
        assert person.place == "child-name"
        await person.press("f4", "f2", "escape")
        assert person.place == "home"
        assert not store.ids()
        await person.click("Start for a new child")
        await person.press("ctrl+q")
    assert not store.ids()


async def test_a_new_child_is_kept_from_the_first_word(empty: PrepApp, store: CaseStore) -> None:
    async with at_the_screen(empty) as person:
        await person.press("enter")
        await person.type("Maya", "ctrl+q")
    [case_id] = store.ids()
    assert store.read(case_id).latest.answers.of("child-name").value == "Maya"


@pytest.mark.slow
async def test_the_made_up_child_leaves_no_file(empty: PrepApp, folder: Path, home: Path) -> None:
    async with at_the_screen(empty) as person:
        await person.click("Try it with a made-up child")
        assert "Example: nothing is kept" in person.top
        await person.click("Start here")
        await person.type(" Changed", "f4")
        await person.press("f2", "ctrl+g", "enter", "escape")
        assert person.place == "home"
        assert person.sees("Try it with a made-up child")
    assert not home.exists()
    assert not list((folder / "Documents").iterdir())


async def test_a_folder_that_cannot_be_read_is_told(
    empty: PrepApp, store: CaseStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(folder: object) -> object:
        raise PermissionError(errno.EACCES, "no", str(folder))

    monkeypatch.setattr(os, "scandir", refuse)
    async with at_the_screen(empty) as person:
        assert person.place == "home"
        assert person.sees("The program may not read this file.")


async def test_a_new_child_on_a_full_disk_is_told(empty: PrepApp, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_store: CaseStore, _case: Case) -> OpenCase:
        raise StoreError(FULL)

    monkeypatch.setattr(CaseStore, "create", refuse)
    async with at_the_screen(empty) as person:
        await person.press("enter")
        assert person.place == "home"
        assert person.sees(FULL)


async def test_a_damaged_file_is_told_and_the_others_open(make_family: Family, store: CaseStore, home: Path) -> None:
    app = make_family()
    (home / "cases" / "another-child.json").write_bytes(b"not a case at all")
    async with at_the_screen(app) as person:
        assert person.sees("A child (cannot be read)")
        await person.click("A child (cannot be read)")
        assert person.place == "home"
        await person.click("Maya R.")
        assert person.place != "home"
    assert (home / "cases" / "another-child.json").read_bytes() == b"not a case at all"


async def test_a_save_while_the_program_ends_has_no_screen_to_tell(make_family: Family, disk: Disk) -> None:
    """Textual takes the screens away first, and the pause after the last key may end in that moment."""
    async with at_the_screen(make_family("a-text", a_text="")) as person:
        await person.press("enter")
        await person.type("Last words")
        with without_screens(person.app):
            assert person.app.save()
        assert disk("a-text").value == "Last words"
