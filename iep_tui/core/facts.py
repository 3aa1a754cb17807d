"""Question ids that the program knows by name, and the facts (age, stage, state) that conditions use.

Separate from the interview, because a list of children needs the facts but not the interview.
"""

from __future__ import annotations

import datetime

import msgspec

from iep_tui.core.case_model import Answers
from iep_tui.core.dates import as_date, years_between
from iep_tui.core.question_model import Stage
from iep_tui.core.us_states import state_code

#: Questions with a meaning for the program itself; everything else about them is in their set.
CHILD_NAME = "child-name"
CHILD_BIRTH_DATE = "child-birth-date"
MEETING_DATE = "meeting-date"
MEETING_TIME = "meeting-time"
MEETING_PLACE = "meeting-place"
MEETING_TYPE = "meeting-type"
STATE = "state"


class Facts(msgspec.Struct, frozen=True):
    """What conditions may ask besides answers: the child's age in years on the day of the meeting, whether we are
    before, at or after the meeting, and the two-letter state. None where it is not known."""

    age: int | None
    stage: Stage
    state: str | None


def facts_of(answers: Answers, today: datetime.date) -> Facts:
    """The facts these answers tell on this day."""
    meeting = as_date(answers.of(MEETING_DATE).value)
    born = as_date(answers.of(CHILD_BIRTH_DATE).value)
    day = meeting or today
    age = years_between(born, day) if born and born <= day else None
    stage: Stage = "before"
    if meeting is not None and meeting <= today:
        stage = "at" if meeting == today else "after"
    state = answers.of(STATE).value
    return Facts(age, stage, state_code(state) if isinstance(state, str) else None)
