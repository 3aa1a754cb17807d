"""Registry of question kinds. A new kind is one new module here and one new widget."""

from __future__ import annotations

import importlib

import msgspec

from iep_tui.core.case_model import Value
from iep_tui.core.kinds.base import AnswerKind, DisplayValue, is_row_shaped, plain_words
from iep_tui.core.question_model import KindName, Question

__all__ = ["KINDS", "AnswerKind", "DisplayValue", "display_value", "is_empty", "kind_of", "validation_message"]

#: The class of each kind, in the module of the kind's name.
_CLASSES: dict[KindName, str] = {
    "line": "LineKind",
    "text": "TextKind",
    "list": "ListKind",
    "one": "OneChoiceKind",
    "several": "ManyChoicesKind",
    "date": "DateKind",
    "time": "TimeKind",
    "number": "NumberKind",
    "rate": "RatingKind",
    "yesno": "YesNoKind",
    "table": "TableKind",
    "goals": "GoalsKind",
}


class _Kinds(dict[KindName, AnswerKind]):
    """Each kind by its name. Its module is loaded when an answer of it is first met: a list of children meets none."""

    def __missing__(self, name: KindName) -> AnswerKind:
        kind: AnswerKind = getattr(importlib.import_module(f"{__name__}.{name}"), _CLASSES[name])()
        self[name] = kind
        return kind


KINDS = _Kinds()


def kind_of(question: Question) -> AnswerKind:
    return KINDS[question.kind]


def is_empty(question: Question, value: Value) -> bool:
    """Whether the value says nothing at all."""
    return KINDS[question.kind].empty(value)


def validation_message(question: Question, value: Value) -> str:
    """Why this value does not fit the question, in a sentence for the parent; "" when it fits or is empty."""
    kind = kind_of(question)
    return "" if kind.empty(value) else kind.trouble(question, value)


def display_value(question: Question, value: Value) -> DisplayValue:
    """The value in words. One that does not fit its kind is shown as it came, with `fits` False."""
    kind = KINDS[question.kind]
    if kind.empty(value):
        return DisplayValue("line")
    wrong_shape = question.kind in ("table", "goals") and not is_row_shaped(value)
    fits = not kind.trouble(question, value)
    if wrong_shape:
        return DisplayValue("text", (plain_words(value),), fits=False)
    said = kind.show(question, value)
    return said if said.fits == fits else msgspec.structs.replace(said, fits=fits)
