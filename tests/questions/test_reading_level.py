"""Readable questions: short sentences of short words that ask one thing at a time."""

from __future__ import annotations

import re

import pytest

from iep_tui.core.question_model import CHILD_PLACEHOLDER, Question, QuestionSet
from iep_tui.sets.library_loader import load_uncached

from .reading_level import grade, sentences, syllables, words

CATALOGUE = load_uncached("en").catalogue
QUESTIONS = list(CATALOGUE.questions())

#: A term of the glossary is explained beside the question, so it is no harder than any short word.
_TERMS = re.compile(
    r"\b(?:"
    + "|".join(
        re.escape(name)
        for name in sorted((name for term in CATALOGUE.glossary for name in (term.name, *term.also)), key=len)[::-1]
    )
    + r")(?:s|es)?\b",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """A text as a family reads it: with a name filled in, and each term as one plain word."""
    return _TERMS.sub("word", text.replace(CHILD_PLACEHOLDER, "Sam"))


def help_of(question: Question) -> str:
    """The help of a question; list items and other fragments end as sentences."""
    return " ".join(para.text if para.text[-1:] in '.?!”"' else f"{para.text}." for para in question.help)


def by_set(one: QuestionSet) -> str:
    return one.id


@pytest.mark.parametrize("one", CATALOGUE.sets, ids=by_set)
def test_the_questions_of_a_set_read_at_grade_five(one: QuestionSet) -> None:
    joined = " ".join(plain(question.title) for question in one.questions)
    assert grade(joined) <= 5, joined


@pytest.mark.parametrize("one", CATALOGUE.sets, ids=by_set)
def test_the_help_of_a_set_reads_at_grade_seven(one: QuestionSet) -> None:
    joined = " ".join(plain(help_of(question)) for question in one.questions)
    assert grade(joined) <= 7, joined


@pytest.mark.parametrize("one", CATALOGUE.sets, ids=by_set)
def test_the_first_words_of_a_set_read_at_grade_seven(one: QuestionSet) -> None:
    assert one.intro
    assert grade(" ".join(plain(para.text) for para in one.intro)) <= 7


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_a_question_is_short_and_asks_one_thing(question: Question) -> None:
    title = question.title.replace(CHILD_PLACEHOLDER, "Sam")
    assert grade(plain(question.title)) <= 8, title
    assert len(title.split()) <= 20, title
    assert title.count("?") == 1, title
    assert title.endswith("?"), title
    whole = " ".join((title, help_of(question), *question.examples, *(choice.label for choice in question.choices)))
    assert "and/or" not in whole
    assert "!" not in whole


def test_each_meaning_in_the_glossary_is_short() -> None:
    assert len(CATALOGUE.glossary) >= 80
    assert [term.name for term in CATALOGUE.glossary if len(term.meaning.split()) > 25] == []


def test_the_measure_tells_hard_from_easy() -> None:
    easy = "The cat sat on the mat."
    # 6 words, 1 sentence, 6 syllables: 0.39 * 6 + 11.8 * 1 - 15.59
    assert grade(easy) == pytest.approx(-1.45)
    # 5 words, 1 sentence, 18 syllables: 0.39 * 5 + 11.8 * 18 / 5 - 15.59
    hard = "Individualized accommodations necessitate interdisciplinary collaboration."
    assert grade(hard) > 30
    assert grade("") == 0


@pytest.mark.parametrize(
    ("word", "count"),
    [("school", 1), ("child", 1), ("meeting", 2), ("isn't", 2), ("evaluation", 5), ("504", 1), ("snaildom", 2)],
)
def test_syllables_are_counted_as_spoken(word: str, count: int) -> None:
    assert syllables(word) == count


def test_words_and_sentences_are_found_as_a_reader_finds_them() -> None:
    assert words("A ten-minute break, isn't it?") == ["A", "ten", "minute", "break", "isn't", "it"]
    assert sentences('He said: "Stop." Then he left. By 3.5 miles') == 3
