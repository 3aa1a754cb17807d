"""Changes between two versions of a set, and the answers of a case that they affect."""

from __future__ import annotations

from typing import Any

import pytest

from iep_tui.core.case_model import Answer, Answers, Case, Meeting
from iep_tui.core.question_model import Choice, Column, QuestionSet
from iep_tui.core.set_diff import SetChange, affected_answers, set_changes

from .builders import one_set, question

FINE, HARD = Choice("fine", "Fine"), Choice("hard", "Hard")


def changes(old: QuestionSet, new: QuestionSet) -> list[tuple[str, str, str, str]]:
    return [(one.kind, one.question_id, one.old, one.new) for one in set_changes((old,), (new,))]


def of_one(old: dict[str, Any], new: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    """The changes between two versions of one question."""
    return changes(one_set("s", question(**old)), one_set("s", question(**new)))


def test_the_same_set_has_no_changes() -> None:
    one = one_set("s", "a", question("b", "one"), question("c", "table"))
    assert changes(one, one) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"title": "Old?"}, {"title": "New?"}, ("reworded", "q", "Old?", "New?")),
        ({"title": "T", "law": "1"}, {"title": "T", "law": "2"}, ("reworded", "q", "T", "T")),
        ({"kind": "line"}, {"kind": "text"}, ("kind", "q", "line", "text")),
        ({"share": "team"}, {"share": "teachers"}, ("wider", "q", "team", "teachers")),
        ({"share": "team"}, {"share": "family"}, ("narrower", "q", "team", "family")),
        ({"when": "a = 1"}, {"when": "a = 2"}, ("condition", "q", "a = 1", "a = 2")),
        ({"when": ""}, {"when": "a = 2"}, ("condition", "q", "", "a = 2")),
        ({"max": None}, {"max": 3}, ("max", "q", "", "3")),
        ({"carry": "yes"}, {"carry": "no"}, ("carry", "q", "yes", "no")),
    ],
)
def test_each_difference_of_a_question(old: dict[str, Any], new: dict[str, Any], expected: tuple[str, ...]) -> None:
    assert of_one(old, new) == [expected]


def test_choices_come_and_go_and_get_other_labels() -> None:
    old = {"kind": "one", "choices": (FINE, HARD)}
    assert of_one(old, {"kind": "one", "choices": (FINE, Choice("most", "Most"))}) == [
        ("choice removed", "q", "hard", ""),
        ("choice added", "q", "", "most"),
    ]
    [reworded] = of_one(old, {"kind": "one", "choices": (FINE, Choice("hard", "Harder"))})
    assert reworded[0] == "reworded"


def test_columns_come_and_go_and_change_their_kind() -> None:
    old = {"kind": "table", "columns": (Column("service", "Service"), Column("minutes", "Minutes"))}
    new = {"kind": "table", "columns": (Column("minutes", "Minutes", "number"), Column("where", "Where"))}
    assert of_one(old, new) == [
        ("column removed", "q", "service", ""),
        ("column added", "q", "", "where"),
        ("column kind", "q", "minutes:line", "minutes:number"),
    ]


def test_questions_and_sets_come_go_and_are_renamed() -> None:
    old = one_set("s", "a", "b", "c", version=1)
    new = one_set("s", question("a2", was=("a",), title="What about a?"), "b", "d", version=2)
    assert changes(old, new) == [
        ("version", "", "1", "2"),
        ("renamed", "a", "a", "a2"),
        ("added", "d", "", "What about d?"),
        ("removed", "c", "What about c?", ""),
    ]
    assert [one.kind for one in set_changes((old,), (one_set("t", "x"),))] == [
        "set added", "added", "set removed", "removed", "removed", "removed",
    ]  # fmt: skip


def test_a_question_that_goes_to_another_set_is_neither_new_nor_gone() -> None:
    found = set_changes((one_set("s", "a", "b"), one_set("t", "c")), (one_set("s", "a"), one_set("t", "b", "c")))
    assert found == (SetChange("moved", "t", "b", "s", "t"),)


OLD = one_set(
    "s",
    "gone",
    question("named"),
    question("pick", "one", choices=(FINE, HARD)),
    question("rows", "table", columns=(Column("service", "Service"), Column("minutes", "Minutes"))),
    question("same"),
    question("wide"),
)
NEW = one_set(
    "s",
    question("called", was=("named",)),
    question("pick", "one", choices=(FINE,)),
    question("rows", "table", columns=(Column("service", "Service"),)),
    question("same"),
    question("wide", share="teachers"),
)


def case(**given: Any) -> Case:
    return Case("k7f3", (Meeting("m1", "", Answers({name: Answer(one, "answered") for name, one in given.items()})),))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"gone": "x"}, [("gone", "removed")]),
        ({"named": "x"}, [("named", "renamed")]),
        ({"pick": "hard"}, [("pick", "choice removed")]),
        ({"pick": "fine"}, []),
        ({"rows": [{"service": "Speech"}]}, []),
        ({"rows": [{"service": "Speech"}, {"minutes": "30"}]}, [("rows", "column removed")]),
        ({"same": "x", "wide": "x"}, []),
    ],
)
def test_only_answers_that_use_what_changed_are_touched(given: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    found = affected_answers(case(**given), set_changes((OLD,), (NEW,)), (OLD,))
    assert [(one.question_id, one.kind) for one in found] == expected


def test_a_condition_of_a_set_touches_all_its_answers() -> None:
    new = one_set("s", "a", "b", when="age > 3")
    old = one_set("s", "a", "b")
    found = affected_answers(case(a="x", b="y"), set_changes((old,), (new,)), (old,))
    assert [(one.question_id, one.kind) for one in found] == [("a", "condition"), ("b", "condition")]


def test_an_open_answer_is_touched_by_nothing() -> None:
    opened = Case("k7f3", (Meeting("m1", "", Answers({"gone": Answer()})),))
    assert affected_answers(opened, set_changes((OLD,), (NEW,)), (OLD,)) == ()
