"""Reader of `deadlines.md`: one deadline per table row, with its errors."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec

from iep_tui.i18n import _
from iep_tui.sets.deadline_row import DeadlineCells, PlacedDeadline
from iep_tui.sets.front_matter import FrontMatter
from iep_tui.sets.markdown_blocks import PlacedText, SourceBlock, check_paragraph, check_words, start_of
from iep_tui.sets.problems import Problem, Problems, did_you_mean, list_text, quoted

#: Column names of a deadline table; a table may have them in any order and leave out those not required.
DEADLINE_COLUMNS = (
    "id",
    "what",
    "starts from",
    "offset",
    "unit",
    "before",
    "usual",
    "who",
    "when",
    "rule",
    "state",
    "varies",
    "confidence",
    "checked",
    "unless",
    "late",
    "ask",
)
REQUIRED_COLUMNS = ("id", "what", "unit", "who", "confidence")
#: Front matter keys of a deadline file, which apply to all rows; all others are only for question sets.
DEADLINE_FRONT_KEYS = ("version", "lang", "when", "state", "checked")

_PIPE = re.compile(r"(?<!\\)\|")


class ReadDeadlines(msgspec.Struct, frozen=True):
    """One deadline file: its valid rows, and the errors in the others."""

    path: str
    placed: tuple[PlacedDeadline, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_rows(
    blocks: Sequence[SourceBlock], lines: Sequence[str], front: FrontMatter, problems: Problems
) -> tuple[PlacedDeadline, ...]:
    """Return the valid rows of all tables in the file; besides tables it may have a title, headings and paragraphs.

    `lines` is the source, needed to count the cells of each row: the Markdown parser drops surplus cells.
    """
    for key in front.entries:
        if key not in DEADLINE_FRONT_KEYS:
            message = _("The key {key} belongs to question sets. Remove the line. Keys here: {keys}.")
            line, _column = front.place(key)
            problems.add(line, 1, message.format(key=quoted(key), keys=list_text(DEADLINE_FRONT_KEYS)))
    if front.broken & {"when", "state"}:
        # A rule that applies only to some families must not be shown to all.
        return ()
    reader = _RowReader(lines, front, problems)
    reader.run(blocks)
    return tuple(reader.placed)


class _RowReader:
    def __init__(self, lines: Sequence[str], front: FrontMatter, problems: Problems) -> None:
        self.lines = lines
        self.front = front
        self.problems = problems
        self.placed: list[PlacedDeadline] = []
        self.first_lines: dict[tuple[str, str], int] = {}

    def run(self, blocks: Sequence[SourceBlock]) -> None:
        titled = tables = False
        for block in blocks:
            if block.form == "heading" and block.words is not None:
                if block.level == 1 and titled:
                    self.problems.add(*block.words.place(0), _("A file has one title. Use “## ” for its parts."))
                titled = titled or block.level == 1
                check_words(block.words, self.problems)
            elif block.form == "para" and block.words is not None:
                if not titled:
                    message = _("Words before the title. The line “# Title” comes first, after the front matter.")
                    self.problems.add(*block.words.place(0), message)
                check_paragraph(block.words, self.problems)
            elif block.form == "table":
                tables = True
                self._table(block)
            else:
                message = _("Deadlines go in tables, with headings and paragraphs between them. Remove this.")
                self.problems.add(*start_of(block), message)
        if not titled:
            self.problems.add(1, 1, _("The file has no title. Start it with a line “# Title”."))
        if not tables:
            self.problems.add(
                1,
                1,
                _("There is no table of deadlines. Its columns: {columns}.").format(
                    columns=list_text(DEADLINE_COLUMNS)
                ),
            )

    def _table(self, block: SourceBlock) -> None:
        columns: dict[str, int] = {}
        is_valid = True
        for index, cell in enumerate(block.head):
            name = cell.text.casefold()
            if name not in DEADLINE_COLUMNS:
                message = _("There is no column {name}.{hint} Columns: {columns}.")
                hint = did_you_mean(name, DEADLINE_COLUMNS)
                self.problems.add(
                    *cell.place(0),
                    message.format(name=quoted(cell.text), hint=hint, columns=list_text(DEADLINE_COLUMNS)),
                )
                is_valid = False
            elif name in columns:
                self.problems.add(*cell.place(0), _("The column {name} is here twice.").format(name=quoted(name)))
                is_valid = False
            else:
                columns[name] = index
        for name in REQUIRED_COLUMNS:
            if is_valid and name not in columns:
                message = _("The table has no column {name}. It needs: {columns}.")
                self.problems.add(block.line, 1, message.format(name=quoted(name), columns=list_text(REQUIRED_COLUMNS)))
                is_valid = False
        if not is_valid:
            return
        if not block.rows:
            self.problems.add(block.line, 1, _("The table has no rows. A deadline is a row."))
        for row in block.rows:
            if self.problems.full:
                return
            self._row(row, columns)

    def _row(self, row: tuple[PlacedText, ...], columns: Mapping[str, int]) -> None:
        line = row[0].line
        cell_count = _count_cells(self.lines[line - 1])
        if cell_count != len(row):
            message = _(
                "This row has {many} cells, but the table’s header row has {needed}. They must match. "
                "To put a | inside a cell, write \\|."
            )
            self.problems.add(line, 1, message.format(many=cell_count, needed=len(row)))
            return
        before = len(self.problems)
        cells = DeadlineCells({name: row[index] for name, index in columns.items()}, self.problems)
        placed = cells.deadline(self.front)
        if placed is None or len(self.problems) > before:
            return
        key = (placed.deadline.id, placed.deadline.state)
        first_line = self.first_lines.setdefault(key, line)
        if first_line != line:
            message = _("{id} is here twice for the same state, the first time on line {line}. Keep one of them.")
            self.problems.add(placed.id.line, placed.id.column, message.format(id=quoted(key[0]), line=first_line))
            return
        self.placed.append(placed)


def _count_cells(line: str) -> int:
    """Count the cells of a table row in the source."""
    line = line.strip()
    line = line.removeprefix("|")
    if line.endswith("|") and not line.endswith("\\|"):
        line = line[:-1]
    return len(_PIPE.findall(line)) + 1
