"""The kind `rate`: a rating from 1 to 5."""

from __future__ import annotations

from iep_tui.core.case_model import Value
from iep_tui.core.kinds.base import AnswerKind, DisplayValue, plain_words
from iep_tui.core.kinds.operands import MAX_RATING, MIN_RATING, RatingOperand
from iep_tui.core.question_model import Choice, Question
from iep_tui.i18n import _


class RatingKind(AnswerKind):
    """Value: a whole number, 1 to 5."""

    name = "rate"
    input_form = "one_choice"
    operand = RatingOperand()
    choices_are_numbers = True

    def choices(self, question: Question) -> tuple[Choice, ...]:
        ends = {MIN_RATING: _("1, the lowest"), MAX_RATING: _("5, the highest")}
        ratings = range(MIN_RATING, MAX_RATING + 1)
        return tuple(Choice(str(rating), ends.get(rating, str(rating))) for rating in ratings)

    def choice_value(self, choice: Choice, words: str = "") -> Value:
        return int(choice.value)

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


KIND = RatingKind()
