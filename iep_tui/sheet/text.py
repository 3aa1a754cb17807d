"""A sheet as plain text for an e-mail."""

from __future__ import annotations

from iep_tui.language import _
from iep_tui.sheet.blocks import Document
from iep_tui.sheet.formats import Unavailable


def to_text(document: Document) -> str:
    """The text, in lines of at most 72 columns."""
    raise Unavailable(_("Text cannot be made yet."))
