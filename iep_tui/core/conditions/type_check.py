"""Type check of a condition: comparisons must fit the question kinds and facts they mention."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping

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
from iep_tui.core.kinds import KINDS, kind_of
from iep_tui.core.kinds.operands import AgeOperand, OperandType, StageOperand, StateOperand
from iep_tui.core.question_model import STAGES, KindName, Question
from iep_tui.core.us_states import US_STATES
from iep_tui.i18n import _

#: Maximum number of mistakes reported for one condition: nobody reads more, and finding near matches takes time.
MAX_MISTAKES = 100

#: The operand types of the facts, by the kind in their `Operand`.
_FACT_TYPES: dict[str, OperandType] = {"age": AgeOperand(), "stage": StageOperand(), "state": StateOperand()}


class Operand(msgspec.Struct, frozen=True):
    """The type of a name in a condition. `values` are its possible values, None if it has no fixed choices."""

    kind: KindName
    values: tuple[str, ...] | None = None

    @property
    def type(self) -> OperandType:
        return _FACT_TYPES.get(self.kind) or KINDS[self.kind].operand


#: Names in conditions that are not questions. A fact takes precedence over a question with the same id.
FACTS: dict[str, Operand] = {
    "age": Operand("age"),
    "stage": Operand("stage", STAGES),
    "state": Operand("state", tuple(US_STATES)),
}


def operand(question: Question) -> Operand:
    """Return the type of a question in conditions."""
    kind = kind_of(question)
    values = tuple(choice.value for choice in kind.choices(question)) if kind.operand.has_choices else None
    return Operand(question.kind, values)


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
    allowed = operand_type.type.operators
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
    choices = operand_type.values or ()
    operand = operand_type.type
    message = operand.literal_message(quote_literal(literal.text), literal.text, literal.number, choices)
    return message + _did_you_mean(literal.text, operand.suggestions(choices)) if message else ""


def _did_you_mean(typed: str, known: Iterable[str]) -> str:
    """Return " Did you mean …?" for the nearest known name, or "" if none is near."""
    known = list(known)
    lowered = typed[:80].casefold()
    nearest = next((word for word in known if word.casefold() == lowered), None)
    import difflib  # slow to import; needed only for an error

    nearest = nearest or next(iter(difflib.get_close_matches(lowered, known, n=1)), None)
    return " " + _("Did you mean {word}?").format(word=quote_literal(nearest)) if nearest else ""
