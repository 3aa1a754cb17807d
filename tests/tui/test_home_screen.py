"""A home screen of many children: the latest at once, the others loaded while the screen already works."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import msgspec
import pytest
from textual.widgets import OptionList

from iep_tui.services.case_list import CaseList, case_rows
from iep_tui.sets.library import Library
from iep_tui.store import disk
from iep_tui.store.case_store import CaseStore
from iep_tui.store.errors import StoreError
from iep_tui.tui.flows import home_flow
from iep_tui.tui.screens.home_screen import FIRST_ROWS, HomeScreen, ListPart
from iep_tui.tui.shutdown import on_signal
from tests.textual_private import failure

from .conftest import MakeApp
from .person import Person, at_the_screen
from .sample_cases import NOW, case

pytestmark = pytest.mark.slow

MANY = 130


@pytest.fixture
def many(store: CaseStore, home: Path, monkeypatch: pytest.MonkeyPatch) -> CaseStore:
    """130 children, the one of the highest number changed last."""
    with monkeypatch.context() as quick:
        quick.setattr(disk, "flush", lambda descriptor: None)
        quick.setattr(disk, "sync_folder", lambda folder: None)
        for number in range(MANY):
            one = msgspec.structs.replace(case({"child-name": f"Child {number:03}"}), id=f"child-{number:03}")
            store.add(one)
    for number, path in enumerate(sorted((home / "cases").glob("*.json"))):
        os.utime(path, (1_800_000_000 + number,) * 2)
    return store


async def test_a_few_stand_there_at_once_and_all_are_found(
    make_app: MakeApp, kinds: Library, many: CaseStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(home_flow, "_MAX_ROWS", 20)
    async with at_the_screen(make_app(kinds)) as person:
        cases = person.app.screen.query_one("#cases", OptionList)
        assert cases.option_count == FIRST_ROWS, "no more rows than are needed"
        assert person.sees("Child 129")
        assert person.sees(f"{MANY} children, the last changed first.")
        await person.press("shift+tab")
        await person.type("003")
        assert cases.option_count == 1
        await person.press("enter", "enter")
        assert person.place == "plan"
        assert "Child" in person.top


async def test_the_list_goes_on_to_the_very_last(make_app: MakeApp, kinds: Library, many: CaseStore) -> None:
    async with at_the_screen(make_app(kinds)) as person:
        for _turn in range(MANY // FIRST_ROWS + 1):
            await person.press("end")
        assert person.sees("Child 000")
        assert person.app.screen.query_one("#cases", OptionList).option_count == MANY


async def test_before_all_are_known_a_child_can_be_opened(
    make_app: MakeApp, kinds: Library, many: CaseStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others come while the screen works: what has been looked at so far says so, and leaving needs no end."""
    looked = 0
    real = CaseList.children

    def one_more(listing: CaseList, most: int, seconds: float | None = None) -> object:
        nonlocal looked
        looked += 1
        return real(listing, most if looked == 1 else 1, seconds)

    monkeypatch.setattr(CaseList, "children", one_more)
    async with at_the_screen(make_app(kinds)) as person:
        screen = person.app.screen
        assert isinstance(screen, HomeScreen)
        await person.press("enter")
        assert person.place == "plan"
        assert person.top.count("Child") == 1


@pytest.fixture
def known(kinds: Library, many: CaseStore) -> CaseStore:
    """The 130 children after one scan: the index knows those that changed last."""
    case_rows(many, kinds.catalogue, NOW.date())
    return many


class Held:
    """A folder scan that waits until it is released."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.held = True
        look = CaseList.look

        def held(listing: CaseList, seconds: float | None = None) -> bool:
            return False if self.held and seconds is not None else look(listing, seconds)

        monkeypatch.setattr(CaseList, "look", held)


def at_the_cursor(person: Person) -> str:
    cases = person.app.screen.query_one("#cases", OptionList)
    assert cases.highlighted is not None
    return cases.get_option_at_index(cases.highlighted).id or ""


async def test_what_was_kept_stands_there_before_the_folder_is_looked_through(
    make_app: MakeApp, kinds: Library, known: CaseStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = Held(monkeypatch)
    async with at_the_screen(make_app(kinds)) as person:
        assert person.sees("Child 129")
        assert person.sees(f"Looking through the others: {FIRST_ROWS} of {MANY}. You can begin.")
        look.held = False
        await person.rest()
        assert person.sees(f"{MANY} children, the last changed first.")
        assert len(person.app.screen.query("#find")) == 1
        assert not person.app.screen.query("#find-place"), "the field stands where its words stood"
        await person.press("enter")
        assert person.place == "plan"


async def test_what_the_look_finds_otherwise_is_put_right_under_the_cursor(
    make_app: MakeApp, kinds: Library, known: CaseStore, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One child changed since, one is new, one is gone after the screen was drawn; the cursor stays on its child."""
    look = Held(monkeypatch)
    os.utime(home / "cases" / "child-000.json", (1_900_000_000,) * 2)
    known.add(msgspec.structs.replace(case({"child-name": "Newcomer"}), id="newcomer"))
    os.utime(home / "cases" / "newcomer.json", (1_900_000_001,) * 2)
    async with at_the_screen(make_app(kinds)) as person:
        await person.press("down", "down")
        assert at_the_cursor(person) == "child-127"
        assert not person.sees("Newcomer")
        (home / "cases" / "child-128.json").unlink()
        shutil.rmtree(home / "backups" / "child-128")
        look.held = False
        await person.rest()
        screen = person.app.screen
        assert isinstance(screen, HomeScreen)
        there = [child.case_id for child in screen.children_shown]
        assert there[:4] == ["newcomer", "child-000", "child-129", "child-127"]
        assert len(there) == MANY
        assert person.sees("Newcomer")
        assert not person.sees("Child 128")
        assert at_the_cursor(person) == "child-127"
        await person.press("enter")
        assert person.app.session is not None
        assert person.app.session.case.id == "child-127"


async def test_a_child_whose_file_is_gone_comes_to_the_top_when_the_look_finds_it(
    make_app: MakeApp, kinds: Library, known: CaseStore, home: Path
) -> None:
    (home / "cases" / "child-007.json").unlink()
    async with at_the_screen(make_app(kinds)) as person:
        screen = person.app.screen
        assert isinstance(screen, HomeScreen)
        assert screen.children_shown[0].lost
        assert person.sees("The file is gone, and can be brought back")
        assert len(screen.children_shown) == MANY


async def test_a_name_can_be_found_while_the_look_goes_on(
    make_app: MakeApp, kinds: Library, known: CaseStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = Held(monkeypatch)
    async with at_the_screen(make_app(kinds)) as person:
        await person.press("shift+tab")
        await person.type("10")
        screen = person.app.screen
        assert isinstance(screen, HomeScreen)
        wanted = [f"Child {number:03}" for number in range(MANY)[::-1] if "10" in f"{number:03}"]
        known_by_now = [name for name in wanted if name >= f"Child {MANY - FIRST_ROWS:03}"]
        assert 0 < len(known_by_now) < len(wanted)
        assert [child.name for child in screen.children_shown] == known_by_now
        look.held = False
        await person.rest()
        assert [child.name for child in screen.children_shown] == wanted


async def test_a_folder_that_cannot_be_looked_through_is_told_and_shows_nothing_old(
    make_app: MakeApp, kinds: Library, known: CaseStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(listing: CaseList, seconds: float | None = None) -> bool:
        raise StoreError("The program may not read this file.")

    monkeypatch.setattr(CaseList, "look", fails)
    async with at_the_screen(make_app(kinds)) as person:
        assert person.sees("The program may not read this file.")
        assert not person.sees("Child 129")
        assert person.sees("Start for a new child")


async def test_the_program_can_be_left_while_the_look_goes_on(
    make_app: MakeApp, kinds: Library, known: CaseStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    Held(monkeypatch)
    async with at_the_screen(make_app(kinds)) as person:
        await person.press("ctrl+q")
        assert not person.app.is_running


async def test_few_children_are_just_listed(make_app: MakeApp, kinds: Library, store: CaseStore) -> None:
    store.add(case({"child-name": "Maya"}))
    async with at_the_screen(make_app(kinds)) as person:
        assert not person.app.screen.query("#how-many")
        assert not person.sees("children, the last changed")


@pytest.mark.parametrize("way", ["f6", "ctrl+q", "a signal"])
async def test_leaving_home_while_the_others_come_is_no_failure(
    make_app: MakeApp, kinds: Library, known: CaseStore, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """A screen loses its parts before it is gone itself: what comes just then has no place any more."""
    came = 0

    def without_end(_others: object) -> ListPart:
        nonlocal came
        came += 1
        return ListPart((), MANY + came)

    monkeypatch.setattr(home_flow._RemainingRows, "next", without_end)
    app = make_app(kinds)
    async with app.run_test() as pilot:
        person = Person(app, pilot)
        await person.until(lambda: came > 2)
        home = app.screen
        if way == "a signal":
            on_signal(app, signal.SIGHUP)
        else:
            person.send(way)
        await person.until(lambda: not home.is_attached or not app.is_running)
    assert failure(app) is None
