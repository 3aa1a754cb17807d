"""One choice out of several."""

from __future__ import annotations

from iep_tui.core.answers import Value
from iep_tui.core.kinds.base import Kind, Shown, plain_words
from iep_tui.core.kinds.choices import choice_words, chosen, unknown_choice
from iep_tui.core.model import Question


class One(Kind):
    """Value: the choice's value, or {"other": "words"} for a choice that takes words."""

    def trouble(self, question: Question, value: Value) -> str:
        return "" if chosen(question, value)[0] else unknown_choice(value)

    def read(self, question: Question, typed: str) -> Value:
        wanted = typed.strip().casefold()
        for choice in question.choices:
            if wanted in (choice.value.casefold(), choice.label.casefold()):
                return choice.value
        return typed

    def show(self, question: Question, value: Value) -> Shown:
        return Shown("line", (choice_words(question, value) or plain_words(value),))
