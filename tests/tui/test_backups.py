"""Restoring an earlier copy of a child's answers, and opening a case with a damaged file."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import msgspec
import pytest

from iep_tui.core.case_model import Answer
from iep_tui.store.case_store import CaseStore
from iep_tui.tui.app import PrepApp

from .conftest import Clock
from .person import at_the_screen
from .sample_cases import CHILD

Family = Callable[..., PrepApp]


def write_name(store: CaseStore, name: str) -> None:
    """Change the child's name in a session of its own."""
    with store.open(CHILD) as file:
        meeting = file.case.latest
        answers = meeting.answers.put("child-name", Answer(name, "answered", "teachers"))
        file.save(file.case.with_meeting(msgspec.structs.replace(meeting, answers=answers)))


def name(store: CaseStore) -> object:
    return store.read(CHILD).latest.answers.of("child-name").value


async def test_an_earlier_copy_comes_back_and_the_later_one_is_kept(
    make_family: Family, store: CaseStore, clock: Clock
) -> None:
    app = make_family("a-text")
    write_name(store, "Robin the first")
    clock.now += datetime.timedelta(hours=2)
    write_name(store, "Robin the second")
    copies = len(store.backups(CHILD))
    async with at_the_screen(app) as person:
        await person.press("f5")
        assert person.place == "choice"
        places = [store.read_copy(one.path).latest.answers.of("child-name").value for one in store.backups(CHILD)]
        await person.press(*["down"] * (places.index("Robin the first") + 1), "enter")
        assert person.place == "home"
        assert person.sees("The answers are back to the way they were on")
        assert name(store) == "Robin the first"
    assert len(store.backups(CHILD)) >= copies
    kept = [store.read_copy(one.path).latest.answers.of("child-name").value for one in store.backups(CHILD)]
    assert "Robin the second" in kept


@pytest.mark.parametrize("way_out", ["enter", "escape"])
async def test_nothing_changes_without_a_choice(make_family: Family, store: CaseStore, way_out: str) -> None:
    app = make_family("a-text")
    write_name(store, "Robin the second")
    async with at_the_screen(app) as person:
        await person.press("f5", way_out)
        assert person.place == "home"
    assert name(store) == "Robin the second"


async def test_a_damaged_file_is_told_when_its_case_opens(make_family: Family, store: CaseStore, clock: Clock) -> None:
    app = make_family("a-text")
    write_name(store, "Robin the first")
    clock.now += datetime.timedelta(hours=2)
    path = next(one.path for one in store.summaries())
    path.write_bytes(path.read_bytes()[:-20])
    async with at_the_screen(app) as person:
        assert person.sees("can’t be read – press Enter")
        await person.press("enter")
        assert person.sees("damaged")
    assert name(store) == "Robin the first"
    assert list(path.parent.glob("*damaged*")), "the damaged file is kept"
