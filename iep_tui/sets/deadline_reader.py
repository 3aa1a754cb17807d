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

#: The columns of a table, by the name at its head; a table has those that are needed, in any order.
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
#: What the front matter may say for all rows; the rest belongs to question sets.
DEADLINE_FRONT_KEYS = ("version", "lang", "when", "state", "checked")

_PIPE = re.compile(r"(?<!\\)\|")


class ReadDeadlines(msgspec.Struct, frozen=True):
    """One file of deadlines as it was read: its good rows, and what is wrong with the others."""

    path: str
    placed: tuple[PlacedDeadline, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_rows(
    blocks: Sequence[SourceBlock], lines: Sequence[str], front: FrontMatter, problems: Problems
) -> tuple[PlacedDeadline, ...]:
    """The good rows of all tables in the file; what else stands there may be a title, headings and words.

    `lines` are the file's own, from which the cells of a row are counted: Markdown drops those that are too many.
    """
    for key in front.entries:
        if key not in DEADLINE_FRONT_KEYS:
            message = _("The key {key} belongs to question sets. Take the line out. Keys here: {keys}.")
            line, _column = front.place(key)
            problems.tell(line, 1, message.format(key=quoted(key), keys=list_text(DEADLINE_FRONT_KEYS)))
    if front.broken & {"when", "state"}:
        # Rules for some families only must not be shown to all.
        return ()
    reading = _Reading(lines, front, problems)
    reading.run(blocks)
    return tuple(reading.placed)


class _Reading:
    def __init__(self, lines: Sequence[str], front: FrontMatter, problems: Problems) -> None:
        self.lines = lines
        self.front = front
        self.problems = problems
        self.placed: list[PlacedDeadline] = []
        self.known: dict[tuple[str, str], int] = {}

    def run(self, blocks: Sequence[SourceBlock]) -> None:
        titled = tables = False
        for block in blocks:
            if block.form == "heading" and block.words is not None:
                if block.level == 1 and titled:
                    self.problems.tell(*block.words.place(0), _("A file has one title. Use “## ” for its parts."))
                titled = titled or block.level == 1
                check_words(block.words, self.problems)
            elif block.form == "para" and block.words is not None:
                if not titled:
                    message = _("Words before the title. The line “# Title” comes first, after the front matter.")
                    self.problems.tell(*block.words.place(0), message)
                check_paragraph(block.words, self.problems)
            elif block.form == "table":
                tables = True
                self._table(block)
            else:
                message = _("Deadlines stand in tables, with headings and paragraphs between them. Take this out.")
                self.problems.tell(*start_of(block), message)
        if not titled:
            self.problems.tell(1, 1, _("The file has no title. Start it with a line “# Title”."))
        if not tables:
            self.problems.tell(
                1,
                1,
                _("There is no table of deadlines. Its columns: {columns}.").format(
                    columns=list_text(DEADLINE_COLUMNS)
                ),
            )

    def _table(self, block: SourceBlock) -> None:
        columns: dict[str, int] = {}
        good = True
        for place, cell in enumerate(block.head):
            name = cell.text.casefold()
            if name not in DEADLINE_COLUMNS:
                message = _("There is no column {name}.{hint} Columns: {columns}.")
                hint = did_you_mean(name, DEADLINE_COLUMNS)
                self.problems.tell(
                    *cell.place(0),
                    message.format(name=quoted(cell.text), hint=hint, columns=list_text(DEADLINE_COLUMNS)),
                )
                good = False
            elif name in columns:
                self.problems.tell(*cell.place(0), _("The column {name} is here twice.").format(name=quoted(name)))
                good = False
            else:
                columns[name] = place
        for name in REQUIRED_COLUMNS:
            if good and name not in columns:
                message = _("The table has no column {name}. It needs: {columns}.")
                self.problems.tell(
                    block.line, 1, message.format(name=quoted(name), columns=list_text(REQUIRED_COLUMNS))
                )
                good = False
        if not good:
            return
        if not block.rows:
            self.problems.tell(block.line, 1, _("The table has no rows. A deadline is a row."))
        for row in block.rows:
            if self.problems.full:
                return
            self._row(row, columns)

    def _row(self, row: tuple[PlacedText, ...], columns: Mapping[str, int]) -> None:
        line = row[0].line
        many = _cells(self.lines[line - 1])
        if many != len(row):
            message = _(
                "This row has {many} cells, and the head of its table has {needed}. Each row needs as many; "
                "a | inside a cell is written \\|."
            )
            self.problems.tell(line, 1, message.format(many=many, needed=len(row)))
            return
        before = len(self.problems)
        cells = DeadlineCells({name: row[place] for name, place in columns.items()}, self.problems)
        placed = cells.deadline(self.front)
        if placed is None or len(self.problems) > before:
            return
        key = (placed.deadline.id, placed.deadline.state)
        first = self.known.setdefault(key, line)
        if first != line:
            message = _("{id} is here twice for the same state, the first time on line {line}. Keep one of them.")
            self.problems.tell(placed.id.line, placed.id.column, message.format(id=quoted(key[0]), line=first))
            return
        self.placed.append(placed)


def _cells(line: str) -> int:
    """How many cells a row of a table has, as it was typed."""
    line = line.strip()
    line = line.removeprefix("|")
    if line.endswith("|") and not line.endswith("\\|"):
        line = line[:-1]
    return len(_PIPE.findall(line)) + 1
