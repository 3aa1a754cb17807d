"""The kind `several`: any number of choices."""

from __future__ import annotations

from iep_tui.core.case_model import Value
from iep_tui.core.kinds.base import AnswerKind, DisplayValue, not_text_message, plain_words, too_many_message
from iep_tui.core.kinds.choice_values import (
    choice_field,
    choice_text,
    key_of,
    read_choice,
    selected_choice,
    selected_choices,
    unknown_choice,
)
from iep_tui.core.question_model import Choice, Question

#: The choice that stands for "none of these": taking it clears the others, and the other way round.
NONE_CHOICE = "none"


class ManyChoicesKind(AnswerKind):
    """Value: a list of choice values (or {"other": "words"}), in the order of the question. In a field each stands on
    a line of its own."""

    def trouble(self, question: Question, value: Value) -> str:
        if not isinstance(value, list):
            return not_text_message()
        for one in value:
            if selected_choices(question, one)[0] is None:
                return unknown_choice(one)
        return too_many_message(len(value), question.max or len(question.choices))

    def read(self, question: Question, typed: str) -> Value:
        return in_offered_order(question, [read_choice(question, line) for line in typed.split("\n") if line.strip()])

    def field(self, question: Question, value: Value) -> str:
        entries = value if isinstance(value, list) else [value]
        return "\n".join(words for one in entries if (words := choice_field(question, one)))

    def show(self, question: Question, value: Value) -> DisplayValue:
        entries = value if isinstance(value, list) else [value]
        return DisplayValue("list", tuple(choice_text(question, one) or plain_words(one) for one in entries))


def toggle_choice(question: Question, entries: list[Value], choice: Choice, words: str = "") -> list[Value]:
    """`entries` with `choice` taken, or taken back when it was among them."""
    if any(key_of(question, entry) == choice.value for entry in entries):
        return [entry for entry in entries if key_of(question, entry) != choice.value]
    if choice.value == NONE_CHOICE:
        return [NONE_CHOICE]
    rest = [entry for entry in entries if key_of(question, entry) != NONE_CHOICE]
    return in_offered_order(question, [*rest, selected_choice(question, choice, words)])


def in_offered_order(question: Question, values: list[Value]) -> list[Value]:
    """`values` in the order the question lists its choices; what it does not know stays, at the end."""
    places = {choice.value: place for place, choice in enumerate(question.choices)}

    def place(value: Value) -> int:
        choice = selected_choices(question, value)[0]
        return places[choice.value] if choice else len(places)

    return sorted(values, key=place)
