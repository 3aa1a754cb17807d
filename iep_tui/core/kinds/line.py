"""The kind `line`: one line of text, such as a name or a place."""

from __future__ import annotations

from iep_tui.core.case_model import Value
from iep_tui.core.kinds.base import LONGEST_LINE, Kind, Shown, not_words, plain_words, too_long
from iep_tui.core.question_model import Question
from iep_tui.i18n import _


class Line(Kind):
    """Value: a string without line breaks."""

    def trouble(self, question: Question, value: Value) -> str:
        if not isinstance(value, str):
            return not_words()
        if "\n" in value:
            return _("This has more than one line. Please make it one.")
        return too_long(value, question.max or LONGEST_LINE)

    def show(self, question: Question, value: Value) -> Shown:
        return Shown("line", (plain_words(value).strip(),))
