"""Line wrapping of plain text to a column width, in any script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import category, east_asian_width

_ZWJ, _AS_EMOJI = "\u200d", "\ufe0f"
_SKIN_TONES = range(0x1F3FB, 0x1F400)
#: Vowels and endings of Hangul that join the letter before them.
_JOINING = range(0x1160, 0x1200)
#: Marks beside wide letters that may not begin a line, and those that may not end one (UAX #14: CL, EX, NS; OP).
_NOT_FIRST = frozenset("、。，．：；！？）］｝」』】〉》〕”’…‥・ー々ゝヽぁぃぅぇぉっゃゅょァィゥェォッャュョ,.:;!?)]}%")
_NOT_LAST = frozenset("（［｛「『【〈《〔“‘([{")
_PIECES = re.compile(r"[ \t]+|[^ \t]+")


def columns(text: str) -> int:
    """How many columns of a fixed-width font one line takes: two for East Asian letters and emoji, none for marks.

    >>> columns("word"), columns("学校"), columns("e\\u0301")
    (4, 4, 1)
    """
    return sum(map(_cluster_columns, _clusters(text)))


def wrapped(line: str, width: int) -> list[str]:
    """One line as lines of at most `width` columns, which is 2 or more; [""] for an empty one.

    Lines end at spaces, or between two letters of scripts that are written without them. A longer word is cut, but a
    web address stays whole on a line of its own, since half an address leads nowhere.

    >>> wrapped("She reads a page a day", 11)
    ['She reads a', 'page a day']
    """
    lines: list[str] = []
    now, used, space = "", 0, ""
    for piece in _breakable(line, width):
        if piece[0] in " \t":
            space = piece.replace("\t", " ")
            continue
        size = columns(piece)
        if now and used + len(space) + size > width:
            lines.append(now)
            now, used, space = "", 0, ""
        if not now:
            space = ""
        now, used, space = f"{now}{space}{piece}", used + len(space) + size, ""
    return [*lines, now]


def _breakable(line: str, width: int) -> Iterator[str]:
    """The pieces between which a line may end: spaces, words, and the parts of words that may be parted."""
    for found in _PIECES.finditer(line):
        piece = found[0]
        if piece[0] in " \t" or _is_address(piece):
            yield piece
            continue
        for part in _parts(piece):
            yield from _cut(part, width) if columns(part) > width else (part,)


def _is_address(word: str) -> bool:
    """Whether a web address stands in a word, found without going through a long word twice."""
    at = word.find("://")
    return at > 0 and word[at - 1].isalnum()


def _parts(word: str) -> Iterator[str]:
    """A word, parted wherever one of two neighbours is a wide letter and neither clings to the other."""
    part = ""
    for cluster in _clusters(word):
        apart = part and (_is_wide(part[-1]) or _is_wide(cluster[0]))
        if apart and cluster[0] not in _NOT_FIRST and part[-1] not in _NOT_LAST:
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
    """Letters with the marks on them, and emoji with what they are joined to."""
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
