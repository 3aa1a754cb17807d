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

#: Lines of body text on one Letter page, and the letters that surely fit on one of them, as our Word and PDF files
#: set them. Both are low on purpose: a page with some room is better than a second page with one line.
PAGE_HEIGHT = 48.2
CHARS_PER_LINE = 95

#: Lines that a heading of each level takes with the room around it, and the room after a paragraph and an item.
_HEADING = {1: 1.8, 2: 2.2}
_AFTER = 0.3
_AFTER_ITEM = 0.11


def estimated_height(blocks: Sequence[OutlineBlock]) -> float:
    """The height of these blocks in lines of body text."""
    return sum(map(_height, blocks))


def _height(block: OutlineBlock) -> float:
    match block:
        case Heading(level, text):
            return _HEADING.get(level, 1.6) + _lines(text) - 1
        case Paragraph(text, label):
            return _pair((label, text)) + _AFTER
        case Quote(text):
            return _lines(text) + 2 * _AFTER
        case Bullets(items) | Numbered(items) | Checks(items):
            return sum(map(_lines, items)) + _AFTER_ITEM * len(items)
        case Fields(pairs):
            return sum(map(_pair, pairs)) + _AFTER_ITEM * len(pairs)
        case WritingLines(count):
            return 1.5 * count
        case _:  # a table or a list of things of several parts: no such block is on a page that has to fit
            return PAGE_HEIGHT


def _pair(pair: Pair) -> float:
    label, words = pair
    return _lines(f"{label}: {words}" if label else words)


def _lines(text: str) -> float:
    return float(sum(max(1, -(-_letters(line) // CHARS_PER_LINE)) for line in text.split("\n")))


def _letters(line: str) -> int:
    """How many letters of usual width a line is as wide as."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in line)
