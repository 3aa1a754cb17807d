"""The kind `table`: rows with the same columns, such as services, people or things that were tried."""

from __future__ import annotations

from iep_tui.core.case_model import Value
from iep_tui.core.kinds.base import (
    MAX_ENTRIES,
    AnswerKind,
    DisplayValue,
    column_question,
    not_text_message,
    plain_words,
    too_many_message,
)
from iep_tui.core.kinds.date import DateKind
from iep_tui.core.kinds.line import LineKind
from iep_tui.core.kinds.number import NumberKind
from iep_tui.core.kinds.time import TimeKind
from iep_tui.core.kinds.yesno import YesNoKind
from iep_tui.core.question_model import Column, ColumnKind, Question
from iep_tui.i18n import _

_CELLS: dict[ColumnKind, AnswerKind] = {
    "line": LineKind(),
    "number": NumberKind(),
    "date": DateKind(),
    "time": TimeKind(),
    "yesno": YesNoKind(),
}


class TableKind(AnswerKind):
    """Value: a list of objects by column id; a part that was not filled in is missing."""

    def columns(self, question: Question) -> tuple[Column, ...]:
        return question.columns

    def empty(self, value: Value) -> bool:
        if isinstance(value, list):
            return all(is_row_empty(row) for row in value)
        return super().empty(value)

    def trouble(self, question: Question, value: Value) -> str:
        if not isinstance(value, list):
            return not_text_message()
        known = {column.id: column for column in self.columns(question)}
        for number, row in enumerate(value, 1):
            if not isinstance(row, dict):
                return not_text_message()
            for name, cell in row.items():
                if name not in known:
                    unknown = _("Row {number} has a part this question no longer asks for. It is kept.")
                    return unknown.format(number=number)
                if found := cell_message(question, known[name], cell):
                    return _("Row {number}, {part}: {trouble}").format(
                        number=number, part=known[name].label, trouble=found
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


def is_row_empty(row: Value) -> bool:
    """Whether a row says nothing in any of its parts."""
    return all(is_cell_empty(cell) for cell in row.values()) if isinstance(row, dict) else is_cell_empty(row)


def with_cells(row: dict[str, Value], cells: dict[str, Value]) -> dict[str, Value]:
    """`row` with `cells`, one for each of its columns; a part that was emptied goes, parts without a column stay."""
    rest = {name: cell for name, cell in row.items() if name not in cells}
    return {name: cell for name, cell in cells.items() if not is_cell_empty(cell)} | rest


def is_cell_empty(cell: Value) -> bool:
    return _CELLS["line"].empty(cell)


def cell_message(question: Question, column: Column, cell: Value) -> str:
    """Why a cell does not fit its column; "" when it fits or says nothing."""
    if is_cell_empty(cell):
        return ""
    return _CELLS[column.kind].trouble(column_question(question, column), cell)


def cell_text(question: Question, column: Column, cell: Value) -> str:
    """A cell in words, "" where nothing was said."""
    if is_cell_empty(cell):
        return ""
    return _CELLS[column.kind].show(column_question(question, column), cell).summary


def read_cell(question: Question, column: Column, typed: str) -> Value:
    """The value of what was typed in a cell."""
    return _CELLS[column.kind].read(column_question(question, column), typed)


def cell_field(question: Question, column: Column, cell: Value) -> str:
    """A cell as it stands in a field to be typed on."""
    return _CELLS[column.kind].field(column_question(question, column), cell)
