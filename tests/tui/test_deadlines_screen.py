"""Deadlines: a few on the plan, all of them one key away, and a link to each missing date."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from iep_tui.core.case_model import Answer, Value
from iep_tui.sets.library import Library
from iep_tui.tui.app import PrepApp

from .conftest import Clock, MakeApp
from .person import Person, at_the_screen
from .sample_cases import case

pytestmark = pytest.mark.slow

Disk = Callable[[str], Answer]
Begin = Callable[..., PrepApp]

#: The yearly meeting of a child with an IEP, nine days from now.
FACTS: dict[str, Answer | Value] = {
    "child-name": "Maya R.",
    "plan": "iep",
    "meeting-type": "annual",
    "meeting-date": "2027-03-12",
    "meeting-time": "14:30",
}


@pytest.fixture
def begin(make_app: MakeApp, shipped: Library) -> Begin:
    """A child under the shipped questions, with these answers besides `FACTS`; None takes one of them away."""

    def make(**answers: Answer | Value) -> PrepApp:
        changed = FACTS | {name.replace("_", "-"): one for name, one in answers.items()}
        return make_app(shipped, case({name: one for name, one in changed.items() if one is not None}))

    return make


async def on_the_plan(person: Person) -> None:
    await person.press("enter")
    if person.place != "plan":
        await person.press("f2")
    assert person.place == "plan"


async def test_the_plan_has_the_next_three(begin: Begin) -> None:
    family = begin(dates_last_iep="2026-03-13", meeting_records=[{"record": "Tests", "asked": "2027-02-22"}])
    async with at_the_screen(family) as person:
        await on_the_plan(person)
        lines = person.screen.split("\n")
        at = next(number for number, line in enumerate(lines) if "Next dates" in line)
        assert [line.split(":")[0].strip() for line in lines[at + 1 : at + 5]] == [
            "Thu 11 March",
            "Sat 13 March",
            "Sun 14 March",
            "",
        ]
        assert person.sees("Before the meeting"), "the list of sets is still there"


async def test_a_high_window_shows_the_sum_and_who_acts(begin: Begin) -> None:
    async with at_the_screen(begin(dates_last_iep="2026-03-13"), size=(100, 40)) as person:
        await on_the_plan(person)
        assert person.sees("Sat 13 March: The yearly look at the IEP is due by this day")
        assert person.sees("13 March 2026 + 1 year · the school acts")


async def test_without_a_date_the_plan_asks_for_one(begin: Begin, disk: Disk) -> None:
    async with at_the_screen(begin(meeting_date=None)) as person:
        await on_the_plan(person)
        assert person.sees("Next dates")
        assert not person.sees("2026 +")
        await person.click("Add: Date of the last IEP")
        assert person.place == "dates-last-iep"
        await person.type("3/13/2026", "enter")
        await person.press("f2")
        assert person.sees("Sat 13 March: The yearly look")
        assert disk("dates-last-iep").value == "2026-03-13"


async def test_what_was_put_off_is_not_asked_again_on_the_plan(begin: Begin) -> None:
    async with at_the_screen(begin(dates_last_iep=Answer(None, "ask"))) as person:
        await on_the_plan(person)
        assert person.sees("Add: Date of the last evaluation")


@pytest.mark.parametrize(("days", "asked_for"), [(0, False), (9, True)])
async def test_a_date_of_the_meeting_itself_is_not_asked_for_before_it(
    begin: Begin, clock: Clock, days: int, asked_for: bool
) -> None:
    clock.now += datetime.timedelta(days=days)
    known = {"dates_last_iep": "2026-03-13", "dates_evaluated": "2024-10-03", "dates_year_starts": "2027-08-23"}
    put_off = {name: Answer(None, "skipped") for name in ("dates_problems", "dates_progress", "meeting_records")}
    async with at_the_screen(begin(state="Missouri", **known, **put_off), size=(100, 40)) as person:
        await on_the_plan(person)
        assert person.sees("Add: Day on the notice") == asked_for


async def test_all_dates_say_how_they_came_about(begin: Begin) -> None:
    async with at_the_screen(begin(dates_last_iep="2026-03-13"), size=(100, 60)) as person:
        await on_the_plan(person)
        await person.press("ctrl+d")
        assert person.place == "deadlines"
        for words in (
            "Saturday 13 March 2027: The yearly look at the IEP is due by this day (the school acts)",
            "Counted: 13 March 2026 + 1 year. Many schools count to 12 March 2027.",
            "A small change during the year does not start the year anew.",
            "The rule: 34 CFR 300.324(b)(1)(i), looked up on 30 November 2026.",
            "This is the federal rule. Your state may have its own: ask your state’s special education office "
            "or your parent center.",
        ):
            assert person.sees(words), words


async def test_a_missing_date_leads_to_its_question_and_back(begin: Begin) -> None:
    async with at_the_screen(begin(), size=(100, 50)) as person:
        await on_the_plan(person)
        await person.click("All dates")
        assert person.sees("Dates that are missing")
        await person.click("Date of the last IEP")
        assert person.place == "dates-last-iep"
        await person.type("3/13/2026", "enter")
        assert person.place == "deadlines"
        assert person.sees("Saturday 13 March 2027: The yearly look")
        await person.press("escape")
        assert person.place == "plan"


async def test_a_day_that_has_passed_is_told_calmly(begin: Begin, clock: Clock) -> None:
    clock.now = datetime.datetime(2027, 3, 20, 10, 0, tzinfo=datetime.UTC)
    async with at_the_screen(begin(dates_last_iep="2026-03-13"), size=(100, 70)) as person:
        await on_the_plan(person)
        await person.press("ctrl+d")
        assert person.sees("Passed")
        assert person.sees("This was on 13 March 2027. We do not know what was done; ask the school.")


async def test_rules_for_ieps_are_not_shown_for_a_504_plan(begin: Begin) -> None:
    family = begin(plan="plan-504", meeting_type="plan-504-health", dates_last_iep="2026-03-13")
    async with at_the_screen(family, size=(100, 70)) as person:
        await on_the_plan(person)
        assert not person.sees("yearly look")
        await person.press("ctrl+d")
        assert person.sees("Send a short note")
        assert "34 CFR" not in person.screen
        assert "IEP" not in person.screen.split("\n", 1)[1].replace("What is an IEP?", "")


@pytest.mark.parametrize(("state", "seen"), [("Missouri", True), ("Kansas", False), (None, False)])
async def test_a_states_own_rules_are_for_that_state(begin: Begin, state: str | None, seen: bool) -> None:
    async with at_the_screen(begin(state=state), size=(100, 120)) as person:
        await on_the_plan(person)
        await person.press("ctrl+d")
        assert person.sees("12 March 2027 − 10 days") == seen
        assert person.sees("The school tells you about a meeting early enough") != seen


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40)])
async def test_all_dates_can_be_read_with_the_arrow_keys_in_every_window(begin: Begin, size: tuple[int, int]) -> None:
    async with at_the_screen(begin(dates_last_iep="2026-03-13"), size=size) as person:
        await on_the_plan(person)
        await person.press("ctrl+d")
        assert person.sees("Dates to know")
        read = person.screen
        for _turn in range(60):
            await person.press("pagedown")
            read += person.screen
        assert "Rules without a count" in read
        last = person.screen
        await person.press("up")
        assert person.screen != last


async def test_a_small_window_keeps_the_list_of_sets(begin: Begin) -> None:
    async with at_the_screen(begin(), size=(40, 12)) as person:
        await on_the_plan(person)
        assert person.sees("All dates")
        assert person.sees("Before the meeting")


async def test_a_window_that_grows_shows_more(begin: Begin) -> None:
    async with at_the_screen(begin(dates_last_iep="2026-03-13"), size=(80, 24)) as person:
        await on_the_plan(person)
        assert not person.sees("13 March 2026 + 1 year")
        await person.pilot.resize_terminal(80, 40)
        await person.rest()
        assert person.sees("13 March 2026 + 1 year")
