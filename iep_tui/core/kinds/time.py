"""The kind `time`: a time of day."""

from __future__ import annotations

from iep_tui.core.case_model import Value
from iep_tui.core.dates import as_time, clock, read_time
from iep_tui.core.kinds.base import AnswerKind, DisplayValue, plain_words
from iep_tui.core.question_model import Question
from iep_tui.i18n import N_, _


class TimeKind(AnswerKind):
    """Value: a string on the 24-hour clock, 14:30."""

    name = "time"
    cell_form = "line"
    reads_back = True
    hint = N_("Write it like 2:30 pm.")
    prompt = N_("The time, like 2:30 pm:")
    cell_prompt = N_("The time, like 2:30 pm:")

    def trouble(self, question: Question, value: Value) -> str:
        return "" if as_time(value) else _("We could not read this as a time. Write it like 2:30 pm.")

    def read(self, question: Question, typed: str) -> Value:
        time = read_time(typed)
        return time.strftime("%H:%M") if time else typed

    def field(self, question: Question, value: Value) -> str:
        time = as_time(value)
        return clock(time) if time else plain_words(value)

    def show(self, question: Question, value: Value) -> DisplayValue:
        time = as_time(value)
        return DisplayValue("line", (clock(time) if time else plain_words(value),))


KIND = TimeKind()
