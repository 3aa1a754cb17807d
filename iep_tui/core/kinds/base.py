"""Base class of the answer kinds: one declaration of everything the rest of the program needs to know about a kind."""

from __future__ import annotations

from typing import Literal, assert_never

import msgspec

from iep_tui.core.case_model import Value
from iep_tui.core.kinds.operands import OperandType
from iep_tui.core.question_model import Choice, Column, Question
from iep_tui.i18n import N_, _, ngettext

#: Limits for one answer, used where a set gives no `max`. Longer answers are reported, never cut.
MAX_LINE_CHARS = 2_000
MAX_TEXT_CHARS = 200_000
MAX_ENTRIES = 500

#: The ways to enter an answer. The list is closed: every front end handles each form, and mypy reports a missing one.
InputForm = Literal["line", "text", "lines", "one_choice", "many_choices", "rows", "goals"]
#: The ways to enter a cell of a table: text that wraps, one line, or one choice.
CellForm = Literal["wrapped", "line", "choice"]
#: The markup under a question that gives it a kind: "( )" or "[ ]" choices, or a table; "" for kinds without markup.
BodyMark = Literal["", "( )", "[ ]", "table"]


class DisplayValue(msgspec.Struct, frozen=True):
    """A value as text, ready for a screen or a sheet.

    `form` is the layout: one "line"; "text" with its paragraphs (one entry of `lines`); a "list" of `lines`; a "table"
    of `head` and `rows`; or "goals", the same with a row for each goal, too wide for a table on paper. Every row has a
    cell for each entry of `head`, "" where it is empty. `fits` is False for a value that is not valid for its question.
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
            row_texts = (" · ".join(cell for cell in row if cell) for row in self.rows)
            return "; ".join(text for text in row_texts if text)
        return " · ".join(" ".join(line.split()) for line in self.lines)


class AnswerKind:
    """One kind of answer. A subclass sets `name` and overrides what differs from a single line of text.

    A kind that uses an existing `input_form` needs no code elsewhere, only its name in the registry.
    """

    #: The name in question sets (`kind=`) and in messages.
    name: str
    input_form: InputForm = "line"
    #: Rules for conditions about a question of this kind.
    operand: OperandType = OperandType()
    #: The markup under a question that gives it this kind.
    body_mark: BodyMark = ""
    #: True if `max` limits something: characters, entries, choices or rows.
    counts_max = False
    #: The input form of a table cell of this kind; None if a table column cannot have it.
    cell_form: CellForm | None = None
    #: True if the interpreted value is repeated to the parent, since it was typed in another notation.
    reads_back = False
    #: True if the choices are numbers themselves and need no numbering.
    choices_are_numbers = False
    #: True if a short answer may be a person's name; the leak check then looks for it in documents.
    may_be_name = False
    #: Fixed text to pass through `_`: the hint below a field, the line-by-line prompt, and the prompt for a table cell.
    hint = ""
    prompt = N_("Your answer, on one line:")
    cell_prompt = N_("On one line:")

    @property
    def is_typed(self) -> bool:
        """True if the answer is typed as text, not chosen or filled in by rows."""
        match self.input_form:
            case "line" | "text" | "lines":
                return True
            case "one_choice" | "many_choices" | "rows" | "goals":
                return False
            case _:
                assert_never(self.input_form)

    @property
    def has_rows(self) -> bool:
        """True if the value is a list of rows."""
        match self.input_form:
            case "rows" | "goals":
                return True
            case "line" | "text" | "lines" | "one_choice" | "many_choices":
                return False
            case _:
                assert_never(self.input_form)

    @property
    def is_short(self) -> bool:
        """True if an answer is a few words, which a sheet puts beside the label."""
        match self.input_form:
            case "line" | "one_choice":
                return True
            case "text" | "lines" | "many_choices" | "rows" | "goals":
                return False
            case _:
                assert_never(self.input_form)

    # Value

    def empty(self, value: Value) -> bool:
        """Return whether the value has no content: nothing, an empty list or object, or only white space."""
        if isinstance(value, str):
            return not value or value.isspace()
        return value is None or value == [] or value == {}

    def has_shape(self, value: Value) -> bool:
        """Return whether `show` can lay out the value; other values are shown as plain text."""
        return True

    def trouble(self, question: Question, value: Value) -> str:
        """Return why a value that is not empty does not fit, as a sentence for the parent; "" if it fits."""
        raise NotImplementedError

    def read(self, question: Question, typed: str) -> Value:
        """Parse the text of one field. Text that cannot be parsed is returned unchanged."""
        return typed

    def field(self, question: Question, value: Value) -> str:
        """Format the value for editing in one field; the inverse of `read`."""
        return plain_words(value)

    def show(self, question: Question, value: Value) -> DisplayValue:
        """Lay out a value for display."""
        return DisplayValue("line", (plain_words(value),))

    # Choices

    def choices(self, question: Question) -> tuple[Choice, ...]:
        """Return the choices offered: those of the question, or fixed ones of the kind."""
        return ()

    def choice_key(self, question: Question, entry: Value) -> str | None:
        """Return the value of the offered choice that a saved entry stands for; None if it is not offered."""
        key = str(entry)
        return key if any(choice.value == key for choice in self.choices(question)) else None

    def choice_value(self, choice: Choice, words: str = "") -> Value:
        """Return the value to save for a choice; `words` are the parent's own, for a choice that takes them."""
        return {choice.value: words} if choice.words else choice.value

    # Rows

    def columns(self, question: Question) -> tuple[Column, ...]:
        """Return the columns of each row."""
        return ()

    def parts_used(self, value: Value) -> tuple[str, ...]:
        """Return the choices or columns of the question that a value uses, by value or id."""
        return ()


#: `empty` for values of a kind that is not known, such as single cells and entries.
is_blank = AnswerKind().empty


def plain_words(value: Value) -> str:
    """Format any JSON value as plain text, for values of a shape that their kind does not know."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "\n".join(text for entry in value if (text := plain_words(entry)))
    if isinstance(value, dict):
        return " · ".join(f"{key}: {text}" for key, entry in value.items() if (text := plain_words(entry)))
    return str(value)


def is_row_shaped(value: Value) -> bool:
    """Return whether a value is a list of objects. (`list` names a module in this package.)"""
    return isinstance(value, list) and all(isinstance(row, dict) for row in value)


def not_text_message() -> str:
    return _("This came in a form we cannot show here as an answer. It is kept as it is.")


def too_long_message(text: str, limit: int) -> str:
    """Return a sentence about text over the limit, in characters; "" if it is within the limit."""
    if len(text) <= limit:
        return ""
    over = len(text) - limit
    return ngettext(
        "This is {over} character over the {most} that fit. It is all kept; please shorten it.",
        "This is {over} characters over the {most} that fit. It is all kept; please shorten it.",
        over,
    ).format(over=over, most=limit)


def too_many_message(count: int, limit: int) -> str:
    """Return a sentence about more entries than asked for; "" if they are within the limit."""
    if count <= limit:
        return ""
    return ngettext(
        "We ask for one here, and there are {count}. All are kept; choose the one that matters most.",
        "We ask for {most} at most here, and there are {count}. All are kept; choose those that matter most.",
        limit,
    ).format(count=count, most=limit)


def column_question(question: Question, column: Column) -> Question:
    """Return a column of a table as a question of its own."""
    return msgspec.structs.replace(question, kind=column.kind, title=column.label, choices=(), columns=(), max=None)
