"""The kind `one`: one choice from a list."""

from __future__ import annotations

from iep_tui.core.case_model import Value
from iep_tui.core.kinds.base import DisplayValue, plain_words
from iep_tui.core.kinds.choice_values import (
    ListedChoicesKind,
    choice_field,
    choice_text,
    read_choice,
    selected_choices,
    unknown_choice,
)
from iep_tui.core.kinds.operands import ChoiceOperand
from iep_tui.core.question_model import Question


class OneChoiceKind(ListedChoicesKind):
    """Value: the choice's value, or {"other": "words"} for a choice that takes words."""

    name = "one"
    input_form = "one_choice"
    operand = ChoiceOperand()
    body_mark = "( )"

    def trouble(self, question: Question, value: Value) -> str:
        return "" if selected_choices(question, value)[0] else unknown_choice(value)

    def read(self, question: Question, typed: str) -> Value:
        return read_choice(question, typed)

    def field(self, question: Question, value: Value) -> str:
        return choice_field(question, value)

    def show(self, question: Question, value: Value) -> DisplayValue:
        return DisplayValue("line", (choice_text(question, value) or plain_words(value),))


KIND = OneChoiceKind()
