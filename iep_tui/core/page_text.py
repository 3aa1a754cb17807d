"""Plain-text rendering of a page, for a printer, a screen reader or a bare terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from iep_tui.core.question_model import CHILD_PLACEHOLDER, Page, RichParagraph

#: Longer lines than this are hard to read.
PAGE_TEXT_WIDTH = 84


def page_text(page: Page, child: str, width: int = PAGE_TEXT_WIDTH) -> str:
    """The whole page in lines of at most `width` characters, with `child` in the place of the child's name."""
    width = max(20, min(width, PAGE_TEXT_WIDTH))
    blocks = [f"{page.title}\n{'=' * min(len(page.title), width)}", _paragraphs(page.intro, child, width)]
    for section in page.sections:
        blocks += [f"{section.title}\n{'-' * min(len(section.title), width)}", _paragraphs(section.paras, child, width)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _paragraphs(paras: Iterable[RichParagraph], child: str, width: int) -> str:
    """Paragraphs with an empty line between them, the entries of a list close together."""
    written = ""
    step = 0
    last = ""
    for para in paras:
        step = step + 1 if para.form == "step" else 0
        lead = {"para": "", "item": "- ", "step": f"{step}. "}[para.form]
        words = textwrap.fill(
            para.text.replace(CHILD_PLACEHOLDER, child),
            width,
            initial_indent=lead,
            subsequent_indent=" " * len(lead),
            break_on_hyphens=False,
        )
        gap = "\n" if last == para.form != "para" else "\n\n"
        written += (gap if written else "") + words
        last = para.form
    return written
