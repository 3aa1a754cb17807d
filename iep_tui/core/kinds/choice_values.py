"""Base class of the kinds whose question lists the choices, and the saved form of one choice.

A choice is saved as its value ("fine") or, if it takes the parent's own words, as {"other": "words"}.
"""

from __future__ import annotations

from iep_tui.core.case_model import Value
from iep_tui.core.kinds.base import AnswerKind, plain_words
from iep_tui.core.question_model import Choice, Question
from iep_tui.i18n import _


class ListedChoicesKind(AnswerKind):
    """A kind whose choices are listed under the question."""

    def choices(self, question: Question) -> tuple[Choice, ...]:
        return question.choices

    def choice_key(self, question: Question, entry: Value) -> str | None:
        choice = selected_choices(question, entry)[0]
        return choice.value if choice else None

    def parts_used(self, value: Value) -> tuple[str, ...]:
        return saved_keys(value)


def selected_choices(question: Question, value: Value) -> tuple[Choice | None, str]:
    """Return the choice that one saved entry names and the parent's own words with it; (None, "") if there is none."""
    if isinstance(value, dict) and len(value) == 1:
        key, words = next(iter(value.items()))
        choice = question.choice(key)
        if choice is not None and choice.words and isinstance(words, str):
            return choice, words
        return None, ""
    if isinstance(value, str):
        return question.choice(value), ""
    return None, ""


def saved_keys(value: Value) -> tuple[str, ...]:
    """Return the choices that a saved value names, offered or not."""
    entries = value if isinstance(value, list) else [value]
    keys: list[str] = []
    for entry in entries:
        if isinstance(entry, dict):
            keys.extend(entry)
        elif isinstance(entry, str) and entry:
            keys.append(entry)
    return tuple(keys)


def choice_text(question: Question, value: Value) -> str:
    """Return the label of one saved entry, followed by the parent's own words; an unknown entry as it was saved."""
    choice, words = selected_choices(question, value)
    if choice is None:
        return str(value) if isinstance(value, str) else ""
    if choice.words and words.strip():
        return _("{choice}: {words}").format(choice=choice.label, words=words.strip())
    return choice.label


def choice_field(question: Question, value: Value) -> str:
    """Format one saved entry for editing: "fine", or "other: words" for the parent's own words."""
    choice, words = selected_choices(question, value)
    return f"{choice.value}: {words}" if choice is not None and isinstance(value, dict) else plain_words(value)


def read_choice(question: Question, typed: str) -> Value:
    """Parse a choice typed by its value or label, with own words after a colon where it takes them.

    Text that names no choice is returned unchanged. The inverse of `choice_field`.
    """
    line = typed.strip()
    by_value = [(choice.value, choice) for choice in question.choices]
    by_label = [(choice.label, choice) for choice in question.choices]
    for names in (by_value, by_label):
        for name, choice in names:
            if line.casefold() == name.casefold():
                return choice.value
        for name, choice in names:
            start, rest = typed.lstrip()[: len(name)], typed.lstrip()[len(name) :]
            if choice.words and start.casefold() == name.casefold() and rest.startswith(":"):
                return {choice.value: rest[1:].removeprefix(" ")}
    return typed


def unknown_choice(value: Value) -> str:
    """Return a sentence about a saved entry that the question no longer offers."""
    if isinstance(value, str):
        return _("This answer, {answer}, is no longer one of the choices. It is kept until you choose again.").format(
            answer=f"“{value}”"
        )
    return _("This answer is no longer one of the choices. It is kept until you choose again.")
