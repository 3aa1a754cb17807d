"""The menu of a case at home: earlier copies, and removal after typing the name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from iep_tui.store.case_store import CaseStore
from iep_tui.tui.app import PrepApp

from .person import at_the_screen
from .sample_cases import CHILD

Family = Callable[..., PrepApp]


async def test_the_menu_names_the_child_and_goes_back_home(make_family: Family, store: CaseStore) -> None:
    async with at_the_screen(make_family()) as person:
        await person.press("f6")
        assert person.place == "choice"
        assert person.sees("What should happen with the answers of Maya R.?")
        for words in ("Go back to an earlier copy", "Remove from this computer"):
            assert person.sees(words)
        await person.press("enter")
        assert person.place == "home"
    assert store.ids() == [CHILD]


async def test_the_menu_leads_to_the_earlier_copies(make_family: Family) -> None:
    async with at_the_screen(make_family()) as person:
        await person.press("f6")
        await person.click("Go back to an earlier copy")
        assert person.sees("What is there now is kept as a copy too.")


async def test_without_a_child_there_is_no_menu(empty: PrepApp) -> None:
    async with at_the_screen(empty) as person:
        await person.press("f6")
        assert person.place == "home"


async def test_a_case_is_removed_after_its_childs_name_is_typed(
    make_family: Family, store: CaseStore, home: Path
) -> None:
    async with at_the_screen(make_family()) as person:
        await person.press("f6")
        await person.click("Remove from this computer")
        assert person.place == "input"
        assert person.sees("It cannot be taken back.")
        assert person.sees("To remove it, type: Maya R.")
        await person.type("Maya", "enter")
        assert person.sees("Nothing was removed.")
        assert store.ids() == [CHILD]
        await person.type("maya r.", "enter")
        assert person.place == "home"
        assert person.sees("removed from this computer")
        assert person.sees("Try it with a made-up child")
    left = [path for path in home.rglob("*") if path.is_file()]
    assert not [path for path in left if CHILD in path.name or b"Maya" in path.read_bytes()]
    assert not [path for path in left if CHILD.encode() in path.read_bytes()], "its line in the list is gone too"


@pytest.mark.slow
@pytest.mark.parametrize("way_out", ["escape", "cancel", "nothing typed"])
async def test_nothing_is_removed_when_one_thinks_better_of_it(
    make_family: Family, store: CaseStore, way_out: str
) -> None:
    async with at_the_screen(make_family()) as person:
        await person.press("f6")
        await person.click("Remove from this computer")
        if way_out == "cancel":
            await person.type("Maya R.")
            await person.click("Cancel")
        else:
            await person.press("escape" if way_out == "escape" else "enter")
        assert person.place == "home"
    assert store.ids() == [CHILD]


async def test_a_case_that_is_open_elsewhere_stays(make_family: Family, store: CaseStore) -> None:
    app = make_family()
    with store.open(CHILD):
        async with at_the_screen(app) as person:
            await person.press("f6")
            await person.click("Remove from this computer")
            await person.type("Maya R.", "enter")
            assert person.place == "home"
            assert person.sees("open in another window")
    assert store.ids() == [CHILD]


async def test_in_a_small_window_the_field_can_be_reached(make_family: Family, store: CaseStore) -> None:
    async with at_the_screen(make_family(), size=(40, 12)) as person:
        await person.press("f6", "up", "enter")
        await person.type("Maya R.")
        assert person.sees("Maya R.")
        await person.press("enter")
        assert person.place == "home"
    assert store.ids() == []
