"""The rules about dates: the rows of a table, a deadline each, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import msgspec

from iep_tui.core.model import ACTS, CONFIDENCES, UNITS, Deadline, Start, Unit
from iep_tui.language import _
from iep_tui.sets.front_matter import FrontMatter
from iep_tui.sets.problems import Problem, Problems, did_you_mean, quoted, words
from iep_tui.sets.values import FRONT_TROUBLES, Entry, condition_trouble, id_trouble
from iep_tui.sets.words import Block, Words, check_paragraph, check_words, start_of

#: The columns of a table, by the name at its head; a table has those that are needed, in any order.
COLUMNS = (
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
    "confidence",
    "checked",
    "ask",
)
NEEDED = ("id", "what", "unit", "who", "confidence")
#: What the front matter may say for all rows; the rest belongs to question sets.
FRONT_KEYS = ("version", "lang", "when", "state", "checked")

#: Nobody counts further than this many units.
MOST_OFFSET: dict[Unit, int] = {
    "none": 0,
    "hours": 1_000,
    "days": 4_000,
    "school days": 500,
    "months": 1_200,
    "years": 100,
}

_PIPE = re.compile(r"(?<!\\)\|")
_OFFSET = re.compile(r"(about )?([+-]?[0-9]{1,4})")
_NUMBER = re.compile(r"[+-]?[0-9]{1,3}")
_ID = r"[a-z][a-z0-9-]*"
_START = re.compile(rf"({_ID})(?:\.({_ID})(?: \(not ({_ID})\))?| at ({_ID}))?")
_OR = re.compile(r"\s+or\s+")

_Named = TypeVar("_Named", bound=str)


class PlacedStart(msgspec.Struct, frozen=True):
    """A place to start from as it was read, and where it stands."""

    start: Start
    entry: Entry


class PlacedDeadline(msgspec.Struct, frozen=True):
    """A deadline and the places of what it names. `when` is None where it has none of its own to be told about."""

    deadline: Deadline
    id: Entry
    starts: tuple[PlacedStart, ...]
    before: Entry | None
    when: Entry | None


class ReadDeadlines(msgspec.Struct, frozen=True):
    """One file of deadlines as it was read: its good rows, and what is wrong with the others."""

    path: str
    placed: tuple[PlacedDeadline, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_rows(
    blocks: Sequence[Block], lines: Sequence[str], front: FrontMatter, problems: Problems
) -> tuple[PlacedDeadline, ...]:
    """The good rows of all tables in the file; what else stands there may be a title, headings and words.

    `lines` are the file's own, from which the cells of a row are counted: Markdown drops those that are too many.
    """
    for key in front.entries:
        if key not in FRONT_KEYS:
            message = _("The key {key} belongs to question sets. Take the line out. Keys here: {keys}.")
            line, _column = front.place(key)
            problems.tell(line, 1, message.format(key=quoted(key), keys=words(FRONT_KEYS)))
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

    def run(self, blocks: Sequence[Block]) -> None:
        titled = tables = False
        for block in blocks:
            if block.form == "heading" and block.words is not None:
                if block.level == 1 and titled:
                    self.problems.tell(*block.words.place(0), _("A file has one title. Use “## ” for its parts."))
                titled = titled or block.level == 1
                check_words(block.words, self.problems)
            elif block.form == "para" and block.words is not None:
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
                1, 1, _("There is no table of deadlines. Its columns: {columns}.").format(columns=words(COLUMNS))
            )

    def _table(self, block: Block) -> None:
        columns: dict[str, int] = {}
        good = True
        for place, cell in enumerate(block.head):
            name = cell.text.casefold()
            if name not in COLUMNS:
                message = _("There is no column {name}.{hint} Columns: {columns}.")
                hint = did_you_mean(name, COLUMNS)
                self.problems.tell(
                    *cell.place(0), message.format(name=quoted(cell.text), hint=hint, columns=words(COLUMNS))
                )
                good = False
            elif name in columns:
                self.problems.tell(*cell.place(0), _("The column {name} is here twice.").format(name=quoted(name)))
                good = False
            else:
                columns[name] = place
        for name in NEEDED:
            if good and name not in columns:
                message = _("The table has no column {name}. It needs: {columns}.")
                self.problems.tell(block.line, 1, message.format(name=quoted(name), columns=words(NEEDED)))
                good = False
        if not good:
            return
        if not block.rows:
            self.problems.tell(block.line, 1, _("The table has no rows. A deadline is a row."))
        for row in block.rows:
            if self.problems.full:
                return
            self._row(row, columns)

    def _row(self, row: tuple[Words, ...], columns: Mapping[str, int]) -> None:
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
        cells = _Cells({name: row[place] for name, place in columns.items()}, self.problems)
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


class _Cells:
    """One row by the names of its columns."""

    def __init__(self, cells: Mapping[str, Words], problems: Problems) -> None:
        self.cells = cells
        self.problems = problems

    def deadline(self, front: FrontMatter) -> PlacedDeadline | None:
        """The row's deadline; None, and told, where it is no good."""
        unit = self._one_of("unit", UNITS)
        acts = self._one_of("who", ACTS)
        confidence = self._one_of("confidence", CONFIDENCES)
        row_id = self._checked("id", id_trouble, needed=True)
        what = self._words("what", needed=True)
        starts = self._starts()
        about, offset = self._offset(unit)
        before = self._checked("before", id_trouble)
        when = self._checked("when", condition_trouble) or front.entries.get("when")
        state = self._checked("state", FRONT_TROUBLES["state"])
        checked = self._checked("checked", FRONT_TROUBLES["checked"])
        usual = self._number("usual")
        rule, ask = self._words("rule"), self._words("ask")
        if unit is None or acts is None or confidence is None or row_id is None:
            return None
        self._fit(unit, starts, before is not None or usual != 0)
        deadline = Deadline(
            id=row_id.text,
            what=what,
            acts=acts,
            confidence=confidence,
            line=row_id.line,
            starts=tuple(one.start for one in starts),
            offset=offset,
            unit=unit,
            about=about,
            before=before.text if before else "",
            usual=usual,
            when=when.text if when else "",
            rule=rule,
            state=state.text if state else front.text("state"),
            checked=checked.text if checked else front.text("checked"),
            ask=ask,
        )
        return PlacedDeadline(deadline, row_id, tuple(starts), before, when)

    def _tell(self, name: str, message: str, offset: int = 0) -> None:
        """Tell a mistake in a cell; one in a column that is not there stands at the row's id."""
        cell = self.cells.get(name, self.cells["id"])
        self.problems.tell(*cell.place(offset), message)

    def _raw(self, name: str) -> str:
        """The cell as it was typed: what is no prose means what it says, a * or a _ too."""
        cell = self.cells.get(name)
        return cell.raw.strip() if cell is not None else ""

    def _entry(self, name: str, text: str, offset: int = 0) -> Entry:
        return Entry(text, *self.cells[name].place(offset))

    def _checked(self, name: str, trouble: Callable[[str], str], *, needed: bool = False) -> Entry | None:
        text = self._raw(name)
        if not text:
            if needed:
                self._tell(name, _("The column {name} is empty here. Fill it.").format(name=quoted(name)))
            return None
        if message := trouble(text):
            self._tell(name, message)
            return None
        return self._entry(name, text)

    def _words(self, name: str, *, needed: bool = False) -> str:
        cell = self.cells.get(name)
        if cell is None or not cell.text:
            if needed:
                self._tell(name, _("The column {name} is empty here. Fill it.").format(name=quoted(name)))
            return ""
        check_words(cell, self.problems)
        return cell.text

    def _one_of(self, name: str, allowed: tuple[_Named, ...]) -> _Named | None:
        text = self._raw(name)
        for one in allowed:
            if text == one:
                return one
        message = _("{found} is not one of {allowed}.{hint}")
        hint = did_you_mean(text, allowed)
        self._tell(name, message.format(found=quoted(text), allowed=words(allowed), hint=hint))
        return None

    def _number(self, name: str) -> int:
        text = self._raw(name)
        if text and not _NUMBER.fullmatch(text):
            message = _("{found} is not a number of days. For example: -1")
            self._tell(name, message.format(found=quoted(text)))
            return 0
        return int(text or 0)

    def _offset(self, unit: Unit | None) -> tuple[bool, int]:
        """Whether the number is only about right, and the number."""
        text = self._raw("offset")
        if unit in (None, "none"):
            if text and unit == "none":
                self._tell("offset", _("A rule with the unit none is not counted. Take the number out."))
            return False, 0
        found = _OFFSET.fullmatch(text)
        if found is None:
            message = _("{found} is not a number to count by. For example: 60, -10 or about 20")
            self._tell("offset", message.format(found=quoted(text)))
            return False, 0
        assert unit is not None
        number = int(found[2])
        if abs(number) > MOST_OFFSET[unit]:
            message = _("{found} {unit} is more than can be counted here ({most}).")
            self._tell("offset", message.format(found=quoted(text), unit=unit, most=MOST_OFFSET[unit]))
        return bool(found[1]), number

    def _starts(self) -> list[PlacedStart]:
        text = self._raw("starts from")
        found: list[PlacedStart] = []
        at = 0
        for part in _OR.split(text) if text else ():
            offset = text.index(part, at)
            at = offset + len(part)
            one = _START.fullmatch(part)
            if one is None:
                message = _(
                    "{found} names no date. Write the id of a question, “table.column” for a column of days, "
                    "“table.column (not column)” to leave out rows that say yes there, or “date at time”."
                )
                self._tell("starts from", message.format(found=quoted(part)), offset)
                continue
            start = Start(one[1], one[2] or "", one[3] or "", one[4] or "")
            found.append(PlacedStart(start, self._entry("starts from", part, offset)))
        return found

    def _fit(self, unit: Unit, starts: Sequence[PlacedStart], adjusted: bool) -> None:
        """Tell parts of a row that do not go together."""
        if unit == "none" and adjusted:
            self._tell("unit", _("A rule with the unit none is not counted. Take out “before” and “usual”."))
        if unit != "none" and not self._raw("starts from"):
            self._tell("starts from", _("Nothing says what to count from. Write the id of a date question."))
        for one in starts:
            if (unit == "hours") != bool(one.start.time):
                message = _(
                    "Hours are counted from a day and a time, “date at time”; the other units from a day alone."
                )
                self.problems.tell(one.entry.line, one.entry.column, message)


def _cells(line: str) -> int:
    """How many cells a row of a table has, as it was typed."""
    line = line.strip()
    line = line.removeprefix("|")
    if line.endswith("|") and not line.endswith("\\|"):
        line = line[:-1]
    return len(_PIPE.findall(line)) + 1
