"""Sanitizer for text from outside: removes terminal control characters and nothing else."""

from __future__ import annotations

import functools
import re

_NEWLINES = "\r\n|[\r\x0b\x0c\x85\u2028\u2029]"
#: C0 except newline and tab, DEL, C1, the bidi embeddings, overrides and isolates, zero-width space, word joiner, BOM.
_DROPPED = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b\u2060\ufeff]"
#: Not characters: lone surrogates, and the two code points that XML forbids.
_INVALID_CHARACTERS = "[\ud800-\udfff\ufffe\uffff]"
#: More than eight combining marks in a row: no script needs them, and stacks of hundreds cover other lines.
_MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_MARKS = f"({_MARK}{{8}}){_MARK}+"
#: Text whose characters all sort before this one holds no combining mark.
_FIRST_COMBINING_MARK = "\u0300"


@functools.cache
def _pattern(source: str) -> re.Pattern[str]:
    """Compile on first use: most text is plain, and startup needs none of the patterns."""
    return re.compile(source)


def clean_text(text: str) -> str:
    """Remove characters that control a terminal or override the reading direction; leave everything else as it is.

    Every kind of line end becomes a newline. ZWJ, ZWNJ, LRM and RLM stay, since names and emoji need them.
    A lone surrogate, U+FFFE and U+FFFF become U+FFFD.

    >>> clean_text("a\\x1b[31mb\\r\\nc")
    'a[31mb\\nc'
    """
    if text.isprintable() and (text.isascii() or max(text) < _FIRST_COMBINING_MARK):
        return text  # none of the characters removed below is printable
    text = _pattern(_NEWLINES).sub("\n", text)
    text = _pattern(_DROPPED).sub("", text)
    text = _pattern(_INVALID_CHARACTERS).sub("\ufffd", text)
    return _pattern(_MARKS).sub(r"\1", text)


def clean_line(text: str) -> str:
    """Clean `text` and put it on one line: each line end or tab becomes a space."""
    return re.sub(r"[\n\t]", " ", clean_text(text))


def on_one_line(words: object) -> str:
    """Return text from a file, name or message as one line without control characters."""
    return " ".join(clean_line(str(words)).split())


def first_unclean(text: str) -> str | None:
    """Return the first character of `text` that `clean_text` would drop or replace, or None."""
    match = _pattern(_DROPPED).search(text) or _pattern(_INVALID_CHARACTERS).search(text)
    return match[0] if match else None
