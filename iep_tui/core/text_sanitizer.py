"""Sanitizer for text from outside: removes terminal control characters and nothing else."""

from __future__ import annotations

import functools
import re

_NEWLINES = "\r\n|[\r\x0b\x0c\x85\u2028\u2029]"
#: C0 but newline and tab, DEL, C1, the bidi embeddings, overrides and isolates, zero-width space, word joiner, BOM.
_DROPPED = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b\u2060\ufeff]"
#: No characters: halves of one, and the two that XML has no place for.
_NO_CHARACTERS = "[\ud800-\udfff\ufffe\uffff]"
#: Combining marks in a row beyond eight: no script needs them, and stacks of hundreds cover other lines.
_MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_MARKS = f"({_MARK}{{8}}){_MARK}+"
#: No character from here up to the first mark is any of these.
_FIRST_MARK = "\u0300"


@functools.cache
def _pattern(source: str) -> re.Pattern[str]:
    """Made when it is first needed: most words are plain ones, and a start does without."""
    return re.compile(source)


def clean_text(text: str) -> str:
    """`text` without characters that steer a terminal or turn the reading direction over; nothing else is changed.

    Every kind of line end becomes a newline; ZWJ, ZWNJ, LRM and RLM stay, since names and emoji need them;
    a lone surrogate, U+FFFE and U+FFFF become U+FFFD.

    >>> clean_text("a\\x1b[31mb\\r\\nc")
    'a[31mb\\nc'
    """
    if text.isprintable() and (text.isascii() or max(text) < _FIRST_MARK):
        return text  # nothing of what is looked for prints
    text = _pattern(_NEWLINES).sub("\n", text)
    text = _pattern(_DROPPED).sub("", text)
    text = _pattern(_NO_CHARACTERS).sub("\ufffd", text)
    return _pattern(_MARKS).sub(r"\1", text)


def clean_line(text: str) -> str:
    """`clean_text` on one line: line ends and tabs become a space."""
    return re.sub(r"[\n\t]", " ", clean_text(text))


def unclean(text: str) -> str | None:
    """The first character of `text` that `clean_text` would drop or change, or None."""
    found = _pattern(_DROPPED).search(text) or _pattern(_NO_CHARACTERS).search(text)
    return found[0] if found else None
