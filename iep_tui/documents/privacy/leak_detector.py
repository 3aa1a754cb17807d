"""Leak detector: private phrases of three words or more, names, dates and long numbers found in a text."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, TypeAlias

import msgspec

#: Shorter phrases are too common to reveal anything.
MIN_RUN_WORDS = 3
#: Shorter digit sequences are amounts; longer ones are phone, account or file numbers.
MIN_NUMBER_DIGITS = 6
#: Letters in a script without spaces that count as much as a phrase.
MIN_RUN_LETTERS = 6

_Kind: TypeAlias = Literal["words", "name", "day", "number"]
_Run: TypeAlias = tuple[str, ...]

#: Hyphens within words, including at line ends, and invisible characters.
_JOINED = re.compile("(?<=[^\\W_])[-\u2010\u2011\u00ad][ \t\r]*\n?[ \t>]*(?=[^\\W_])")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
#: The number of a list item, which only some formats have.
_NUMBERED = re.compile(r"^[ \t>]*\d{1,3}\\?[.)][ \t]+", re.MULTILINE)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_APOSTROPHE = re.compile("(?<=[^\\W_])['’ʼ](?=[^\\W_])")
#: A word; in scripts without spaces, each letter counts as a word.
_DENSE = (
    "\u2e80-\u2fdf\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0e7f\U00020000-\U0003ffff"
)
_WORD = re.compile(f"[{_DENSE}]|[^\\W_{_DENSE}]+")


class PrivateAnswer(msgspec.Struct, frozen=True):
    """One answer or note that a reader may not see. `texts` has each line, entry, cell and row separately.

    `people` are the texts that name people, where a single word can identify someone. `days` are (year, month, day)
    tuples.
    """

    question_id: str
    label: str
    texts: tuple[str, ...]
    people: tuple[str, ...] = ()
    days: tuple[tuple[int, int, int], ...] = ()


class Leak(msgspec.Struct, frozen=True):
    """A private answer revealed by a text, and the kinds of evidence."""

    question_id: str
    label: str
    kinds: tuple[_Kind, ...]


class SearchableText:
    """A text as normalized words: case-folded, without line breaks, hyphens, apostrophes and Markdown escapes."""

    def __init__(self, text: str) -> None:
        text = _NUMBERED.sub("", text)
        normalized = _INVISIBLE.sub("", _JOINED.sub("", unicodedata.normalize("NFKC", _ESCAPED.sub(r"\1", text))))
        normalized = _JOINED.sub("", _APOSTROPHE.sub("", normalized))
        self.written = tuple(_WORD.findall(normalized))
        self.words = tuple(word.casefold() for word in self.written)

    def runs(self) -> Iterator[_Run]:
        """Yield every phrase of the minimum length that can reveal something."""
        for start in range(len(self.words)):
            end = _end_of_run(self.words, start)
            if end is None:
                return
            yield self.words[start:end]


def _end_of_run(words: Sequence[str], start: int) -> int | None:
    """Return the end of the shortest revealing phrase that begins at `start`, or None if too few words follow."""
    weight = 0
    for end in range(start, len(words)):
        weight += MIN_RUN_WORDS if _is_dense(words[end]) else MIN_RUN_LETTERS
        if weight >= MIN_RUN_WORDS * MIN_RUN_LETTERS:
            return end + 1
    return None


def _is_dense(word: str) -> bool:
    return len(word) == 1 and re.match(f"[{_DENSE}]", word) is not None


class AllowedText:
    """Text the reader may see anyway: shared answers, text of the question sets, and our own."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.runs: set[_Run] = set()
        self.short: set[_Run] = set()
        self.words: set[str] = set()
        sources = tuple(texts)
        # A typed "&amp;" is read as "&" in plain-text files: allow both.
        for source in (*sources, *(html.unescape(source) for source in sources if "&" in source)):
            text = SearchableText(source)
            runs = [*text.runs()]
            self.runs.update(runs)
            self.words.update(text.words)
            if not runs and text.words:
                self.short.add(text.words)

    def allowed_marks(self, words: Sequence[str]) -> bytearray:
        """Return one byte per word: 1 if the word is part of allowed text."""
        marks = bytearray(len(words))
        max_length = max(map(len, self.short), default=0)
        for start in range(len(words)):
            end = _end_of_run(words, start)
            if end is not None and tuple(words[start:end]) in self.runs:
                marks[start:end] = b"\x01" * (end - start)
            for length in range(1, min(max_length, len(words) - start) + 1):
                if tuple(words[start : start + length]) in self.short:
                    marks[start : start + length] = b"\x01" * length
        return marks


def find_leaks(
    text: str, private_answers: Iterable[PrivateAnswer], allowed: AllowedText, common: frozenset[str] = frozenset()
) -> tuple[Leak, ...]:
    """Return the private answers revealed by `text`, in order.

    Text in `known` is no leak. `common` are everyday words in lower case, which are not names even when capitalized.
    """
    searched = SearchableText(text)
    marks = allowed.allowed_marks(searched.words)
    runs: dict[_Run, bool] = {}
    for start in range(len(searched.words)):
        end = _end_of_run(searched.words, start)
        if end is None:
            break
        if not all(marks[start:end]):
            runs[searched.words[start:end]] = True
    written_words = set(searched.written)
    unexplained = {word for word, mark in zip(searched.words, marks, strict=True) if not mark}
    leaks: list[Leak] = []
    for private in private_answers:
        kinds: list[_Kind] = []
        texts = [SearchableText(source) for source in private.texts]
        if any(run in runs for private_text in texts for run in private_text.runs()):
            kinds.append("words")
        if any(name in written_words for name in _names(private, texts, allowed, common)):
            kinds.append("name")
        if any(_day_in(searched.words, marks, day) for day in private.days):
            kinds.append("day")
        if any(word in unexplained for private_text in texts for word in private_text.words if _is_long_number(word)):
            kinds.append("number")
        if kinds:
            leaks.append(Leak(private.question_id, private.label, tuple(kinds)))
    return tuple(leaks)


def _is_long_number(word: str) -> bool:
    return len(word) >= MIN_NUMBER_DIGITS and word.isdecimal()


def _names(
    private: PrivateAnswer, texts: list[SearchableText], allowed: AllowedText, common: frozenset[str]
) -> set[str]:
    """Return an answer's likely names: words capitalized inside a sentence, or anywhere in a text that names people."""
    candidates: set[str] = set()
    for source in private.texts:
        for sentence in re.split(r"[.!?…\n:;\"“”]+", source):
            candidates.update(SearchableText(sentence).written[1:])
    for source in private.people:
        candidates.update(SearchableText(source).written)
    return {
        word
        for word in candidates
        if len(word) > 1
        and word[0].isupper()
        and not any(letter.isdecimal() for letter in word)
        and word.casefold() not in allowed.words
        and word.casefold() not in common
    }


# Days

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


def _day_in(words: Sequence[str], marks: bytearray, day: tuple[int, int, int]) -> bool:
    """Return True if the day occurs in the words in a common spelling and is not part of allowed text."""
    year, month, number = day
    numbers, months = _spellings(number), {*_spellings(month), _MONTHS[month - 1], _MONTHS[month - 1][:3]}
    if month == 9:
        months.add("sept")
    years = {str(year), f"{year % 100:02}"}
    ordinals = numbers | {f"{number}{end}" for end in ("st", "nd", "rd", "th")}
    joined = {f"{year}{month:02}{number:02}", f"{month:02}{number:02}{year}", f"{number:02}{month:02}{year}"}
    joined |= {f"{a}{b}{c}" for a in _spellings(month) for b in numbers for c in years if len(f"{a}{b}{c}") > 5}
    for index, word in enumerate(words):
        if word in joined and not marks[index]:
            return True
        triple = words[index : index + 3]
        if len(triple) < 3 or all(marks[index : index + 3]):
            continue
        first, second, last = triple
        if first in months and second in ordinals and last in years:
            return True
        if first in ordinals and second in months and last in years:
            return True
        if first == str(year) and second in months and last in numbers:
            return True
    return False


def _spellings(number: int) -> set[str]:
    """Return the number with and without a leading zero."""
    return {str(number), f"{number:02}"}
