"""Plain-text sheets for email."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iep_tui.documents import outline_model
from iep_tui.documents.formats.line_wrap import columns, wrapped
from iep_tui.documents.formats.markdown import to_markdown
from iep_tui.documents.formats.markdown_reader import read_blocks
from iep_tui.documents.formats.plain_text import WIDTH, to_text

from .test_markdown import blocks, tables


def text(*sheet: outline_model.OutlineBlock) -> str:
    return to_text(read_blocks(to_markdown(outline_model.Outline("Prep sheet", "team", sheet))))


def test_each_block() -> None:
    long = "She hears everything, even when she is drawing. Drawing helps her to listen."
    assert (
        text(
            outline_model.Heading(1, "Prep sheet: Maya R."),
            outline_model.Paragraph("The yearly review"),
            outline_model.Heading(2, "Needs"),
            outline_model.Fields((("Grade", "Third"), ("Enough?", "no"))),
            outline_model.Heading(3, "How it shows"),
            outline_model.Paragraph(long),
            outline_model.Quote(f"{long}\n\nThe end."),
            outline_model.Numbered((long, "Art")),
            outline_model.Entries(((("The need", "Reading"), ("By when", "May")), (("The need", "Writing"),))),
            outline_model.Checks(("Who goes\nalong?",)),
            outline_model.Table(("Service", "Enough?", "Where"), (("Speech", "no", ""), ("Art", "", "Room 4"))),
            outline_model.WritingLines(1),
            outline_model.Paragraph("Made today"),
        )
        == f"""\
Prep sheet: Maya R.
===================

The yearly review


Needs
-----

- Grade: Third
- Enough? no

How it shows:
She hears everything, even when she is drawing. Drawing helps her to
listen.

> She hears everything, even when she is drawing. Drawing helps her to
> listen.
>
> The end.

1. She hears everything, even when she is drawing. Drawing helps her to
   listen.
2. Art

1. The need: Reading
   By when: May

2. The need: Writing

Boxes to check off:

[ ] Who goes
    along?

- Service: Speech
  Enough? no

- Service: Art
  Where: Room 4

{"_" * 72}

Made today
"""
    )


def test_a_table_without_a_row_still_says_its_columns() -> None:
    assert text(outline_model.Table(("Service", "Minutes"), ())) == "Service | Minutes\n"


@settings(max_examples=150, deadline=None)
@given(st.lists(blocks | tables, max_size=5).map(tuple))
def test_no_line_is_wider_than_72_columns_or_ends_in_a_space(sheet: tuple[outline_model.OutlineBlock, ...]) -> None:
    written = text(*sheet)
    assert written.endswith("\n")
    for line in written[:-1].split("\n"):
        assert line == line.rstrip()
        assert columns(line) <= WIDTH or "://" in line


# Wrapping


@pytest.mark.parametrize(
    ("line", "width", "lines"),
    [
        ("", 10, [""]),
        ("one two three", 7, ["one two", "three"]),
        ("one  two   three", 9, ["one  two", "three"]),
        ("a" * 25, 10, ["a" * 10, "a" * 10, "a" * 5]),
        ("see https://school.example/a/long/way here", 12, ["see", "https://school.example/a/long/way", "here"]),
        ("她每天讀書很久", 6, ["她每天", "讀書很", "久"]),
        ("她每天，讀書", 6, ["她每", "天，讀", "書"]),
        ("她說「可以」", 6, ["她說", "「可", "以」"]),
        ("Maya 讀書", 7, ["Maya 讀", "書"]),
        ("e\u0301" * 6, 4, ["e\u0301" * 4, "e\u0301" * 2]),
        ("👩🏽\u200d🏫👩🏽\u200d🏫", 5, ["👩🏽\u200d🏫", "👩🏽\u200d🏫"]),
        ("a\u00a0b c", 3, ["a\u00a0b", "c"]),
    ],
)
def test_where_lines_end(line: str, width: int, lines: list[str]) -> None:
    assert wrapped(line, width) == lines


@pytest.mark.parametrize(
    ("words", "many"),
    [("", 0), ("word", 4), ("学校", 4), ("é", 1), ("e\u0301", 1), ("한국", 4), ("❤\ufe0f", 2), ("🐌", 2)],
)
def test_columns(words: str, many: int) -> None:
    assert columns(words) == many


@pytest.mark.slow
@pytest.mark.parametrize("letter", ["a", "字", "*", "e\u0301", "a:"])
def test_a_word_of_a_hundred_thousand_letters_is_cut_in_one_go(letter: str) -> None:
    lines = wrapped(letter * 100_000, 72)
    assert "".join(lines) == letter * 100_000
    assert {columns(line) for line in lines[:-1]} == {72}


@settings(max_examples=200)
@given(st.text(max_size=60), st.integers(4, 20))
def test_wrapping_loses_nothing_but_spaces(words: str, width: int) -> None:
    assert "".join("".join(wrapped(words, width)).split()) == "".join(words.split())
