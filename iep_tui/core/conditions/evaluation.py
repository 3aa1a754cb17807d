"""Evaluation of a condition against the answers given so far."""

from __future__ import annotations

import math
from collections.abc import Callable

from iep_tui.core.case_model import Value
from iep_tui.core.conditions.syntax import And, Answered, Comparison, Condition, LiteralValue, Not, Or
from iep_tui.core.dates import as_date


def holds(condition: Condition, value_of: Callable[[str], Value]) -> bool:
    """Return whether the condition is true.

    `value_of(name)` returns the value of an answer, or None if there is none. For facts it returns whole years or None
    (`age`), "before", "at" or "after" (`stage`), and two capital letters or None (`state`).

    A question without an answer equals nothing: every comparison with it is false, except `!=` and `not in`, which
    are the exact opposites of `=` and `in`. A value that does not fit its question compares the same way.
    """
    match condition:
        case Comparison():
            return compare(condition, value_of(condition.name.name))
        case Answered():
            return has_content(value_of(condition.name.name))
        case Not():
            return not holds(condition.part, value_of)
        case And():
            return all(holds(part, value_of) for part in condition.parts)
        case Or():
            return any(holds(part, value_of) for part in condition.parts)


def has_content(value: Value) -> bool:
    """Return False for None, blank text and empty lists, True for any other value."""
    if isinstance(value, str):
        return bool(value.strip())
    return value is not None and value != [] and value != {}


def compare(comparison: Comparison, value: Value) -> bool:
    """Evaluate one comparison against a value."""
    literals = comparison.values
    match comparison.operator:
        case "=":
            return _equals(value, literals[0])
        case "!=":
            return not _equals(value, literals[0])
        case "in":
            return any(_equals(value, literal) for literal in literals)
        case "not in":
            return not any(_equals(value, literal) for literal in literals)
        case "has":
            return isinstance(value, list) and any(
                _choice_of(entry) == literal.text for entry in value for literal in literals
            )
        case "<":
            return (order := _ordering(value, literals[0])) is not None and order < 0
        case "<=":
            return (order := _ordering(value, literals[0])) is not None and order <= 0
        case ">":
            return (order := _ordering(value, literals[0])) is not None and order > 0
        case ">=":
            return (order := _ordering(value, literals[0])) is not None and order >= 0


def _choice_of(value: Value) -> str | None:
    """Return the choice in a saved value ("fine", or the key of {"other": "own text"}), or None."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and len(value) == 1:
        ((key, own_words),) = value.items()
        return key if isinstance(own_words, str) else None
    return None


def _equals(value: Value, literal: LiteralValue) -> bool:
    if _is_number(value):
        return value == literal.number
    return value is not None and _choice_of(value) == literal.text


def _ordering(value: Value, literal: LiteralValue) -> int | None:
    """Return -1, 0 or 1 as the value is less than, equal to or greater than the literal; None if not comparable."""
    if isinstance(value, int | float) and _is_number(value):
        number = literal.number
        return None if number is None else (value > number) - (value < number)
    if literal.dated and isinstance(value, str) and as_date(value):
        return (value > literal.text) - (value < literal.text)
    return None


def _is_number(value: Value) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, int) and not isinstance(value, bool)
