"""From one meeting to the next: paths through the questions, and unused answers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from iep_tui.core.case_model import Answer, Value
from iep_tui.store.case_store import CaseStore
from iep_tui.tui.app import PrepApp

from .conftest import MakeApp, MakeLibrary
from .person import at_the_screen
from .sample_cases import CARRYING, CHILD, EVERY_KIND, case

pytestmark = pytest.mark.slow

Family = Callable[..., PrepApp]
Disk = Callable[[str], Answer]

LAST: dict[str, Answer | Value] = {
    "child-name": Answer("Maya R.", "answered", note="Last year's note"),
    "stays": "Dyslexia",
    "asked": Answer("Noise is hard", "answered", "family"),
    "new": "Reading",
}


@pytest.fixture
def second_year(make_app: MakeApp, make_library: MakeLibrary) -> PrepApp:
    """A child in the second year, at the question that is asked again."""
    now: dict[str, Answer | Value] = {"child-name": "Maya R.", "stays": "Dyslexia"}
    return make_app(make_library(CARRYING), case(now, "asked", LAST))


async def test_the_last_answer_is_shown_and_can_be_kept(second_year: PrepApp, disk: Disk) -> None:
    async with at_the_screen(second_year) as person:
        await person.press("enter")
        assert person.sees("Last meeting: Noise is hard")
        await person.click("Keep this answer")
        assert not person.sees("Keep this answer")
        await person.press("f4", "f3")
        kept = disk("asked")
        assert (kept.value, kept.state, kept.share, kept.note) == ("Noise is hard", "answered", "family", "")
        assert person.sees("Last meeting: Noise is hard")
        assert not person.sees("Keep this answer")


async def test_keeping_the_last_answer_never_takes_what_was_typed(second_year: PrepApp, disk: Disk) -> None:
    async with at_the_screen(second_year) as person:
        await person.press("enter")
        await person.type("Quiet")
        if person.sees("Keep this answer"):
            await person.click("Keep this answer")
        await person.press("f4")
        assert "Quiet" in str(disk("asked").value)


async def test_an_answer_that_is_new_each_time_shows_nothing_of_the_last(second_year: PrepApp) -> None:
    async with at_the_screen(second_year) as person:
        await person.press("enter", "f4")
        assert person.place == "new"
        assert not person.sees("Last meeting")


@pytest.mark.parametrize("how", ["ctrl+g", "Next meeting"])
async def test_the_next_meeting_starts_with_what_stays_true(
    make_app: MakeApp, make_library: MakeLibrary, store: CaseStore, how: str
) -> None:
    async with at_the_screen(make_app(make_library(CARRYING), case(LAST))) as person:
        await person.press("enter")
        await (person.press(how) if how == "ctrl+g" else person.click(how))
        assert person.sees("Everything you wrote for this meeting is kept")
        await person.press("enter")
        assert person.place == "plan"
        assert person.sees("2 of 4")
        saved = store.read(CHILD)
        assert [len(one.answers) for one in saved.meetings] == [4, 2]
        assert saved.meetings[0].answers.of("new").value == "Reading"
        assert saved.latest.answers.of("stays").value == "Dyslexia"
        assert saved.latest.answers.of("child-name").note == ""
        assert saved.latest.started == "2027-03-03"
        await person.click("Go on →")
        assert person.place == "asked"
        assert person.sees("Last meeting: Noise is hard")


@pytest.mark.parametrize("keys", [("escape",), ("down", "enter")])
async def test_the_next_meeting_can_wait(
    make_app: MakeApp, make_library: MakeLibrary, store: CaseStore, keys: tuple[str, ...]
) -> None:
    async with at_the_screen(make_app(make_library(CARRYING), case(LAST))) as person:
        await person.press("enter", "ctrl+g", *keys)
        assert person.place == "plan"
        assert len(store.read(CHILD).meetings) == 1


async def test_a_hidden_question_sets_its_answer_aside_and_brings_it_back(make_family: Family, disk: Disk) -> None:
    async with at_the_screen(make_family("a-yesno")) as person:
        await person.press("enter", "2", "f4")
        assert person.place == "a-one"
        assert disk("a-plan").value == "Ten minutes of rest"
        await person.press("f8")
        assert not person.sees("What is in the plan?")
        await person.click("Set aside 1")
        assert person.sees("These answers are kept")
        assert person.sees("Ten minutes of rest")
        await person.press("enter")
        assert person.place == "review"
        await person.press("f9", "1")
        assert not person.sees("Ten minutes of rest")
        await person.press("f2", "f8")
        await person.click("All")
        await person.click("Is there a plan?")
        assert person.place == "a-yesno"
        await person.press("1", "f2", "f9", "1", *["pagedown"] * 2)
        await person.press("f8")
        await person.click("All")
        assert person.sees("What is in the plan?")
        assert person.sees("Ten minutes of rest")


async def test_the_short_path_and_all_questions(make_family: Family) -> None:
    async with at_the_screen(make_family(the_goals=None)) as person:
        await person.press("enter")
        assert person.sees("13 of 14")
        await person.click("All questions")
        assert person.sees("13 of 15")
        await person.press("f8", "end")
        assert person.sees("What else should we know?")
        await person.press("escape")
        assert person.sees("● All questions")
        await person.click("Short path")
        assert person.sees("13 of 14")


async def test_the_plan_opens_any_set_at_its_first_open_question(make_app: MakeApp, make_library: MakeLibrary) -> None:
    library = make_library(EVERY_KIND, CARRYING.replace("{#child-name", "{#other-name"))
    async with at_the_screen(make_app(library, case({"child-name": "Maya", "other-name": "Maya"}))) as person:
        await person.press("enter")
        await person.click("Year after year")
        assert person.place == "stays"
        await person.press("f2")
        await person.click("Every kind", 1)
        assert person.place == "a-text"


async def test_back_goes_back_and_the_first_says_so(make_family: Family) -> None:
    async with at_the_screen(make_family("a-text")) as person:
        await person.press("enter", "f3")
        assert person.place == "child-name"
        await person.press("f3")
        assert person.place == "child-name"
        assert person.sees("This is the first question.")


async def test_after_the_last_question_comes_the_plan(make_family: Family) -> None:
    async with at_the_screen(make_family("the-goals")) as person:
        await person.press("enter", "f4")
        assert person.place == "plan"
        assert person.sees("That was the last question on this path.")


@pytest.mark.parametrize("place", ["a-rate", "not-core"])
async def test_one_stops_and_comes_back_to_the_same_question(make_family: Family, place: str) -> None:
    async with at_the_screen(make_family(place)) as person:
        await person.press("enter")
        assert person.place == place
        await person.press("escape", "escape", "enter")
        assert person.place == place
