"""Every format: each shared answer in order, no withheld one, whatever the text."""

from __future__ import annotations

import datetime
import importlib
import inspect
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings

from iep_tui.core.interview import Interview, effective_share, is_done
from iep_tui.core.question_model import AUDIENCES, may_read
from iep_tui.documents import outline_model
from iep_tui.documents.formats.renderer import BY_NAME, FORMATS, Format, format_of, render
from iep_tui.documents.sheets.sheet_builder import build_sheet

from ..hostile_corpus import MANY_COLUMNS, WORDS
from ..privacy.test_visible_answers import cases
from ..sample_case import MADE, maya
from ..text_extraction import EXTRACTORS, STACKED, in_order, pieces, squeezed

#: Cases tried in each format, for three readers each. Those whose files are costly to make have fewer.
MANY = {"md": 80, "html": 80, "txt": 80, "docx": 100}
FEW = 25
#: Formats that hold any words exactly. A PDF names or refuses the letters that no font draws: `test_pdf` has its tests.
EXACT = [one.name for one in FORMATS if one.name != "pdf"]

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


@pytest.mark.parametrize("format", EXACT)
@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_hostile_words_come_out_as_the_words_they_are(format: str, words: str) -> None:
    blocks = every_place(words)
    text = said(format, *blocks)
    assert missing(format, blocks, text) is None
    assert not [sign for sign in FORBIDDEN if sign in text]


@pytest.mark.parametrize("format", EXACT)
def test_a_table_of_forty_columns_loses_no_cell(format: str) -> None:
    head = tuple(f"Column {number}" for number in range(MANY_COLUMNS))
    rows = tuple(tuple(f"cell-{row}-{number}" for number in range(MANY_COLUMNS)) for row in range(3))
    table = outline_model.Table(head, rows)
    text = said(format, table)
    as_a_table, as_a_list = (in_order(pieces(table, stacked=stacked), text) for stacked in (False, True))
    assert as_a_table is None or as_a_list is None


@pytest.mark.slow
@pytest.mark.parametrize("format", EXACT)
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


@pytest.mark.parametrize("format", EXACT)
def test_the_same_sheet_gives_the_same_bytes(format: str) -> None:
    sheet = build_sheet(maya(), "team", made=MADE)
    assert render(sheet, format, lang="en") == render(sheet, format, lang="en")


@pytest.mark.parametrize("format", FORMATS, ids=lambda format: format.name)
def test_every_format_can_be_read_back_with_every_word(format: Format) -> None:
    assert format.name in EXTRACTORS, "a format needs a reader of its words in text_extraction.EXTRACTORS"
    sheet = build_sheet(maya(), "family", made=MADE)
    text = EXTRACTORS[format.name](render(sheet, format.name, lang="en"))
    assert missing(format.name, sheet.blocks, text) is None


@pytest.mark.parametrize("format", FORMATS, ids=lambda format: format.name)
def test_every_renderer_takes_what_its_format_says_it_needs(format: Format) -> None:
    module, _colon, name = format.renderer.partition(":")
    parameters = inspect.signature(getattr(importlib.import_module(module), name)).parameters
    required = {one.name for one in parameters.values() if one.default is inspect.Parameter.empty}
    assert required <= set(format.needs) <= set(parameters)
    assert ("progress" in format.needs) == ("progress" in parameters)


def test_formats_have_names_of_their_own_and_a_label() -> None:
    assert list(BY_NAME) == [one.name for one in FORMATS]
    assert all(one.label and one.extension and "/" in one.media_type for one in FORMATS)


def test_an_extension_stands_for_one_format() -> None:
    extensions = [extension for one in FORMATS for extension in one.extensions]
    assert len(extensions) == len(set(extensions))
    assert all(format_of(Path(f"a.{extension.upper()}")) is one for one in FORMATS for extension in one.extensions)
    assert [format_of(Path(name)) for name in ("a", "a.doc", "docx", "a.docx.bak")] == [None] * 4


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
