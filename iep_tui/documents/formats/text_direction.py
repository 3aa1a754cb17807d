"""Text direction by the first strong character, as in the Unicode bidirectional algorithm (UAX 9, P2)."""

from __future__ import annotations

import re
import unicodedata

#: Languages written from right to left, for paragraphs without letters.
_RIGHT_TO_LEFT = frozenset(["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"])
#: Possible right-to-left characters. Most sheets have none, so one search settles their direction.
_MAYBE_RTL = re.compile("[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")


def language_is_rtl(lang: str) -> bool:
    """Return True if a language tag ("ar", "he-IL") names a right-to-left language."""
    return lang.split("-")[0].lower() in _RIGHT_TO_LEFT


def is_rtl(text: str, *, otherwise: bool = False) -> bool:
    """Return True if a paragraph is right-to-left by its first strong character; `otherwise` if it has none.

    >>> is_rtl("12. שלום"), is_rtl("Maya (مايا)"), is_rtl("1 + 1")
    (True, False, False)
    """
    if not otherwise and not _MAYBE_RTL.search(text):
        return False
    for letter in text:
        side = unicodedata.bidirectional(letter)
        if side in ("L", "R", "AL"):
            return side != "L"
    return otherwise


def by_direction(text: str, *, rtl: bool) -> list[tuple[str, bool]]:
    """Split `text` into runs of one direction, True for right-to-left; `rtl` is the paragraph's direction.

    Spaces, digits and marks go with the letters on both sides if those agree, otherwise with the paragraph.

    >>> by_direction("Maya (مايا) sings", rtl=False)
    [('Maya (', False), ('مايا', True), (') sings', False)]
    """
    if not rtl and not _MAYBE_RTL.search(text):
        return [(text, False)] if text else []
    strong = [
        (index, bidi_class != "L")
        for index, letter in enumerate(text)
        if (bidi_class := unicodedata.bidirectional(letter)) in ("L", "R", "AL")
    ]
    pieces: list[tuple[str, bool]] = []
    start, run_rtl = 0, rtl
    last_strong = -1
    for index, char_rtl in strong:
        if char_rtl != run_rtl:
            end = index if char_rtl != rtl else last_strong + 1
            if end > start:
                pieces.append((text[start:end], run_rtl))
            start, run_rtl = end, char_rtl
        last_strong = index
    run_end = len(text) if run_rtl == rtl else last_strong + 1
    if run_end > start:
        pieces.append((text[start:run_end], run_rtl))
    if run_end < len(text):
        pieces.append((text[run_end:], rtl))
    return pieces
