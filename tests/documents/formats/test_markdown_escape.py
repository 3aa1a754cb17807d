"""Markdown escaping: any text survives a round trip."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings

from iep_tui.core.text_sanitizer import clean_text
from iep_tui.documents.formats.markdown_escape import escape, escape_cell, escape_line, one_line, tidy

from ..hostile_strategies import texts
from ..markdown_parsers import DIALECTS, Tree, read_back


@pytest.mark.parametrize(
    "words",
    [
        "She reads at 2.5 (grade level) - we think.",
        "Maya's teacher said: wait & see, R&D, 50% + 10% = 60%!",
        "It costs $5; about ~5 minutes, 3 > 2, 2 < 3, I <3 her, 2 * 3",
        "snake_case stays, so does #1 and e.g. this, p.m., U.S. and -5 degrees",
        '"too loud to think" — née Muñoz, 字, 🐌',
        "Name: ____ or (see page 3) or {curly}, 1/2, C:\\new",
        "well... so it goes, @home, 100. That is all",
    ],
)
def test_plain_words_stay_as_they_are(words: str) -> None:
    assert escape(words) == words


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("# not a heading", "\\# not a heading"),
        ("- not a list", "\\- not a list"),
        ("1. not a list", "1\\. not a list"),
        ("2027) neither", "2027\\) neither"),
        ("> not a quote", "\\> not a quote"),
        ("    not code", "not code"),
        ("one\n---", "one\\\n\\---"),
        ("*stress*", "\\*stress\\*"),
        ("[x] done", "\\[x] done"),
        ("<b>", "\\<b>"),
        ("&amp;", "\\&amp;"),
        ("see www.a.org or http://a.org/b", "see www\\.a\\.org or http:/\\/a\\.org/b"),
        ("me@home.example", "me\\@home\\.example"),
        ("first\nsecond\n\n\nthird  ", "first\\\nsecond\n\nthird"),
        ("ends with \\", "ends with \\\\"),
    ],
)
def test_what_would_mean_something_gets_a_backslash(words: str, written: str) -> None:
    assert escape(words) == written


def test_tidy_keeps_words_lines_and_paragraphs() -> None:
    assert tidy("\n\n  one \t\n two\r\n \n\n\nthree\n") == "one\ntwo\n\nthree"


def test_in_a_heading_closing_marks_stay() -> None:
    assert escape_line("About #\nC#, and more ##") == "About # C#, and more \\##"


def paragraphs(words: str) -> list[Tree]:
    return [("p", one) for one in tidy(words).split("\n\n") if one]


@pytest.mark.parametrize("dialect", DIALECTS)
@settings(max_examples=60, deadline=None)
@given(words=texts)
@example(words="a | b\n--- | ---\nc | d")
@example(words="\\")
@example(words="a\\\\\nb\\")
@example(words="a *\nb*")
@example(words="~5 and 6~")
@example(words="&a&amp&amp;;")
@example(words="http://localhost")
@example(words="mailto:a@b")
@example(words="a\n: b")
@example(words="a\n~ b")
def test_words_come_back_from_anywhere(dialect: str, words: str) -> None:
    assert read_back(escape(words), dialect) == paragraphs(words)

    quoted = "\n".join(f"> {line}" for line in escape(words).split("\n"))
    assert read_back(quoted, dialect) == [("quote", [paragraphs(words)])]

    item = escape(words).replace("\n", "\n  ")
    assert read_back(f"- {item}", dialect) == [("ul", [paragraphs(words)])]

    line = one_line(words)
    assert read_back(f"## {escape_line(words)}", dialect) == [("h2", line)]
    assert read_back(f"a {escape_line(words)}", dialect) == [("p", f"a {line}".rstrip())]

    if dialect != "commonmark":
        cell = escape_cell(words)
        table = f"| {cell} | b |\n| --- | --- |\n| c | {cell} |\n| {cell} | {cell} |"
        assert read_back(table, dialect) == [("table", [[line, "b"], ["c", line], [line, line]])]


@settings(max_examples=60, deadline=None)
@given(words=texts)
def test_nothing_is_lost_but_spaces_at_the_ends_of_lines(words: str) -> None:
    kept = [line.strip() for line in clean_text(words).split("\n")]
    assert [line for line in kept if line] == [line for line in tidy(words).split("\n") if line]
    assert tidy(tidy(words)) == tidy(words)


@pytest.mark.sweep
@pytest.mark.parametrize("mark", [*"\\`*_~[]<>#+-.!|:=&@/ \n", "a_", "* ", "1. ", "&a", "www.", "//", "a@", "~a "])
def test_fifty_thousand_marks_at_most_double(mark: str) -> None:
    words = mark * (50_000 // len(mark))
    assert len(escape(words)) <= 2 * len(words) + 1
