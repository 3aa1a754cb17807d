"""The kind `table`: rows with the same columns, such as services, people or things that were tried."""

from __future__ import annotations

from iep_tui.core.case_model import Value
from iep_tui.core.kinds import KINDS
from iep_tui.core.kinds.base import (
    MAX_ENTRIES,
    AnswerKind,
    BodyMark,
    DisplayValue,
    InputForm,
    column_question,
    is_blank,
    is_row_shaped,
    not_text_message,
    plain_words,
    too_many_message,
)
from iep_tui.core.question_model import Column, Question
from iep_tui.i18n import _


class TableKind(AnswerKind):
    """Value: a list of objects by column id; empty cells are left out."""

    name = "table"
    input_form: InputForm = "rows"
    body_mark: BodyMark = "table"
    counts_max = True

    def columns(self, question: Question) -> tuple[Column, ...]:
        return question.columns

    def parts_used(self, value: Value) -> tuple[str, ...]:
        rows = value if isinstance(value, list) else []
        return tuple(dict.fromkeys(name for row in rows if isinstance(row, dict) for name in row))

    def empty(self, value: Value) -> bool:
        if isinstance(value, list):
            return all(is_row_empty(row) for row in value)
        return is_blank(value)

    def has_shape(self, value: Value) -> bool:
        return is_row_shaped(value)

    def trouble(self, question: Question, value: Value) -> str:
        if not isinstance(value, list):
            return not_text_message()
        columns = {column.id: column for column in self.columns(question)}
        for number, row in enumerate(value, 1):
            if not isinstance(row, dict):
                return not_text_message()
            for name, cell in row.items():
                if name not in columns:
                    unknown = _("Row {number} has a part this question no longer asks for. It is kept.")
                    return unknown.format(number=number)
                if message := cell_message(question, columns[name], cell):
                    return _("Row {number}, {part}: {trouble}").format(
                        number=number, part=columns[name].label, trouble=message
                    )
        return too_many_message(len(value), question.max or MAX_ENTRIES)

    def show(self, question: Question, value: Value) -> DisplayValue:
        columns = self.columns(question)
        known = {column.id for column in columns}
        rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
        extra = [name for name in dict.fromkeys(name for row in rows for name in row) if name not in known]
        return DisplayValue(
            "table",
            head=tuple(column.label for column in columns) + tuple(extra),
            rows=tuple(
                tuple(cell_text(question, column, row.get(column.id)) for column in columns)
                + tuple(plain_words(row.get(name)) for name in extra)
                for row in rows
            ),
        )


KIND = TableKind()


def is_row_empty(row: Value) -> bool:
    """Return whether every cell of a row is empty."""
    return all(is_blank(cell) for cell in row.values()) if isinstance(row, dict) else is_blank(row)


def with_cells(row: dict[str, Value], cells: dict[str, Value]) -> dict[str, Value]:
    """Return `row` with `cells`, one for each column. Emptied cells are dropped; parts without a column stay."""
    others = {name: cell for name, cell in row.items() if name not in cells}
    return {name: cell for name, cell in cells.items() if not is_blank(cell)} | others


def is_cell_empty(cell: Value) -> bool:
    return is_blank(cell)


def cell_message(question: Question, column: Column, cell: Value) -> str:
    """Return why a cell does not fit its column; "" if it fits or is empty."""
    if is_blank(cell):
        return ""
    return KINDS[column.kind].trouble(column_question(question, column), cell)


def cell_text(question: Question, column: Column, cell: Value) -> str:
    """Return a cell as text on one line, "" if it is empty."""
    if is_blank(cell):
        return ""
    return KINDS[column.kind].show(column_question(question, column), cell).summary


def read_cell(question: Question, column: Column, typed: str) -> Value:
    """Parse the text typed in a cell."""
    return KINDS[column.kind].read(column_question(question, column), typed)


def cell_field(question: Question, column: Column, cell: Value) -> str:
    """Format a cell for editing; the inverse of `read_cell`."""
    return KINDS[column.kind].field(column_question(question, column), cell)
