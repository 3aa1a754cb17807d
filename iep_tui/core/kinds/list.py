"""The kind `list`: short entries, each on a line of its own."""

from __future__ import annotations

from iep_tui.core.case_model import Value
from iep_tui.core.kinds.base import (
    MAX_ENTRIES,
    MAX_LINE_CHARS,
    AnswerKind,
    DisplayValue,
    is_blank,
    not_text_message,
    plain_words,
    too_long_message,
    too_many_message,
)
from iep_tui.core.question_model import Question
from iep_tui.i18n import N_


class ListKind(AnswerKind):
    """Value: a list of strings, none of them empty."""

    name = "list"
    input_form = "lines"
    counts_max = True
    may_be_name = True
    prompt = N_("One on each line. An empty line ends:")

    def empty(self, value: Value) -> bool:
        if isinstance(value, list):
            return all(is_blank(entry) for entry in value)
        return is_blank(value)

    def trouble(self, question: Question, value: Value) -> str:
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            return not_text_message()
        for entry in value:
            if message := too_long_message(str(entry), MAX_LINE_CHARS):
                return message
        return too_many_message(len(value), question.max or MAX_ENTRIES)

    def read(self, question: Question, typed: str) -> Value:
        return [line for line in typed.split("\n") if line.strip()]

    def show(self, question: Question, value: Value) -> DisplayValue:
        entries = value if isinstance(value, list) else [value]
        return DisplayValue("list", tuple(text for entry in entries if (text := plain_words(entry).strip())))


KIND = ListKind()
