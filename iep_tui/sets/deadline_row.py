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

#: Nobody counts further than this many units.
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

_Named = TypeVar("_Named", bound=str)


class PlacedStart(msgspec.Struct, frozen=True):
    """A place to start from as it was read, and where it stands."""

    start: DeadlineStart
    entry: PlacedValue


class PlacedDeadline(msgspec.Struct, frozen=True):
    """A deadline and the places of what it names. `when` is None where it has none of its own to be told about."""

    deadline: Deadline
    id: PlacedValue
    starts: tuple[PlacedStart, ...]
    before: PlacedValue | None
    when: PlacedValue | None


class DeadlineCells:
    """One row by the names of its columns."""

    def __init__(self, cells: Mapping[str, PlacedText], problems: Problems) -> None:
        self.cells = cells
        self.problems = problems

    def deadline(self, front: FrontMatter) -> PlacedDeadline | None:
        """The row's deadline; None, and told, where it is no good."""
        unit = self._one_of("unit", UNITS)
        acts = self._one_of("who", ACTORS)
        confidence = self._one_of("confidence", CONFIDENCES)
        row_id = self._checked("id", id_message, needed=True)
        what = self._words("what", needed=True)
        starts = self._starts()
        about, offset = self._offset(unit)
        before = self._checked("before", id_message)
        when = self._checked("when", condition_message) or front.entries.get("when")
        state = self._checked("state", FRONT_MATTER_CHECKS["state"])
        checked = self._checked("checked", FRONT_MATTER_CHECKS["checked"])
        usual = self._number("usual")
        varies = self._varies(state is not None or bool(front.text("state")), confidence)
        rule, ask = self._words("rule"), self._words("ask")
        unless, late = self._words("unless"), self._words("late")
        if unit is None or acts is None or confidence is None or row_id is None:
            return None
        self._fit(unit, starts, before is not None or usual != 0)
        if unit == "none" and late:
            self._tell("late", _("A rule with the unit none has no day that could pass. Take the words out."))
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
            varies=varies,
            unless=unless,
            late=late,
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

    def _entry(self, name: str, text: str, offset: int = 0) -> PlacedValue:
        return PlacedValue(text, *self.cells[name].place(offset))

    def _checked(self, name: str, trouble: Callable[[str], str], *, needed: bool = False) -> PlacedValue | None:
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
        self._tell(name, message.format(found=quoted(text), allowed=list_text(allowed), hint=hint))
        return None

    def _varies(self, in_a_state: bool, confidence: str | None) -> bool:
        """Whether a state may have its own rule instead of this one, which nobody can then call certain."""
        text = self._raw("varies")
        if not text:
            return False
        if text != "yes":
            message = _("{found} is not “yes”. Leave the column varies empty where no state may set its own.")
            self._tell("varies", message.format(found=quoted(text)))
        elif in_a_state:
            self._tell(
                "varies", _("This row is a state's own, so nothing else replaces it. Leave the column varies empty.")
            )
        elif confidence == "high":
            message = _("A rule that a state may replace is not certain for every family. Write medium or low.")
            self._tell("confidence", message)
        return True

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
        if not text:
            self._tell("offset", _("The column {name} is empty here. Fill it.").format(name=quoted("offset")))
            return False, 0
        if found is None:
            message = _("{found} is not a number to count by. For example: 60, -10 or about 20")
            self._tell("offset", message.format(found=quoted(text)))
            return False, 0
        assert unit is not None
        number = int(found[2])
        if abs(number) > MAX_OFFSET[unit]:
            message = _("{found} {unit} is more than can be counted here ({most}).")
            self._tell("offset", message.format(found=quoted(text), unit=unit, most=MAX_OFFSET[unit]))
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
                    "“table.column (not column)” to leave out rows that say yes there, "
                    "“table.column (still column)” for rows whose matter goes on, or “date at time”."
                )
                self._tell("starts from", message.format(found=quoted(part)), offset)
                continue
            start = DeadlineStart(one[1], one[2] or "", one[3] or "", one[5] or "", one[4] or "")
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
