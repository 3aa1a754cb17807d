"""The kind `text`: text of any length, with paragraphs."""

from __future__ import annotations

from iep_tui.core.case_model import Value
from iep_tui.core.kinds.base import (
    MAX_TEXT_CHARS,
    AnswerKind,
    DisplayValue,
    not_text_message,
    plain_words,
    too_long_message,
)
from iep_tui.core.question_model import Question
from iep_tui.i18n import N_


class TextKind(AnswerKind):
    """Value: a string."""

    name = "text"
    input_form = "text"
    counts_max = True
    prompt = N_("Your words, on as many lines as you like. An empty line ends, a dot alone makes a blank line:")

    def trouble(self, question: Question, value: Value) -> str:
        if not isinstance(value, str):
            return not_text_message()
        return too_long_message(value, question.max or MAX_TEXT_CHARS)

    def show(self, question: Question, value: Value) -> DisplayValue:
        return DisplayValue("text", (plain_words(value).strip("\n"),))


KIND = TextKind()
