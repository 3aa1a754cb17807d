"""The made-up child has an answer to everything that is asked before the meeting, and none that does not fit."""

from __future__ import annotations

import datetime

import pytest

from iep_tui.core import kinds
from iep_tui.core.interview import Interview
from iep_tui.sets.library import EXAMPLE, load, shipped_folder
from iep_tui.store.interchange import decode

CATALOGUE = load("en").catalogue


@pytest.fixture(scope="module")
def maya() -> Interview:
    """The example as it stands some days before its meeting."""
    case = decode((shipped_folder() / "en" / EXAMPLE).read_bytes())
    return Interview(CATALOGUE, case.latest.answers, datetime.date(2027, 3, 8))


def test_everything_before_the_meeting_has_been_dealt_with(maya: Interview) -> None:
    before = [question for one, questions in maya.live_sets if one.stage == "before" for question in questions]
    assert [one.id for one in before if maya.answers.of(one.id).state == "open"] == []


def test_a_little_at_and_after_the_meeting_is_filled_in_and_most_is_open(maya: Interview) -> None:
    later = [question for one, questions in maya.live_sets if one.stage != "before" for question in questions]
    filled = [one.id for one in later if maya.answers.of(one.id).state != "open"]
    assert 2 <= len(filled) < len(later) / 4


def test_no_answer_is_set_aside_and_each_fits_its_question(maya: Interview) -> None:
    assert [question_id for question_id, _answer in maya.set_aside()] == []
    troubles = {
        question.id: trouble
        for question in maya.live
        if not kinds.is_empty(question, value := maya.answers.of(question.id).value)
        and (trouble := kinds.trouble(question, value))
    }
    assert troubles == {}
