"""Leak detector: private phrases of three words or more, names, dates and long numbers found in a text."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, TypeAlias

import msgspec

#: Fewer words in a row say nothing: "in the morning" is anybody's.
MIN_RUN_WORDS = 3
#: Digits in a row that are a phone number, an account or a file's number, and no amount.
MIN_NUMBER_DIGITS = 6
#: Letters of a script without spaces in a row that are as much as a run of words.
MIN_RUN_LETTERS = 6

_Kind: TypeAlias = Literal["words", "name", "day", "number"]
_Run: TypeAlias = tuple[str, ...]

#: Hyphens between letters, also at the end of a line, and letters that are not seen.
_JOINED = re.compile("(?<=[^\\W_])[-\u2010\u2011\u00ad][ \t\r]*\n?[ \t>]*(?=[^\\W_])")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
#: The number of an item in a list: it stands in some formats and not in others.
_NUMBERED = re.compile(r"^[ \t>]*\d{1,3}\\?[.)][ \t]+", re.MULTILINE)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_APOSTROPHE = re.compile("(?<=[^\\W_])['’ʼ](?=[^\\W_])")
#: A word; a letter of a script without spaces is one by itself.
_DENSE = (
    "\u2e80-\u2fdf\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0e7f\U00020000-\U0003ffff"
)
_WORD = re.compile(f"[{_DENSE}]|[^\\W_{_DENSE}]+")


class PrivateAnswer(msgspec.Struct, frozen=True):
    """One answer or note that a reader may not have. `texts` are its words, each entry, cell and row by itself.

    `people` are those of its texts that name people, where one word alone gives someone away. `days` are years, months
    and days: (2019, 4, 30).
    """

    question_id: str
    label: str
    texts: tuple[str, ...]
    people: tuple[str, ...] = ()
    days: tuple[tuple[int, int, int], ...] = ()


class Leak(msgspec.Struct, frozen=True):
    """A private answer that a text gives away, and by what."""

    question_id: str
    label: str
    kinds: tuple[_Kind, ...]


class SearchableText:
    """A text as its words: folded, with line breaks, hyphens, apostrophes and Markdown's backslashes out of the way."""

    def __init__(self, text: str) -> None:
        text = _NUMBERED.sub("", text)
        whole = _UNSEEN.sub("", _JOINED.sub("", unicodedata.normalize("NFKC", _ESCAPED.sub(r"\1", text))))
        whole = _JOINED.sub("", _APOSTROPHE.sub("", whole))
        self.written = tuple(_WORD.findall(whole))
        self.words = tuple(word.casefold() for word in self.written)

    def runs(self) -> Iterator[_Run]:
        """Each run of words that is just long enough to say something."""
        for start in range(len(self.words)):
            end = _end_of_run(self.words, start)
            if end is None:
                return
            yield self.words[start:end]


def _end_of_run(words: Sequence[str], start: int) -> int | None:
    """Where the shortest run that says something ends if it begins here, None where too little follows."""
    weight = 0
    for end in range(start, len(words)):
        weight += MIN_RUN_WORDS if _is_dense(words[end]) else MIN_RUN_LETTERS
        if weight >= MIN_RUN_WORDS * MIN_RUN_LETTERS:
            return end + 1
    return None


def _is_dense(word: str) -> bool:
    return len(word) == 1 and re.match(f"[{_DENSE}]", word) is not None


class AllowedText:
    """What a reader may have in any case: the shared answers, the words of the sets and our own."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.runs: set[_Run] = set()
        self.short: set[_Run] = set()
        self.words: set[str] = set()
        every = tuple(texts)
        # "&amp;" that somebody typed is read as "&" where a file in clear is searched: both are known.
        for one in (*every, *(html.unescape(one) for one in every if "&" in one)):
            text = SearchableText(one)
            found = [*text.runs()]
            self.runs.update(found)
            self.words.update(text.words)
            if not found and text.words:
                self.short.add(text.words)

    def explained(self, words: Sequence[str]) -> bytearray:
        """For each word of a text, 1 where it stands in something this reader may have."""
        marks = bytearray(len(words))
        longest = max(map(len, self.short), default=0)
        for start in range(len(words)):
            end = _end_of_run(words, start)
            if end is not None and tuple(words[start:end]) in self.runs:
                marks[start:end] = b"\x01" * (end - start)
            for length in range(1, min(longest, len(words) - start) + 1):
                if tuple(words[start : start + length]) in self.short:
                    marks[start : start + length] = b"\x01" * length
        return marks


def find_leaks(
    text: str, privates: Iterable[PrivateAnswer], known: AllowedText, common: frozenset[str] = frozenset()
) -> tuple[Leak, ...]:
    """The private answers that `text` gives away, in their order.

    What stands in `known` is no leak. `common` are everyday words in small letters: one that begins with a capital in
    an answer is no name because of that.
    """
    given = SearchableText(text)
    marks = known.explained(given.words)
    runs: dict[_Run, bool] = {}
    for start in range(len(given.words)):
        end = _end_of_run(given.words, start)
        if end is None:
            break
        if not all(marks[start:end]):
            runs[given.words[start:end]] = True
    there = set(given.written)
    unknown = {word for word, mark in zip(given.words, marks, strict=True) if not mark}
    found: list[Leak] = []
    for private in privates:
        kinds: list[_Kind] = []
        texts = [SearchableText(one) for one in private.texts]
        if any(run in runs for one in texts for run in one.runs()):
            kinds.append("words")
        if any(name in there for name in _names(private, texts, known, common)):
            kinds.append("name")
        if any(_day_in(given.words, marks, day) for day in private.days):
            kinds.append("day")
        if any(word in unknown for one in texts for word in one.words if _is_long_number(word)):
            kinds.append("number")
        if kinds:
            found.append(Leak(private.question_id, private.label, tuple(kinds)))
    return tuple(found)


def _is_long_number(word: str) -> bool:
    return len(word) >= MIN_NUMBER_DIGITS and word.isdecimal()


def _names(private: PrivateAnswer, texts: list[SearchableText], known: AllowedText, common: frozenset[str]) -> set[str]:
    """Words of an answer that are names: capitalised inside a sentence, or anywhere where people are named."""
    found: set[str] = set()
    for source in private.texts:
        for sentence in re.split(r"[.!?…\n:;\"“”]+", source):
            found.update(SearchableText(sentence).written[1:])
    for source in private.people:
        found.update(SearchableText(source).written)
    return {
        word
        for word in found
        if len(word) > 1
        and word[0].isupper()
        and not any(letter.isdecimal() for letter in word)
        and word.casefold() not in known.words
        and word.casefold() not in common
    }


# Days

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


def _day_in(words: Sequence[str], marks: bytearray, day: tuple[int, int, int]) -> bool:
    """Whether a day stands in the words in a common spelling, not explained by what is shared."""
    year, month, number = day
    numbers, months = _spellings(number), {*_spellings(month), _MONTHS[month - 1], _MONTHS[month - 1][:3]}
    if month == 9:
        months.add("sept")
    years = {str(year), f"{year % 100:02}"}
    ordinals = numbers | {f"{number}{end}" for end in ("st", "nd", "rd", "th")}
    joined = {f"{year}{month:02}{number:02}", f"{month:02}{number:02}{year}", f"{number:02}{month:02}{year}"}
    joined |= {f"{a}{b}{c}" for a in _spellings(month) for b in numbers for c in years if len(f"{a}{b}{c}") > 5}
    for place, word in enumerate(words):
        if word in joined and not marks[place]:
            return True
        three = words[place : place + 3]
        if len(three) < 3 or all(marks[place : place + 3]):
            continue
        one, two, last = three
        if one in months and two in ordinals and last in years:
            return True
        if one in ordinals and two in months and last in years:
            return True
        if one == str(year) and two in months and last in numbers:
            return True
    return False


def _spellings(number: int) -> set[str]:
    return {str(number), f"{number:02}"}
