"""A condition held against the questions it names: a value that a question does not offer is a mistake."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec

from iep_tui.core.conditions.meaning import number_of
from iep_tui.core.conditions.tree import Answered, Condition, ConditionError, Not, Test, Word
from iep_tui.core.dates import as_date
from iep_tui.core.model import STAGES, KindName, Question
from iep_tui.core.states import STATES
from iep_tui.language import _


class Operand(msgspec.Struct, frozen=True):
    """What may be compared with a name: its kind, and the values it can have where they can be listed."""

    kind: KindName | Literal["age", "stage", "state"]
    values: tuple[str, ...] | None = None


FACTS: dict[str, Operand] = {
    "age": Operand("age"),
    "stage": Operand("stage", STAGES),
    "state": Operand("state", tuple(STATES)),
}

_NUMBERS = ("number", "rate", "age")
_LISTED = ("one", "yesno", "stage", "state")
_ONLY_ANSWERED = ("line", "text", "list", "time", "table", "goals")


def operand(question: Question) -> Operand:
    """What may be compared with this question's answer."""
    if question.kind in ("one", "several"):
        return Operand(question.kind, tuple(choice.value for choice in question.choices))
    if question.kind == "yesno":
        return Operand("yesno", ("yes", "no"))
    return Operand(question.kind)


def check(condition: Condition, scope: Mapping[str, Operand]) -> list[ConditionError]:
    """Every mistake of meaning: names that do not exist, values that are not offered, comparisons that make no sense.

    `scope` has the questions by id; the facts are added to it.
    """
    if isinstance(condition, Test | Answered):
        name = condition.name
        known = FACTS.get(name.name) or scope.get(name.name)
        if known is None:
            near = _did_you_mean(name.name, [*scope, *FACTS])
            words = _("there is no question or fact “{name}”.{near}").format(name=name.name, near=near)
            return [ConditionError(words, name.offset)]
        return _check_test(condition, known) if isinstance(condition, Test) else []
    parts = (condition.part,) if isinstance(condition, Not) else condition.parts
    return [error for part in parts for error in check(part, scope)]


def _check_test(test: Test, known: Operand) -> list[ConditionError]:
    allowed = _operators(known)
    if test.operator not in allowed:
        words = _("“{name}” ({kind}) cannot be tested with “{operator}”; use {allowed}").format(
            name=test.name.name, kind=known.kind, operator=test.operator, allowed=", ".join(allowed)
        )
        return [ConditionError(words, test.name.offset)]
    return [error for word in test.words if (error := _check_word(word, known)) is not None]


def _operators(known: Operand) -> tuple[str, ...]:
    if known.kind in _ONLY_ANSWERED:
        return ("answered",)
    if known.kind == "several":
        return ("has", "answered")
    if known.kind in _LISTED:
        return ("=", "!=", "in", "not in", "answered")
    return ("=", "!=", "in", "not in", "<", "<=", ">", ">=", "answered")


def _check_word(word: Word, known: Operand) -> ConditionError | None:
    if known.kind in _NUMBERS:
        if number_of(word.text) is None:
            return ConditionError(_("“{word}” is not a number").format(word=word.text), word.offset)
        return None
    if known.kind == "date":
        if as_date(word.text) is None:
            return ConditionError(_("“{word}” is not a day like 2027-03-12").format(word=word.text), word.offset)
        return None
    if known.values is not None and word.text not in known.values:
        near = _did_you_mean(word.text, known.values)
        if known.kind == "state":
            words = _("“{word}” is no state; write its two letters, like MO.{near}")
        else:
            words = _("“{word}” is not one of the choices ({choices}).{near}")
        choices = ", ".join(known.values)
        return ConditionError(words.format(word=word.text, choices=choices, near=near), word.offset)
    return None


def _did_you_mean(word: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(word, list(known), n=1)
    return _(" Did you mean “{near}”?").format(near=near[0]) if near else ""
