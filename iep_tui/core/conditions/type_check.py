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

#: More mistakes in one condition than this are not told: nobody reads on, and looking for near words takes time.
MAX_MISTAKES = 100
_MOST_OFFERED = 30

_EQUAL = ("=", "!=", "in", "not in")
_ORDERED = (*_EQUAL, "<", "<=", ">", ">=")
#: What each kind can be asked besides `answered`; nothing for the kinds that are not here.
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
    """What a name in a condition stands for. `values` are the choices there are, None where it has no choices."""

    kind: OperandKind
    values: tuple[str, ...] | None = None


#: What conditions know besides answers. A fact goes before a question of the same id.
FACTS: dict[str, Operand] = {
    "age": Operand("age"),
    "stage": Operand("stage", STAGES),
    "state": Operand("state", tuple(US_STATES)),
}


def operand(question: Question) -> Operand:
    """The question as conditions see it."""
    if question.kind in ("one", "several"):
        return Operand(question.kind, tuple(choice.value for choice in question.choices))
    return Operand(question.kind, ("yes", "no") if question.kind == "yesno" else None)


def type_errors(condition: Condition, scope: Mapping[str, Operand]) -> list[ConditionError]:
    """Everything in the condition that does not fit the questions of `scope`, in the order of the source: names that
    are not there, comparisons that a question cannot be asked, values it does not offer. The facts need not be in
    `scope`. Not more than `MAX_MISTAKES`."""
    return list(itertools.islice(_mistakes(condition, scope), MAX_MISTAKES))


def _mistakes(condition: Condition, scope: Mapping[str, Operand]) -> Iterator[ConditionError]:
    for test in comparisons(condition):
        known = FACTS.get(test.name.name) or scope.get(test.name.name)
        if known is None:
            yield _unknown(test.name, [*scope, *FACTS])
        elif isinstance(test, Comparison):
            yield from _misfits(test, known)


def _unknown(name: NameRef, known: Iterable[str]) -> ConditionError:
    message = _("there is no question or fact {name}.").format(name=quote_literal(name.name))
    return ConditionError(message + _did_you_mean(name.name, known), name.offset)


def _misfits(test: Comparison, known: Operand) -> Iterator[ConditionError]:
    allowed = _OPERATORS.get(known.kind, ())
    if test.operator not in allowed:
        message = _("{name} ({kind}) cannot be tested with {operator}; use {allowed}").format(
            name=quote_literal(test.name.name),
            kind=known.kind,
            operator=quote_literal(test.operator),
            allowed=", ".join((*allowed, "answered")),
        )
        yield ConditionError(message, test.name.offset)
        return
    for word in test.words:
        message = _trouble(word, known)
        if message:
            yield ConditionError(message, word.offset)


def _trouble(word: LiteralValue, known: Operand) -> str:
    """Why a value cannot be one of this operand, "" when it can."""
    found, number = quote_literal(word.text), word.number
    if known.kind in ("number", "rate", "age") and number is None:
        return _("{found} is not a number").format(found=found)
    match known.kind:
        case "number":
            return ""
        case "rate":
            if number not in (1, 2, 3, 4, 5):
                return _("{found} is not a rating; ratings are 1, 2, 3, 4 and 5").format(found=found)
        case "age":
            if not isinstance(number, int) or number < 0:
                return _("{found} is not an age; write whole years, like 14").format(found=found)
        case "date":
            if as_date(word.text) is None:
                return _("{found} is not a day like 2027-03-12").format(found=found)
        case "state":
            if word.text not in US_STATES:
                message = _("{found} is no state; write its two letters, like MO.").format(found=found)
                return message + _did_you_mean(word.text, US_STATES)
        case _:
            values = known.values or ()
            if word.text not in values:
                offered = ", ".join(values[:_MOST_OFFERED]) + (", …" if len(values) > _MOST_OFFERED else "")
                message = _("{found} is not one of the choices ({choices}).").format(found=found, choices=offered)
                return message + _did_you_mean(word.text, values)
    return ""


def _did_you_mean(found: str, known: Iterable[str]) -> str:
    """A question with a space before it, "" where nothing known is near."""
    known = list(known)
    small = found[:80].casefold()
    near = next((word for word in known if word.casefold() == small), None)
    import difflib  # only where something is wrong

    near = near or next(iter(difflib.get_close_matches(small, known, n=1)), None)
    return " " + _("Did you mean {word}?").format(word=quote_literal(near)) if near else ""
