"""Every format: each shared answer in order, no withheld one, whatever the text."""

from __future__ import annotations

import datetime
import subprocess
import sys

import pytest
from hypothesis import given, settings

from iep_tui.core.interview import Interview, effective_share, is_done
from iep_tui.core.question_model import AUDIENCES, may_read
from iep_tui.documents import outline_model
from iep_tui.documents.formats.renderer import BY_NAME, FORMATS, render
from iep_tui.documents.sheets.sheet_builder import build_sheet

from ..hostile_corpus import MANY_COLUMNS, WORDS
from ..privacy.test_visible_answers import cases
from ..sample_case import MADE, maya
from ..text_extraction import EXTRACTORS, STACKED, in_order, pieces, squeezed

#: Cases tried in each format, for three readers each. Those whose files are costly to make have fewer.
MANY = {"md": 80, "html": 80, "txt": 80, "docx": 100}
FEW = 25

#: What no format may hand on: controls but the line ends and tabs of the formats themselves, and what turns the
#: reading direction over.
FORBIDDEN = [chr(code) for code in (*range(9), 11, 12, *range(14, 32), *range(127, 160), *range(0x202A, 0x202F))]
FORBIDDEN += [*map(chr, range(0x2066, 0x206A)), "\u200b", "\ufeff"]


def said(format: str, *blocks: outline_model.OutlineBlock) -> str:
    """The text read back from a sheet of these blocks."""
    sheet = outline_model.Outline("Prep sheet", "team", (outline_model.Heading(1, "Prep sheet"), *blocks))
    return EXTRACTORS[format](render(sheet, format, lang="en"))


def missing(format: str, blocks: tuple[outline_model.OutlineBlock, ...], text: str) -> str | None:
    """The first text of `blocks` that is missing from `text` in order, or None."""
    expected = [one for block in blocks for one in pieces(block, stacked=format in STACKED)]
    return in_order(expected, text)


def every_place(words: str) -> tuple[outline_model.OutlineBlock, ...]:
    """The same words in every place of a sheet that a person's words can reach."""
    return (
        outline_model.Heading(2, words),
        outline_model.Paragraph(words),
        outline_model.Paragraph(words, "Our note"),
        outline_model.Quote(words),
        outline_model.Bullets((words, "b")),
        outline_model.Numbered(("a", words)),
        outline_model.Checks((words,)),
        outline_model.Fields((("Label", words), (words, "b"))),
        outline_model.Entries(((("Part", words), ("Other", "b")),)),
        outline_model.Table(("A", words), ((words, "b"), ("c", words))),
    )


@pytest.mark.parametrize("format", EXTRACTORS)
@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_hostile_words_come_out_as_the_words_they_are(format: str, words: str) -> None:
    blocks = every_place(words)
    text = said(format, *blocks)
    assert missing(format, blocks, text) is None
    assert not [sign for sign in FORBIDDEN if sign in text]


@pytest.mark.parametrize("format", EXTRACTORS)
def test_a_table_of_forty_columns_loses_no_cell(format: str) -> None:
    head = tuple(f"Column {number}" for number in range(MANY_COLUMNS))
    rows = tuple(tuple(f"cell-{row}-{number}" for number in range(MANY_COLUMNS)) for row in range(3))
    table = outline_model.Table(head, rows)
    text = said(format, table)
    as_a_table, as_a_list = (in_order(pieces(table, stacked=stacked), text) for stacked in (False, True))
    assert as_a_table is None or as_a_list is None


@pytest.mark.slow
@pytest.mark.parametrize("format", EXTRACTORS)
def test_a_reader_gets_every_shared_answer_in_order_and_no_other(format: str) -> None:
    @settings(max_examples=MANY.get(format, FEW), deadline=None)
    @given(cases())
    def holds(given_case: tuple[Interview, dict[str, tuple[str, str]]]) -> None:
        case, marks = given_case
        for reader in AUDIENCES:
            sheet = build_sheet(case, reader, made=MADE)
            text = EXTRACTORS[format](render(sheet, format, lang="en"))
            assert missing(format, sheet.blocks, text) is None
            squeezed_text = squeezed(text)
            no_room = {one.question_id for one in sheet.left_out if "no room" in one.reason}
            for one in case.live:
                answer = case.answers.of(one.id)
                mark, note = marks[one.id]
                shared = may_read(effective_share(one, answer), reader) and is_done(one, answer)
                assert shared or mark not in squeezed_text
                assert not shared or one.id in no_room or mark in squeezed_text
                assert (note in squeezed_text) == (reader == "family")

    holds()


@pytest.mark.parametrize("format", EXTRACTORS)
def test_the_same_sheet_gives_the_same_bytes(format: str) -> None:
    sheet = build_sheet(maya(), "team", made=MADE)
    assert render(sheet, format, lang="en") == render(sheet, format, lang="en")


def test_formats_have_names_of_their_own_and_a_label() -> None:
    assert list(BY_NAME) == [one.name for one in FORMATS]
    assert all(one.label and one.extension for one in FORMATS)


def test_there_is_no_other_format() -> None:
    with pytest.raises(KeyError):
        render(outline_model.Outline("a", "team", ()), "odt", lang="en")


@pytest.mark.parametrize("format", ["md", "html", "txt"])
def test_text_formats_load_neither_the_word_nor_the_pdf_library(format: str) -> None:
    code = (
        "import sys\n"
        "from iep_tui.documents.formats.renderer import render\n"
        "from iep_tui.documents.outline_model import Heading, Outline\n"
        f"assert render(Outline('a', 'team', (Heading(1, 'a'),)), {format!r}, lang='en')\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    loaded = set(done.stdout.split())
    assert not loaded & {"docx", "lxml", "typst", "textual", "rich", "email"}
    assert ("markdown_it" in loaded) == (format != "md")


def test_the_day_of_the_meeting_is_in_the_outline_where_its_reader_may_know_it() -> None:
    days = {reader: build_sheet(maya(), reader, made=MADE).meeting_day for reader in AUDIENCES}
    day = datetime.date(2027, 3, 12)
    assert days == {"family": day, "team": day, "teachers": None}
