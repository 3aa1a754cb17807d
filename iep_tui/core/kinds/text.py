"""The kind `text`: text of any length, with paragraphs."""

from __future__ import annotations

from iep_tui.core.case_model import Value
from iep_tui.core.kinds.base import LONGEST_TEXT, Kind, Shown, not_words, plain_words, too_long
from iep_tui.core.question_model import Question


class Text(Kind):
    """Value: a string."""

    def trouble(self, question: Question, value: Value) -> str:
        if not isinstance(value, str):
            return not_words()
        return too_long(value, question.max or LONGEST_TEXT)

    def show(self, question: Question, value: Value) -> Shown:
        return Shown("text", (plain_words(value).strip("\n"),))
