"""Facts that conditions can test besides answers: the age at the meeting, before or after it, and the state."""

from __future__ import annotations

import datetime

import pytest

from iep_tui.core.case_model import Answer, Answers, Value
from iep_tui.core.interview import Facts, Interview, facts_of
from iep_tui.core.question_model import Catalogue

from .builders import TODAY, answered, one_set, question


def test_nothing_is_known_of_nobody() -> None:
    assert facts_of(Answers(), TODAY) == Facts(None, "before", None)


@pytest.mark.parametrize(
    ("born", "meeting", "age"),
    [
        ("2018-05-09", None, 8),
        ("2018-05-09", "2027-05-08", 8),
        ("2018-05-09", "2027-05-09", 9),
        ("2018-05-09", "2026-05-01", 7),
        ("2027-03-03", None, 0),
        ("2027-03-04", None, None),
        ("2027-03-04", "2027-03-12", 0),
        ("last May", "2027-03-12", None),
        (None, "2027-03-12", None),
    ],
)
def test_the_age_is_that_on_the_day_of_the_meeting_and_today_while_there_is_none(
    born: Value, meeting: Value, age: int | None
) -> None:
    assert facts_of(answered(child_birth_date=born, meeting_date=meeting), TODAY).age == age


@pytest.mark.parametrize(
    ("meeting", "stage"),
    [
        ("2027-03-04", "before"),
        ("2027-03-03", "at"),
        ("2027-03-02", "after"),
        ("2026-03-03", "after"),
        ("in spring", "before"),
        (None, "before"),
    ],
)
def test_the_stage_goes_by_the_day(meeting: Value, stage: str) -> None:
    assert facts_of(answered(meeting_date=meeting), TODAY).stage == stage


@pytest.mark.parametrize(
    ("written", "state"), [("Missouri", "MO"), (" ca ", "CA"), ("Atlantis", None), ("", None), (["CA"], None)]
)
def test_the_state_is_known_by_what_people_write(written: Value, state: str | None) -> None:
    assert facts_of(answered(state=written), TODAY).state == state


def test_a_day_that_is_not_sure_is_still_the_best_there_is() -> None:
    given = Answers({"meeting-date": Answer("2027-03-03", "unsure")})
    assert facts_of(given, TODAY).stage == "at"


def test_conditions_use_them_and_the_days_change_what_is_asked() -> None:
    made = Catalogue(
        (
            one_set("start", question("child-birth-date", "date"), question("meeting-date", "date"), "state"),
            one_set("work", question("jobs", when="age >= 14"), order=1),
            one_set("law", "timeline", order=2, state="MO"),
            one_set("follow-up", question("letter", when="stage = after"), stage="after"),
        )
    )
    given = answered(child_birth_date="2013-03-12", meeting_date="2027-03-12", state="missouri")

    def asked(day: str) -> list[str]:
        return [one.id for one in Interview(made, given, datetime.date.fromisoformat(day)).live][3:]

    assert asked("2027-03-03") == ["jobs", "timeline"]
    assert asked("2027-03-13") == ["jobs", "timeline", "letter"]
    assert "jobs" not in [one.id for one in Interview(made, answered(child_birth_date="2013-03-12"), TODAY).live]
