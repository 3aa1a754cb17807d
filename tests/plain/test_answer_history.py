"""What was answered before: told by date, taken back by number, on any later day."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from .conftest import Clock, Disk, Person, Talk
from .sample_cases import CHILD, NOW, case

AtQuestion = Callable[..., Person]


def test_an_answer_of_another_day_comes_back(talk: Talk, disk: Disk, clock: Clock) -> None:
    talk("25", "/plan", case=case({"child-name": "Maya R."}, "a-number"))
    clock.now = NOW + datetime.timedelta(days=60)
    talk("/back", "30", "/plan", case=case({}))
    person = talk("/back", "/earlier", "/earlier 1", "/undo", "/redo", "/plan", case=case({}))
    assert person.heard_of("1. Wednesday 3 March 2027, 10:00 am: 25") == 1, person.said
    assert person.heard_of("This earlier answer is your answer again.") == 1
    assert person.heard_of("The change you undid is redone.") == 1
    assert disk("a-number").value == 25


def test_no_earlier_answer_and_no_such_number_are_said(at_question: AtQuestion) -> None:
    person = at_question("a-number", "/earlier", "5", "/back", "7", "/back", "/earlier 9", "/earlier x", "/redo")
    assert person.heard_of("There is no earlier answer to this question.") == 1
    assert person.heard_of("There is no earlier answer “9”. /earlier lists them.") == 1
    assert person.heard_of("There is no earlier answer “x”. /earlier lists them.") == 1
    assert person.heard_of("There is nothing more to take back here.") == 1


def test_a_note_and_a_mark_are_told_with_an_earlier_answer(at_question: AtQuestion) -> None:
    person = at_question("a-number", "/note Ask Ms. Ortiz", "/not sure", "/back", "5", "/back", "/earlier")
    assert person.heard_of(": not sure: Note: Ask Ms. Ortiz") == 1, person.said
    assert person.heard_of(CHILD) == 0
