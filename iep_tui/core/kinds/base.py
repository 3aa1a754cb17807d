"""Base class of all kinds: emptiness, validation, parsing of typed input, display."""

from __future__ import annotations

from typing import Literal

import msgspec

from iep_tui.core.case_model import Value
from iep_tui.core.question_model import Column, Question
from iep_tui.i18n import _, ngettext

#: The longest answer in one field, in characters, where a set says nothing else. Said on the screen, never cut.
MAX_LINE_CHARS = 2_000
MAX_TEXT_CHARS = 200_000
MAX_ENTRIES = 500


class DisplayValue(msgspec.Struct, frozen=True):
    """A value in words, ready for a screen or a sheet.

    `form` says how it reads: one "line"; "text" as it was typed, paragraphs and all (one entry of `lines`);
    a "list" of `lines`; a "table" of `head` and `rows`; "goals", whose `rows` have a cell for each name in `head`.
    Cells are words, empty where nothing was said. `fits` is False for a value that its kind cannot hold.
    """

    form: Literal["line", "text", "list", "table", "goals"]
    lines: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    fits: bool = True

    @property
    def summary(self) -> str:
        """The value on one line, for lists of answers."""
        if self.rows:
            cells = (" · ".join(cell for cell in row if cell) for row in self.rows)
            return "; ".join(one for one in cells if one)
        return " · ".join(" ".join(line.split()) for line in self.lines)


class AnswerKind:
    """One kind of answer. The defaults here are those of one line of words."""

    def empty(self, value: Value) -> bool:
        """Whether the value says nothing at all."""
        if isinstance(value, str):
            return not value or value.isspace()
        return value is None or value == [] or value == {}

    def trouble(self, question: Question, value: Value) -> str:
        """Why a value that says something does not fit, in a sentence for the parent; "" when it fits."""
        raise NotImplementedError

    def read(self, question: Question, typed: str) -> Value:
        """The value of what was typed in one field. What cannot be understood is kept as it was typed."""
        return typed

    def field(self, question: Question, value: Value) -> str:
        """The value as it stands in one field to be typed on: the other way of `read`."""
        return plain_words(value)

    def show(self, question: Question, value: Value) -> DisplayValue:
        """A value that fits, in words."""
        return DisplayValue("line", (plain_words(value),))


def plain_words(value: Value) -> str:
    """Any value as plain words, for what came in a shape its kind does not know."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "\n".join(words for one in value if (words := plain_words(one)))
    if isinstance(value, dict):
        return " · ".join(f"{key}: {words}" for key, one in value.items() if (words := plain_words(one)))
    return str(value)


def is_row_shaped(value: Value) -> bool:
    """Whether a value has the shape of a table: a list of objects. (In the package itself `list` is a kind.)"""
    return isinstance(value, list) and all(isinstance(row, dict) for row in value)


def not_text_message() -> str:
    return _("This came in a form we cannot show here as an answer. It is kept as it is.")


def too_long_message(words: str, most: int) -> str:
    """The sentence for words over the limit, "" when they are within it."""
    if len(words) <= most:
        return ""
    over = len(words) - most
    return ngettext(
        "This is {over} character over the {most} that fit. It is all kept; please shorten it.",
        "This is {over} characters over the {most} that fit. It is all kept; please shorten it.",
        over,
    ).format(over=over, most=most)


def too_many_message(count: int, most: int) -> str:
    """The sentence for more entries than asked for, "" when they are within the limit."""
    if count <= most:
        return ""
    return ngettext(
        "We ask for one here, and there are {count}. All are kept; choose the one that matters most.",
        "We ask for {most} at most here, and there are {count}. All are kept; choose those that matter most.",
        most,
    ).format(count=count, most=most)


def column_question(question: Question, column: Column) -> Question:
    """A column of a table as the small question it is."""
    return msgspec.structs.replace(question, kind=column.kind, title=column.label, choices=(), columns=(), max=None)
