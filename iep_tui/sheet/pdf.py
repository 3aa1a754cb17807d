"""A sheet as a PDF."""

from __future__ import annotations

from iep_tui.language import _
from iep_tui.sheet.blocks import Document
from iep_tui.sheet.formats import Unavailable
from iep_tui.sheet.paper import Paper


def to_pdf(document: Document, *, paper: Paper) -> bytes:
    """The bytes of a PDF on Letter or A4. Raises `Unavailable` where typst is not installed."""
    raise Unavailable(_("PDFs cannot be made yet."))
