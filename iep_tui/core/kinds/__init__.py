"""Registry of question kinds. A new kind is one new module here and one new widget."""

from __future__ import annotations

import importlib

import msgspec

from iep_tui.core.case_model import Value
from iep_tui.core.kinds.base import Kind, Shown, plain_words, row_shaped
from iep_tui.core.question_model import KindName, Question

__all__ = ["KINDS", "Kind", "Shown", "is_empty", "kind_of", "shown", "trouble"]

#: The class of each kind, in the module of the kind's name.
_CLASSES: dict[KindName, str] = {
    "line": "Line",
    "text": "Text",
    "list": "List",
    "one": "One",
    "several": "Several",
    "date": "Date",
    "time": "Time",
    "number": "Number",
    "rate": "Rate",
    "yesno": "YesNo",
    "table": "Table",
    "goals": "Goals",
}


class _Kinds(dict[KindName, Kind]):
    """Each kind by its name. Its module is loaded when an answer of it is first met: a list of children meets none."""

    def __missing__(self, name: KindName) -> Kind:
        kind: Kind = getattr(importlib.import_module(f"{__name__}.{name}"), _CLASSES[name])()
        self[name] = kind
        return kind


KINDS = _Kinds()


def kind_of(question: Question) -> Kind:
    return KINDS[question.kind]


def is_empty(question: Question, value: Value) -> bool:
    """Whether the value says nothing at all."""
    return KINDS[question.kind].empty(value)


def trouble(question: Question, value: Value) -> str:
    """Why this value does not fit the question, in a sentence for the parent; "" when it fits or is empty."""
    kind = kind_of(question)
    return "" if kind.empty(value) else kind.trouble(question, value)


def shown(question: Question, value: Value) -> Shown:
    """The value in words. One that does not fit its kind is shown as it came, with `fits` False."""
    kind = KINDS[question.kind]
    if kind.empty(value):
        return Shown("line")
    wrong_shape = question.kind in ("table", "goals") and not row_shaped(value)
    fits = not kind.trouble(question, value)
    if wrong_shape:
        return Shown("text", (plain_words(value),), fits=False)
    said = kind.show(question, value)
    return said if said.fits == fits else msgspec.structs.replace(said, fits=fits)
