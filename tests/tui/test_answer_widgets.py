"""Every kind of answer on the screen: the stored value is shown, a change is saved, and reopening shows it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from iep_tui.core.case_model import Answer, Value
from iep_tui.tui.app import PrepApp

from .person import at_the_screen

pytestmark = pytest.mark.slow

Family = Callable[..., PrepApp]
Disk = Callable[[str], Answer]


@pytest.mark.parametrize(
    ("question", "shown", "keys", "value", "then"),
    [
        ("child-name", "Maya R.", ["S", "."], "Maya R.S.", "Maya R.S."),
        ("a-text", "She is tired.", ["enter", "Y", "e", "s"], "She is tired.\n\nEvery day.\nYes", "Yes"),
        ("a-list", "2 Time", ["enter", "R", "e", "s", "t"], ["Quiet", "Time", "Rest"], "3 Rest"),
        ("a-date", "Monday 11 January 2027", ["backspace", "8"], "2028-01-11", "Tuesday 11 January 2028"),
        ("a-time", "2:30 pm", [*["backspace"] * 2, "a", "m"], "02:30", "2:30 am"),
        ("a-number", "20", ["5"], 205, "205"),
        ("a-rate", "(•) 2", ["down", "space"], 3, "(•) 3"),
        ("a-yesno", "(•) 1 Yes", ["2"], "no", "(•) 2 No"),
        ("a-one", "(•) 2 Hard some nights", ["1"], "fine", "(•) 1 Fine"),
        ("a-several", "[x] 1 The plan", ["down", "space"], ["plan", "tests", {"other": "A drawing"}], "[x] 2 Test"),
    ],
)
async def test_an_answer_is_shown_changed_saved_and_found_again(
    make_family: Family, disk: Disk, question: str, shown: str, keys: list[str], value: Value, then: str
) -> None:
    async with at_the_screen(make_family(question)) as person:
        await person.press("enter")
        assert person.place == question
        assert person.sees(shown)
        await person.hurry(*keys)
        await person.press("f4")
        assert person.place != question
        assert (disk(question).value, disk(question).state) == (value, "answered")
        await person.press("f3")
        assert person.place == question
        assert person.sees(then)
        assert disk(question).value == value


async def test_an_answer_that_nobody_touched_is_not_changed(make_family: Family, disk: Disk) -> None:
    async with at_the_screen(make_family("child-name")) as person:
        await person.press("enter")
        before = person.app.session.meeting.answers if person.app.session else None
        assert before
        for _question in before:
            await person.press("f4")
        assert person.place == "plan"
        for question in before:
            assert disk(question) == before[question]


@pytest.mark.parametrize(
    ("question", "value", "shown"),
    [
        ("child-name", ["Maya", "R."], "Maya R."),
        ("child-name", 7, "7"),
        ("a-text", ["One", "Two"], "One Two"),
        ("a-text", {"was": "words"}, "was: words"),
        ("a-list", "Only words", "Only words"),
        ("a-date", "after Easter", "after Easter"),
        ("a-date", ["2027-01-11"], "2027-01-11"),
        ("a-time", "at noon", "at noon"),
        ("a-number", "a lot", "a lot"),
        ("a-number", ["20"], "20"),
        ("a-rate", 77, "77"),
        ("a-rate", "often", "often"),
        ("a-yesno", "maybe", "maybe"),
        ("a-one", "gone", "gone"),
        ("a-one", {"gone": "My own words"}, "My own words"),
        ("a-one", ["fine", "some"], "fine some"),
        ("a-one", {"other": "In bed\nor not"}, "In bed or not"),
        ("a-several", ["plan", "gone", {"lost": "My own words"}], "gone lost: My own words"),
        ("a-several", "plan", "plan"),
        ("a-table", "Speech on Mondays", "Speech on Mondays"),
        ("a-table", ["Speech", {"service": "Art", "minutes": "lots"}], "Speech 2. Art · lots"),
        ("the-goals", "To read", "To read"),
        ("the-goals", [{"need": "To read", "by": "soon"}], "To read · soon"),
    ],
)
async def test_a_value_that_does_not_fit_is_shown_and_kept(
    make_family: Family, disk: Disk, question: str, value: Value, shown: str
) -> None:
    async with at_the_screen(make_family(question, **{question.replace("-", "_"): value})) as person:
        await person.press("enter")
        assert person.place == question
        assert person.sees(shown)
        await person.hurry("f4", "f3")
        await person.press("f2")
        assert disk(question).value == value


@pytest.mark.parametrize(
    ("question", "typed", "value", "says"),
    [
        ("a-date", "3/12/2027", "2027-03-12", "Friday 12 March 2027"),
        ("a-date", "after Easter", "after Easter", "We could not read this as a day."),
        ("a-time", "9.15", "09:15", "9:15 am"),
        ("a-time", "noonish", "noonish", "We could not read this as a time."),
        ("a-number", "1,200", 1200, ""),
        ("a-number", "12.5", 12.5, ""),
        ("a-number", "thirty", "thirty", "We could not read this as a number."),
    ],
)
async def test_what_is_typed_is_read_or_kept_and_marked(
    make_family: Family, disk: Disk, question: str, typed: str, value: Value, says: str
) -> None:
    async with at_the_screen(make_family(question, **{question.replace("-", "_"): None})) as person:
        await person.press("enter")
        await person.type(typed)
        assert person.sees(says)
        await person.press("enter")
        assert disk(question).value == value
        await person.press("f3")
        assert person.sees(says or str(value))


async def test_enter_chooses_and_goes_on(make_family: Family, disk: Disk) -> None:
    async with at_the_screen(make_family("a-one", a_one=None)) as person:
        await person.press("enter", "down", "enter")
        assert person.place == "a-other"
        assert disk("a-one").value == "some"


async def test_enter_on_the_chosen_one_keeps_it(make_family: Family, disk: Disk) -> None:
    async with at_the_screen(make_family("a-one")) as person:
        await person.press("enter", "enter")
        assert person.place == "a-other"
        assert disk("a-one").value == "some"


@pytest.mark.parametrize("key", ["space", "2"])
async def test_a_choice_can_be_taken_back(make_family: Family, disk: Disk, key: str) -> None:
    async with at_the_screen(make_family("a-one")) as person:
        await person.press("enter", key)
        assert person.sees("( ) 2 Hard some nights")
        await person.press("f4")
        assert (disk("a-one").value, disk("a-one").state) == (None, "open")


async def test_choosing_with_the_mouse(make_family: Family, disk: Disk) -> None:
    async with at_the_screen(make_family("a-one")) as person:
        await person.press("enter")
        await person.click("Hard most nights, and Maya is tired")
        assert person.sees("(•) 3 Hard most nights")
        assert person.sees("( ) 2 Hard some nights")
        await person.click("Next →")
        assert disk("a-one").value == "most"
        await person.press("f4")
        await person.click("Test reports")
        await person.click("The plan")
        await person.press("f4")
        assert disk("a-several").value == ["tests", {"other": "A drawing"}]


async def test_other_takes_own_words(make_family: Family, disk: Disk) -> None:
    async with at_the_screen(make_family("a-one", a_one=None, a_other=None)) as person:
        await person.press("enter", "4")
        await person.type("In my bed", "f4")
        await person.press("2")
        assert person.place == "a-other"
        assert not person.sees("In my bed")
        await person.type("Late", "enter")
        assert disk("a-one").value == {"other": "In my bed"}
        assert disk("a-other").value == {"other": "Late"}
        await person.press("f3", "f3")
        assert person.sees("(•) 4 Other")
        assert person.sees("In my bed")


async def test_own_words_stay_with_their_question(make_family: Family, disk: Disk) -> None:
    """Two questions share one field: the words of the first never reach the second, however quick the fingers."""
    async with at_the_screen(make_family("a-one", a_one={"other": "In bed"})) as person:
        await person.press("enter", "tab")
        await person.type("!?", "f4")
        assert person.place == "a-other"
        await person.press("f4")
        assert disk("a-one").value == {"other": "In bed!?"}
        assert disk("a-other").value == {"other": "She hides"}


async def test_none_clears_the_others_and_the_other_way_round(make_family: Family, disk: Disk) -> None:
    async with at_the_screen(make_family("a-several")) as person:
        await person.press("enter", "4")
        assert person.sees("[ ] 1 The plan")
        assert person.sees("[x] 4 None of these")
        assert not person.sees("A drawing")
        await person.press("f4", "f3")
        assert disk("a-several").value == ["none"]
        await person.press("2")
        assert person.sees("[ ] 4 None of these")
        await person.press("f4")
        assert disk("a-several").value == ["tests"]


async def test_several_are_kept_in_the_order_of_the_set(make_family: Family, disk: Disk) -> None:
    async with at_the_screen(make_family("a-several", a_several=None)) as person:
        await person.press("enter", "3")
        await person.type("Photo", "enter")
        await person.press("2", "1", "f4")
        assert disk("a-several").value == ["plan", "tests", {"other": "Photo"}]


async def test_yes_or_no_can_be_cleared(make_family: Family, disk: Disk) -> None:
    async with at_the_screen(make_family("a-yesno")) as person:
        await person.press("enter", "1", "f4")
        assert disk("a-yesno").value is None
        await person.press("f3", "down", "enter")
        assert disk("a-yesno").value == "no"


async def test_a_rate_is_a_number(make_family: Family, disk: Disk) -> None:
    async with at_the_screen(make_family("a-rate", a_rate=None)) as person:
        await person.press("enter", "5", "f4")
        assert disk("a-rate").value == 5


async def test_a_list_keeps_its_lines_and_says_when_there_are_too_many(make_family: Family, disk: Disk) -> None:
    async with at_the_screen(make_family("a-list", a_list=None)) as person:
        await person.press("enter")
        await person.paste("One\n\n  \nTwo\r\nThree\nFour")
        assert person.sees("We ask for 3 at most here, and there are 4.")
        await person.press("f4")
        assert disk("a-list").value == ["One", "Two", "Three", "Four"]


async def test_an_answer_cleared_by_an_old_choice_can_be_chosen_again(make_family: Family, disk: Disk) -> None:
    async with at_the_screen(make_family("a-one", a_one={"gone": "My own words"})) as person:
        await person.press("enter", "1", "f4")
        assert disk("a-one").value == "fine"
        await person.press("f3")
        assert not person.sees("My own words")


async def test_stored_words_are_not_replaced_by_the_first_key(make_family: Family, disk: Disk) -> None:
    async with at_the_screen(make_family("child-name")) as person:
        await person.press("enter", "x", "f4")
        assert disk("child-name").value == "Maya R.x"


async def test_a_paste_of_lines_into_a_line_keeps_all_of_it(make_family: Family, disk: Disk) -> None:
    async with at_the_screen(make_family("child-name", child_name=None)) as person:
        await person.press("enter")
        await person.paste("Maya\nRuth\tR.\n")
        await person.press("f4")
        assert disk("child-name").value == "Maya Ruth R."


@pytest.mark.parametrize(("question", "value"), [("a-text", ""), ("a-list", []), ("child-name", ""), ("a-number", "")])
async def test_words_that_were_deleted_leave_an_open_question(
    make_family: Family, disk: Disk, question: str, value: Value
) -> None:
    async with at_the_screen(make_family(question)) as person:
        await person.press("enter")
        await person.hurry(*["backspace"] * 60)
        await person.press("f4")
        assert (disk(question).value, disk(question).state) == (value, "open")
