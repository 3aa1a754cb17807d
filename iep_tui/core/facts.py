"""Question ids that the program knows by name, and the facts (age, stage, state) that conditions use.

Kept apart from the interview, because the list of children needs the facts but not the interview.
"""

from __future__ import annotations

import datetime

import msgspec

from iep_tui.core.case_model import Answers
from iep_tui.core.dates import as_date, years_between
from iep_tui.core.question_model import Stage
from iep_tui.core.us_states import state_code

#: Ids of questions that the program itself uses; everything else about them is in their set.
CHILD_NAME = "child-name"
CHILD_BIRTH_DATE = "child-birth-date"
MEETING_DATE = "meeting-date"
MEETING_TIME = "meeting-time"
MEETING_PLACE = "meeting-place"
MEETING_TYPE = "meeting-type"
STATE = "state"


class Facts(msgspec.Struct, frozen=True):
    """Facts that conditions can test besides answers.

    `age` is the child's age in full years on the day of the meeting and `state` the two-letter code; both are None
    when unknown. `stage` says whether `today` is before, at or after the meeting.
    """

    age: int | None
    stage: Stage
    state: str | None


def facts_of(answers: Answers, today: datetime.date) -> Facts:
    """Derive the facts from the answers and the current date."""
    meeting = as_date(answers.of(MEETING_DATE).value)
    birth_date = as_date(answers.of(CHILD_BIRTH_DATE).value)
    day = meeting or today
    age = years_between(birth_date, day) if birth_date and birth_date <= day else None
    stage: Stage = "before"
    if meeting is not None and meeting <= today:
        stage = "at" if meeting == today else "after"
    state = answers.of(STATE).value
    return Facts(age, stage, state_code(state) if isinstance(state, str) else None)
