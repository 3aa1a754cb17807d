"""The kind `several`: any number of choices from a list."""

from __future__ import annotations

from iep_tui.core.case_model import Value
from iep_tui.core.kinds.base import DisplayValue, not_text_message, plain_words, too_many_message
from iep_tui.core.kinds.choice_values import (
    ListedChoicesKind,
    choice_field,
    choice_text,
    read_choice,
    selected_choices,
    unknown_choice,
)
from iep_tui.core.kinds.operands import NONE_CHOICE, ManyChoicesOperand
from iep_tui.core.question_model import Choice, Question


class ManyChoicesKind(ListedChoicesKind):
    """Value: a list of choice values (or {"other": "words"}), in the order of the question; in a field, one a line."""

    name = "several"
    input_form = "many_choices"
    operand = ManyChoicesOperand()
    body_mark = "[ ]"
    counts_max = True

    def trouble(self, question: Question, value: Value) -> str:
        if not isinstance(value, list):
            return not_text_message()
        for entry in value:
            if selected_choices(question, entry)[0] is None:
                return unknown_choice(entry)
        return too_many_message(len(value), question.max or len(question.choices))

    def read(self, question: Question, typed: str) -> Value:
        return in_offered_order(question, [read_choice(question, line) for line in typed.split("\n") if line.strip()])

    def field(self, question: Question, value: Value) -> str:
        entries = value if isinstance(value, list) else [value]
        return "\n".join(text for entry in entries if (text := choice_field(question, entry)))

    def show(self, question: Question, value: Value) -> DisplayValue:
        entries = value if isinstance(value, list) else [value]
        return DisplayValue("list", tuple(choice_text(question, entry) or plain_words(entry) for entry in entries))


KIND = ManyChoicesKind()


def toggle_choice(question: Question, entries: list[Value], choice: Choice, words: str = "") -> list[Value]:
    """Return `entries` with `choice` added, or removed if it was among them. "None of these" excludes all others."""
    keys = [KIND.choice_key(question, entry) for entry in entries]
    if choice.value in keys:
        return [entry for entry, key in zip(entries, keys, strict=True) if key != choice.value]
    if choice.value == NONE_CHOICE:
        return [NONE_CHOICE]
    others = [entry for entry, key in zip(entries, keys, strict=True) if key != NONE_CHOICE]
    return in_offered_order(question, [*others, KIND.choice_value(choice, words)])


def in_offered_order(question: Question, values: list[Value]) -> list[Value]:
    """Sort `values` by the order of the question's choices, unknown ones last."""
    positions = {choice.value: position for position, choice in enumerate(question.choices)}

    def position(value: Value) -> int:
        choice = selected_choices(question, value)[0]
        return positions[choice.value] if choice else len(positions)

    return sorted(values, key=position)
