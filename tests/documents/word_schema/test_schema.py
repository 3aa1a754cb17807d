"""Word files validated against their schema by Microsoft's Open XML SDK."""

from __future__ import annotations

import io
import json
import os
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from iep_tui.documents.block_tree import HeadingBlock, ListBlock, ListItem, QuoteBlock, RuleBlock
from iep_tui.documents.formats.docx import to_docx
from iep_tui.documents.formats.renderer import render
from iep_tui.documents.sheets.sheet_builder import build_sheet

from ..file_inspection import bullets, document, paragraph, quote, table, words
from ..formats.test_docx import SHEET
from ..hostile_corpus import MANY_COLUMNS, WORDS
from ..sample_case import MADE, maya

pytestmark = pytest.mark.slow

VALIDATOR = Path(__file__).with_name("node_modules") / ".bin" / "ooxml-validator"


def complaints(made: bytes, folder: Path) -> list[Any]:
    """The SDK's findings. Its absence is a failure where IEP_TUI_OOXML=1 promises it, as in CI."""
    if not VALIDATOR.exists():
        if os.environ.get("IEP_TUI_OOXML") == "1":
            pytest.fail("the validator is not installed, though IEP_TUI_OOXML=1 promises it")
        pytest.skip("the validator is not installed (npm install --prefix tests/documents/word_schema)")
    file = folder / "sheet.docx"
    file.write_bytes(made)
    done = subprocess.run(
        [str(VALIDATOR), str(file)],
        env={**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    found = json.loads(done.stdout)
    assert found["ok"] == (not found["errors"])
    return list(found["errors"])


def test_every_block_in_every_place(tmp_path: Path) -> None:
    inner = ListBlock((ListItem((paragraph("deep"), quote("said"), table(("a", "b"), ("c", "d")))),), first=3)
    odd = (
        *SHEET.blocks,
        table(("اسم", "Maya"), ("مايا", "long " * 200)),
        table(tuple(map(str, range(MANY_COLUMNS))), tuple(map(str, range(MANY_COLUMNS)))),
        ListBlock((ListItem((paragraph("one"), inner), True), ListItem(()), ListItem((inner,)))),
        QuoteBlock((bullets("in a quote", box=True), bullets("and", first=99_999), paragraph("so"))),
        HeadingBlock(6, words("deep")),
        paragraph(""),
        RuleBlock(),
        table(("What",)),
    )
    assert complaints(to_docx(document(*odd), paper="letter"), tmp_path) == []
    assert complaints(to_docx(document(*odd, lang="ar"), paper="a4"), tmp_path) == []


def test_hostile_words(tmp_path: Path) -> None:
    blocks = [one for text in WORDS.values() for one in (HeadingBlock(2, words(text)), bullets(text, box=True))]
    assert complaints(to_docx(document(*blocks, title=WORDS["word markup"]), paper="letter"), tmp_path) == []


def test_the_made_up_sheet(tmp_path: Path) -> None:
    assert complaints(render(build_sheet(maya(), "family", made=MADE), "docx", lang="en"), tmp_path) == []


def test_it_finds_what_is_wrong(tmp_path: Path) -> None:
    """Else the others would say nothing."""
    broken = io.BytesIO()
    good = io.BytesIO(to_docx(SHEET, paper="letter"))
    with zipfile.ZipFile(good) as before, zipfile.ZipFile(broken, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(b"<w:cantSplit/>", b"<w:keepWhole/>", 1))
    (found,) = complaints(broken.getvalue(), tmp_path)
    assert "keepWhole" in found["description"]
