"""The kind `rate`: a rating from 1 to 5."""

from __future__ import annotations

from iep_tui.core.case_model import Value
from iep_tui.core.kinds.base import AnswerKind, DisplayValue, plain_words
from iep_tui.core.question_model import Question
from iep_tui.i18n import _

MIN_RATING, MAX_RATING = 1, 5


class RatingKind(AnswerKind):
    """Value: a whole number, 1 to 5."""

    def trouble(self, question: Question, value: Value) -> str:
        if isinstance(value, int) and not isinstance(value, bool) and MIN_RATING <= value <= MAX_RATING:
            return ""
        return _("Choose a number from 1 to 5.")

    def read(self, question: Question, typed: str) -> Value:
        return int(typed.strip()) if typed.strip() in ("1", "2", "3", "4", "5") else typed

    def show(self, question: Question, value: Value) -> DisplayValue:
        if self.trouble(question, value):
            return DisplayValue("line", (plain_words(value),))
        return DisplayValue("line", (_("{number} of 5").format(number=value),))
