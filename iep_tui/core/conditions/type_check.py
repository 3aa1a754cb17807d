"""Type check of a condition: comparisons must fit the question kinds and facts they mention."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, TypeAlias

import msgspec

from iep_tui.core.conditions.syntax import (
    Comparison,
    Condition,
    ConditionError,
    LiteralValue,
    NameRef,
    comparisons,
    quote_literal,
)
from iep_tui.core.dates import as_date
from iep_tui.core.question_model import STAGES, KindName, Question
from iep_tui.core.us_states import US_STATES
from iep_tui.i18n import _

OperandKind: TypeAlias = KindName | Literal["age", "stage", "state"]

#: Maximum number of mistakes reported for one condition: nobody reads more, and finding near matches takes time.
MAX_MISTAKES = 100
_MAX_OFFERED = 30

_EQUAL = ("=", "!=", "in", "not in")
_ORDERED = (*_EQUAL, "<", "<=", ">", ">=")
#: Operators of each kind besides `answered`; a kind that is missing has none.
_OPERATORS: dict[OperandKind, tuple[str, ...]] = {
    "one": _EQUAL,
    "yesno": _EQUAL,
    "stage": _EQUAL,
    "state": _EQUAL,
    "several": ("has",),
    "date": _ORDERED,
    "number": _ORDERED,
    "rate": _ORDERED,
    "age": _ORDERED,
}


class Operand(msgspec.Struct, frozen=True):
    """The type of a name in a condition. `values` are its possible values, None if it has no fixed choices."""

    kind: OperandKind
    values: tuple[str, ...] | None = None


#: Names in conditions that are not questions. A fact takes precedence over a question with the same id.
FACTS: dict[str, Operand] = {
    "age": Operand("age"),
    "stage": Operand("stage", STAGES),
    "state": Operand("state", tuple(US_STATES)),
}


def operand(question: Question) -> Operand:
    """Return the type of a question in conditions."""
    if question.kind in ("one", "several"):
        return Operand(question.kind, tuple(choice.value for choice in question.choices))
    return Operand(question.kind, ("yes", "no") if question.kind == "yesno" else None)


def type_errors(condition: Condition, scope: Mapping[str, Operand]) -> list[ConditionError]:
    """Return the type errors of a condition, in source order, at most `MAX_MISTAKES`.

    Errors are unknown names, operators that do not apply to a question's kind, and values it cannot have. `scope` maps
    question ids to their types; facts are always known.
    """
    return list(itertools.islice(_mistakes(condition, scope), MAX_MISTAKES))


def _mistakes(condition: Condition, scope: Mapping[str, Operand]) -> Iterator[ConditionError]:
    for comparison in comparisons(condition):
        operand_type = FACTS.get(comparison.name.name) or scope.get(comparison.name.name)
        if operand_type is None:
            yield _unknown_name(comparison.name, [*scope, *FACTS])
        elif isinstance(comparison, Comparison):
            yield from _comparison_errors(comparison, operand_type)


def _unknown_name(name: NameRef, known: Iterable[str]) -> ConditionError:
    message = _("there is no question or fact {name}.").format(name=quote_literal(name.name))
    return ConditionError(message + _did_you_mean(name.name, known), name.offset)


def _comparison_errors(comparison: Comparison, operand_type: Operand) -> Iterator[ConditionError]:
    allowed = _OPERATORS.get(operand_type.kind, ())
    if comparison.operator not in allowed:
        message = _("{name} ({kind}) cannot be tested with {operator}; use {allowed}").format(
            name=quote_literal(comparison.name.name),
            kind=operand_type.kind,
            operator=quote_literal(comparison.operator),
            allowed=", ".join((*allowed, "answered")),
        )
        yield ConditionError(message, comparison.name.offset)
        return
    for literal in comparison.values:
        message = _value_error(literal, operand_type)
        if message:
            yield ConditionError(message, literal.offset)


def _value_error(literal: LiteralValue, operand_type: Operand) -> str:
    """Return an error message if the operand cannot have this value, else ""."""
    quoted_text, number = quote_literal(literal.text), literal.number
    if operand_type.kind in ("number", "rate", "age") and number is None:
        return _("{found} is not a number").format(found=quoted_text)
    match operand_type.kind:
        case "number":
            return ""
        case "rate":
            if number not in (1, 2, 3, 4, 5):
                return _("{found} is not a rating; ratings are 1, 2, 3, 4 and 5").format(found=quoted_text)
        case "age":
            if not isinstance(number, int) or number < 0:
                return _("{found} is not an age; write whole years, like 14").format(found=quoted_text)
        case "date":
            if as_date(literal.text) is None:
                return _("{found} is not a day like 2027-03-12").format(found=quoted_text)
        case "state":
            if literal.text not in US_STATES:
                message = _("{found} is no state; write its two letters, like MO.").format(found=quoted_text)
                return message + _did_you_mean(literal.text, US_STATES)
        case _:
            values = operand_type.values or ()
            if literal.text not in values:
                offered = ", ".join(values[:_MAX_OFFERED]) + (", …" if len(values) > _MAX_OFFERED else "")
                message = _("{found} is not one of the choices ({choices}).").format(found=quoted_text, choices=offered)
                return message + _did_you_mean(literal.text, values)
    return ""


def _did_you_mean(typed: str, known: Iterable[str]) -> str:
    """Return " Did you mean …?" for the nearest known name, or "" if none is near."""
    known = list(known)
    lowered = typed[:80].casefold()
    nearest = next((word for word in known if word.casefold() == lowered), None)
    import difflib  # slow to import; needed only for an error

    nearest = nearest or next(iter(difflib.get_close_matches(lowered, known, n=1)), None)
    return " " + _("Did you mean {word}?").format(word=quote_literal(nearest)) if nearest else ""
