"""A sheet as one web page that asks nothing of the network."""

from __future__ import annotations

from iep_tui.language import _
from iep_tui.sheet.blocks import Document
from iep_tui.sheet.formats import Unavailable


def to_html(document: Document) -> str:
    """The page as text; it is written in UTF-8."""
    raise Unavailable(_("Web pages cannot be made yet."))
