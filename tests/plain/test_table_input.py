"""Tables and goals in plain mode, row by row and part by part."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from iep_tui.core.case_model import Value

from .conftest import Disk, Person

AtQuestion = Callable[..., Person]

SPEECH: dict[str, Value] = {"service": "Speech", "minutes": 30}
READING: dict[str, Value] = {"service": "Reading", "enough": "no"}


def test_a_part_is_saved_before_the_next_is_asked_for(at_question: AtQuestion, disk: Disk) -> None:
    seen: list[Value] = []

    def look() -> str:
        seen.append(disk("a-table").value)
        return "45"

    at_question("a-table", "/add", "Speech", look)
    assert seen == [[{"service": "Speech"}]]
    assert disk("a-table").value == [{"service": "Speech", "minutes": 45}]


def test_each_part_is_named_with_what_stands_in_it(at_question: AtQuestion) -> None:
    person = at_question("a-table", "1", a_table=[SPEECH])
    assert person.heard[-5:-1] == [
        "Row 1 of 1.",
        "Part 1 of 5: Service.",
        "Now: Speech",
        "> Enter keeps it. On one line:",
    ]


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        (("1", "", "45", "/done"), [SPEECH | {"minutes": 45}, READING]),
        (("1", "", "/clear", "/done"), [{"service": "Speech"}, READING]),
        (("1", "Talking", "/back", "Speech", "/done"), [SPEECH, READING]),
        (("2", "/next", "/next", "9/1/2026", "/done"), [SPEECH, READING | {"since": "2026-09-01"}]),
        (("2", "/back", "/remove 1"), [READING]),
        (("2", "/remove"), [SPEECH]),
        (("1", "/clear", "/clear", "", "/clear", "/done"), [READING]),
        (("/move 2 1",), [READING, SPEECH]),
        (("/remove 2", "/undo"), [SPEECH, READING]),
        (("/remove 1", "1", "/undo"), [SPEECH, READING]),
        (("/change 2", "Reading aloud", "/done"), [SPEECH, READING | {"service": "Reading aloud"}]),
        (("/add", "", "60", "/done"), [SPEECH, READING, {"minutes": 60}]),
        (("/add Counting", "/plan"), [SPEECH, READING, {"service": "Counting"}]),
        (("Counting", "/not sure"), [SPEECH, READING, {"service": "Counting"}]),
        (("7",), [SPEECH, READING]),
        (("/add", "/plan"), [SPEECH, READING]),
    ],
)  # fmt: skip
def test_rows_are_added_changed_moved_and_removed(
    at_question: AtQuestion, disk: Disk, lines: tuple[str, ...], value: Value
) -> None:
    person = at_question("a-table", *lines, a_table=[SPEECH, READING])
    assert disk("a-table").value == value
    assert person.left == 0


@pytest.mark.parametrize(
    ("lines", "part", "typed"),
    [(("",), "minutes", "a lot"), (("", ""), "since", "soon"), (("",) * 3, "at", "noon"), (("",) * 4, "enough", "hm")],
)
def test_a_part_that_does_not_fit_is_kept_and_asked_again(
    at_question: AtQuestion, disk: Disk, lines: tuple[str, ...], part: str, typed: str
) -> None:
    person = at_question("a-table", "1", *lines, typed, a_table=[{"service": "Speech"}])
    assert disk("a-table").value == [{"service": "Speech", part: typed}]
    assert person.heard_of("Error: ") == 1
    assert person.heard[-2].startswith("> Enter keeps it.")


def test_a_part_that_no_column_knows_stays(at_question: AtQuestion, disk: Disk) -> None:
    at_question("a-table", "1", "Talking", "/done", a_table=[{"service": "Speech", "gone": "kept"}])
    assert disk("a-table").value == [{"service": "Talking", "gone": "kept"}]


def test_a_goal_asks_its_parts_and_one_gentle_question(at_question: AtQuestion) -> None:
    person = at_question("the-goals", "/add", "Reading", "", "understand more", "/done")
    assert "Which need is this goal for?" in person.heard
    assert "What will Maya do that someone can see?" in person.heard
    assert "What would someone see Maya do? Words such as read, write, ask or stay can be counted." in person.heard


def test_a_row_that_is_no_row_can_be_removed(at_question: AtQuestion, disk: Disk) -> None:
    person = at_question("a-table", "1", "/remove 1", a_table=["words", SPEECH])
    assert "Error: This came in a form that has no parts. Type /remove 1 to remove it." in person.heard
    assert disk("a-table").value == [SPEECH]
