"""Registry of the answer kinds, and the operations that look up a question's kind.

Each kind is a module here that declares everything about it as `KIND`. See `AnswerKind` in `base`.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec

from iep_tui.core.case_model import Value
from iep_tui.core.kinds.base import AnswerKind, DisplayValue, InputForm, plain_words
from iep_tui.core.question_model import Choice, KindName, Question

__all__ = [
    "KINDS",
    "AnswerKind",
    "DisplayValue",
    "InputForm",
    "added_kind",
    "all_kinds",
    "column_kinds",
    "display_value",
    "is_empty",
    "key_of",
    "kind_names",
    "kind_of",
    "offered_choices",
    "selected_choice",
    "validation_message",
]

#: The name of each kind, which is also the name of its module, in the order that messages list them.
_NAMES: list[KindName] = [
    "line",
    "text",
    "list",
    "one",
    "several",
    "date",
    "time",
    "number",
    "rate",
    "yesno",
    "table",
    "goals",
]


class _Kinds(dict[KindName, AnswerKind]):
    """Kinds by name. A module is imported when its kind is first looked up: commands that list children need none."""

    def __missing__(self, name: KindName) -> AnswerKind:
        if name not in _NAMES:
            raise KeyError(name)
        kind: AnswerKind = importlib.import_module(f"{__name__}.{name}").KIND
        self[name] = kind
        return kind


KINDS = _Kinds()


def kind_names() -> tuple[KindName, ...]:
    """Return the names of all kinds without importing their modules."""
    return tuple(_NAMES)


def all_kinds() -> tuple[AnswerKind, ...]:
    return tuple(KINDS[name] for name in _NAMES)


def column_kinds() -> tuple[KindName, ...]:
    """Return the names of the kinds that a table column can have."""
    return tuple(kind.name for kind in all_kinds() if kind.cell_form is not None)


@contextmanager
def added_kind(kind: AnswerKind) -> Iterator[None]:
    """Register one more kind, for as long as the context lasts. Raises ValueError if its name is taken."""
    if kind.name in _NAMES:
        raise ValueError(kind.name)
    _NAMES.append(kind.name)
    KINDS[kind.name] = kind
    try:
        yield
    finally:
        _NAMES.remove(kind.name)
        del KINDS[kind.name]


def kind_of(question: Question) -> AnswerKind:
    return KINDS[question.kind]


def is_empty(question: Question, value: Value) -> bool:
    """Return whether the value has no content."""
    return KINDS[question.kind].empty(value)


def validation_message(question: Question, value: Value) -> str:
    """Return why a value does not fit its question, as a sentence for the parent; "" if it fits or is empty."""
    kind = KINDS[question.kind]
    return "" if kind.empty(value) else kind.trouble(question, value)


def display_value(question: Question, value: Value) -> DisplayValue:
    """Lay out a value for display. A value that does not fit is shown as it was saved, with `fits` False."""
    kind = KINDS[question.kind]
    if kind.empty(value):
        return DisplayValue("line")
    fits = not kind.trouble(question, value)
    if not kind.has_shape(value):
        return DisplayValue("text", (plain_words(value),), fits=False)
    shown = kind.show(question, value)
    return shown if shown.fits == fits else msgspec.structs.replace(shown, fits=fits)


def offered_choices(question: Question) -> tuple[Choice, ...]:
    """Return the choices of a question: its own, or the fixed ones of its kind."""
    return KINDS[question.kind].choices(question)


def key_of(question: Question, entry: Value) -> str | None:
    """Return the value of the offered choice that a saved entry stands for; None if it is not offered."""
    return KINDS[question.kind].choice_key(question, entry)


def selected_choice(question: Question, choice: Choice, words: str = "") -> Value:
    """Return the value to save for a choice; `words` are the parent's own, for a choice that takes them."""
    return KINDS[question.kind].choice_value(choice, words)
