"""Operand types: the operators, literals and sample values of a condition, shared by answer kinds and facts."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Collection, Sequence
from typing import Literal, TypeAlias

from iep_tui.core.case_model import Value
from iep_tui.core.dates import as_date
from iep_tui.i18n import _

Operator = Literal["=", "!=", "in", "not in", "has", "<", "<=", ">", ">="]
Number: TypeAlias = int | float

#: The choice that means "none of these": it excludes all others.
NONE_CHOICE = "none"
MIN_RATING, MAX_RATING = 1, 5

_EQUALITY: tuple[Operator, ...] = ("=", "!=", "in", "not in")
_ORDER: tuple[Operator, ...] = (*_EQUALITY, "<", "<=", ">", ">=")
_MAX_NAMED_CHOICES = 10
_MAX_LISTED_CHOICES = 30
_MAX_AGE = 30


class OperandType:
    """Base type: a value that conditions only test with `answered`."""

    operators: tuple[Operator, ...] = ()
    #: True if the operand has a closed list of values, which conditions name.
    has_choices = False

    def literal_message(self, quoted: str, text: str, number: Number | None, choices: Sequence[str]) -> str:
        """Return why a literal cannot be compared with this operand; "" if it can.

        `quoted` is the literal as messages show it, `text` its source, `number` its numeric value if it has one, and
        `choices` the operand's values.
        """
        return ""

    def suggestions(self, choices: Sequence[str]) -> Collection[str]:
        """Return the candidates for a "Did you mean" hint."""
        return ()

    def sample_values(
        self, choices: Sequence[str], texts: Collection[str], numbers: Sequence[Number]
    ) -> list[Value] | None:
        """Return enough values, None for "no answer" included, to tell all answers apart by the literals given.

        `texts` are the literals of the conditions, `numbers` those that are numbers, in ascending order. Return None
        if there would be too many values.
        """
        return ["words", None]


class ChoiceOperand(OperandType):
    """One value of a closed list."""

    operators = _EQUALITY
    has_choices = True

    def literal_message(self, quoted: str, text: str, number: Number | None, choices: Sequence[str]) -> str:
        if text in choices:
            return ""
        more = ", …" if len(choices) > _MAX_LISTED_CHOICES else ""
        listed = ", ".join(choices[:_MAX_LISTED_CHOICES]) + more
        return _("{found} is not one of the choices ({choices}).").format(found=quoted, choices=listed)

    def suggestions(self, choices: Sequence[str]) -> Collection[str]:
        return choices

    def sample_values(
        self, choices: Sequence[str], texts: Collection[str], numbers: Sequence[Number]
    ) -> list[Value] | None:
        return [*choices, None]


class ManyChoicesOperand(ChoiceOperand):
    """Any number of values of a closed list."""

    operators = ("has",)

    def sample_values(
        self, choices: Sequence[str], texts: Collection[str], numbers: Sequence[Number]
    ) -> list[Value] | None:
        """Return every mix of the named choices, one choice that is not named, and "none of these" by itself."""
        named = [choice for choice in choices if choice in texts]
        if len(named) > _MAX_NAMED_CHOICES:
            return None
        combinable = [choice for choice in named if choice != NONE_CHOICE]
        unnamed = [choice for choice in choices if choice not in texts][:1]
        mixes: list[Value] = []
        for size in range(1, len(combinable) + 1):
            mixes.extend([*mix] for mix in itertools.combinations(combinable, size))
        single: list[Value] = [[choice] for choice in (NONE_CHOICE, *unnamed) if choice in choices]
        return [*mixes, *single, None]


class NumberOperand(OperandType):
    """A number."""

    operators = _ORDER

    def literal_message(self, quoted: str, text: str, number: Number | None, choices: Sequence[str]) -> str:
        return _("{found} is not a number").format(found=quoted) if number is None else ""

    def sample_values(
        self, choices: Sequence[str], texts: Collection[str], numbers: Sequence[Number]
    ) -> list[Value] | None:
        between = [(low + high) / 2 for low, high in itertools.pairwise(numbers)]
        ends = [numbers[0] - 1, numbers[-1] + 1] if numbers else [1]
        return [*numbers, *between, *ends, None]


class RatingOperand(NumberOperand):
    """A whole number from `MIN_RATING` to `MAX_RATING`."""

    def literal_message(self, quoted: str, text: str, number: Number | None, choices: Sequence[str]) -> str:
        if number is None or number in range(MIN_RATING, MAX_RATING + 1):
            return super().literal_message(quoted, text, number, choices)
        return _("{found} is not a rating; ratings are 1, 2, 3, 4 and 5").format(found=quoted)

    def sample_values(
        self, choices: Sequence[str], texts: Collection[str], numbers: Sequence[Number]
    ) -> list[Value] | None:
        return [*range(MIN_RATING, MAX_RATING + 1), None]


class AgeOperand(NumberOperand):
    """The child's age in whole years."""

    def literal_message(self, quoted: str, text: str, number: Number | None, choices: Sequence[str]) -> str:
        if number is None or (isinstance(number, int) and number >= 0):
            return super().literal_message(quoted, text, number, choices)
        return _("{found} is not an age; write whole years, like 14").format(found=quoted)

    def sample_values(
        self, choices: Sequence[str], texts: Collection[str], numbers: Sequence[Number]
    ) -> list[Value] | None:
        return [*range(_MAX_AGE + 1), None]


class DateOperand(OperandType):
    """A day."""

    operators = _ORDER

    def literal_message(self, quoted: str, text: str, number: Number | None, choices: Sequence[str]) -> str:
        return "" if as_date(text) else _("{found} is not a date written like 2027-03-12").format(found=quoted)

    def sample_values(
        self, choices: Sequence[str], texts: Collection[str], numbers: Sequence[Number]
    ) -> list[Value] | None:
        days = [day for text in texts if (day := as_date(text))] or [datetime.date(2027, 1, 1)]
        ordinals = {day.toordinal() + step for day in days for step in (-1, 0, 1)}
        last = datetime.date.max.toordinal()
        return [*(datetime.date.fromordinal(one).isoformat() for one in sorted(ordinals) if 1 <= one <= last), None]


class StageOperand(ChoiceOperand):
    """The stage of the meeting, which is always known."""

    def sample_values(
        self, choices: Sequence[str], texts: Collection[str], numbers: Sequence[Number]
    ) -> list[Value] | None:
        return [*choices]


class StateOperand(ChoiceOperand):
    """The family's state, by its two letters."""

    def literal_message(self, quoted: str, text: str, number: Number | None, choices: Sequence[str]) -> str:
        return "" if text in choices else _("{found} is no state; write its two letters, like MO.").format(found=quoted)
