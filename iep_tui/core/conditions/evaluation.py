"""Evaluation of a condition against the answers given so far."""

from __future__ import annotations

import math
from collections.abc import Callable

from iep_tui.core.case_model import Value
from iep_tui.core.conditions.syntax import And, Answered, Comparison, Condition, LiteralValue, Not, Or
from iep_tui.core.dates import as_date


def holds(condition: Condition, look: Callable[[str], Value]) -> bool:
    """Whether the condition is true. `look(name)` gives an answer's value, None where there is none; for the facts
    `age` whole years or None, `stage` "before", "at" or "after", `state` two capital letters or None.

    A question without an answer equals nothing: every comparison with it is false, but `!=` and `not in`, which
    say exactly the opposite of `=` and `in`. A value that does not fit its question compares the same way.
    """
    match condition:
        case Comparison():
            return compare(condition, look(condition.name.name))
        case Answered():
            return has_content(look(condition.name.name))
        case Not():
            return not holds(condition.part, look)
        case And():
            return all(holds(part, look) for part in condition.parts)
        case Or():
            return any(holds(part, look) for part in condition.parts)


def has_content(value: Value) -> bool:
    """Whether there is an answer in `value`: not None, nor blank, nor an empty list."""
    if isinstance(value, str):
        return bool(value.strip())
    return value is not None and value != [] and value != {}


def compare(test: Comparison, value: Value) -> bool:
    """Whether the comparison is true of this value."""
    words = test.words
    match test.operator:
        case "=":
            return _equals(value, words[0])
        case "!=":
            return not _equals(value, words[0])
        case "in":
            return any(_equals(value, one) for one in words)
        case "not in":
            return not any(_equals(value, one) for one in words)
        case "has":
            return isinstance(value, list) and any(_chosen(entry) == one.text for entry in value for one in words)
        case "<":
            return (order := _order(value, words[0])) is not None and order < 0
        case "<=":
            return (order := _order(value, words[0])) is not None and order <= 0
        case ">":
            return (order := _order(value, words[0])) is not None and order > 0
        case ">=":
            return (order := _order(value, words[0])) is not None and order >= 0


def _chosen(value: Value) -> str | None:
    """The choice that a saved value names: "fine", or the key of {"other": "words"}."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and len(value) == 1:
        ((key, own_words),) = value.items()
        return key if isinstance(own_words, str) else None
    return None


def _equals(value: Value, word: LiteralValue) -> bool:
    if _is_number(value):
        return value == word.number
    return value is not None and _chosen(value) == word.text


def _order(value: Value, word: LiteralValue) -> int | None:
    """Below 0, 0 or above 0 as the value is before, at or after the word; None where they cannot be compared."""
    if isinstance(value, int | float) and _is_number(value):
        number = word.number
        return None if number is None else (value > number) - (value < number)
    if word.dated and isinstance(value, str) and as_date(value):
        return (value > word.text) - (value < word.text)
    return None


def _is_number(value: Value) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, int) and not isinstance(value, bool)
