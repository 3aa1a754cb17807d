"""Text direction by the first strong character, as in the Unicode bidirectional algorithm (UAX 9, P2)."""

from __future__ import annotations

import re
import unicodedata

#: Languages written from right to left, for paragraphs that have no letter at all.
_RIGHT_TO_LEFT = frozenset(["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"])
#: What no word of Latin, Greek or Cyrillic letters has; most sheets are done after this one look.
_MAYBE = re.compile("[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")


def language_is_rtl(lang: str) -> bool:
    """Whether a language tag ("ar", "he-IL") names a language written from right to left."""
    return lang.split("-")[0].lower() in _RIGHT_TO_LEFT


def is_rtl(text: str, *, otherwise: bool = False) -> bool:
    """Whether a paragraph begins at the right: its first strong letter decides, `otherwise` where it has none.

    >>> is_rtl("12. שלום"), is_rtl("Maya (مايا)"), is_rtl("1 + 1")
    (True, False, False)
    """
    if not otherwise and not _MAYBE.search(text):
        return False
    for letter in text:
        side = unicodedata.bidirectional(letter)
        if side in ("L", "R", "AL"):
            return side != "L"
    return otherwise


def by_direction(text: str, *, rtl: bool) -> list[tuple[str, bool]]:
    """`text` in pieces of one direction each, True for right to left; `rtl` is that of its paragraph.

    Spaces, digits and marks go with the letters around them where both sides agree, else with the paragraph.

    >>> by_direction("Maya (مايا) sings", rtl=False)
    [('Maya (', False), ('مايا', True), (') sings', False)]
    """
    if not rtl and not _MAYBE.search(text):
        return [(text, False)] if text else []
    strong = [
        (place, way != "L")
        for place, letter in enumerate(text)
        if (way := unicodedata.bidirectional(letter)) in ("L", "R", "AL")
    ]
    pieces: list[tuple[str, bool]] = []
    start, side_now = 0, rtl
    last = -1
    for place, side in strong:
        if side != side_now:
            cut = place if side != rtl else last + 1
            if cut > start:
                pieces.append((text[start:cut], side_now))
            start, side_now = cut, side
        last = place
    tail = len(text) if side_now == rtl else last + 1
    if tail > start:
        pieces.append((text[start:tail], side_now))
    if tail < len(text):
        pieces.append((text[tail:], rtl))
    return pieces
