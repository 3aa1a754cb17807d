"""The made-up child has an answer to everything she is asked, and none that does not fit."""

from __future__ import annotations

import datetime

import pytest

from iep_tui.core import kinds
from iep_tui.core.interview import Interview
from iep_tui.core.question_model import STAGES, Stage
from iep_tui.sets.library import EXAMPLE, shipped_folder
from iep_tui.sets.library_loader import load_uncached
from iep_tui.store.interchange_format import decode_case

CATALOGUE = load_uncached("en").catalogue

#: Before the meeting, on its day, and after it.
DAYS = (datetime.date(2027, 3, 3), datetime.date(2027, 3, 12), datetime.date(2027, 3, 26))


@pytest.fixture(scope="module", params=DAYS, ids=str)
def maya(request: pytest.FixtureRequest) -> Interview:
    """The example, opened on one of these days."""
    case = decode_case((shipped_folder() / "en" / EXAMPLE).read_bytes())
    return Interview(CATALOGUE, case.latest.answers, request.param)


@pytest.mark.parametrize("stage", STAGES)
def test_everything_that_is_asked_has_been_dealt_with(maya: Interview, stage: Stage) -> None:
    asked = [question for one, questions in maya.live_sets if one.stage == stage for question in questions]
    assert asked
    assert [one.id for one in asked if maya.answers.of(one.id).state == "open"] == []


def test_nearly_everything_is_answered_and_the_rest_says_why_not(maya: Interview) -> None:
    rest = [one for one in maya.live if kinds.is_empty(one, maya.answers.of(one.id).value)]
    assert [one.id for one in rest if not maya.answers.of(one.id).note] == []
    assert 0 < len(rest) < len(maya.live) / 10


def test_no_answer_is_set_aside_and_each_fits_its_question(maya: Interview) -> None:
    assert [question_id for question_id, _answer in maya.hidden_answers()] == []
    troubles = {
        question.id: trouble
        for question in maya.live
        if not kinds.is_empty(question, value := maya.answers.of(question.id).value)
        and (trouble := kinds.validation_message(question, value))
    }
    assert troubles == {}
