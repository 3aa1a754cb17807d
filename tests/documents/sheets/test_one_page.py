"""The page for teachers fits one Letter page as PDF and in Word, however much the family shares."""

from __future__ import annotations

import datetime
import io
import random
import shutil
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

from iep_tui.core.case_model import Answer, Answers, Value
from iep_tui.core.interview import Interview, adopt_answers
from iep_tui.core.question_model import Catalogue, Question
from iep_tui.documents.block_tree import Document
from iep_tui.documents.formats.docx import to_docx
from iep_tui.documents.formats.markdown import to_markdown
from iep_tui.documents.formats.markdown_reader import read_blocks
from iep_tui.documents.formats.pdf import to_pdf
from iep_tui.documents.sheets.sheet_builder import build_sheet
from iep_tui.sets.library import language_folder, shipped_folder
from iep_tui.sets.library_loader import load_uncached
from iep_tui.store.interchange_format import decode_case

from ..file_inspection import converted

pytestmark = pytest.mark.slow

TODAY = datetime.date(2027, 3, 1)
WORDS = [
    "She",
    "needs",
    "time",
    "to",
    "think",
    "and",
    "says",
    "so",
    "with",
    "wide",
    "mmmm",
    "hands",
    "Wednesday",
    "WWW",
    "quiet",
    "room",
    "calm",
    "voice",
    "help",
]


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return load_uncached("en", tmp_path_factory.mktemp("no-sets")).catalogue


def page(catalogue: Catalogue, answers: Answers) -> Document:
    return read_blocks(
        to_markdown(build_sheet(Interview(catalogue, answers, TODAY), "teachers", made=TODAY)), lang="en"
    )


def made_up_child(catalogue: Catalogue) -> Document:
    case = decode_case((language_folder(shipped_folder(), "en") / "example.json").read_bytes())
    return page(catalogue, adopt_answers(case.latest.answers, catalogue))


def talkative(catalogue: Catalogue, seed: int) -> Document:
    """Everything that teachers may read, answered at more length than a page holds."""
    chance = random.Random(seed)
    most = chance.choice([3, 8, 15, 30])

    def words() -> str:
        return " ".join(chance.choice(WORDS) for _ in range(chance.randint(2, most)))

    def value(one: Question) -> Value:
        match one.kind:
            case "line" | "text":
                return words()
            case "list":
                return [words() for _ in range(chance.randint(1, 6))]
            case "several":
                return [choice.value for choice in one.choices if not choice.words]
            case "one":
                return one.choices[0].value
            case "table":
                return [{part.id: words() for part in one.columns if part.kind == "line"} for _ in range(3)]
        return None

    asked = [one for each in catalogue.sets for one in each.questions if one.share == "teachers"]
    assert len(asked) > 20
    return page(catalogue, Answers({one.id: Answer(value(one), "answered", None, "") for one in asked}))


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_it_is_one_page_as_pdf(catalogue: Catalogue, seed: int, paper: str) -> None:
    file = to_pdf(talkative(catalogue, seed), paper="letter" if paper == "letter" else "a4", system_fonts=False)
    assert len(PdfReader(io.BytesIO(file)).pages) == 1


def test_the_made_up_childs_is_one_page_as_pdf(catalogue: Catalogue) -> None:
    file = to_pdf(made_up_child(catalogue), paper="letter", system_fonts=False)
    assert len(PdfReader(io.BytesIO(file)).pages) == 1


def needs_a_font_as_wide_as_calibri() -> None:
    """Skip without Carlito: LibreOffice replaces Calibri with it, and its widths are the same."""
    match = shutil.which("fc-match")
    found = subprocess.run([match, "Calibri"], capture_output=True, text=True, check=False).stdout if match else ""
    if not found.startswith(("Calibri", "Carlito")):
        pytest.skip("neither Calibri nor Carlito is installed: other fonts are wider (fonts-crosextra-carlito has it)")


@pytest.mark.parametrize("which", ["made up", "talkative"])
def test_it_is_one_page_in_word(catalogue: Catalogue, which: str, tmp_path: Path) -> None:
    needs_a_font_as_wide_as_calibri()
    sheet = made_up_child(catalogue) if which == "made up" else talkative(catalogue, 0)
    file = converted(to_docx(sheet, paper="letter"), tmp_path)
    assert len(PdfReader(io.BytesIO(file)).pages) == 1
