"""The kind `line`: one line of text, such as a name or a place."""

from __future__ import annotations

from iep_tui.core.case_model import Value
from iep_tui.core.kinds.base import (
    MAX_LINE_CHARS,
    AnswerKind,
    DisplayValue,
    not_text_message,
    plain_words,
    too_long_message,
)
from iep_tui.core.question_model import Question
from iep_tui.i18n import _


class LineKind(AnswerKind):
    """Value: a string without line breaks."""

    name = "line"
    counts_max = True
    cell_form = "wrapped"
    may_be_name = True

    def trouble(self, question: Question, value: Value) -> str:
        if not isinstance(value, str):
            return not_text_message()
        if "\n" in value:
            return _("This has more than one line. Please make it one.")
        return too_long_message(value, question.max or MAX_LINE_CHARS)

    def show(self, question: Question, value: Value) -> DisplayValue:
        return DisplayValue("line", (plain_words(value).strip(),))


KIND = LineKind()
