"""A sheet as plain text for an e-mail."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iep_tui.sheet import parts
from iep_tui.sheet.markdown import to_markdown
from iep_tui.sheet.reading import read_blocks
from iep_tui.sheet.text import WIDTH, to_text
from iep_tui.sheet.wrapping import columns, wrapped

from .test_markdown import blocks, tables


def text(*sheet: parts.Block) -> str:
    return to_text(read_blocks(to_markdown(parts.Outline("Prep sheet", "team", sheet))))


def test_each_block() -> None:
    long = "She hears everything, even when she is drawing. Drawing helps her to listen."
    assert (
        text(
            parts.Heading(1, "Prep sheet: Maya R."),
            parts.Paragraph("The yearly review"),
            parts.Heading(2, "Needs"),
            parts.Fields((("Grade", "Third"), ("Enough?", "no"))),
            parts.Heading(3, "How it shows"),
            parts.Paragraph(long),
            parts.Quote(f"{long}\n\nThe end."),
            parts.Numbered((long, "Art")),
            parts.Entries(((("The need", "Reading"), ("By when", "May")), (("The need", "Writing"),))),
            parts.Checks(("Who goes\nalong?",)),
            parts.Table(("Service", "Enough?", "Where"), (("Speech", "no", ""), ("Art", "", "Room 4"))),
            parts.Lines(1),
            parts.Paragraph("Made today"),
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
    assert text(parts.Table(("Service", "Minutes"), ())) == "Service | Minutes\n"


@settings(max_examples=150, deadline=None)
@given(st.lists(blocks | tables, max_size=5).map(tuple))
def test_no_line_is_wider_than_72_columns_or_ends_in_a_space(sheet: tuple[parts.Block, ...]) -> None:
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


@pytest.mark.parametrize("letter", ["a", "字", "*", "e\u0301", "a:"])
def test_a_word_of_a_hundred_thousand_letters_is_cut_in_one_go(letter: str) -> None:
    lines = wrapped(letter * 100_000, 72)
    assert "".join(lines) == letter * 100_000
    assert {columns(line) for line in lines[:-1]} == {72}


@settings(max_examples=200)
@given(st.text(max_size=60), st.integers(4, 20))
def test_wrapping_loses_nothing_but_spaces(words: str, width: int) -> None:
    assert "".join("".join(wrapped(words, width)).split()) == "".join(words.split())
