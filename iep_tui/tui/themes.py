"""The two color themes, and conversion of text from outside to content that is never parsed as markup."""

from __future__ import annotations

import re
from collections.abc import Iterable

from textual.content import Content
from textual.theme import Theme

from iep_tui.core.question_model import RichParagraph
from iep_tui.core.text_sanitizer import clean_text

#: Every pair of text and background colors has a contrast of 7:1 or better.
LIGHT_THEME = Theme(
    "paper",
    primary="#1f5f5b",
    secondary="#8a5a2b",
    accent="#b4431f",
    foreground="#1d2326",
    background="#faf7f0",
    surface="#ffffff",
    panel="#efe9dc",
    success="#23693a",
    warning="#8a5a00",
    error="#a3211b",
    dark=False,
    variables={
        "quiet": "#43494c",
        "tan": "#6d4520",
        "key": "#8c3012",
        "saved": "#184c29",
        "teal": "#184f4c",
        "trouble": "#8d1a15",
        "warn": "#674300",
        "chosen": "#1f5f5b",
        "on-chosen": "#ffffff",
        "button": "#e4dcc9",
        "line": "#8b8f8c",
        "scrollbar": "#64857f",
        "scrollbar-background": "#edebe5",
    },
)
DARK_THEME = Theme(
    "lamp",
    primary="#7cc5b8",
    secondary="#d9b382",
    accent="#f2a65a",
    foreground="#eceae4",
    background="#16191b",
    surface="#1f2427",
    panel="#293034",
    success="#8fd19e",
    warning="#f0c674",
    error="#ff8b7e",
    dark=True,
    variables={
        "quiet": "#bdbcb8",
        "tan": "#d9b382",
        "key": "#f2a65a",
        "saved": "#8fd19e",
        "teal": "#7cc5b8",
        "trouble": "#ff9d92",
        "warn": "#f0c674",
        "chosen": "#7cc5b8",
        "on-chosen": "#101314",
        "button": "#343c41",
        "line": "#7d8588",
        "scrollbar": "#6b938c",
        "scrollbar-background": "#22282b",
    },
)


#: Zero-width joiners in a row mean the same as one, and Rich fails to wrap text with two (IndexError in `split_text`).
_TWO_JOINERS = "\u200d\u200d"
_JOINERS = re.compile("\u200d{2,}")


def plain_content(text: str) -> Content:
    """Return text from a file or a person as content without markup or control characters."""
    text = clean_text(text)
    if _TWO_JOINERS in text:
        text = _JOINERS.sub(_TWO_JOINERS[0], text)
    return Content(text)


def paragraphs(paras: Iterable[RichParagraph], child: str) -> Content:
    """Return a set's paragraphs with strong text in bold and {child} replaced by `child`."""
    blocks: list[Content] = []
    step = 0
    for para in paras:
        step = step + 1 if para.form == "step" else 0
        mark = {"para": "", "item": "• ", "step": f"{step}. "}[para.form]
        spans: list[Content] = [Content(mark)]
        for span in para.spans:
            words = plain_content(span.text.replace("{child}", child))
            spans.append(words.stylize("bold") if span.strong else words)
        lead = "\n" if blocks and para.form == "para" else ""
        blocks.append(Content.assemble(lead, *spans))
    return Content("\n").join(blocks)
