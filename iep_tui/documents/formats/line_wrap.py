"""Line wrapping of plain text to a column width, in any script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import category, east_asian_width

_ZWJ, _AS_EMOJI = "\u200d", "\ufe0f"
_SKIN_TONES = range(0x1F3FB, 0x1F400)
#: Hangul vowels and final consonants, which combine with the letter before them.
_JOINING = range(0x1160, 0x1200)
#: Characters beside wide letters that may not start a line or end one (UAX #14: CL, EX, NS; OP).
_NOT_FIRST = frozenset("、。，．：；！？）］｝」』】〉》〕”’…‥・ー々ゝヽぁぃぅぇぉっゃゅょァィゥェォッャュョ,.:;!?)]}%")
_NOT_LAST = frozenset("（［｛「『【〈《〔“‘([{")
_PIECES = re.compile(r"[ \t]+|[^ \t]+")


def columns(text: str) -> int:
    """Return the width of one line in fixed-width columns.

    East Asian letters and emoji take two columns, combining marks none.

    >>> columns("word"), columns("学校"), columns("e\\u0301")
    (4, 4, 1)
    """
    return sum(map(_cluster_columns, _clusters(text)))


def wrapped(line: str, width: int) -> list[str]:
    """Wrap one line to at most `width` columns, which is 2 or more; [""] for an empty line.

    Lines break at spaces, or between letters of scripts written without spaces. Longer words are cut, but a web address
    stays whole on a line of its own, because half an address is useless.

    >>> wrapped("She reads a page a day", 11)
    ['She reads a', 'page a day']
    """
    lines: list[str] = []
    line_text, line_columns, gap = "", 0, ""
    for piece in _breakable(line, width):
        if piece[0] in " \t":
            gap = piece.replace("\t", " ")
            continue
        size = columns(piece)
        if line_text and line_columns + len(gap) + size > width:
            lines.append(line_text)
            line_text, line_columns, gap = "", 0, ""
        if not line_text:
            gap = ""
        line_text, line_columns, gap = f"{line_text}{gap}{piece}", line_columns + len(gap) + size, ""
    return [*lines, line_text]


def _breakable(line: str, width: int) -> Iterator[str]:
    """Yield the pieces between which a line may break: spaces, words, and parts of words."""
    for match in _PIECES.finditer(line):
        piece = match[0]
        if piece[0] in " \t" or _is_address(piece):
            yield piece
            continue
        for part in _parts(piece):
            yield from _cut(part, width) if columns(part) > width else (part,)


def _is_address(word: str) -> bool:
    """Return True if a word has a web address in it. Linear in the length of the word."""
    scheme_end = word.find("://")
    return scheme_end > 0 and word[scheme_end - 1].isalnum()


def _parts(word: str) -> Iterator[str]:
    """Split a word at wide letters, except where a character must stay with its neighbor."""
    part = ""
    for cluster in _clusters(word):
        may_break = part and (_is_wide(part[-1]) or _is_wide(cluster[0]))
        if may_break and cluster[0] not in _NOT_FIRST and part[-1] not in _NOT_LAST:
            yield part
            part = ""
        part += cluster
    if part:
        yield part


def _cut(word: str, width: int) -> Iterator[str]:
    part, used = "", 0
    for cluster in _clusters(word):
        size = _cluster_columns(cluster)
        if part and used + size > width:
            yield part
            part, used = "", 0
        part, used = part + cluster, used + size
    yield part


def _clusters(text: str) -> Iterator[str]:
    """Yield letters with their combining marks, and emoji sequences."""
    cluster = ""
    for letter in text:
        joins = _char_columns(letter) == 0 or ord(letter) in _SKIN_TONES or cluster.endswith(_ZWJ)
        if cluster and not joins:
            yield cluster
            cluster = ""
        cluster += letter
    if cluster:
        yield cluster


def _cluster_columns(cluster: str) -> int:
    size = sum(map(_char_columns, cluster))
    return 2 if size == 1 and _AS_EMOJI in cluster else size


def _char_columns(letter: str) -> int:
    if letter.isascii():
        return 1
    if category(letter) in ("Mn", "Me", "Cf") or ord(letter) in _JOINING:
        return 0
    return 2 if _is_wide(letter) else 1


def _is_wide(letter: str) -> bool:
    return east_asian_width(letter) in "WF"
