"""Estimated length of a sheet's blocks on one printed page, from their text alone."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from iep_tui.documents.outline_model import (
    Bullets,
    Checks,
    Fields,
    Heading,
    Numbered,
    OutlineBlock,
    Pair,
    Paragraph,
    Quote,
    WritingLines,
)

#: Lines of body text on a Letter page, and characters that surely fit on a line, in our Word and PDF files. Both are
#: deliberately low: a page with some space left is better than a second page with one line.
PAGE_HEIGHT = 48.2
CHARS_PER_LINE = 95

#: Height in lines of headings by level with the space around them, and the space after a paragraph and an item.
_HEADING_HEIGHTS = {1: 1.8, 2: 2.2}
_SPACE_AFTER = 0.3
_SPACE_AFTER_ITEM = 0.11


def estimated_height(blocks: Sequence[OutlineBlock]) -> float:
    """Return the height of these blocks in lines of body text."""
    return sum(map(_height, blocks))


def _height(block: OutlineBlock) -> float:
    match block:
        case Heading(level, text):
            return _HEADING_HEIGHTS.get(level, 1.6) + _lines(text) - 1
        case Paragraph(text, label):
            return _pair((label, text)) + _SPACE_AFTER
        case Quote(text):
            return _lines(text) + 2 * _SPACE_AFTER
        case Bullets(items) | Numbered(items) | Checks(items):
            return sum(map(_lines, items)) + _SPACE_AFTER_ITEM * len(items)
        case Fields(pairs):
            return sum(map(_pair, pairs)) + _SPACE_AFTER_ITEM * len(pairs)
        case WritingLines(count):
            return 1.5 * count
        case _:  # tables and entries: never used on a page that has to fit
            return PAGE_HEIGHT


def _pair(pair: Pair) -> float:
    label, words = pair
    return _lines(f"{label}: {words}" if label else words)


def _lines(text: str) -> float:
    return float(sum(max(1, -(-_display_width(line) // CHARS_PER_LINE)) for line in text.split("\n")))


def _display_width(line: str) -> int:
    """Return the width of a line in characters; East Asian ones count twice."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in line)
