"""Plain-text rendering of a page, for a printer, a screen reader or a bare terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from iep_tui.core.question_model import CHILD_PLACEHOLDER, Page, RichParagraph

#: Maximum line width in characters; longer lines are hard to read.
PAGE_TEXT_WIDTH = 84


def page_text(page: Page, child: str, width: int = PAGE_TEXT_WIDTH) -> str:
    """Render the whole page in lines of at most `width` characters, with `child` in place of the placeholder."""
    width = max(20, min(width, PAGE_TEXT_WIDTH))
    blocks = [f"{page.title}\n{'=' * min(len(page.title), width)}", _paragraphs(page.intro, child, width)]
    for section in page.sections:
        blocks += [f"{section.title}\n{'-' * min(len(section.title), width)}", _paragraphs(section.paras, child, width)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _paragraphs(paras: Iterable[RichParagraph], child: str, width: int) -> str:
    """Join paragraphs with an empty line between them, but no empty line between list items."""
    rendered = ""
    step_number = 0
    last_form = ""
    for para in paras:
        step_number = step_number + 1 if para.form == "step" else 0
        prefix = {"para": "", "item": "- ", "step": f"{step_number}. "}[para.form]
        wrapped = textwrap.fill(
            para.text.replace(CHILD_PLACEHOLDER, child),
            width,
            initial_indent=prefix,
            subsequent_indent=" " * len(prefix),
            break_on_hyphens=False,
        )
        gap = "\n" if last_form == para.form != "para" else "\n\n"
        rendered += (gap if rendered else "") + wrapped
        last_form = para.form
    return rendered
