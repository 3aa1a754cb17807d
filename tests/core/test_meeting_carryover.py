"""Answers carried from one meeting to the next: changed ids, carried values, and last year's answer."""

from __future__ import annotations

import pytest

from iep_tui.core.case_model import Answer, Answers, AnswerState, Meeting
from iep_tui.core.interview import adopt_answers, carry_answers, last_year
from iep_tui.core.question_model import Carry, Catalogue

from .builders import answered, catalogue, one_set, question


def meeting(answers: Answers) -> Meeting:
    return Meeting("m1", "2026-01-03", answers)


def test_an_answer_moves_to_the_id_its_question_has_today() -> None:
    made = catalogue(question("sleep", was=("needs-sleep",)), "food")
    assert adopt_answers(answered(needs_sleep="hard", food="soup"), made) == answered(sleep="hard", food="soup")


def test_an_answer_already_given_under_the_new_id_stays_and_so_does_the_old_one() -> None:
    made = catalogue(question("sleep", was=("needs-sleep",)))
    both = answered(sleep="fine", needs_sleep="hard")
    assert adopt_answers(both, made) == both


def test_of_two_earlier_ids_the_first_named_moves_and_the_other_is_kept() -> None:
    made = catalogue(question("sleep", was=("nights", "bedtime")))
    given = answered(bedtime="at eight", nights="hard")
    assert adopt_answers(given, made) == answered(bedtime="at eight", sleep="hard")
    assert adopt_answers(answered(bedtime="at eight"), made) == answered(sleep="at eight")


def test_answers_of_no_question_are_left_as_they_are() -> None:
    given = answered(written_elsewhere="words")
    assert adopt_answers(given, catalogue("q")) is given


def test_adopting_twice_is_adopting_once() -> None:
    made = catalogue(question("sleep", was=("nights", "bedtime")), question("food", was=("lunch",)))
    once = adopt_answers(answered(nights="hard", bedtime="at eight", lunch="soup"), made)
    assert adopt_answers(once, made) == once


def test_only_what_stays_true_of_the_child_is_carried() -> None:
    made = catalogue(*(question(carry, carry=carry) for carry in ("yes", "ask", "no")))
    assert carry_answers(meeting(answered(yes="Maya", ask="iep", no="March")), made) == answered(yes="Maya")


def test_what_is_carried_keeps_its_reader_and_moment_and_leaves_its_note() -> None:
    made = catalogue(question("called", carry="yes"))
    before = Answer("May", "answered", "team", "she may change her mind", "2026-01-03T10:00:00Z")
    assert carry_answers(meeting(Answers({"called": before})), made) == {
        "called": Answer("May", "answered", "team", "", "2026-01-03T10:00:00Z")
    }


def test_what_is_carried_goes_under_the_id_of_today_whatever_set_it_is_in() -> None:
    made = Catalogue((one_set("first", "q"), one_set("second", question("called", carry="yes", was=("nickname",)))))
    assert carry_answers(meeting(answered(nickname="May")), made) == answered(called="May")


@pytest.mark.parametrize(("carry", "is_shown"), [("yes", True), ("ask", True), ("no", False)])
def test_last_years_answer_is_shown_unless_the_set_says_no(carry: Carry, is_shown: bool) -> None:
    asked = question("q", carry=carry)
    found = last_year(meeting(answered(q="words")), catalogue(asked), asked)
    assert found == (Answer("words", "answered") if is_shown else None)


def test_there_is_none_for_a_first_meeting_or_without_words() -> None:
    asked = question("q")
    assert last_year(None, catalogue(asked), asked) is None
    assert last_year(meeting(Answers()), catalogue(asked), asked) is None
    assert last_year(meeting(answered(q="  ")), catalogue(asked), asked) is None


@pytest.mark.parametrize("state", ["unsure", "skipped", "ask"])
def test_words_are_shown_whatever_was_marked_beside_them(state: AnswerState) -> None:
    asked = question("q")
    before = Answer("maybe ten minutes", state)
    assert last_year(meeting(Answers({"q": before})), catalogue(asked), asked) == before


def test_last_years_answer_is_found_under_an_earlier_id() -> None:
    asked = question("sleep", was=("nights",))
    assert last_year(meeting(answered(nights="hard")), catalogue(asked), asked) == Answer("hard", "answered")
