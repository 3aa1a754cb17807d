"""List operations on lines, rows and goals: find by number, move, replace, remove. No input or output."""

from __future__ import annotations

from iep_tui.core.case_model import Value
from iep_tui.core.kinds import kind_of
from iep_tui.core.kinds.base import plain_words
from iep_tui.core.kinds.table import with_cells
from iep_tui.core.question_model import Column, Question

TableRow = dict[str, Value]


def columns_of(question: Question) -> tuple[Column, ...]:
    """Return the columns of a table or of goals."""
    return kind_of(question).columns(question)


def entries_of(question: Question, value: Value) -> list[Value]:
    """Split a value into entries: the rows of a table, or the lines of anything else.

    In a table, a value that is not a list becomes the only row.
    """
    if kind_of(question).has_rows:
        return list(value) if isinstance(value, list) else ([] if value is None else [value])
    words = plain_words(value)
    return [*words.split("\n")] if words else []


def value_of(question: Question, entries: list[Value]) -> Value:
    """Join entries into a value; the inverse of `entries_of`."""
    if kind_of(question).has_rows:
        return list(entries)
    text = "\n".join(str(entry) for entry in entries)
    return kind_of(question).read(question, text)


def number_in(words: str, most: int) -> int | None:
    """Parse a number from 1 to `most` and return it as an index from 0; None for anything else."""
    words = words.strip().removesuffix(".")
    if not (words.isascii() and words.isdigit() and len(words) < 6):
        return None
    return int(words) - 1 if 1 <= int(words) <= most else None


def moved(entries: list[Value], place: int, to: int) -> list[Value]:
    """Return a copy with the entry at `place` moved to `to`."""
    rest = [*entries[:place], *entries[place + 1 :]]
    return [*rest[:to], entries[place], *rest[to:]]


def replaced(entries: list[Value], place: int, entry: Value) -> list[Value]:
    """Return a copy with `entry` at `place`, which may be one past the end."""
    return [*entries[:place], entry, *entries[place + 1 :]]


def without(entries: list[Value], place: int) -> list[Value]:
    return [*entries[:place], *entries[place + 1 :]]


def with_cell(question: Question, row: TableRow, column: Column, cell: Value) -> TableRow:
    """Return a copy of the row with this cell, in column order; an empty cell is left out."""
    cells: TableRow = {own.id: row.get(own.id) for own in columns_of(question)}
    return with_cells(row, cells | {column.id: cell})
