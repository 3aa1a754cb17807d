"""Helpers shared by the two kinds with choices: find a choice by its saved value, display it."""

from __future__ import annotations

from iep_tui.core.case_model import Value
from iep_tui.core.kinds.base import plain_words
from iep_tui.core.question_model import Choice, Question
from iep_tui.i18n import _


def offered_choices(question: Question) -> tuple[Choice, ...]:
    """The choices of a question: its own, or those of its kind."""
    if question.kind == "yesno":
        return (Choice("yes", _("Yes")), Choice("no", _("No")))
    if question.kind == "rate":
        ends = {1: _("1, the lowest"), 5: _("5, the highest")}
        return tuple(Choice(str(number), ends.get(number, str(number))) for number in range(1, 6))
    return question.choices


def key_of(question: Question, entry: Value) -> str | None:
    """The choice that a saved entry stands for, by its value; None for one that is not offered."""
    if question.kind in ("one", "several"):
        choice = selected_choices(question, entry)[0]
        return choice.value if choice else None
    return str(entry) if any(one.value == str(entry) for one in offered_choices(question)) else None


def selected_choice(question: Question, choice: Choice, words: str = "") -> Value:
    """What is saved for a choice that is taken; `words` are the parent's own, for a choice that has room for them."""
    if choice.words:
        return {choice.value: words}
    return int(choice.value) if question.kind == "rate" else choice.value


def selected_choices(question: Question, value: Value) -> tuple[Choice | None, str]:
    """The choice that one saved value names, and the parent's own words with it.

    A value is the choice's own ("fine") or, for a choice that takes words, {"other": "words"}.
    """
    if isinstance(value, dict) and len(value) == 1:
        key, words = next(iter(value.items()))
        choice = question.choice(key)
        if choice is not None and choice.words and isinstance(words, str):
            return choice, words
        return None, ""
    if isinstance(value, str):
        return question.choice(value), ""
    return None, ""


def choice_text(question: Question, value: Value) -> str:
    """One saved value as it is read: the label, with the parent's own words after it. Unknown values as they came."""
    choice, words = selected_choices(question, value)
    if choice is None:
        return str(value) if isinstance(value, str) else ""
    if choice.words and words.strip():
        return _("{choice}: {words}").format(choice=choice.label, words=words.strip())
    return choice.label


def choice_field(question: Question, value: Value) -> str:
    """One saved value as it stands in a field: "fine", or "other: words" for the parent's own."""
    choice, words = selected_choices(question, value)
    return f"{choice.value}: {words}" if choice is not None and isinstance(value, dict) else plain_words(value)


def read_choice(question: Question, typed: str) -> Value:
    """The value of a choice that was typed by its value or its label, with own words after a colon where it takes
    them; what names no choice is kept as it was typed. `choice_field` is the other way."""
    line = typed.strip()
    by_value = [(choice.value, choice) for choice in question.choices]
    by_label = [(choice.label, choice) for choice in question.choices]
    for names in (by_value, by_label):
        for name, choice in names:
            if line.casefold() == name.casefold():
                return choice.value
        for name, choice in names:
            lead, rest = typed.lstrip()[: len(name)], typed.lstrip()[len(name) :]
            if choice.words and lead.casefold() == name.casefold() and rest.startswith(":"):
                return {choice.value: rest[1:].removeprefix(" ")}
    return typed


def unknown_choice(value: Value) -> str:
    """The sentence for a saved value that the question offers no longer."""
    if isinstance(value, str):
        return _("This answer, {answer}, is no longer one of the choices. It is kept until you choose again.").format(
            answer=f"“{value}”"
        )
    return _("This answer is no longer one of the choices. It is kept until you choose again.")
