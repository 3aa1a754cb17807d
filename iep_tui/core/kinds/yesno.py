"""The kind `yesno`: yes or no."""

from __future__ import annotations

from iep_tui.core.case_model import Value
from iep_tui.core.kinds.base import AnswerKind, DisplayValue, plain_words
from iep_tui.core.kinds.operands import ChoiceOperand
from iep_tui.core.question_model import Choice, Question
from iep_tui.i18n import N_, _


class YesNoKind(AnswerKind):
    """Value: "yes" or "no"."""

    name = "yesno"
    input_form = "one_choice"
    operand = ChoiceOperand()
    cell_form = "choice"
    cell_prompt = N_("Yes or no:")

    def choices(self, question: Question) -> tuple[Choice, ...]:
        return (Choice("yes", _("Yes")), Choice("no", _("No")))

    def trouble(self, question: Question, value: Value) -> str:
        return "" if value in ("yes", "no") else _("Choose yes or no.")

    def read(self, question: Question, typed: str) -> Value:
        word = typed.strip().casefold()
        if word in ("yes", "y", _("yes").casefold()):
            return "yes"
        if word in ("no", "n", _("no").casefold()):
            return "no"
        return typed

    def field(self, question: Question, value: Value) -> str:
        return {"yes": _("yes"), "no": _("no")}.get(str(value), plain_words(value))

    def show(self, question: Question, value: Value) -> DisplayValue:
        return DisplayValue("line", ({"yes": _("Yes"), "no": _("No")}.get(str(value), plain_words(value)),))


KIND = YesNoKind()
