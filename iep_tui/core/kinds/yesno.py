"""The kind `yesno`: yes or no."""

from __future__ import annotations

from iep_tui.core.case_model import Value
from iep_tui.core.kinds.base import AnswerKind, DisplayValue, plain_words
from iep_tui.core.question_model import Question
from iep_tui.i18n import _


class YesNoKind(AnswerKind):
    """Value: "yes" or "no"."""

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
