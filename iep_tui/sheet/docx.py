"""A sheet as a Word document."""

from __future__ import annotations

from iep_tui.language import _
from iep_tui.sheet.blocks import Document
from iep_tui.sheet.formats import Unavailable
from iep_tui.sheet.paper import Paper


def to_docx(document: Document, *, paper: Paper) -> bytes:
    """The bytes of a .docx file on Letter or A4."""
    raise Unavailable(_("Word files cannot be made yet."))
