"""Parser of one row of the deadline table, with errors located by column."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import msgspec

from iep_tui.core.question_model import ACTORS, CONFIDENCES, UNITS, Deadline, DeadlineStart, Unit
from iep_tui.i18n import _
from iep_tui.sets.attribute_values import FRONT_MATTER_CHECKS, PlacedValue, condition_message, id_message
from iep_tui.sets.front_matter import FrontMatter
from iep_tui.sets.markdown_blocks import PlacedText, check_words
from iep_tui.sets.problems import Problems, did_you_mean, list_text, quoted

#: Maximum offset per unit.
MAX_OFFSET: dict[Unit, int] = {
    "none": 0,
    "hours": 1_000,
    "days": 4_000,
    "school days": 500,
    "months": 1_200,
    "years": 100,
}

_OFFSET = re.compile(r"(about )?([+-]?[0-9]{1,4})")
_NUMBER = re.compile(r"[+-]?[0-9]{1,3}")
_ID = r"[a-z][a-z0-9-]*"
_START = re.compile(rf"({_ID})(?:\.({_ID})(?: \(not ({_ID})\))?(?: \(still ({_ID})\))?| at ({_ID}))?")
_OR = re.compile(r"\s+or\s+")

_Name = TypeVar("_Name", bound=str)


class PlacedStart(msgspec.Struct, frozen=True):
    """A start of a deadline with its position."""

    start: DeadlineStart
    entry: PlacedValue


class PlacedDeadline(msgspec.Struct, frozen=True):
    """A deadline with the positions of its parts. `when` is None if it has no condition to check."""

    deadline: Deadline
    id: PlacedValue
    starts: tuple[PlacedStart, ...]
    before: PlacedValue | None
    when: PlacedValue | None


class DeadlineCells:
    """The cells of one row by column name."""

    def __init__(self, cells: Mapping[str, PlacedText], problems: Problems) -> None:
        self.cells = cells
        self.problems = problems

    def deadline(self, front: FrontMatter) -> PlacedDeadline | None:
        """Build the deadline from the row; report errors and return None if a required cell is invalid."""
        unit = self._one_of("unit", UNITS)
        acts = self._one_of("who", ACTORS)
        confidence = self._one_of("confidence", CONFIDENCES)
        row_id = self._checked_value("id", id_message, needed=True)
        what = self._words("what", needed=True)
        starts = self._starts()
        about, offset = self._offset(unit)
        before = self._checked_value("before", id_message)
        when = self._checked_value("when", condition_message) or front.entries.get("when")
        state = self._checked_value("state", FRONT_MATTER_CHECKS["state"])
        checked = self._checked_value("checked", FRONT_MATTER_CHECKS["checked"])
        usual = self._number("usual")
        varies = self._varies(state is not None or bool(front.text("state")), confidence)
        rule, ask = self._words("rule"), self._words("ask")
        unless, late = self._words("unless"), self._words("late")
        if unit is None or acts is None or confidence is None or row_id is None:
            return None
        self._check_consistency(unit, starts, before is not None or usual != 0)
        if unit == "none" and late:
            self._report("late", _("A rule with the unit none has no day that could pass. Remove the words."))
        deadline = Deadline(
            id=row_id.text,
            what=what,
            acts=acts,
            confidence=confidence,
            line=row_id.line,
            starts=tuple(placed.start for placed in starts),
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
            varies=varies,
            unless=unless,
            late=late,
        )
        return PlacedDeadline(deadline, row_id, tuple(starts), before, when)

    def _report(self, name: str, message: str, offset: int = 0) -> None:
        """Report an error in a cell, or at the row's id if its column is missing."""
        cell = self.cells.get(name, self.cells["id"])
        self.problems.add(*cell.place(offset), message)

    def _raw(self, name: str) -> str:
        """Return the source of a cell. Cells that are not prose are literal, including * and _."""
        cell = self.cells.get(name)
        return cell.raw.strip() if cell is not None else ""

    def _entry(self, name: str, text: str, offset: int = 0) -> PlacedValue:
        return PlacedValue(text, *self.cells[name].place(offset))

    def _checked_value(self, name: str, check: Callable[[str], str], *, needed: bool = False) -> PlacedValue | None:
        text = self._raw(name)
        if not text:
            if needed:
                self._report(name, _("The column {name} is empty here. Fill it.").format(name=quoted(name)))
            return None
        if message := check(text):
            self._report(name, message)
            return None
        return self._entry(name, text)

    def _words(self, name: str, *, needed: bool = False) -> str:
        cell = self.cells.get(name)
        if cell is None or not cell.text:
            if needed:
                self._report(name, _("The column {name} is empty here. Fill it.").format(name=quoted(name)))
            return ""
        check_words(cell, self.problems)
        return cell.text

    def _one_of(self, name: str, allowed: tuple[_Name, ...]) -> _Name | None:
        text = self._raw(name)
        for option in allowed:
            if text == option:
                return option
        message = _("{found} is not one of {allowed}.{hint}")
        hint = did_you_mean(text, allowed)
        self._report(name, message.format(found=quoted(text), allowed=list_text(allowed), hint=hint))
        return None

    def _varies(self, is_state_row: bool, confidence: str | None) -> bool:
        """Return whether a state may replace this rule; report a value that contradicts the rest of the row."""
        text = self._raw("varies")
        if not text:
            return False
        if text != "yes":
            message = _("{found} is not “yes”. Leave the column varies empty where no state may set its own.")
            self._report("varies", message.format(found=quoted(text)))
        elif is_state_row:
            self._report(
                "varies", _("This row is a state's own, so nothing else replaces it. Leave the column varies empty.")
            )
        elif confidence == "high":
            message = _("A rule that a state may replace is not certain for every family. Write medium or low.")
            self._report("confidence", message)
        return True

    def _number(self, name: str) -> int:
        text = self._raw(name)
        if text and not _NUMBER.fullmatch(text):
            message = _("{found} is not a number of days. For example: -1")
            self._report(name, message.format(found=quoted(text)))
            return 0
        return int(text or 0)

    def _offset(self, unit: Unit | None) -> tuple[bool, int]:
        """Return whether the offset is approximate, and the offset."""
        text = self._raw("offset")
        if unit in (None, "none"):
            if text and unit == "none":
                self._report("offset", _("A rule with the unit none is not counted. Remove the number."))
            return False, 0
        match = _OFFSET.fullmatch(text)
        if not text:
            self._report("offset", _("The column {name} is empty here. Fill it.").format(name=quoted("offset")))
            return False, 0
        if match is None:
            message = _("{found} is not a number to count by. For example: 60, -10 or about 20")
            self._report("offset", message.format(found=quoted(text)))
            return False, 0
        assert unit is not None
        number = int(match[2])
        if abs(number) > MAX_OFFSET[unit]:
            message = _("{found} {unit} is more than can be counted here ({most}).")
            self._report("offset", message.format(found=quoted(text), unit=unit, most=MAX_OFFSET[unit]))
        return bool(match[1]), number

    def _starts(self) -> list[PlacedStart]:
        text = self._raw("starts from")
        starts: list[PlacedStart] = []
        at = 0
        for part in _OR.split(text) if text else ():
            offset = text.index(part, at)
            at = offset + len(part)
            match = _START.fullmatch(part)
            if match is None:
                message = _(
                    "{found} names no date. Write the id of a question, “table.column” for a column of days, "
                    "“table.column (not column)” to leave out rows that say yes there, "
                    "“table.column (still column)” for rows whose matter goes on, or “date at time”."
                )
                self._report("starts from", message.format(found=quoted(part)), offset)
                continue
            start = DeadlineStart(match[1], match[2] or "", match[3] or "", match[5] or "", match[4] or "")
            starts.append(PlacedStart(start, self._entry("starts from", part, offset)))
        return starts

    def _check_consistency(self, unit: Unit, starts: Sequence[PlacedStart], adjusted: bool) -> None:
        """Report cells that contradict each other."""
        if unit == "none" and adjusted:
            self._report("unit", _("A rule with the unit none is not counted. Remove “before” and “usual”."))
        if unit != "none" and not self._raw("starts from"):
            self._report("starts from", _("Nothing says what to count from. Write the id of a date question."))
        for placed in starts:
            if (unit == "hours") != bool(placed.start.time):
                message = _(
                    "Hours are counted from a day and a time, “date at time”; the other units from a day alone."
                )
                self.problems.add(placed.entry.line, placed.entry.column, message)
