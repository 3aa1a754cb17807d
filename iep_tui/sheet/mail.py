"""A sheet as a draft of an e-mail."""

from __future__ import annotations

from iep_tui.language import _
from iep_tui.sheet.blocks import Document
from iep_tui.sheet.formats import Unavailable
from iep_tui.sheet.paper import Paper
from iep_tui.sheet.parts import Outline


def to_mail(outline: Outline, document: Document, *, paper: Paper) -> bytes:
    """The bytes of a .eml file."""
    raise Unavailable(_("E-mail drafts cannot be made yet."))
