"""What an answer was before: nothing said is lost within the bound, and the bound always holds."""

from __future__ import annotations

import datetime
import itertools

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iep_tui.core import undo_history
from iep_tui.core.case_model import OPEN, Answer, AnswerHistory, Answers, Case, Histories, Meeting, Revision
from iep_tui.core.question_model import AUDIENCES, may_read
from iep_tui.core.undo_history import (
    KEEP_NEWEST,
    MAX_HISTORY_BYTES,
    MAX_REVISIONS,
    TypingRun,
    bounded,
    differ,
    recorded,
    redone,
    typing_continues,
    undone,
)

START = datetime.datetime(2027, 1, 3, 10, 0, tzinfo=datetime.UTC)


def moment(seconds: float) -> str:
    return f"{START + datetime.timedelta(seconds=seconds):%Y-%m-%dT%H:%M:%SZ}"


def said(words: str, seconds: float = 0, share: str = "team") -> Answer:
    return Answer(words, "answered" if words else "open", share, "", moment(seconds))  # type: ignore[arg-type]


def is_blank(answer: Answer) -> bool:
    words = answer.value.strip() if isinstance(answer.value, str) else answer.value
    return not words and answer.state == "open" and not answer.note


def said_in(past: AnswerHistory, answer: Answer) -> set[str]:
    return {str((one.value, one.state, one.note)) for one in (*past.revisions, answer) if not is_blank(one)}


def told(steps: tuple[Revision, ...]) -> list[tuple[object, ...]]:
    """What the steps say, and when it was said."""
    return [(step.value, step.state, step.note, step.at) for step in steps]


def words_of(past: AnswerHistory) -> list[object]:
    return [step.value for step in past.before if not is_blank(step)]


answers = st.builds(
    Answer,
    value=st.none() | st.text(max_size=5) | st.lists(st.text(max_size=3), max_size=2),
    state=st.sampled_from(["open", "answered", "unsure", "skipped", "ask"]),
    share=st.sampled_from(AUDIENCES),
    note=st.text(max_size=3),
    at=st.integers(0, 10_000_000).map(moment),
)
steps = st.builds(lambda answer, pin: Revision(**msgspec.structs.asdict(answer), pinned=pin), answers, st.booleans())
pasts = st.builds(
    AnswerHistory, st.lists(steps, max_size=5).map(tuple), st.lists(steps, max_size=5).map(tuple), st.just("")
)


# Undo and redo


@given(pasts, answers)
def test_redo_takes_undo_back(past: AnswerHistory, answer: Answer) -> None:
    back = undone(past, answer, "team", moment(1))
    assert (back is None) == (not past.before)
    if back is None:
        return
    again = redone(*back, "team", moment(2))
    assert again is not None
    assert not differ(again[1], answer)
    assert (told(again[0].before), told(again[0].after)) == (told(past.before), told(past.after))
    assert again[0].given == (past.given or answer.at)


@given(pasts, answers)
def test_undo_takes_redo_back(past: AnswerHistory, answer: Answer) -> None:
    further = redone(past, answer, "team", moment(1))
    if further is None:
        assert not past.after
        return
    again = undone(*further, "team", moment(2))
    assert again is not None
    assert not differ(again[1], answer)
    assert (told(again[0].before), told(again[0].after)) == (told(past.before), told(past.after))


@given(pasts, answers, st.lists(st.sampled_from(["undo", "redo"]), max_size=12))
def test_no_way_back_and_forth_loses_a_word_or_widens_a_reader(
    past: AnswerHistory, answer: Answer, ways: list[str]
) -> None:
    everything = said_in(past, answer)
    for number, way in enumerate(ways):
        found = (undone if way == "undo" else redone)(past, answer, "team", moment(number))
        if found is None:
            continue
        assert answer.share is not None
        assert found[1].share is not None
        for reader in AUDIENCES:
            assert may_read(answer.share, reader) or not may_read(found[1].share, reader)
        past, answer = found
        assert said_in(past, answer) == everything


def test_the_first_answer_can_be_taken_back_too() -> None:
    found = undone(recorded(AnswerHistory(), OPEN), said("first", 1, "family"), "team", moment(2))
    assert found is not None
    past, answer = found
    assert answer == Answer(None, "open", "family", "", moment(2))
    assert undone(past, answer, "team", moment(3)) is None
    again = redone(past, answer, "team", moment(3))
    assert again is not None
    assert again[1].value == "first"


def test_an_answer_taken_back_is_for_nobody_who_might_not_read_it_before() -> None:
    past = AnswerHistory((Revision("ours alone", "answered", "family", "", moment(0)),))
    found = undone(past, said("for all", 1, "teachers"), "team", moment(2))
    assert found is not None
    assert found[1] == Answer("ours alone", "answered", "family", "", moment(2))
    unsaid = undone(
        AnswerHistory((Revision("of the set", "answered"),)), Answer("x", "answered", "teachers"), "team", moment(2)
    )
    assert unsaid is not None
    assert unsaid[1].share == "team"


def test_the_day_something_was_said_first_stays_with_it() -> None:
    past = recorded(AnswerHistory(), said("in January", 0))
    found = undone(past, said("in March", 5_000_000), "team", moment(9_000_000))
    assert found is not None
    past, answer = found
    assert (answer.value, answer.at) == ("in January", moment(9_000_000))
    past = recorded(past, answer)
    assert [(step.value, step.at) for step in past.before] == [
        ("in January", moment(0)),
        ("in March", moment(5_000_000)),
        ("in January", moment(9_000_000)),
    ], "what undo went back from is kept too"


# The bound


@given(st.lists(answers, min_size=1, max_size=60))
def test_the_bound_holds_and_the_newest_and_the_first_are_kept(said_one_after_another: list[Answer]) -> None:
    past = AnswerHistory()
    for answer in said_one_after_another:
        past = recorded(past, answer)
        assert len(past.revisions) <= MAX_REVISIONS
    values = [one.value for one in said_one_after_another]
    assert past.before[0].value == values[0]
    assert [step.value for step in past.before][-KEEP_NEWEST:] == values[-KEEP_NEWEST:]


def test_old_steps_stand_apart_and_new_ones_close() -> None:
    past = AnswerHistory()
    for number in range(200):
        past = recorded(past, said(f"words {number}", number * 600))
    numbers = [int(str(value).split()[1]) for value in words_of(past)]
    assert len(numbers) == MAX_REVISIONS
    assert numbers[0] == 0
    assert numbers[-KEEP_NEWEST:] == list(range(192, 200))
    gaps = [later - one for one, later in itertools.pairwise(numbers[:-KEEP_NEWEST])]
    assert max(gaps) <= 4 * min(gaps), numbers


def test_what_a_merge_left_out_outlives_the_others() -> None:
    past = AnswerHistory((Revision("theirs", "answered", "team", "", moment(1), True),))
    past = AnswerHistory((Revision("first", "answered", "team", "", moment(0)), *past.before))
    for number in range(100):
        past = recorded(past, said(f"words {number}", 10 + number))
    assert "theirs" in words_of(past)


@given(
    st.lists(st.tuples(st.sampled_from(["a", "b", "c"]), st.integers(1, 90_000)), min_size=1, max_size=30),
)
def test_a_case_never_keeps_more_than_its_bytes(changes: list[tuple[str, int]]) -> None:
    case = Case("k7f3", (Meeting("m1", "", Answers()), Meeting("m2", "", Answers())))
    for number, (question_id, size) in enumerate(changes):
        meeting = case.meetings[number % 2]
        past = recorded(meeting.histories.of(question_id), said("x" * size, number))
        case = bounded(
            case.with_meeting(msgspec.structs.replace(meeting, histories=meeting.histories.put(question_id, past)))
        )
        total = sum(
            len(msgspec.json.encode(step))
            for one in case.meetings
            for past in one.histories.values()
            for step in past.revisions
        )
        assert total <= MAX_HISTORY_BYTES
        assert case.meetings[number % 2].histories.of(question_id).before, "what was said last is kept"


def test_the_oldest_goes_first_over_all_answers_and_what_a_merge_left_out_last() -> None:
    third = "x" * (MAX_HISTORY_BYTES // 3)
    pasts = Histories(
        {
            "a": AnswerHistory((Revision("a0 " + third, at=moment(0), pinned=True), Revision("a2", at=moment(2)))),
            "b": AnswerHistory((Revision("b1 " + third, at=moment(1)), Revision("b3 " + third, at=moment(3)))),
        }
    )
    case = bounded(Case("k7f3", (Meeting("m1", "", Answers(), "", pasts),)))
    left = case.latest.histories
    assert [str(step.value)[:2] for step in left["a"].before] == ["a0", "a2"]
    assert [str(step.value)[:2] for step in left["b"].before] == ["b3"]
    assert bounded(case) is case


# Typing


def type_all(
    words: list[str], apart: float = 1, typing: TypingRun | None = None, past: AnswerHistory | None = None
) -> AnswerHistory:
    """The past when the answer is one after another each of `words`, `apart` seconds between them."""
    past = past or AnswerHistory()
    for number, (one, other) in enumerate(itertools.pairwise(words)):
        before, after = said(one, number * apart), said(other, (number + 1) * apart)
        past, typing = typing_continues(past, before, after, typing, "q")
    return past


def test_a_paragraph_is_one_step() -> None:
    paragraph = "Coming back in after recess. She needs ten quiet minutes before she can start."
    letters = [paragraph[:end] for end in range(1, len(paragraph) + 1)]
    assert words_of(type_all(["What stood here in March.", *letters])) == ["What stood here in March."]


def test_words_typed_after_a_pause_are_another_step() -> None:
    assert words_of(type_all(["one", "one two", "one two three"], apart=undo_history.TYPING_PAUSE)) == ["one"]
    assert words_of(type_all(["one", "one two", "one two three"], apart=undo_history.TYPING_PAUSE + 1)) == [
        "one",
        "one two",
    ]


def test_a_paragraph_that_is_deleted_at_once_is_kept() -> None:
    paragraph = "Coming back in after recess. She needs ten quiet minutes."
    assert words_of(type_all(["", "C", paragraph, "", "N", "New"])) == [paragraph]
    assert words_of(type_all(["", "C", paragraph, "Other words that were pasted over all of it.", "x"]))[0] == paragraph


def test_a_paragraph_that_is_deleted_letter_by_letter_is_kept() -> None:
    paragraph = "Coming back in after recess. She needs ten quiet minutes."
    back = [paragraph[:end] for end in range(len(paragraph), -1, -1)]
    assert words_of(type_all(["", "C", *back, "N", "New"])) == [paragraph]
    kept_once = words_of(type_all([paragraph, *back[1:], "N"]))
    assert kept_once == [paragraph]


def test_another_question_begins_another_step() -> None:
    past, typing = typing_continues(AnswerHistory(), said("a", 0), said("ab", 1), None, "q")
    past, typing = typing_continues(past, said("ab", 1), said("abc", 2), typing, "q")
    assert words_of(past) == ["a"]
    past, _typing = typing_continues(past, said("abc", 2), said("abcd", 3), TypingRun("other", said("x")), "q")
    assert words_of(past) == ["a", "abc"]


def test_a_clock_that_goes_back_begins_another_step() -> None:
    past, typing = typing_continues(AnswerHistory(), said("a", 500), said("ab", 501), None, "q")
    past, _typing = typing_continues(past, said("ab", 501), said("abc", 2), typing, "q")
    assert words_of(past) == ["a", "ab"]


@given(st.lists(st.text(alphabet="ab ", max_size=60), min_size=2, max_size=30))
def test_what_went_for_the_most_part_is_among_the_steps(words: list[str]) -> None:
    past = type_all(words)
    kept = {*map(str, words_of(past)), words[-1]}
    for one, other in itertools.pairwise(words):
        if len(one.strip()) > 2 * undo_history.NOISE_CHARS and other == "":
            assert one in kept or len(past.before) == MAX_REVISIONS


# To choose from


def test_the_list_has_each_thing_once_newest_first_and_nothing_empty() -> None:
    past = AnswerHistory(
        (
            Revision("a", "answered", at=moment(0)),
            Revision("b", "answered", at=moment(1)),
            Revision("a", "answered", at=moment(2)),
        ),
        (Revision("", "open", at=moment(4)), Revision("c", "answered", at=moment(3))),
    )
    assert [(step.value, step.at) for step in undo_history.earlier_revisions(past)] == [
        ("c", moment(3)),
        ("a", moment(2)),
        ("b", moment(1)),
    ]


@pytest.mark.parametrize("at", ["", "yesterday", "2027-01-03", "2027-01-03T10:00:00", "9999-99-99T00:00:00Z"])
def test_a_strange_moment_does_no_harm(at: str) -> None:
    past = AnswerHistory()
    for number in range(MAX_REVISIONS + 5):
        past = recorded(past, msgspec.structs.replace(said(f"words {number}"), at=at))
    assert len(past.before) == MAX_REVISIONS
    typing_continues(past, Answer("a", at=at), Answer("ab", at=at), None, "q")
