"""The kind `list`: several short entries, one on each line."""

from __future__ import annotations

from iep_tui.core.case_model import Value
from iep_tui.core.kinds.base import (
    MAX_ENTRIES,
    MAX_LINE_CHARS,
    AnswerKind,
    DisplayValue,
    not_text_message,
    plain_words,
    too_long_message,
    too_many_message,
)
from iep_tui.core.question_model import Question


class ListKind(AnswerKind):
    """Value: a list of strings, none of them empty. In a field each stands on a line of its own."""

    def empty(self, value: Value) -> bool:
        if isinstance(value, list):
            return all(super(ListKind, self).empty(one) for one in value)
        return super().empty(value)

    def trouble(self, question: Question, value: Value) -> str:
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            return not_text_message()
        for one in value:
            if found := too_long_message(str(one), MAX_LINE_CHARS):
                return found
        return too_many_message(len(value), question.max or MAX_ENTRIES)

    def read(self, question: Question, typed: str) -> Value:
        return [line for line in typed.split("\n") if line.strip()]

    def show(self, question: Question, value: Value) -> DisplayValue:
        entries = value if isinstance(value, list) else [value]
        return DisplayValue("list", tuple(words for one in entries if (words := plain_words(one).strip())))
