"""The way through the questions by example: what applies, what is next, how far, and what was set aside."""

from __future__ import annotations

import pytest

from iep_tui.core.case_model import Answer, Answers, AnswerState, Value
from iep_tui.core.interview import Interview, Progress, effective_share, is_done
from iep_tui.core.question_model import Audience, Catalogue, Question

from .builders import TODAY, answered, catalogue, interview, one_set, question

SLEEP = question("sleep", "one")
TRIED = question("tried", when="sleep = hard")
HELPED = question("helped", when="tried answered")


def ids(questions: tuple[Question, ...]) -> list[str]:
    return [one.id for one in questions]


def got(question_or_none: Question | None) -> str | None:
    return question_or_none.id if question_or_none else None


# What applies


def test_a_question_applies_when_its_condition_is_met() -> None:
    assert ids(interview(SLEEP, TRIED, "food").live) == ["sleep", "food"]
    assert ids(interview(SLEEP, TRIED, "food", given=answered(sleep="hard")).live) == ["sleep", "tried", "food"]


def test_an_answer_that_is_set_aside_counts_for_no_condition() -> None:
    given = answered(sleep="fine", tried="a later bus")
    assert ids(interview(SLEEP, TRIED, HELPED, given=given).live) == ["sleep"]
    back = given.put("sleep", Answer("hard", "answered"))
    assert ids(interview(SLEEP, TRIED, HELPED, given=back).live) == ["sleep", "tried", "helped"]


@pytest.mark.parametrize("state", ["open", "unsure", "skipped", "ask"])
def test_only_what_is_answered_counts_for_a_condition(state: AnswerState) -> None:
    given = Answers({"sleep": Answer("hard", state)})
    assert ids(interview(SLEEP, TRIED, given=given).live) == ["sleep"]


def test_blank_words_are_no_answer() -> None:
    assert ids(interview("tried", HELPED, given=answered(tried=" \n")).live) == ["tried"]


def test_a_set_applies_by_its_own_condition_and_its_state() -> None:
    made = Catalogue(
        (
            one_set("start", SLEEP, "state", order=1),
            one_set("nights", "routine", order=2, when="sleep = hard"),
            one_set("california", "timeline", order=3, state="CA"),
        )
    )
    assert ids(Interview(made, Answers(), TODAY).live) == ["sleep", "state"]
    here = Interview(made, answered(sleep="hard", state="california"), TODAY)
    assert [(one.id, ids(questions)) for one, questions in here.live_sets] == [
        ("start", ["sleep", "state"]),
        ("nights", ["routine"]),
        ("california", ["timeline"]),
    ]


def test_a_condition_that_cannot_be_read_hides_its_question() -> None:
    assert ids(interview("a", question("b", when="a =")).live) == ["a"]


def test_a_set_of_which_nothing_applies_is_not_there() -> None:
    made = Catalogue((one_set("start", SLEEP), one_set("later", question("x", when="sleep = hard"), order=1)))
    assert [one.id for one, _questions in Interview(made, Answers(), TODAY).sets] == ["start"]


def test_whether_a_question_applies_is_known_by_its_id() -> None:
    here = interview(SLEEP, TRIED)
    assert here.is_live("sleep")
    assert not here.is_live("tried")
    assert not here.is_live("never-asked")
    assert got(here.question("sleep")) == "sleep"
    assert here.question("tried") is None


# The short path


def test_the_short_path_has_the_core_and_what_was_dealt_with() -> None:
    given = Answers(
        {
            "told": Answer("words", "answered"),
            "unsure": Answer(state="unsure"),
            "asked": Answer(state="ask"),
            "skipped": Answer(state="skipped"),
            "blank": Answer(" ", "answered"),
        }
    )
    questions: list[Question | str] = [
        question("core", core=True),
        "told",
        "unsure",
        "asked",
        "skipped",
        "blank",
        "never",
    ]
    here = interview(*questions, given=given, short=True)
    assert ids(here.path) == ["core", "told", "unsure", "asked"]
    assert ids(here.live) == ["core", "told", "unsure", "asked", "skipped", "blank", "never"]
    assert here.question("never") is None
    assert here.is_live("never")


# Next and back


def test_next_and_back_go_along_the_path_to_its_ends() -> None:
    here = interview("a", "b", "c")
    assert [got(here.next(one)) for one in "abc"] == ["b", "c", None]
    assert [got(here.back(one)) for one in "abc"] == [None, "a", "b"]


def test_a_hidden_question_is_passed_by_and_is_left_to_where_it_stands() -> None:
    here = interview(SLEEP, TRIED, "food")
    assert got(here.next("sleep")) == "food"
    assert got(here.back("food")) == "sleep"
    assert got(here.next("tried")) == "food"
    assert got(here.back("tried")) == "sleep"


def test_a_question_off_the_short_path_is_left_to_where_it_stands() -> None:
    here = interview(question("a", core=True), "b", question("c", core=True), "d", short=True)
    assert (got(here.back("b")), got(here.next("b"))) == ("a", "c")
    assert (got(here.back("d")), got(here.next("d"))) == ("c", None)


# Where to go on


def test_the_first_open_question_is_one_nobody_dealt_with() -> None:
    given = Answers({"a": Answer("words", "answered"), "b": Answer(state="unsure"), "c": Answer(state="skipped")})
    assert got(interview("a", "b", "c", "d", given=given).first_open()) == "d"
    given = given.put("d", Answer(state="skipped"))
    assert got(interview("a", "b", "c", "d", given=given).first_open()) == "c"
    assert got(interview("a", "b", given=given).first_open()) is None


def test_the_first_open_question_of_one_set() -> None:
    made = Catalogue((one_set("one", "a", order=1), one_set("two", "b", "c", order=2)))
    here = Interview(made, answered(b="words"), TODAY)
    assert got(here.first_open("two")) == "c"
    assert here.first_open("three") is None


def test_the_place_of_a_question_in_its_set() -> None:
    made = Catalogue((one_set("one", "a", order=1), one_set("two", SLEEP, TRIED, "b", order=2)))
    here = Interview(made, Answers(), TODAY)
    assert here.place(here.live[2]) == (2, 2)
    hidden = made.question("tried")
    assert hidden is not None
    assert here.place(hidden) == (0, 2)
    assert here.place(question("stranger")) == (0, 0)


# How far


def test_progress_counts_the_path_and_the_minutes_left() -> None:
    made = Catalogue(
        (
            one_set("one", "a", "b", "c", "d", order=1, minutes=10),
            one_set("two", question("e", when="a = x"), "f", order=2, minutes=5),
        )
    )
    given = Answers(
        {
            "a": Answer("words", "answered"),
            "b": Answer(state="ask"),
            "c": Answer(state="skipped"),
            "e": Answer("hidden", "answered"),
        }
    )
    here = Interview(made, given, TODAY)
    assert here.progress("one") == Progress(done=2, seen=3, total=4, minutes=3)
    assert here.progress("two") == Progress(done=0, seen=0, total=1, minutes=3)
    assert here.progress() == Progress(done=2, seen=3, total=5, minutes=5)
    assert here.progress("three") == Progress(0, 0, 0, 0)


def test_a_set_is_finished_when_all_of_it_was_seen() -> None:
    given = Answers({"a": Answer("words", "answered"), "b": Answer(state="skipped")})
    assert interview("a", "b", given=given).progress().finished
    assert interview("a", "b", given=given).progress().minutes == 0
    assert not interview("a", "b", "c", given=given).progress().finished


@pytest.mark.parametrize(
    ("answer", "done"),
    [
        (Answer("words", "answered"), True),
        (Answer("", "answered"), False),
        (Answer(None, "unsure"), True),
        (Answer(None, "ask"), True),
        (Answer("words", "skipped"), False),
        (Answer("words", "open"), False),
    ],
)
def test_what_counts_as_dealt_with(answer: Answer, done: bool) -> None:
    assert is_done(question(), answer) is done


# Set aside


def test_answers_without_a_question_that_applies_are_set_aside_and_kept() -> None:
    given = answered(sleep="fine", tried="a later bus", written_elsewhere="words").put("gone", Answer(note="a note"))
    here = interview(SLEEP, TRIED, given=given)
    assert here.hidden_answers() == (
        ("tried", Answer("a later bus", "answered")),
        ("written-elsewhere", Answer("words", "answered")),
    )
    assert here.answers is given


# Small things


@pytest.mark.parametrize(
    ("value", "name"),
    [("Maya R.", "Maya"), ("  Ana María ", "Ana"), ("", ""), (" \n", ""), (None, ""), (["Maya"], ""), (7, "")],
)
def test_the_child_is_called_by_the_first_word_of_the_name(value: Value, name: str) -> None:
    assert interview("child-name", given=answered(child_name=value)).child_name() == name


@pytest.mark.parametrize(("own", "share"), [(None, "teachers"), ("family", "family"), ("team", "team")])
def test_the_familys_choice_of_reader_goes_before_the_sets(own: Audience | None, share: Audience) -> None:
    assert effective_share(question(share="teachers"), Answer("words", "answered", own)) == share


def test_an_empty_catalogue_asks_nothing() -> None:
    here = Interview(Catalogue(()), answered(x="words"), TODAY)
    assert (here.live, here.path, here.sets, here.first_open(), here.next("x")) == ((), (), (), None, None)
    assert here.progress().finished
    assert catalogue("a").question("a") is not None
