"""A home of many children: the last changed at once, the others while everything works already."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
import pytest
from textual.widgets import OptionList

from iep_tui.children import Listing
from iep_tui.sets.library import Library
from iep_tui.store import disk
from iep_tui.store.cases import Store
from iep_tui.tui import homing
from iep_tui.tui.screens.home import FIRST, HomeScreen

from .conftest import MakeApp
from .made_up import case
from .person import at_the_screen

MANY = 130


@pytest.fixture
def many(store: Store, home: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
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
    make_app: MakeApp, kinds: Library, many: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(homing, "_MOST", 20)
    async with at_the_screen(make_app(kinds)) as person:
        cases = person.app.screen.query_one("#cases", OptionList)
        assert cases.option_count == FIRST, "no more rows than are needed"
        assert person.sees("Child 129")
        assert person.sees(f"{MANY} children, the last changed first.")
        await person.press("shift+tab")
        await person.type("003")
        assert cases.option_count == 1
        await person.press("enter", "enter")
        assert person.place == "plan"
        assert "Child" in person.top


async def test_the_list_goes_on_to_the_very_last(make_app: MakeApp, kinds: Library, many: Store) -> None:
    async with at_the_screen(make_app(kinds)) as person:
        for _turn in range(MANY // FIRST + 1):
            await person.press("end")
        assert person.sees("Child 000")
        assert person.app.screen.query_one("#cases", OptionList).option_count == MANY


async def test_before_all_are_known_a_child_can_be_opened(
    make_app: MakeApp, kinds: Library, many: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others come while the screen works: what has been looked at so far says so, and leaving needs no end."""
    looked = 0
    children = Listing.children

    def one_more(listing: Listing, most: int, seconds: float | None = None) -> object:
        nonlocal looked
        looked += 1
        return children(listing, most if looked == 1 else 1, seconds)

    monkeypatch.setattr(Listing, "children", one_more)
    async with at_the_screen(make_app(kinds)) as person:
        screen = person.app.screen
        assert isinstance(screen, HomeScreen)
        await person.press("enter")
        assert person.place == "plan"
        assert person.top.count("Child") == 1


async def test_few_children_are_just_listed(make_app: MakeApp, kinds: Library, store: Store) -> None:
    store.add(case({"child-name": "Maya"}))
    async with at_the_screen(make_app(kinds)) as person:
        assert not person.app.screen.query("#how-many")
        assert not person.sees("children, the last changed")
