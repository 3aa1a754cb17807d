"""Deadlines by example: counting days, months, years, hours and school days, and what is missing."""

from __future__ import annotations

import datetime
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iep_tui.core.case_model import Answer, Answers, Value
from iep_tui.core.deadlines import (
    CountedDay,
    DueDates,
    SchoolDays,
    add_months,
    add_school_days,
    count_day,
    due_dates,
    school_days,
)
from iep_tui.core.interview import Interview
from iep_tui.core.question_model import Catalogue, Choice, Column, Deadline, DeadlineStart, Unit

from .builders import answered, one_set, question

TODAY = date(2027, 3, 3)

#: Spring break and one snow day; 1 March 2027 is a Monday.
SCHOOL = SchoolDays(((date(2027, 3, 8), date(2027, 3, 12)), (date(2027, 3, 17), date(2027, 3, 17))), typed=True)


def rule(rule_id: str = "rule", unit: Unit = "days", offset: int = 0, **others: Any) -> Deadline:
    parts: dict[str, Any] = {"what": "It is due", "acts": "school", "confidence": "high", "line": 1, **others}
    starts = parts.pop("starts", (DeadlineStart("last"),) if unit != "none" else ())
    return Deadline(id=rule_id, unit=unit, offset=offset, starts=starts, **parts)


# Counting


@pytest.mark.parametrize(
    ("start", "offset", "unit", "day"),
    [
        ("2027-03-12", 1, "years", "2028-03-12"),
        ("2028-02-29", 1, "years", "2029-02-28"),
        ("2024-02-29", 4, "years", "2028-02-29"),
        ("2024-09-02", 3, "years", "2027-09-02"),
        ("2011-05-09", 16, "years", "2027-05-09"),
        ("2012-02-29", 17, "years", "2029-02-28"),
        ("2027-01-31", 1, "months", "2027-02-28"),
        ("2027-03-31", -1, "months", "2027-02-28"),
        ("2027-12-15", 2, "months", "2028-02-15"),
        ("2027-01-11", 60, "days", "2027-03-12"),
        ("2027-03-12", -10, "days", "2027-03-02"),
        ("2027-12-31", 1, "days", "2028-01-01"),
        ("2027-03-12", 0, "days", "2027-03-12"),
        # A Monday: Tuesday to Friday are the next four, then a break, a week with a day off, and on.
        ("2027-03-01", 1, "school days", "2027-03-02"),
        ("2027-03-01", 4, "school days", "2027-03-05"),
        ("2027-03-01", 5, "school days", "2027-03-15"),
        ("2027-03-01", 7, "school days", "2027-03-18"),
        ("2027-03-01", 10, "school days", "2027-03-23"),
        ("2027-03-06", 1, "school days", "2027-03-15"),
        ("2027-03-15", -1, "school days", "2027-03-05"),
        ("2027-03-06", 0, "school days", "2027-03-06"),
    ],
)
def test_the_day_a_rule_gives(start: str, offset: int, unit: Unit, day: str) -> None:
    count = count_day(rule(unit=unit, offset=offset), date.fromisoformat(start), school=SCHOOL)
    assert count == CountedDay(date.fromisoformat(day))


@pytest.mark.parametrize(
    ("time", "offset", "day", "clock"),
    [
        ("14:30", -24, "2027-03-11", "14:30"),
        ("08:00", -24, "2027-03-11", "08:00"),
        ("08:00", -9, "2027-03-11", "23:00"),
        ("22:00", 3, "2027-03-13", "01:00"),
    ],
)
def test_hours_before_a_meeting(time: str, offset: int, day: str, clock: str) -> None:
    count = count_day(rule(unit="hours", offset=offset), date(2027, 3, 12), time=datetime.time.fromisoformat(time))
    assert count == CountedDay(date.fromisoformat(day), datetime.time.fromisoformat(clock))


def test_hours_need_a_time() -> None:
    assert count_day(rule(unit="hours", offset=-24), date(2027, 3, 12)) is None


def test_school_days_without_a_calendar_are_monday_to_friday_and_only_about_right() -> None:
    assert count_day(rule(unit="school days", offset=10), date(2027, 3, 1)) == CountedDay(date(2027, 3, 15), about=True)


@pytest.mark.parametrize(
    ("asked", "meeting", "count"),
    [
        # The meeting comes first: the day before it.
        ("2027-02-22", "2027-03-12", CountedDay(date(2027, 3, 11), sooner=True)),
        # The 45 days end first.
        ("2027-01-04", "2027-03-12", CountedDay(date(2027, 2, 18))),
        # They end on the day before the meeting: the same day either way.
        ("2027-01-25", "2027-03-12", CountedDay(date(2027, 3, 11))),
        # No meeting is known, or it was before the records were asked for.
        ("2027-02-22", None, CountedDay(date(2027, 4, 8))),
        ("2027-03-12", "2027-03-12", CountedDay(date(2027, 4, 26))),
        ("2027-03-20", "2027-03-12", CountedDay(date(2027, 5, 4))),
    ],
)
def test_the_sooner_of_two(asked: str, meeting: str | None, count: CountedDay) -> None:
    limit = date.fromisoformat(meeting) if meeting else None
    assert count_day(rule(offset=45, before="meeting-date"), date.fromisoformat(asked), limit=limit) == count


@pytest.mark.parametrize(
    ("start", "offset", "unit"),
    [("9999-12-31", 1, "days"), ("0001-01-01", -1, "days"), ("9999-06-01", 1, "years"), ("0001-06-01", -1, "years")],
)
def test_what_leads_out_of_the_calendar_is_not_counted(start: str, offset: int, unit: Unit) -> None:
    assert count_day(rule(unit=unit, offset=offset), date.fromisoformat(start)) is None


def test_a_calendar_without_a_school_day_is_not_searched_for_ever() -> None:
    always = SchoolDays(((date.min, date.max),), typed=True)
    assert count_day(rule(unit="school days", offset=1), TODAY, school=always) is None
    assert count_day(rule(unit="school days", offset=1), date.max, school=SCHOOL) is None


# What holds for any day

days = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@given(days, st.integers(-1200, 1200))
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(day: date, months: int) -> None:
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == day.day or (moved.day < day.day and (moved + timedelta(days=1)).day == 1)


@given(days, st.integers(1, 60), st.lists(st.tuples(days, st.integers(0, 20)), max_size=4))
def test_as_many_school_days_lie_between_as_were_counted(day: date, count: int, breaks: list[tuple[date, int]]) -> None:
    school = SchoolDays(tuple((first, first + timedelta(days=many)) for first, many in breaks), typed=True)
    end = add_school_days(day, count, school)
    between = [day + timedelta(days=step) for step in range(1, (end - day).days + 1)]
    assert sum(map(school.has, between)) == count
    assert school.has(end)


@given(days, st.integers(0, 400), days)
def test_a_limit_never_makes_it_later(start: date, offset: int, limit: date) -> None:
    free = count_day(rule(offset=offset), start)
    bound = count_day(rule(offset=offset), start, limit=limit)
    assert free is not None
    assert bound is not None
    assert start <= bound.day <= free.day
    assert bound.sooner == (bound.day < free.day)


# From the answers

QUESTIONS = (
    question("state"),
    question("plan", "one", choices=(Choice("iep", "An IEP"), Choice("plan-504", "A 504 plan"))),
    question("child-birth-date", "date"),
    question("meeting-date", "date"),
    question("meeting-time", "time"),
    question("last", "date", when="plan = iep"),
    question(
        "asked",
        "table",
        columns=(
            Column("what", "What"),
            Column("day", "Day", "date"),
            Column("got", "Got it?", "yesno"),
            Column("still", "Still going on?", "yesno"),
        ),
    ),
    question("dates-breaks", "table", columns=(Column("from", "From", "date"), Column("to", "To", "date"))),
)


def told(*rules: Deadline, today: date = TODAY, given: Answers | None = None, **values: Value) -> DueDates:
    """The dates of a family with an IEP and these answers."""
    answers = answered(**{"plan": "iep", **values})
    whole = Answers({**answers, **(given or {})})
    return due_dates(Interview(Catalogue((one_set("all", *QUESTIONS),), (), rules), whole, today))


def in_short(dates: DueDates) -> dict[str, list[tuple[str, str]]]:
    """Rule and day, by where they stand."""
    return {
        name: [(due.deadline.id, due.count.day.isoformat() if due.count else "") for due in getattr(dates, name)]
        for name in ("ahead", "ongoing", "passed", "rules", "waiting")
        if getattr(dates, name)
    }


YEARLY = rule("yearly", "years", 1)
NOTICE = rule("notice", "days", -10, starts=(DeadlineStart("meeting-date"),))
RECORDING = rule("recording", "hours", -24, starts=(DeadlineStart("meeting-date", time="meeting-time"),))
RECORDS = rule("records", "days", 45, starts=(DeadlineStart("asked", "day", "got"),), before="meeting-date")
SOON = rule("soon", "none")


def test_ahead_the_soonest_first_and_passed_the_latest_first() -> None:
    dates = told(YEARLY, NOTICE, RECORDING, SOON, last="2026-03-10", meeting_date="2027-03-12", meeting_time="14:30")
    assert in_short(dates) == {
        "ahead": [("yearly", "2027-03-10"), ("recording", "2027-03-11")],
        "passed": [("notice", "2027-03-02")],
        "rules": [("soon", "")],
    }


def test_today_is_not_past() -> None:
    assert in_short(told(NOTICE, meeting_date="2027-03-13")) == {"ahead": [("notice", "2027-03-03")]}


def test_a_missing_date_is_asked_for_and_nothing_is_guessed() -> None:
    dates = told(YEARLY, NOTICE, RECORDING, meeting_date="2027-03-20")
    assert in_short(dates) == {"ahead": [("notice", "2027-03-10")], "waiting": [("yearly", ""), ("recording", "")]}
    assert {key: [due.deadline.id for due in dues] for key, dues in dates.missing().items()} == {
        "last": ["yearly"],
        "meeting-time": ["recording"],
    }


@pytest.mark.parametrize("state", ["unsure", "ask", "skipped", "open"])
def test_a_date_the_family_is_not_sure_of_is_a_missing_one(state: Any) -> None:
    dates = told(YEARLY, given=Answers({"last": Answer("2026-03-10", state)}))
    assert list(dates.missing()) == ["last"]


@pytest.mark.parametrize("value", ["in March", "2027-02-30", 12, ["2026-03-10"], {"day": "2026-03-10"}])
def test_what_is_no_date_is_a_missing_one(value: Value) -> None:
    assert list(told(YEARLY, last=value).missing()) == ["last"]


def test_a_rule_whose_question_is_not_asked_is_not_for_this_family() -> None:
    assert told(YEARLY, plan="plan-504", last="2026-03-10") == DueDates()


def test_a_rule_only_for_some_plans_is_not_shown_for_others() -> None:
    ours, all_plans = rule("idea", "none", when="plan not in (plan-504)"), rule("all", "none")
    assert in_short(told(ours, all_plans, plan="plan-504")) == {"rules": [("all", "")]}
    assert in_short(told(ours, all_plans)) == {"rules": [("idea", ""), ("all", "")]}


def test_a_condition_may_ask_for_the_age() -> None:
    grown = rule("grown", "years", 16, starts=(DeadlineStart("child-birth-date"),), when="age >= 13")
    assert in_short(told(grown, child_birth_date="2013-05-09")) == {"ahead": [("grown", "2029-05-09")]}
    assert told(grown, child_birth_date="2018-05-09") == DueDates()


def test_a_condition_that_cannot_be_read_shows_nothing() -> None:
    assert told(rule("odd", "none", when="plan = = iep")) == DueDates()


def test_each_day_of_a_table_counts_but_those_that_are_over() -> None:
    rows: Value = [
        {"what": "Tests", "day": "2027-03-01", "got": "yes"},
        {"what": "Notes", "day": "2027-03-01", "got": "no"},
        {"what": "Mail", "day": "2027-03-02"},
        {"what": "Log"},
        "not a row",
    ]
    assert in_short(told(RECORDS, asked=rows)) == {"ahead": [("records", "2027-04-15"), ("records", "2027-04-16")]}


def test_two_rows_of_one_day_are_one_date() -> None:
    assert len(told(RECORDS, asked=[{"day": "2027-03-01"}, {"day": "2027-03-01"}]).ahead) == 1


def test_a_table_whose_rows_are_all_over_waits_for_nothing() -> None:
    assert told(RECORDS, asked=[{"day": "2027-03-01", "got": "yes"}]) == DueDates()
    assert list(told(RECORDS, asked=[{"what": "Tests"}]).missing()) == ["asked"]


def test_a_states_own_rule_stands_in_the_place_of_the_general_one() -> None:
    general, missouri, kansas = (
        rule("first", "none"),
        rule("first", "none", state="MO"),
        rule("other", "none", state="KS"),
    )
    rules = (general, missouri, kansas)
    assert [due.deadline.state for due in told(*rules).rules] == [""]
    assert [due.deadline.state for due in told(*rules, state="Missouri").rules] == ["MO"]
    assert [(due.deadline.id, due.deadline.state) for due in told(*rules, state="KS").rules] == [
        ("first", ""),
        ("other", "KS"),
    ]


def test_a_matter_that_goes_on_has_not_passed() -> None:
    complaint = rule("complaint", "days", 180, starts=(DeadlineStart("asked", "day", "got", is_ongoing="still"),))
    rows: Value = [
        {"day": "2026-01-05", "still": "yes"},
        {"day": "2026-02-05", "still": "no"},
        {"day": "2026-03-05"},
        {"day": "2026-04-05", "still": "yes", "got": "yes"},
        {"day": "2027-01-05", "still": "yes"},
    ]
    dates = told(complaint, asked=rows)
    assert in_short(dates) == {
        "ahead": [("complaint", "2027-07-04")],
        "ongoing": [("complaint", "2026-07-04")],
        "passed": [("complaint", "2026-09-01"), ("complaint", "2026-08-04")],
    }
    assert [due.is_ongoing for due in dates.known] == [True, True, False, False]


def test_a_general_rule_is_never_as_certain_as_the_row_of_a_state() -> None:
    general, missouri = rule("first", "none"), rule("first", "none", state="MO")
    varying, plain, unsure = rule("own", "none", varies=True), rule("plain", "none"), rule("low", "none", varies=True)
    unsure = msgspec.structs.replace(unsure, confidence="low")
    rules = (general, missouri, varying, plain, unsure)

    def sure(state: str) -> dict[str, tuple[str, bool]]:
        return {
            due.deadline.id: (due.deadline.confidence, due.deadline.varies) for due in told(*rules, state=state).rules
        }

    others = {"own": ("medium", True), "plain": ("high", False), "low": ("low", True)}
    assert sure("Kansas") == {"first": ("medium", True), **others}
    assert sure("Missouri") == {"first": ("high", False), **others}


def test_the_calendar_as_it_was_typed() -> None:
    def calendar(*rows: Value) -> SchoolDays:
        answers = answered(dates_breaks=list(rows))
        return school_days(Interview(Catalogue((one_set("all", *QUESTIONS),)), answers, TODAY))

    march = (date(2027, 3, 22), date(2027, 3, 26))
    assert calendar({"from": "2027-03-22", "to": "2027-03-26"}) == SchoolDays((march,), True)
    assert calendar({"from": "2027-03-26", "to": "2027-03-22"}) == SchoolDays((march,), True)
    assert calendar({"to": "2027-03-22"}) == SchoolDays(((march[0], march[0]),), True)
    assert calendar({"from": "spring"}, {}, "x") == calendar() == SchoolDays()


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda part: st.lists(part) | st.dictionaries(st.sampled_from(["day", "got", "from", "to"]), part),
        max_leaves=6,
    )
)
def test_no_answer_of_any_shape_does_harm(value: Value) -> None:
    told(
        YEARLY,
        NOTICE,
        RECORDING,
        RECORDS,
        last=value,
        meeting_date=value,
        meeting_time=value,
        asked=value,
        dates_breaks=value,
    )
