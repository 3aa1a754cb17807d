""" "Not sure", "Ask the school", skip, notes and the audience of an answer, by key and by mouse."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from iep_tui.core.case_model import Answer
from iep_tui.tui.app import PrepApp
from iep_tui.tui.widgets.radio_row import RadioRow

from .person import at_the_screen

pytestmark = pytest.mark.slow

Family = Callable[..., PrepApp]
Disk = Callable[[str], Answer]


@pytest.mark.parametrize(
    ("how", "state", "mark"),
    [
        ("f5", "unsure", "● Not sure"),
        ("f6", "ask", "● Ask the school"),
        ("Not sure", "unsure", "● Not sure"),
        ("Ask the school", "ask", "● Ask the school"),
    ],
)
async def test_a_mark_goes_on_and_can_be_taken_back(
    make_family: Family, disk: Disk, how: str, state: str, mark: str
) -> None:
    async with at_the_screen(make_family("a-number")) as person:

        async def act() -> None:
            await (person.press(how) if how.startswith("f") else person.click(how))

        await person.press("enter")
        await act()
        assert person.place == "a-rate"
        assert (disk("a-number").state, disk("a-number").value) == (state, 20)
        await person.press("f3")
        assert person.sees(mark)
        assert person.sees("20")
        await act()
        assert person.place == "a-number"
        assert not person.sees(mark)
        await person.press("f4")
        assert (disk("a-number").state, disk("a-number").value) == ("answered", 20)


@pytest.mark.parametrize("how", ["ctrl+l", "Skip for now"])
async def test_skipping_goes_on_and_an_answer_ends_it(make_family: Family, disk: Disk, how: str) -> None:
    async with at_the_screen(make_family("a-number", a_number=None)) as person:
        await person.press("enter")
        await (person.press(how) if how.startswith("ctrl") else person.click(how))
        assert person.place == "a-rate"
        assert disk("a-number").state == "skipped"
        await person.press("f3")
        assert person.sees("● Skip for now")
        await person.type("7", "f4")
        assert (disk("a-number").state, disk("a-number").value) == ("answered", 7)


async def test_skipping_an_answer_takes_nothing_back(make_family: Family, disk: Disk) -> None:
    async with at_the_screen(make_family("a-number")) as person:
        await person.press("enter", "ctrl+l")
        assert (disk("a-number").state, disk("a-number").value) == ("answered", 20)


async def test_a_mark_on_an_open_question_taken_back_leaves_it_open(make_family: Family, disk: Disk) -> None:
    async with at_the_screen(make_family("a-number", a_number=None)) as person:
        await person.press("enter", "f5", "f3", "f5", "f4")
        assert disk("a-number").state == "open"


async def test_a_note_is_for_us_only_and_stays(make_family: Family, disk: Disk) -> None:
    async with at_the_screen(make_family("a-number")) as person:
        await person.press("enter")
        await person.click("Add a note")
        assert person.sees("A note, only for you.")
        await person.type("Ask Ann\nfirst", "f4")
        assert disk("a-number").note == "Ask Ann\nfirst"
        assert not person.sees("Ask Ann")
        await person.press("f3")
        assert person.sees("Ask Ann first")
        assert person.sees("Our note")
        for reader in ("family", "team", "teachers"):
            await person.press("f9")
            await person.press({"family": "1", "team": "2", "teachers": "3"}[reader])
            assert person.sees("Ask Ann") == (reader == "family")
            await person.press("f2", "f8", "escape")


@pytest.mark.parametrize("how", ["key", "mouse"])
async def test_who_may_read_is_chosen(make_family: Family, disk: Disk, how: str) -> None:
    async with at_the_screen(make_family("a-number")) as person:
        await person.press("enter")
        assert person.sees("● IEP team")
        if how == "mouse":
            await person.click("Teachers too")
        else:
            while not isinstance(person.focus, RadioRow):
                await person.press("tab")
            await person.press("right")
        assert person.sees("● Teachers too")
        await person.until(lambda: disk("a-number").share == "teachers")
        if how == "mouse":
            await person.click("Only us")
        else:
            await person.press("1")
        await person.press("f4", "f3")
        assert person.sees("● Only us")
        assert disk("a-number").share == "family"


async def test_who_may_read_can_be_chosen_before_an_answer(make_family: Family, disk: Disk) -> None:
    async with at_the_screen(make_family("a-number", a_number=None)) as person:
        await person.press("enter")
        await person.click("Only us")
        await person.press("f4", "f3")
        assert (disk("a-number").share, disk("a-number").state) == ("family", "open")
        assert person.sees("● Only us")


async def test_examples_and_words_unfold(make_family: Family) -> None:
    async with at_the_screen(make_family("a-text"), size=(80, 40)) as person:
        await person.press("enter")
        assert not person.sees("stomach ache")
        await person.click("▸ An example")
        assert person.sees("She comes home with a stomach ache.")
        await person.click("▸ Words and the rule")
        assert person.sees("IEP team: The people who write the plan")
        assert person.sees("The rule behind this question: 34 CFR 300.324(a)(1)(ii)")
        assert not person.sees("stomach ache")
        await person.click("▾ Words and the rule")
        assert not person.sees("The rule behind")
        await person.press("f4")
        assert not person.sees("▸")


async def test_examples_and_words_unfold_by_key(make_family: Family) -> None:
    async with at_the_screen(make_family("a-text"), size=(80, 40)) as person:
        await person.press("enter", "tab", "enter")
        assert person.sees("She comes home with a stomach ache.")
        await person.press("space")
        assert not person.sees("stomach ache")
