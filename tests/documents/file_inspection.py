"""Word files and PDFs parsed for the tests: their XML, and their text in reading order."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from iep_tui.documents.block_tree import (
    Document,
    Inlines,
    ListBlock,
    ListItem,
    ParagraphBlock,
    QuoteBlock,
    Run,
    TableBlock,
)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"


def document(*blocks: Any, title: str = "Prep sheet: Maya R.", lang: str = "en") -> Document:
    return Document(title, lang, blocks)


def words(text: str, *, strong: bool = False) -> Inlines:
    return (Run(text, strong),)


def paragraph(text: str) -> ParagraphBlock:
    return ParagraphBlock(words(text))


def bullets(*texts: str, box: bool = False, first: int | None = None) -> ListBlock:
    return ListBlock(tuple(ListItem((paragraph(text),), box) for text in texts), first)


def quote(*texts: str) -> QuoteBlock:
    return QuoteBlock(tuple(map(paragraph, texts)))


def table(*rows: tuple[str, ...]) -> TableBlock:
    head, *rest = (tuple(map(words, row)) for row in rows)
    return TableBlock(head, tuple(rest))


def part(made: bytes, name: str = "word/document.xml") -> Any:
    """One part of a Word file as its XML."""
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return etree.fromstring(archive.read(name))


def names(made: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return archive.namelist()


def paragraphs(root: Any) -> list[tuple[str, str]]:
    """The style and the words of each paragraph, in order, those of cells included."""
    return [(_style(one), run_text(one)) for one in root.iter(f"{W}p")]


def run_text(element: Any) -> str:
    """The words of an element as Word reads them: text, breaks and tabs."""
    written = []
    for one in element.iter(f"{W}t", f"{W}br", f"{W}tab"):
        if one.getparent().tag == f"{W}r":
            written.append({f"{W}br": "\n", f"{W}tab": "\t"}.get(one.tag, one.text or ""))
    return "".join(written)


def _style(one: Any) -> str:
    style = one.find(f"{W}pPr/{W}pStyle")
    return "Normal" if style is None else str(style.get(f"{W}val"))


def converted(made: bytes, folder: Path) -> bytes:
    """A Word file converted to PDF by LibreOffice, with a profile of its own."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed (soffice is not on the path)")
    source = folder / "sheet.docx"
    source.write_bytes(made)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    done = subprocess.run(
        [office, profile, "--headless", "--norestore", "--convert-to", "pdf", "--outdir", str(folder), str(source)],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return (folder / "sheet.pdf").read_bytes()


def pdf_pages(made: bytes) -> list[str]:
    """The words of each page of a PDF."""
    from pypdf import PdfReader

    return [page.extract_text() for page in PdfReader(io.BytesIO(made)).pages]
