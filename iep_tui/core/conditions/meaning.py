"""Whether a condition holds for the answers as they stand."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable

from iep_tui.core.answers import Value
from iep_tui.core.conditions.tree import Answered, Both, Condition, Either, Not, Test

_COMPARE: dict[str, Callable[[float | str, float | str], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def holds(condition: Condition, look: Callable[[str], Value]) -> bool:
    """Whether the condition holds. `look` gives a question's value or a fact by its name, None where there is none."""
    if isinstance(condition, Test):
        return _test(condition, look(condition.name.name))
    if isinstance(condition, Both):
        return all(holds(part, look) for part in condition.parts)
    if isinstance(condition, Either):
        return any(holds(part, look) for part in condition.parts)
    if isinstance(condition, Not):
        return not holds(condition.part, look)
    assert isinstance(condition, Answered)
    return look(condition.name.name) not in (None, "", [], {})


def _test(test: Test, value: Value) -> bool:
    if test.operator in ("=", "in"):
        return any(_equals(value, word.text) for word in test.words)
    if test.operator in ("!=", "not in"):
        return not any(_equals(value, word.text) for word in test.words)
    if test.operator == "has":
        entries = value if isinstance(value, list) else []
        return any(_equals(entry, word.text) for entry in entries for word in test.words)
    return _compares(value, test.operator, test.words[0].text)


def _equals(value: Value, word: str) -> bool:
    """Whether one saved value is what `word` names; {"other": "words"} is the choice `other`."""
    if isinstance(value, dict):
        return len(value) == 1 and word in value
    if isinstance(value, bool) or value is None:
        return False
    if isinstance(value, int | float):
        number = number_of(word)
        return number is not None and value == number
    return value == word


def _compares(value: Value, sign: str, word: str) -> bool:
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = number_of(word)
        return number is not None and _COMPARE[sign](value, number)
    if isinstance(value, str) and _DATE.fullmatch(value) and _DATE.fullmatch(word):
        return _COMPARE[sign](value, word)
    return False


def number_of(word: str) -> float | None:
    """The number a word of a condition stands for, or None."""
    try:
        number = float(word)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
