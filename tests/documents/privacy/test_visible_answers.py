"""Reader views: each reader gets every word meant for them and no other."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iep_tui.core.case_model import ANSWER_STATES, Answer, Value
from iep_tui.core.interview import Interview, effective_share, is_done
from iep_tui.core.question_model import AUDIENCES, Choice, Column, KindName, Question, may_read
from iep_tui.documents.formats.markdown import sheet
from iep_tui.documents.formats.markdown_escape import escape, tidy
from iep_tui.documents.sheets.sheet_builder import build_sheet

from ..hostile_strategies import texts
from ..markdown_parsers import DIALECTS, read_back
from ..sample_case import MADE, START, interview, question, question_set

KINDS: tuple[KindName, ...] = ("line", "text", "list", "one", "several", "table", "goals", "date", "number")
#: Ids with a place of their own on some sheet, and ids that have none.
IDS = (
    "child-name",
    "meeting-place",
    "plan",
    "top-matters",
    "concerns-statement",
    "child-calms",
    "home-contact",
    "own-a",
)


@st.composite
def cases(draw: st.DrawFn, texts: st.SearchStrategy[str] = texts) -> tuple[Interview, dict[str, tuple[str, str]]]:
    """A case, with a unique word in each answer and a unique word in each note."""
    questions: list[Question] = []
    answers: dict[str, Answer] = {}
    marks: dict[str, tuple[str, str]] = {}
    for id in draw(st.lists(st.sampled_from(IDS), unique=True, min_size=1)):
        kind = draw(st.sampled_from(KINDS))
        mark, note = f"said{id.replace('-', '')}", f"note{id.replace('-', '')}"
        words = f"{draw(texts)} {mark} {draw(texts)}"
        questions.append(
            question(
                id,
                kind,
                draw(st.sampled_from(AUDIENCES)),
                choices=(Choice("other", "Other", words=True),),
                columns=(Column("a", "A"), Column("b", "B")),
                sheet=draw(st.sampled_from(["", "Of {child}"])),
            )
        )
        answers[id] = Answer(
            draw(st.sampled_from(shapes(words))),
            draw(st.sampled_from(ANSWER_STATES)),
            draw(st.sampled_from([None, *AUDIENCES])),
            f"{draw(texts)} {note}",
        )
        marks[id] = mark, note
    halves = len(questions) // 2
    sets = (question_set("one", "One {child}", *questions[:halves]), question_set("two", "Two", *questions[halves:]))
    return interview(*sets, **answers), marks


def shapes(words: str) -> list[Value]:
    """The same words in every shape of a value, most of them wrong for their question."""
    return [words, [words], {"other": words}, [{"other": words}], [{"a": words}, {"b": words, "skill": words}]]


@settings(max_examples=100, deadline=None)
@given(cases())
def test_a_reader_gets_what_is_shared_with_them_and_nothing_else(
    given_case: tuple[Interview, dict[str, tuple[str, str]]],
) -> None:
    case, marks = given_case
    for reader in AUDIENCES:
        written = sheet(case, reader, made=MADE)
        told = build_sheet(case, reader, made=MADE).left_out
        left_out = {one.question_id for one in told}
        no_room = {one.question_id for one in told if "no room" in one.reason}
        assert not no_room or reader == "teachers"
        for one in case.live:
            answer = case.answers.of(one.id)
            mark, note = marks[one.id]
            reads = may_read(effective_share(one, answer), reader)
            if one.id not in no_room:
                assert (mark in written) == (reads and is_done(one, answer))
            assert (note in written) == (reader == "family")
            assert (one.id in left_out) == (is_done(one, answer) and (not reads or one.id in no_room))


@pytest.mark.parametrize("dialect", [one for one in DIALECTS if one != "commonmark"])
@settings(max_examples=25, deadline=None)
@given(cases())
def test_no_answer_adds_a_block_to_a_sheet(
    dialect: str, given_case: tuple[Interview, dict[str, tuple[str, str]]]
) -> None:
    case, _marks = given_case
    for reader in AUDIENCES:
        blocks = read_back(sheet(case, reader, made=MADE), dialect)
        assert not [name for name, words in blocks if "<" in name]
        ours = build_sheet(case, reader, made=MADE).blocks
        assert sum(name in ("h1", "h2", "h3") for name, _words in blocks) == sum(
            type(block).__name__ == "Heading" for block in ours
        )
        assert sum(name == "table" for name, _words in blocks) == sum(type(block).__name__ == "Table" for block in ours)


def test_fifty_thousand_characters_come_back_whole() -> None:
    words = "She reads *slowly*, and 1. gets tired.\n- not a list\n\n" * 1_000
    case = interview(START, question_set("own", "Own", question("own", "text", sheet="Own")), own=words)
    written = sheet(case, "team", made=MADE)
    assert escape(words) in written
    found = [words for name, words in read_back(written, "commonmark") if name == "p"]
    assert "\n\n".join(str(one) for one in found[:-1]) == tidy(words)


def calls(run: Callable[[], object]) -> int:
    """The number of Python calls: a measure of time without a clock."""
    count = 0

    def enter(_frame: FrameType, event: str, _arg: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(enter)
    try:
        run()
    finally:
        sys.setprofile(before)
    return count


def of_size(many: int) -> Interview:
    """A case of `many` questions, each with an answer of ten lines."""
    asked = [question(f"own-{number}", "text", sheet=f"Own {number}") for number in range(many)]
    answers = {f"own-{number}": "1. *words*\n" * 10 for number in range(many)}
    return interview(START, question_set("own", "Own", *asked), **answers)


def test_twice_the_answers_take_twice_the_work() -> None:
    small, large = of_size(20), of_size(40)
    once = calls(lambda: sheet(small, "team", made=MADE))
    twice = calls(lambda: sheet(large, "team", made=MADE))
    assert once < twice < 2.1 * once
