"""Each kind of answer: typed, read back, kept by Enter, changed, marked when it does not fit, emptied, taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from iep_tui.core.case_model import Value

from . import sample_cases
from .conftest import Disk, Person, Talk

AtQuestion = Callable[..., Person]

#: What is typed at an open question of each kind, and what is on the disk then.
TYPED: list[tuple[str, tuple[str, ...], Value]] = [
    ("child-name", ("Maya O'Neil",), "Maya O'Neil"),
    ("child-name", ("//slash first",), "/slash first"),
    ("child-name", ("back",), "back"),
    ("child-name", (" 12 ",), " 12 "),
    ("a-text", ("One line", ""), "One line"),
    ("a-text", ("First", ".", "Second", ""), "First\n\nSecond"),
    ("a-text", ("First", ".", ""), "First"),
    ("a-text", ("//no", "/.", ""), "/no\n."),
    ("a-list", ("Quiet", "  More time", ""), ["Quiet", "  More time"]),
    ("a-list", ("Quiet", "."), ["Quiet"]),
    ("a-date", ("1/11/2027",), "2027-01-11"),
    ("a-time", ("2:30",), "14:30"),
    ("a-number", ("1,020",), 1020),
    ("a-rate", ("4",), 4),
    ("a-yesno", ("2",), "no"),
    ("a-yesno", ("Yes",), "yes"),
    ("a-yesno", ("n",), "no"),
    ("a-one", ("2",), "some"),
    ("a-one", ("hard MOST nights, and Maya is tired",), "most"),
    ("a-one", ("4", "She wakes up"), {"other": "She wakes up"}),
    ("a-one", ("4", ""), {"other": ""}),
    ("a-several", ("2 1", ""), ["plan", "tests"]),
    ("a-several", ("1,3", "A drawing", ""), ["plan", {"other": "A drawing"}]),
    ("a-several", ("1", "2", "1", ""), ["tests"]),
    ("a-several", ("1 2", "None of these", ""), ["none"]),
    ("a-several", ("4", "1", ""), ["plan"]),
    ("a-table", ("/add", "Speech", "30", "9/1/2026", "9:15 am", "no", ""), sample_cases.EVERY_ANSWER["a-table"]),  # type: ignore[list-item]
    ("a-table", ("Speech", "", "", "", "y", ""), [{"service": "Speech", "enough": "yes"}]),
    ("a-table", ("/add", "/done", ""), None),
    (
        "the-goals",
        ("Reading", "", "read a page aloud", "", "", "", "March 1, 2028", "/done", ""),
        sample_cases.EVERY_ANSWER["the-goals"],  # type: ignore[list-item]
    ),
]


@pytest.mark.parametrize(("question", "lines", "value"), TYPED)
def test_what_is_typed_is_on_the_disk_and_the_next_question_comes(
    at_question: AtQuestion, disk: Disk, question: str, lines: tuple[str, ...], value: Value
) -> None:
    person = at_question(question, *lines)
    assert disk(question).value == value
    assert person.left == 0
    assert person.heard_of(", question ") == 2 or "last question" in person.said
    if value is not None:
        assert disk(question).state == "answered"
        assert "Saved." in person.heard


@pytest.mark.parametrize("question", sorted(sample_cases.EVERY_ANSWER))
def test_enter_keeps_what_was_there(talk: Talk, disk: Disk, question: str) -> None:
    given = sample_cases.EVERY_ANSWER[question]
    person = talk("", case=sample_cases.case(sample_cases.EVERY_ANSWER, question))
    assert (disk(question).value, disk(question).state) == (given, "answered")
    assert "Saved." not in person.heard
    assert person.heard_of(", question ") == 2


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("child-name", "Your answer: Maya R."),
        ("a-text", "1. She is tired.\n2. \n3. Every day."),
        ("a-list", "Your answer, 2 lines:\n1. Quiet\n2. Time"),
        ("a-date", "Your answer: Monday 11 January 2027"),
        ("a-time", "Your answer: 2:30 pm"),
        ("a-number", "Your answer: 20"),
        ("a-rate", "1, the lowest\n2, chosen\n3"),
        ("a-yesno", "1. Yes, chosen\n2. No"),
        ("a-one", "1. Fine\n2. Hard some nights, chosen\n3. Hard most nights, and Maya is tired\n4. Other"),
        ("a-several", "1. The plan, chosen\n2. Test reports\n3. Something else, chosen, in your words: A drawing\n4."),
        (
            "a-table",
            "1 row:\n1. Service: Speech; Minutes: 30; Since: Tuesday 1 September 2026; At: 9:15 am; For Maya?: No",
        ),
        (
            "the-goals",
            "1 goal:\n1. The need: Reading; What Maya will do: read a page aloud; By when: Wednesday 1 March",
        ),
    ],
)
def test_the_stored_answer_is_said_with_the_question(talk: Talk, question: str, words: str) -> None:
    assert words in talk(case=sample_cases.case(sample_cases.EVERY_ANSWER, question)).said


@pytest.mark.parametrize(
    ("question", "typed", "how"),
    [
        ("a-date", "soon", "Write it like 3/12/2027"),
        ("a-time", "after lunch", "Write it like 2:30 pm."),
        ("a-number", "a few", "Write it in figures"),
        ("child-name", "x" * 2001, "please shorten it"),
    ],
)
def test_what_does_not_fit_is_kept_marked_and_asked_again(
    at_question: AtQuestion, disk: Disk, question: str, typed: str, how: str
) -> None:
    person = at_question(question, typed)
    assert disk(question).value == typed
    [error] = [line for line in person.heard if line.startswith("Error:")]
    assert how in error
    assert person.heard_of(", question ") == 1
    again = at_question(question, "")
    assert any(line.startswith("Error:") and how in line for line in again.heard)
    assert again.heard_of(", question ") == 2, "Enter leaves the question"


@pytest.mark.parametrize("typed", ["9", "0", "5", "it depends", "1 9"])
@pytest.mark.parametrize("question", ["a-one", "a-several", "a-yesno"])
def test_what_is_no_choice_changes_nothing_and_is_not_lost(
    at_question: AtQuestion, disk: Disk, question: str, typed: str
) -> None:
    person = at_question(question, typed, "/note")
    assert disk(question).value is None
    [error] = [line for line in person.heard if line.startswith("Error:")]
    assert f"“{typed}”" in error
    assert "from 1 to" in error
    assert disk(question).note == typed


def test_words_are_added_to_a_text_and_lines_to_a_list(at_question: AtQuestion, disk: Disk) -> None:
    at_question("a-text", "Since May.", "", "Pictures", "", a_text="She is tired.", a_list=["Quiet"])
    assert disk("a-text").value == "She is tired.\nSince May."
    assert disk("a-list").value == ["Quiet", "Pictures"]


def test_each_line_of_a_text_is_saved_before_the_next_is_asked_for(at_question: AtQuestion, disk: Disk) -> None:
    seen: list[Value] = []

    def look() -> str:
        seen.append(disk("a-text").value)
        return "Second"

    at_question("a-text", "First", look)
    assert seen == ["First"]
    assert disk("a-text").value == "First\nSecond"


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        (("/change 2", "Water"), ["Quiet", "Water", "Time"]),
        (("/change 2", ""), ["Quiet", "Music", "Time"]),
        (("/move 3 1",), ["Time", "Quiet", "Music"]),
        (("/remove 1",), ["Music", "Time"]),
        (("/remove 1", "/undo"), ["Quiet", "Music", "Time"]),
        (("/remove 1", "/remove 1", "/undo", "/undo", "/undo"), ["Quiet", "Music", "Time"]),
        (("/remove 4", "/remove", "/move 1", "/move 1 9", "/change x"), ["Quiet", "Music", "Time"]),
    ],
)
def test_lines_can_be_changed_moved_removed_and_taken_back(
    at_question: AtQuestion, disk: Disk, lines: tuple[str, ...], value: Value
) -> None:
    at_question("a-list", *lines, a_list=["Quiet", "Music", "Time"])
    assert disk("a-list").value == value


@pytest.mark.parametrize("question", sorted(sample_cases.EVERY_ANSWER))
def test_an_answer_can_be_emptied(talk: Talk, disk: Disk, question: str) -> None:
    talk("/clear", case=sample_cases.case(sample_cases.EVERY_ANSWER, question))
    assert disk(question).state == "open"
    assert not disk(question).value


@pytest.mark.parametrize("question", sorted(sample_cases.EVERY_ANSWER))
def test_the_last_change_can_be_taken_back(talk: Talk, disk: Disk, question: str) -> None:
    given = sample_cases.EVERY_ANSWER[question]
    person = talk("/clear", "/undo", case=sample_cases.case(sample_cases.EVERY_ANSWER, question))
    assert (disk(question).value, disk(question).state) == (given, "answered")
    assert "The last change is undone." in person.heard


@pytest.mark.parametrize(
    ("question", "value"),
    [("a-one", "gone"), ("a-several", ["plan", "gone"]), ("a-rate", 77), ("a-yesno", "maybe"), ("a-list", {"x": "y"}),
     ("a-table", "words"), ("a-table", [{"gone": "x"}, "words"]), ("a-text", 7), ("the-goals", [["x"]])],
)  # fmt: skip
def test_a_value_of_another_shape_is_said_marked_and_kept(talk: Talk, disk: Disk, question: str, value: Value) -> None:
    person = talk("", case=sample_cases.case({question: value}, question))
    assert disk(question).value == value
    assert "Error: " in person.said
    [lead] = [line for line in person.heard if line.startswith(("Your answer:", "Your answer, 1", "Your answer, 2"))]
    assert not lead.endswith(": ")


def test_an_answer_that_names_a_command_is_an_answer_and_is_told(at_question: AtQuestion, disk: Disk) -> None:
    person = at_question("a-text", "next", "")
    assert disk("a-text").value == "next"
    assert "This was taken as your answer. The command is /next" in person.heard


def test_more_than_was_asked_for_is_told_and_kept(at_question: AtQuestion, disk: Disk) -> None:
    person = at_question("a-list", "One", "Two", "Three", "Four", "")
    assert disk("a-list").value == ["One", "Two", "Three", "Four"]
    assert person.heard_of("We ask for 3 at most here") == 1
