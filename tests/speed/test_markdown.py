"""Markdown sheets: a constant number of calls per answer."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable
from types import FrameType

import pytest

from iep_tui.core.case_model import Answer, Answers
from iep_tui.core.interview import Interview
from iep_tui.core.question_model import Catalogue, Question, QuestionSet
from iep_tui.documents.formats.markdown import sheet

DAY = datetime.date(2027, 3, 3)
#: Calls of functions, ours and Python's own, for one more answer of one line. A person's letters are looked at in C.
MOST = 80


def calls(act: Callable[[], object]) -> int:
    counted = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        act()
    finally:
        sys.setprofile(None)
    return counted


def made(answers: int, words: str) -> Callable[[], str]:
    asked = tuple(
        Question(id=f"q-{number}", kind="text", title=f"How is part {number} of the day?", set_id="many", line=number)
        for number in range(answers)
    )
    catalogue = Catalogue((QuestionSet(id="many", title="Many", questions=asked),))
    given = Answers({question.id: Answer(words, "answered") for question in asked})
    interview = Interview(catalogue, given, DAY)
    return lambda: sheet(interview, "team", made=DAY)


@pytest.mark.parametrize(
    "words", ["After recess. She needs ten quiet minutes.", "Después. Ella necesita diez minutos."]
)
def test_ten_times_the_answers_are_ten_times_the_calls(words: str) -> None:
    some, more = made(60, words), made(600, words)
    assert words in some()
    once, tenfold = calls(some), calls(more)
    assert tenfold <= 10.5 * once
    assert tenfold - once <= 540 * MOST


def test_marks_in_the_words_cost_a_few_calls_more() -> None:
    plain, marked = made(60, "She reads slowly at home."), made(60, "She reads *slowly* at home.")
    assert r"\*slowly\*" in marked()
    assert calls(marked) <= 1.5 * calls(plain)
