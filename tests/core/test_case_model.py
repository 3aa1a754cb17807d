"""Immutable answers, and the meetings of a case."""

from __future__ import annotations

from iep_tui.core.case_model import OPEN, Answer, Answers, Case, Meeting

from .builders import answered

FIRST = Meeting("m1", "2026-01-03", answered(child_name="Maya R."))
SECOND = Meeting("m2", "2027-01-03", Answers())
CASE = Case("k7f3", (FIRST, SECOND))


def test_putting_an_answer_gives_new_answers_and_leaves_the_old() -> None:
    before = answered(sleep="fine")
    after = before.put("sleep", Answer("hard", "answered")).put("food", OPEN)
    assert before["sleep"].value == "fine"
    assert after["sleep"].value == "hard"
    assert list(after) == ["sleep", "food"]
    assert "food" not in before


def test_they_do_not_follow_the_mapping_they_were_made_from() -> None:
    source = {"sleep": OPEN}
    made = Answers(source)
    source.clear()
    assert dict(made) == {"sleep": OPEN}


def test_a_question_without_an_answer_has_an_open_one() -> None:
    assert Answers().of("sleep") == Answer(None, "open", None, "", "")


def test_the_same_answers_are_equal() -> None:
    assert answered(sleep="fine") == answered(sleep="fine")
    assert answered(sleep="fine") != answered(sleep="hard")


def test_the_latest_meeting_is_the_last() -> None:
    assert CASE.latest is SECOND


def test_a_meeting_is_found_by_id_and_the_one_before_by_place() -> None:
    assert CASE.meeting("m1") is FIRST
    assert CASE.meeting("m3") is None
    assert CASE.before("m2") is FIRST
    assert CASE.before("m1") is None
    assert CASE.before("m3") is None


def test_a_changed_meeting_takes_its_place_and_a_new_one_goes_last() -> None:
    changed = Meeting("m1", "2026-01-03", answered(child_name="Maya"))
    new = Meeting("m3", "2028-01-03", Answers())
    assert CASE.with_meeting(changed).meetings == (changed, SECOND)
    assert CASE.with_meeting(new).meetings == (FIRST, SECOND, new)
    assert CASE.meetings == (FIRST, SECOND)
