"""The kind `date`: a day."""

from __future__ import annotations

from iep_tui.core.case_model import Value
from iep_tui.core.dates import as_date, long_date, plain_date, read_date
from iep_tui.core.kinds.base import AnswerKind, DisplayValue, plain_words
from iep_tui.core.kinds.operands import DateOperand
from iep_tui.core.question_model import Question
from iep_tui.i18n import N_, _


class DateKind(AnswerKind):
    """Value: a string, 2027-03-12."""

    name = "date"
    operand = DateOperand()
    cell_form = "line"
    reads_back = True
    hint = N_("Write the month first, like 3/12/2027 or March 12, 2027.")
    prompt = N_("The day, month first, like 3/12/2027 or March 12, 2027:")
    cell_prompt = N_("The day, month first, like 3/12/2027:")

    def trouble(self, question: Question, value: Value) -> str:
        if as_date(value):
            return ""
        return _("We could not read this as a day. Write it like 3/12/2027, with the month first.")

    def read(self, question: Question, typed: str) -> Value:
        day = read_date(typed)
        return day.isoformat() if day else typed

    def field(self, question: Question, value: Value) -> str:
        day = as_date(value)
        return plain_date(day) if day else plain_words(value)

    def show(self, question: Question, value: Value) -> DisplayValue:
        day = as_date(value)
        return DisplayValue("line", (long_date(day) if day else plain_words(value),))


KIND = DateKind()
