"""Whole sheets for each reader, of a small made-up case and of the shipped example."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from iep_tui import __version__
from iep_tui.core.interview import Interview
from iep_tui.core.question_model import AUDIENCES, Audience
from iep_tui.documents.formats.markdown import sheet, to_markdown
from iep_tui.documents.formats.renderer import render
from iep_tui.documents.sheets.concerns_page import concerns_page
from iep_tui.documents.sheets.sheet_builder import build_sheet
from iep_tui.sets import library, library_loader
from iep_tui.store.interchange_format import decode_case

from ..file_inspection import converted, pdf_pages
from ..sample_case import MADE, maya

GOLDEN = Path(__file__).with_name("golden")


def golden(name: str) -> str:
    """An expected sheet. For an intended change, write the new sheet over the old and read the diff."""
    return (GOLDEN / f"{name}.md").read_text(encoding="utf-8").replace("VERSION", __version__)


@pytest.mark.parametrize("reader", AUDIENCES)
def test_the_sheet_of_a_small_case(reader: Audience) -> None:
    assert sheet(maya(), reader, made=MADE) == golden(reader)


@pytest.fixture(scope="module")
def example() -> Interview:
    """The shipped example on the day its family had got that far, under the shipped questions."""
    case = decode_case((library.language_folder(library.shipped_folder(), "en") / library.EXAMPLE).read_bytes())
    return Interview(library_loader.load_uncached("en").catalogue, case.latest.answers, datetime.date(2027, 3, 26))


@pytest.mark.parametrize("reader", AUDIENCES)
def test_the_sheet_of_the_example(reader: Audience, example: Interview) -> None:
    assert sheet(example, reader, made=MADE) == golden(f"example-{reader}")


def test_the_page_of_concerns_of_the_example(example: Interview) -> None:
    assert to_markdown(concerns_page(example, made=MADE)) == golden("example-concerns")


def test_the_page_for_teachers_and_the_concerns_of_the_example_are_a_page_each_in_word_and_pdf(
    example: Interview, tmp_path: Path
) -> None:
    for made in (build_sheet(example, "teachers", made=MADE), concerns_page(example, made=MADE)):
        assert len(pdf_pages(render(made, "pdf", lang="en"))) == 1
        assert len(pdf_pages(converted(render(made, "docx", lang="en"), tmp_path))) == 1
