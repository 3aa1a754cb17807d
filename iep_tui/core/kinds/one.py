"""The kind `one`: one choice out of several."""

from __future__ import annotations

from iep_tui.core.case_model import Value
from iep_tui.core.kinds.base import Kind, Shown, plain_words
from iep_tui.core.kinds.choice_values import choice_field, choice_words, chosen, read_choice, unknown_choice
from iep_tui.core.question_model import Question


class One(Kind):
    """Value: the choice's value, or {"other": "words"} for a choice that takes words."""

    def trouble(self, question: Question, value: Value) -> str:
        return "" if chosen(question, value)[0] else unknown_choice(value)

    def read(self, question: Question, typed: str) -> Value:
        return read_choice(question, typed)

    def field(self, question: Question, value: Value) -> str:
        return choice_field(question, value)

    def show(self, question: Question, value: Value) -> Shown:
        return Shown("line", (choice_words(question, value) or plain_words(value),))
