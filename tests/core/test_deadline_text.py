"""The text of a deadline: a sum that a parent can check, the actor, and no verdict."""

from __future__ import annotations

import datetime
from datetime import date
from typing import Any

import msgspec
import pytest

from iep_tui.core.deadline_text import (
    confidence_text,
    count_text,
    day_text,
    detail_lines,
    lead_text,
    passed_text,
    rule_text,
    sum_text,
    title_text,
)
from iep_tui.core.deadlines import CountedDay, DueDate, SchoolDays, count_day
from iep_tui.core.question_model import ACTORS, CONFIDENCES, Actor, Deadline, Unit

from .test_deadlines import SCHOOL, TODAY, rule

AT_HALF_PAST_TWO = datetime.time(14, 30)


def due(
    start: str,
    offset: int,
    unit: Unit,
    *,
    limit: str = "",
    time: datetime.time | None = None,
    school: SchoolDays | None = None,
    **others: Any,
) -> DueDate:
    deadline = rule(unit=unit, offset=offset, **others)
    first, last = date.fromisoformat(start), date.fromisoformat(limit) if limit else None
    count = count_day(deadline, first, time=time, limit=last, school=school)
    return DueDate(deadline, first, time, last, count)


@pytest.mark.parametrize(
    ("one", "day", "words"),
    [
        (due("2026-03-26", 1, "years"), "Friday 26 March 2027", "26 March 2026 + 1 year"),
        (due("2024-09-02", 3, "years"), "Thursday 2 September 2027", "2 September 2024 + 3 years"),
        (due("2027-01-31", 1, "months"), "Sunday 28 February 2027", "31 January 2027 + 1 month"),
        (due("2027-03-12", -10, "days"), "Tuesday 2 March 2027", "12 March 2027 − 10 days"),
        (due("2027-08-23", 0, "days"), "Monday 23 August 2027", "23 August 2027"),
        (due("2027-03-12", 20, "days", about=True), "about Thursday 1 April 2027", "12 March 2027 + 20 days"),
        (
            due("2027-03-12", -24, "hours", time=AT_HALF_PAST_TWO),
            "Thursday 11 March 2027, 2:30 pm",
            "12 March 2027, 2:30 pm − 24 hours",
        ),
        (
            due("2027-03-01", 10, "school days", school=SCHOOL),
            "Tuesday 23 March 2027",
            "1 March 2027 + 10 school days",
        ),
        (
            due("2027-02-22", 45, "days", limit="2027-03-12"),
            "Thursday 11 March 2027",
            "the day before 12 March 2027, since that is sooner than 22 February 2027 + 45 days",
        ),
    ],
)
def test_the_day_and_its_sum(one: DueDate, day: str, words: str) -> None:
    assert (day_text(one), sum_text(one)) == (day, words)


def test_what_is_not_counted_has_no_day_and_no_sum() -> None:
    one = DueDate(rule(unit="none"))
    assert (day_text(one), sum_text(one), count_text(one, TODAY, SCHOOL), passed_text(one)) == ("", "", "", "")


def test_what_people_commonly_count_to_is_told_beside_the_rule() -> None:
    words = count_text(due("2026-03-26", 1, "years", usual=-1), TODAY, SCHOOL)
    assert words == "Counted: 26 March 2026 + 1 year. Many schools count to 25 March 2027."


def test_a_day_that_is_only_written_down_is_not_counted() -> None:
    assert count_text(due("2027-08-23", 0, "days"), TODAY, SCHOOL) == "The day as it was written down."


def test_school_days_say_which_calendar_they_rest_on() -> None:
    bare = count_text(due("2027-03-01", 10, "school days"), TODAY, SchoolDays())
    assert "Monday to Friday: days off school move it" in bare
    assert "days off that you wrote down" in count_text(
        due("2027-03-01", 10, "school days", school=SCHOOL), TODAY, SCHOOL
    )


@pytest.mark.parametrize(
    ("acts", "whom"),
    [
        ("school", "ask the school."),
        ("state", "ask your state’s special education office."),
        ("family", "Ask the school or your parent center"),
    ],
)
def test_a_day_that_has_passed_is_a_reason_to_ask(acts: Actor, whom: str) -> None:
    words = count_text(due("2027-03-12", -10, "days", acts=acts), date(2027, 3, 3), SCHOOL)
    assert "This was on 2 March 2027." in words
    assert whom in words
    assert words.endswith((whom, "what is still possible."))
    assert "was on" not in count_text(due("2027-03-12", -10, "days", acts=acts), date(2027, 3, 2), SCHOOL)


def test_the_rule_with_the_day_it_was_looked_up() -> None:
    one = rule(rule="34 CFR 300.301(c)", checked="2026-11-24")
    assert rule_text(one) == "The rule: 34 CFR 300.301(c), looked up on 24 November 2026."
    assert rule_text(rule(rule="34 CFR 300.301(c)")) == "The rule: 34 CFR 300.301(c)."
    assert rule_text(rule(checked="2026-11-24")) == ""


def test_the_child_stands_in_the_words() -> None:
    assert title_text(rule(what="{child} turns 16; ask {child}"), "your child") == "Your child turns 16; ask your child"


def test_all_there_is_to_say() -> None:
    one = due("2027-03-12", -10, "days", ask="Ask {child}.", rule="34 CFR 300.322(a)", confidence="low", acts="school")
    assert detail_lines(one, TODAY, SCHOOL, "Maya") == (
        "Counted: 12 March 2027 − 10 days. This was on 2 March 2027. We do not know what was done; ask the school.",
        "Ask Maya.",
        "The rule: 34 CFR 300.322(a).",
        "We are not sure of this one: our sources differ or are old. Ask first.",
    )


def test_never_a_verdict() -> None:
    every: list[Deadline] = [rule(acts=acts, confidence=sure) for acts in ACTORS for sure in CONFIDENCES]
    day = CountedDay(date(2027, 3, 1))
    said = " ".join(
        " ".join(detail_lines(DueDate(one, date(2027, 3, 1), count=day), TODAY, SCHOOL, "Maya")) for one in every
    )
    for word in ("late", "broke", "violat", "illegal", "must", "fail", "!"):
        assert word not in said.lower()
    assert len({confidence_text(rule(confidence=sure)) for sure in CONFIDENCES}) == len(CONFIDENCES)


def test_a_late_day_says_what_can_still_be_done() -> None:
    late = "You can still send it."
    ours = count_text(due("2027-02-01", 2, "days", acts="family", late=late), TODAY, SCHOOL)
    assert ours == "Counted: 1 February 2027 + 2 days. This was on 3 February 2027. You can still send it."
    theirs = passed_text(due("2027-02-01", 2, "days", acts="school", late="Ask for a meeting now."))
    assert theirs == (
        "This was on 3 February 2027. We do not know what was done; ask the school. Ask for a meeting now."
    )


def going_on(start: str, offset: int, **others: Any) -> DueDate:
    return msgspec.structs.replace(due(start, offset, "days", acts="family", **others), is_ongoing=True)


def test_what_goes_on_has_not_passed() -> None:
    one = going_on("2026-08-01", 180, late="It is counted from the last time.")
    words = count_text(one, TODAY, SCHOOL)
    assert words == (
        "Counted: 1 August 2026 + 180 days. You wrote that it still goes on. A later day may hold, but do not wait "
        "for it. It is counted from the last time."
    )
    assert lead_text(one, TODAY) == "Still going on"


def test_the_earliest_day_of_what_goes_on_is_shown_while_it_is_ahead() -> None:
    one = going_on("2027-02-01", 180)
    assert lead_text(one, TODAY) == "Saturday 31 July 2027"
    assert count_text(one, TODAY, SCHOOL).endswith("A later day may hold, but do not wait for it.")
    assert lead_text(DueDate(rule(unit="none")), TODAY) == ""


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({}, "The rule is clear, but check the count with the school."),
        ({"acts": "state"}, "The rule is clear, but check it with your state’s special education office."),
        (
            {"acts": "family", "unit": "none"},
            "The rule is clear, but check it with your state’s special education office or your parent center.",
        ),
        ({"unit": "none"}, "The rule is clear, but ask how your school handles it."),
        ({"unless": "You may move."}, "The rule is clear, but its day can move. Ask whether that is so here."),
        (
            {"confidence": "medium", "varies": True},
            "This is the federal rule. Your state may have its own: ask your state’s special education office "
            "or your parent center.",
        ),
        ({"confidence": "medium"}, "We are fairly sure of this one. Ask before you count on it."),
        (
            {"confidence": "low", "varies": True},
            "We are not sure of this one: states differ. First ask your state’s special education office "
            "or your parent center.",
        ),
    ],
)
def test_how_sure_we_are_comes_from_the_rule_and_from_what_can_move_its_day(parts: dict[str, Any], words: str) -> None:
    assert confidence_text(rule(**parts)) == words


def test_what_can_change_the_day_has_a_line_of_its_own() -> None:
    one = due("2027-03-12", 60, "days", unless="{child} may be away.", ask="Ask.", acts="school")
    assert detail_lines(one, TODAY, SCHOOL, "Maya")[1:3] == ("What can change this day: Maya may be away.", "Ask.")
    over = due("2026-03-12", 60, "days", unless="You may move.", ask="Ask.", late="Ask again.")
    assert detail_lines(over, TODAY, SCHOOL, "Maya")[1] == "What can change this day: You may move."
    same = due("2026-03-12", 60, "days", unless="You may move.", ask="Ask.", late="You may move. Ask again.")
    assert detail_lines(same, TODAY, SCHOOL, "Maya")[1] == "Ask."
