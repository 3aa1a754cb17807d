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

#: The table question about days without school. Each row is a break with its first and last day.
BREAKS_QUESTION = "dates-breaks"
BREAK_START_COLUMN, BREAK_END_COLUMN = "from", "to"

#: Maximum number of days to search for school days. A calendar that needs more was mistyped.
_MAX_DAYS = 3_000


class SchoolDays(msgspec.Struct, frozen=True):
    """The school calendar: Monday to Friday, except the breaks in `off` (first and last day, both included).

    `typed` is True if the family entered breaks; without them every count of school days is approximate.
    """

    off: tuple[tuple[date, date], ...] = ()
    typed: bool = False

    def has(self, day: date) -> bool:
        return day.weekday() < 5 and not any(first <= day <= last for first, last in self.off)


class CountedDay(msgspec.Struct, frozen=True):
    """A computed due day, with a clock time for deadlines in hours; `about` marks an approximate day.

    `sooner` is True if the day comes from the deadline's limit (`Deadline.before`), not from its offset.
    """

    day: date
    time: datetime.time | None = None
    about: bool = False
    sooner: bool = False


class DueDate(msgspec.Struct, frozen=True):
    """One deadline applied to the answers.

    `count` is the day computed from `start` (and its `time`); `missing` holds the ids of the unanswered questions that
    prevent it. A rule without a count has neither. `is_ongoing` means that the family marked the starting event as not
    over, so that `count` is the earliest possible day.
    """

    deadline: Deadline
    start: date | None = None
    time: datetime.time | None = None
    limit: date | None = None
    count: CountedDay | None = None
    missing: tuple[str, ...] = ()
    is_ongoing: bool = False


class DueDates(msgspec.Struct, frozen=True):
    """All deadlines that apply, grouped.

    `ahead` is sorted soonest first. `ongoing` holds past days of events that have not ended and `passed` all other past
    days, both latest first. `rules` have no count, and `waiting` deadlines lack a date.
    """

    ahead: tuple[DueDate, ...] = ()
    ongoing: tuple[DueDate, ...] = ()
    passed: tuple[DueDate, ...] = ()
    rules: tuple[DueDate, ...] = ()
    waiting: tuple[DueDate, ...] = ()

    @property
    def known(self) -> tuple[DueDate, ...]:
        """Every deadline except those that wait for a date."""
        return (*self.ahead, *self.ongoing, *self.passed, *self.rules)

    def missing(self) -> dict[str, list[DueDate]]:
        """Group the waiting deadlines by the question whose date is missing, in the order of the deadlines."""
        by_question: dict[str, list[DueDate]] = {}
        for due in self.waiting:
            for question_id in due.missing:
                by_question.setdefault(question_id, []).append(due)
        return by_question


# Counting


def add_months(day: date, months: int) -> date:
    """Return the same day `months` later, or the last day of a shorter month.

    Raises OverflowError outside the years 1 to 9999.


    >>> add_months(date(2024, 2, 29), 12).isoformat()
    '2025-02-28'
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError(year)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def add_school_days(day: date, count: int, school: SchoolDays) -> date:
    """Return the day `count` school days after `day`, or before it if negative. A count of 0 is `day` itself.

    Raises OverflowError if there are not enough school days within `_MAX_DAYS` days.
    """
    step = timedelta(days=1 if count > 0 else -1)
    left = abs(count)
    for _day in range(_MAX_DAYS):
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
    """Count `deadline` from `start`. None if it has no count, lacks the `time` it needs, or leaves the calendar.

    `limit` is the answer to `deadline.before`; a limit before the start is ignored.
    """
    school = school or SchoolDays()
    if deadline.unit == "none" or (deadline.unit == "hours" and time is None):
        return None
    try:
        if deadline.unit == "hours":
            moment = datetime.datetime.combine(start, time or datetime.time()) + timedelta(hours=deadline.offset)
            count = CountedDay(moment.date(), moment.time(), deadline.about)
        else:
            day = _add_offset(start, deadline.offset, deadline.unit, school)
            count = CountedDay(day, None, deadline.about or (deadline.unit == "school days" and not school.typed))
        if limit is not None and start <= (day_before := limit - timedelta(days=1)) < count.day:
            return CountedDay(day_before, sooner=True)
    except OverflowError:
        return None
    return count


def _add_offset(start: date, offset: int, unit: Unit, school: SchoolDays) -> date:
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
    """Return every deadline of the catalogue that applies to this child on this day, counted where possible.

    A deadline applies when its condition holds, its state is the family's, and at least one of the questions it starts
    from is live. Questions marked "not sure" or "ask the school" count as unanswered.
    """
    school = school_days(interview)
    dues = [due for deadline in _in_force(interview) for due in _dues(interview, deadline, school)]
    today = interview.today
    ahead = [due for due in dues if due.count is not None and due.count.day >= today]
    behind = sorted(
        (due for due in dues if due.count is not None and due.count.day < today), key=_sort_key, reverse=True
    )
    return DueDates(
        ahead=tuple(sorted(ahead, key=_sort_key)),
        ongoing=tuple(due for due in behind if due.is_ongoing),
        passed=tuple(due for due in behind if not due.is_ongoing),
        rules=tuple(due for due in dues if due.count is None and not due.missing),
        waiting=tuple(due for due in dues if due.missing),
    )


def school_days(interview: Interview) -> SchoolDays:
    """Return the school calendar from the family's breaks; Monday to Friday if they entered none."""
    off: list[tuple[date, date]] = []
    for row in _rows(_answer(interview, BREAKS_QUESTION)):
        start, end = as_date(row.get(BREAK_START_COLUMN)), as_date(row.get(BREAK_END_COLUMN))
        start, end = start or end, end or start
        if start is not None and end is not None:
            off.append((min(start, end), max(start, end)))
    return SchoolDays(tuple(off), bool(off))


def _sort_key(due: DueDate) -> tuple[date, datetime.time]:
    assert due.count is not None
    return due.count.day, due.count.time or datetime.time.max


def _in_force(interview: Interview) -> Iterator[Deadline]:
    """Yield the deadlines in force. A state's own row replaces the general row with the same id.

    A general row that `varies`, or that any state replaces, has at most medium confidence: another state may have a
    rule that is not in the file.
    """
    state = interview.facts.state
    replaced_here = {
        deadline.id for deadline in interview.catalogue.deadlines if deadline.state and deadline.state == state
    }
    replaced_anywhere = {deadline.id for deadline in interview.catalogue.deadlines if deadline.state}
    for deadline in interview.catalogue.deadlines:
        if (deadline.state == state if deadline.state else deadline.id not in replaced_here) and _holds(
            interview, deadline.when
        ):
            varies = not deadline.state and (deadline.varies or deadline.id in replaced_anywhere)
            confidence: Confidence = "medium" if varies and deadline.confidence == "high" else deadline.confidence
            yield msgspec.structs.replace(deadline, varies=varies, confidence=confidence)


def _holds(interview: Interview, when: str) -> bool:
    """Evaluate a condition. An invalid one counts as false; `sets check` reports it."""
    facts: dict[str, Value] = {"age": interview.facts.age, "stage": interview.facts.stage, STATE: interview.facts.state}
    try:
        return not when or holds(
            parse_cached(when), lambda name: facts[name] if name in facts else _answer(interview, name)
        )
    except ConditionError:
        return False


def _dues(interview: Interview, deadline: Deadline, school: SchoolDays) -> Iterator[DueDate]:
    """Yield the deadline counted from each of its start days, or once if it has no count or no known start."""
    starts = [start for start in deadline.starts if interview.is_live(start.question)]
    if deadline.starts and not starts:
        return
    if deadline.unit == "none":
        yield DueDate(deadline)
        return
    limit = as_date(_answer(interview, deadline.before))
    counted = {due: None for start in starts for due in _count_from(interview, deadline, start, limit, school)}
    if counted:
        yield from counted
    elif not any(
        _start_days(_answer(interview, start.question), DeadlineStart(start.question, start.column)) for start in starts
    ):
        yield DueDate(deadline, missing=tuple(start.question for start in starts))


def _count_from(
    interview: Interview, deadline: Deadline, start: DeadlineStart, limit: date | None, school: SchoolDays
) -> Iterator[DueDate]:
    time = as_time(_answer(interview, start.time))
    for day, is_ongoing in _start_days(_answer(interview, start.question), start):
        count = count_day(deadline, day, time=time, limit=limit, school=school)
        if count is not None:
            yield DueDate(deadline, day, time, limit, count, is_ongoing=is_ongoing)
        elif deadline.unit == "hours" and time is None:
            yield DueDate(deadline, day, missing=(start.time,))


def _start_days(value: Value, start: DeadlineStart) -> list[tuple[date, bool]]:
    """Return the days in an answer, each with its ongoing flag; rows marked as over are left out."""
    if not start.column:
        day = as_date(value)
        return [(day, False)] if day else []
    current_rows = [row for row in _rows(value) if row.get(start.unless) != "yes"]
    return [
        (day, row.get(start.is_ongoing) == "yes") for row in current_rows if (day := as_date(row.get(start.column)))
    ]


def _rows(value: Value) -> list[dict[str, Value]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _answer(interview: Interview, question_id: str) -> Value:
    """Return the value of a live, answered question; None for any other."""
    answer = interview.answers.of(question_id)
    return answer.value if answer.state == "answered" and interview.is_live(question_id) else None
