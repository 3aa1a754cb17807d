"""The review: every question with its answer, filters, and links to a question and back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from iep_tui.core.case_model import Answer
from iep_tui.tui.app import PrepApp

from .conftest import MakeApp, MakeLibrary
from .person import at_the_screen
from .sample_cases import CARRYING, case

pytestmark = pytest.mark.slow

Family = Callable[..., PrepApp]
Disk = Callable[[str], Answer]


async def test_every_answer_is_there_in_words(make_family: Family) -> None:
    async with at_the_screen(make_family(a_number=Answer(20, "unsure"), a_rate=None), size=(80, 60)) as person:
        await person.press("enter", "f8")
        for words in (
            "✓ What is the name of your child? Maya R.",
            "✓ What helps Maya? Quiet · Time",
            "✓ On what day did it begin? [only us] Monday 11 January 2027",
            "✓ How many minutes does it take? [not sure] 20",
            "○ How much does Maya like to read?",
            "✓ How are mornings? Other: She hides",
            "✓ Which papers do you have? The plan · Something else: A drawing",
            "Speech · 30 · Tuesday 1 September 2026 · 9:15 am · No",
            "Reading · read a page aloud · Wednesday 1 March 2028",
            "○ What else should we know?",
        ):
            assert person.sees(words), words


@pytest.mark.parametrize(
    ("key", "there", "not_there"),
    [
        ("1", ["Is there a plan?", "How many minutes"], []),
        ("2", ["How much does Maya like"], ["Is there a plan?", "How many minutes"]),
        ("3", ["How many minutes"], ["At what time", "How much does Maya like"]),
        ("4", ["At what time"], ["How many minutes", "Is there a plan?"]),
        ("5", ["On what day did it begin?"], ["At what time"]),
        ("6", ["The bus"], ["Is there a plan?"]),
    ],
)
async def test_filters(make_family: Family, key: str, there: list[str], not_there: list[str]) -> None:
    family = make_family(a_number=Answer(20, "unsure"), a_time=Answer("14:30", "ask"), a_rate=None, old_one="The bus")
    async with at_the_screen(family, size=(80, 60)) as person:
        await person.press("enter", "f8")
        await person.press("shift+tab", key)
        assert all(person.sees(words) for words in there)
        assert not any(person.sees(words) for words in not_there)


async def test_filters_say_how_many_there_are(make_family: Family) -> None:
    async with at_the_screen(make_family(a_number=Answer(20, "unsure"), a_rate=None)) as person:
        await person.press("enter", "f8")
        assert person.sees("● All 15")
        assert person.sees("Not answered 1")
        assert person.sees("Not sure 1")
        assert person.sees("Ask the school 0")
        assert not person.sees("Changed since last meeting")
        await person.click("Ask the school 0")
        assert person.sees("● Ask the school 0")
        assert person.sees("Nothing here.")


async def test_what_changed_since_the_last_meeting(make_app: MakeApp, make_library: MakeLibrary) -> None:
    app = make_app(
        make_library(CARRYING),
        case({"stays": "Dyslexia", "asked": "Now quiet", "new": "Maths"}, "", {"stays": "Dyslexia", "asked": "Noise"}),
    )
    async with at_the_screen(app) as person:
        await person.press("enter", "f8")
        await person.click("Changed since last meeting 2")
        assert person.sees("Now quiet")
        assert not person.sees("Dyslexia")


@pytest.mark.sweep
@pytest.mark.parametrize("how", ["key", "mouse"])
@pytest.mark.parametrize("back", ["f4", "escape", "f5", "Done →"])
async def test_a_question_is_opened_changed_and_left_to_the_same_line(
    make_family: Family, disk: Disk, how: str, back: str
) -> None:
    async with at_the_screen(make_family(), size=(80, 50)) as person:
        await person.press("enter", "f8")
        if how == "mouse":
            await person.click("What helps Maya?")
        else:
            await person.press("down", "down", "enter")
        assert person.place == "a-list"
        assert person.sees("Done →")
        await person.press("enter")
        await person.type("Rest")
        await (person.click(back) if back == "Done →" else person.press(back))
        assert person.place == "review"
        assert person.sees("Quiet · Time · Rest")
        assert disk("a-list").value == ["Quiet", "Time", "Rest"]
        await person.press("enter")
        assert person.place == "a-list"


async def test_the_filter_stays_while_one_edits(make_family: Family) -> None:
    family = make_family(a_number=Answer(20, "unsure"), a_time=Answer("14:30", "unsure"))
    async with at_the_screen(family) as person:
        await person.press("enter", "f8", "shift+tab", "3", "tab", "down", "enter")
        assert person.place == "a-number"
        await person.press("f5")
        assert person.place == "a-number"
        await person.press("f4")
        assert person.place == "review"
        assert person.sees("● Not sure 1")
        assert person.sees("At what time")
        assert not person.sees("How many minutes")


async def test_a_question_off_the_short_path_opens_too(make_family: Family, disk: Disk) -> None:
    async with at_the_screen(make_family()) as person:
        await person.press("enter", "f8", "end", "enter")
        assert person.place == "not-core"
        await person.type("Cats", "f4")
        assert person.place == "review"
        assert disk("not-core").value == "Cats"
