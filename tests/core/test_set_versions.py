"""What a family is told when the questions are others than those it answered."""

from __future__ import annotations

from typing import Any

import pytest

from iep_tui.core.case_model import Answer, Answers, Meeting
from iep_tui.core.question_model import Catalogue, Choice, QuestionSet
from iep_tui.core.set_versions import VersionChanges, changes_since, changes_text, mark_of

from .builders import one_set, question

FINE, HARD = Choice("fine", "Fine"), Choice("hard", "Hard")
OLD = one_set("s", "a", "gone", question("pick", "one", choices=(FINE, HARD)), version=1)
NEW = one_set("s", question("a2", was=("a",)), question("pick", "one", choices=(FINE,)), "new", "newer", version=2)


def meeting(**given: Any) -> Meeting:
    answers = Answers({name: Answer(one, "answered") for name, one in given.items()})
    return Meeting("m1", "", answers, sets={"s": mark_of(OLD)})


def since(one: Meeting, new: QuestionSet = NEW) -> VersionChanges:
    return changes_since(one, Catalogue((new,)))


def test_a_mark_has_the_version_and_little_of_each_question() -> None:
    assert mark_of(OLD).split()[0] == "1"
    assert [len(digits) for digits in mark_of(OLD).split()[1:]] == [4, 4, 4]


def test_nothing_is_said_of_the_same_set_or_one_never_answered() -> None:
    assert changes_text(since(meeting(a="x"), OLD)) == ""
    assert changes_text(since(Meeting("m1", "", Answers({"a": Answer("x", "answered")})))) == ""


def test_what_is_new_renamed_gone_or_does_not_fit() -> None:
    found = since(meeting(a="x", gone="y", pick="hard"))
    assert [one.id for one in found.sets] == ["s"]
    assert [one.id for one in found.new] == ["new", "newer"]
    assert [one.id for one in found.renamed] == ["a2"]
    assert found.orphaned == ("gone",)
    assert [one.id for one in found.invalid] == ["pick"]


def test_it_is_said_in_one_calm_notice() -> None:
    assert changes_text(since(meeting(a="x", gone="y", pick="hard"))) == (
        "The questions of this part are newer than your answers: S. 2 questions are new. "
        "1 answer moved with its question. "
        "1 answer has no question any more: it is kept, set aside in the review. "
        "1 answer has a choice that is not offered any more; please look at it: “What about pick?”."
    )


@pytest.mark.parametrize("mark", ["", "2", "x y z", "999999999999999999999 zzzz"])
def test_a_strange_mark_does_no_harm(mark: str) -> None:
    since(Meeting("m1", "", Answers({"a": Answer("x", "answered")}), sets={"s": mark}))
