"""The set reader: refusals, omissions, and no crash on any file."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iep_tui.sets.file_check import check_sets
from iep_tui.sets.set_reader import MAX_QUESTIONS, ReadSet, read_bytes, read_glossary, read_glossary_bytes, read_set

HEAD = "---\nset: mine\nversion: 1\nstage: before\norder: 1\n---\n\n# Mine\n\n"
GOOD = (Path(__file__).parent / "good" / "base.md").read_text("utf-8")
GLOSSARY = (Path(__file__).parent / "good" / "glossary.md").read_text("utf-8")


def read(body: str) -> ReadSet:
    return read_set(HEAD + body, path="mine.md")


def ids(found: ReadSet) -> list[str]:
    assert found.set is not None
    return [question.id for question in found.set.questions]


def test_a_set_of_most_questions_is_read_and_one_more_is_refused() -> None:
    questions = [f"{{#mine-{number}}}\n## Question {number}\n\n" for number in range(MAX_QUESTIONS + 1)]
    most = read("".join(questions[:-1]))
    assert most.problems == ()
    assert len(ids(most)) == MAX_QUESTIONS
    more = read("".join(questions))
    assert more.set is None
    assert [str(one) for one in more.problems] == [
        "mine.md:1:1: The file has more than 2000 questions, the most a set may have. Split it into several sets."
    ]


def test_a_file_of_one_megabyte_is_read_and_one_byte_more_is_refused() -> None:
    start = (HEAD + "{#mine-a}\n## What helps?\n\n").encode()
    line = b"Some words about it, and some more.\n\n"
    filled = start + line * ((1_000_000 - len(start)) // len(line))
    filled += b"." * (1_000_000 - len(filled))
    assert read_bytes(filled, path="mine.md").set is None  # as many lines as no set has
    long = start + b"w" * (1_000_000 - len(start))
    assert read_bytes(long, path="mine.md").problems == ()
    refused = read_bytes(long + b"w", path="mine.md")
    assert refused.set is None
    assert "larger than 1 MB" in str(refused.problems[0])


def test_bytes_that_are_not_utf8_are_told_where_they_stand() -> None:
    found = read_bytes(b"\xef\xbb\xbf# One\r\nTwo\r\nQu\xe9?\n", path="mine.md")
    assert found.set is None
    assert [str(one) for one in found.problems] == [
        "mine.md:3:3: This is not UTF-8 text. Save the file as UTF-8 in your editor and check this place."
    ]


def test_a_long_chain_of_conditions_is_followed_without_end() -> None:
    questions = ["{#mine-0 kind=yesno}\n## Question 0\n\n"]
    for number in range(1, 1500):
        when = f"mine-{number - 1} = yes"
        questions.append(f'{{#mine-{number} kind=yesno when="{when}"}}\n## Question {number}\n\n')
    assert check_sets([read("".join(questions))]) == []


@pytest.mark.parametrize("lines_end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_counts_as_one_line(lines_end: str) -> None:
    text = (HEAD + "{#mine-a}\n## What helps?\n\n{#mine-b shar=team}\n## And then?\n").replace("\n", lines_end)
    found = read_set(text, path="mine.md")
    assert [(one.line, one.column) for one in found.problems] == [(13, 10)]
    assert ids(found) == ["mine-a"]


def test_a_byte_order_mark_is_taken_at_the_very_start_only() -> None:
    text = HEAD + "{#mine-a}\n## What helps?\n"
    assert read_bytes(b"\xef\xbb\xbf" + text.encode(), path="mine.md").problems == ()
    assert read_set("\ufeff" + text, path="mine.md").problems == ()
    twice = read_bytes(b"\xef\xbb\xbf" * 2 + text.encode(), path="mine.md")
    assert twice.set is None
    assert (twice.problems[0].line, twice.problems[0].column) == (1, 1)


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\x9b", "\u202e", "\u2066", "\u2028", "\ud800"])
def test_a_character_that_steers_the_terminal_refuses_the_file(character: str) -> None:
    found = read(f"{{#mine-a}}\n## What {character}helps?\n")
    assert found.set is None
    assert [(one.line, one.column) for one in found.problems] == [(11, 9)]
    assert f"U+{ord(character):04X}" in found.problems[0].message
    assert character not in str(found.problems[0])


def test_an_entity_is_not_a_way_round() -> None:
    found = read("{#mine-a}\n## What &#x202e;helps &amp; what does &#27;[31m not?\n")
    assert found.set is not None
    assert found.set.questions[0].title == "What &#x202e;helps &amp; what does &#27;[31m not?"


def test_a_slip_in_the_words_keeps_the_question_one_in_what_it_is_leaves_it_out() -> None:
    found = read("{#mine-a}\n## What <b>helps</b>?\n\n{#mine-b shared=family}\n## And then?\n\n{#mine-c}\n## Last?\n")
    assert ids(found) == ["mine-a", "mine-c"]
    assert len(found.problems) == 3


def test_a_set_for_some_families_is_not_shown_to_all_when_that_line_is_wrong() -> None:
    for line in ("state: Calif", "state:", 'when: "plan = iep"', "when", "sate: CA"):
        text = HEAD.replace("order: 1\n", f"order: 1\n{line}\n") + "{#mine-a}\n## What helps?\n"
        found = read_set(text, path="mine.md")
        assert found.set is None, line
        assert found.problems


def test_words_that_are_not_of_the_language_are_plain_words() -> None:
    found = read("{#mine-a}\n## What helps?\n\nA `code`, [a file](notes.md), [x]: y and <https://a.example/>.\n")
    assert found.set is not None
    (para,) = found.set.questions[0].help
    assert para.text == "A code, a file, [x]: y and https://a.example/."
    assert [one.column for one in found.problems] == [11]


def test_the_language_is_that_of_the_folder_unless_the_set_says_another() -> None:
    text = HEAD + "{#mine-a}\n## ¿Qué ayuda?\n"
    plain = read_set(text, path="mine.md", lang="es").set
    said = read_set(text.replace("order: 1\n", "order: 1\nlang: pt-BR\n"), path="mine.md", lang="es").set
    assert plain is not None
    assert said is not None
    assert (plain.lang, said.lang) == ("es", "pt-BR")


PIECES = st.sampled_from(
    [
        *"{}#=\"'-:|<>[]()_*`\\&!\n\r\t ",
        "---\n",
        "\n\n",
        "{#mine-a}\n",
        '{#mine-a when="base-sleep = ',
        "## ",
        "# ",
        "### ",
        "- ( ) ",
        "- [ ] ",
        "| a {a} |\n|---|\n",
        "> ",
        "1. ",
        ": ",
        "    ",
        "{child}",
        "____",
        "key=",
        "![a](b)",
        "\u202e",
        "\x00",
        "é",
        "\ud83d",
        "set: x\n",
        "when: ",
    ]
)


def never_fails(text: str) -> None:
    began = time.process_time()
    found = read_set(text, path="any.md")
    problems = [*found.problems, *check_sets([found])]
    _terms, wrong = read_glossary(text, path="any.md")
    assert time.process_time() - began < 1
    lines = text.count("\n") + text.count("\r") + 1
    for one in (*problems, *wrong):
        assert 1 <= one.line <= lines + 1
        assert one.column >= 1
        assert one.message.isprintable()
    assert found.set is not None or problems


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_make_it_fail(data: bytes) -> None:
    found = read_bytes(data, path="any.md")
    assert found.set is not None or found.problems
    read_glossary_bytes(data, path="any.md")


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_no_pile_of_marks_makes_it_fail(text: str) -> None:
    never_fails(text)
    never_fails(HEAD + text)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([GOOD, GLOSSARY]), st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 40), PIECES), max_size=6)
)
def test_no_change_to_a_good_file_makes_it_fail(text: str, changes: list[tuple[int, int, str]]) -> None:
    for at, length, piece in changes:
        text = text[:at] + piece + text[at + length :]
    never_fails(text)


@pytest.mark.parametrize(
    "unit", ["[", "![", "*a ", "`a ``", "{", "{#a ", "<b>", "- a\n", "> " * 30, "|", "a: b\n", "x "]
)
def test_a_hostile_file_is_not_worked_on_for_long(unit: str) -> None:
    began = time.process_time()
    read(unit * (200_000 // len(unit)))
    assert time.process_time() - began < 5  # a second on a slow machine; what is not bounded takes minutes
