"""Deadlines computed from the family's own dates, and the dates still missing for them."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from iep_tui.core.case_model import Value
from iep_tui.core.conditions import ConditionError, holds, parse_cached
from iep_tui.core.dates import as_date, as_time
from iep_tui.core.interview import STATE, Interview
from iep_tui.core.question_model import Confidence, Deadline, DeadlineStart, Unit

#: The table question with the days on which there is no school: a row a break, from its first to its last day.
BREAKS_QUESTION = "dates-breaks"
BREAK_START_COLUMN, BREAK_END_COLUMN = "from", "to"

#: School days are looked for no longer than this: a calendar that has fewer in it was not typed as it is meant.
_MOST_DAYS = 3_000


class SchoolDays(msgspec.Struct, frozen=True):
    """Which days are school days: Monday to Friday but for `off`, the first and last days of breaks, both included.

    `typed` says that the family gave its school's calendar; without one every count is only about right.
    """

    off: tuple[tuple[date, date], ...] = ()
    typed: bool = False

    def has(self, day: date) -> bool:
        return day.weekday() < 5 and not any(first <= day <= last for first, last in self.off)


class CountedDay(msgspec.Struct, frozen=True):
    """What counting gave: the day, the clock time for hours, and whether the day is only about right.

    `sooner` says that the limit of the deadline (`Deadline.before`) gave the day, not its offset.
    """

    day: date
    time: datetime.time | None = None
    about: bool = False
    sooner: bool = False


class DueDate(msgspec.Struct, frozen=True):
    """One deadline as the answers leave it: `count`ed from `start` (and its `time`), or with the ids of the questions
    that are `missing`. A rule that is not counted has neither.

    `is_ongoing`: the family wrote that the thing it starts from has not ended, so the day is the earliest it can be.
    """

    deadline: Deadline
    start: date | None = None
    time: datetime.time | None = None
    limit: date | None = None
    count: CountedDay | None = None
    missing: tuple[str, ...] = ()
    is_ongoing: bool = False


class DueDates(msgspec.Struct, frozen=True):
    """All deadlines that apply: those `ahead`, the soonest first, those counted from something that is `ongoing`
    whose earliest day is over, those that have `passed` (both the latest first), the `rules` without a count, and
    those that wait for a date."""

    ahead: tuple[DueDate, ...] = ()
    ongoing: tuple[DueDate, ...] = ()
    passed: tuple[DueDate, ...] = ()
    rules: tuple[DueDate, ...] = ()
    waiting: tuple[DueDate, ...] = ()

    @property
    def known(self) -> tuple[DueDate, ...]:
        """Every deadline that can be shown as it is: all but those that wait."""
        return (*self.ahead, *self.ongoing, *self.passed, *self.rules)

    def missing(self) -> dict[str, list[DueDate]]:
        """What waits, by the question whose date is missing, in the order of the deadlines."""
        found: dict[str, list[DueDate]] = {}
        for due in self.waiting:
            for question_id in due.missing:
                found.setdefault(question_id, []).append(due)
        return found


# Counting


def add_months(day: date, months: int) -> date:
    """The same day of another month, or its last day where that is sooner. OverflowError outside the years 1 to 9999.

    >>> add_months(date(2024, 2, 29), 12).isoformat()
    '2025-02-28'
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError(year)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def add_school_days(day: date, count: int, school: SchoolDays) -> date:
    """The school day that is `count` school days after `day` (before it when `count` is below 0). The next one is 1;
    0 is the day itself. OverflowError where there are not as many."""
    step = timedelta(days=1 if count > 0 else -1)
    left = abs(count)
    for _day in range(_MOST_DAYS):
        if left == 0:
            return day
        day += step
        left -= school.has(day)
    raise OverflowError(count)


def count_day(
    deadline: Deadline,
    start: date,
    *,
    time: datetime.time | None = None,
    limit: date | None = None,
    school: SchoolDays | None = None,
) -> CountedDay | None:
    """The day that `deadline` gives for a start. None where it is not counted, needs a `time` and has none, or leads
    out of the calendar. `limit` is the answer to `deadline.before`; one that lies before the start does not count.
    """
    school = school or SchoolDays()
    if deadline.unit == "none" or (deadline.unit == "hours" and time is None):
        return None
    try:
        if deadline.unit == "hours":
            moment = datetime.datetime.combine(start, time or datetime.time()) + timedelta(hours=deadline.offset)
            count = CountedDay(moment.date(), moment.time(), deadline.about)
        else:
            day = _moved(start, deadline.offset, deadline.unit, school)
            count = CountedDay(day, None, deadline.about or (deadline.unit == "school days" and not school.typed))
        if limit is not None and start <= (eve := limit - timedelta(days=1)) < count.day:
            return CountedDay(eve, sooner=True)
    except OverflowError:
        return None
    return count


def _moved(start: date, offset: int, unit: Unit, school: SchoolDays) -> date:
    match unit:
        case "months":
            return add_months(start, offset)
        case "years":
            return add_months(start, 12 * offset)
        case "school days":
            return add_school_days(start, offset, school)
        case _:
            return start + timedelta(days=offset)


# From the answers


def due_dates(interview: Interview) -> DueDates:
    """Every deadline of the catalogue that applies to this child on this day, counted where it can be.

    A deadline applies when its condition holds, its state is the family's, and one of the questions it starts from
    is asked of this family. A question that the family is not sure of, or leaves to the school, is as good as open.
    """
    school = school_days(interview)
    found = [due for deadline in _in_force(interview) for due in _dues(interview, deadline, school)]
    today = interview.today
    ahead = [due for due in found if due.count is not None and due.count.day >= today]
    behind = sorted((due for due in found if due.count is not None and due.count.day < today), key=_when, reverse=True)
    return DueDates(
        ahead=tuple(sorted(ahead, key=_when)),
        ongoing=tuple(due for due in behind if due.is_ongoing),
        passed=tuple(due for due in behind if not due.is_ongoing),
        rules=tuple(due for due in found if due.count is None and not due.missing),
        waiting=tuple(due for due in found if due.missing),
    )


def school_days(interview: Interview) -> SchoolDays:
    """The school's calendar as the family typed it, "without one" where it typed none."""
    off: list[tuple[date, date]] = []
    for row in _rows(_answer(interview, BREAKS_QUESTION)):
        first, last = as_date(row.get(BREAK_START_COLUMN)), as_date(row.get(BREAK_END_COLUMN))
        first, last = first or last, last or first
        if first is not None and last is not None:
            off.append((min(first, last), max(first, last)))
    return SchoolDays(tuple(off), bool(off))


def _when(due: DueDate) -> tuple[date, datetime.time]:
    assert due.count is not None
    return due.count.day, due.count.time or datetime.time.max


def _in_force(interview: Interview) -> Iterator[Deadline]:
    """The deadlines that hold here and now. A state's own row replaces the general one with its id.

    A general row is never as certain as the row of a state: where it `varies`, or any state has a row in its place,
    another state may have a rule that we do not know.
    """
    state = interview.facts.state
    ours = {one.id for one in interview.catalogue.deadlines if one.state and one.state == state}
    replaced = {one.id for one in interview.catalogue.deadlines if one.state}
    for one in interview.catalogue.deadlines:
        if (one.state == state if one.state else one.id not in ours) and _holds(interview, one.when):
            varies = not one.state and (one.varies or one.id in replaced)
            confidence: Confidence = "medium" if varies and one.confidence == "high" else one.confidence
            yield msgspec.structs.replace(one, varies=varies, confidence=confidence)


def _holds(interview: Interview, when: str) -> bool:
    """Whether a condition holds; one that cannot be read was told by `sets check`, and its rule may not apply."""
    facts: dict[str, Value] = {"age": interview.facts.age, "stage": interview.facts.stage, STATE: interview.facts.state}
    try:
        return not when or holds(
            parse_cached(when), lambda name: facts[name] if name in facts else _answer(interview, name)
        )
    except ConditionError:
        return False


def _dues(interview: Interview, deadline: Deadline, school: SchoolDays) -> Iterator[DueDate]:
    """The deadline counted from each day it starts from; once, when no day is known or it is not counted."""
    starts = [start for start in deadline.starts if interview.is_live(start.question)]
    if deadline.starts and not starts:
        return
    if deadline.unit == "none":
        yield DueDate(deadline)
        return
    limit = as_date(_answer(interview, deadline.before))
    found = {due: None for start in starts for due in _from(interview, deadline, start, limit, school)}
    if found:
        yield from found
    elif not any(
        _named(_answer(interview, start.question), DeadlineStart(start.question, start.column)) for start in starts
    ):
        yield DueDate(deadline, missing=tuple(start.question for start in starts))


def _from(
    interview: Interview, deadline: Deadline, start: DeadlineStart, limit: date | None, school: SchoolDays
) -> Iterator[DueDate]:
    time = as_time(_answer(interview, start.time))
    for day, goes_on in _named(_answer(interview, start.question), start):
        count = count_day(deadline, day, time=time, limit=limit, school=school)
        if count is not None:
            yield DueDate(deadline, day, time, limit, count, is_ongoing=goes_on)
        elif deadline.unit == "hours" and time is None:
            yield DueDate(deadline, day, missing=(start.time,))


def _named(value: Value, start: DeadlineStart) -> list[tuple[date, bool]]:
    """The days that an answer names, without those of rows that are over, and whether the row's matter goes on."""
    if not start.column:
        day = as_date(value)
        return [(day, False)] if day else []
    rows = [row for row in _rows(value) if row.get(start.unless) != "yes"]
    return [(day, row.get(start.is_ongoing) == "yes") for row in rows if (day := as_date(row.get(start.column)))]


def _rows(value: Value) -> list[dict[str, Value]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _answer(interview: Interview, question_id: str) -> Value:
    """What was answered to a question that is asked; None for any other."""
    answer = interview.answers.of(question_id)
    return answer.value if answer.state == "answered" and interview.is_live(question_id) else None
