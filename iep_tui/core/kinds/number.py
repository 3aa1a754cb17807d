"""The kind `number`."""

from __future__ import annotations

import math
import re
from decimal import Decimal

from iep_tui.core.case_model import Value
from iep_tui.core.kinds.base import AnswerKind, DisplayValue, plain_words
from iep_tui.core.kinds.operands import NumberOperand
from iep_tui.core.question_model import Question
from iep_tui.i18n import N_, _

#: The largest whole number that every JSON reader takes in exactly.
MAX_EXACT_INTEGER = 2**53


class NumberKind(AnswerKind):
    """Value: a number; an int if it was typed without a decimal point."""

    name = "number"
    operand = NumberOperand()
    cell_form = "line"
    hint = N_("A number, in figures.")
    prompt = N_("A number, in figures:")
    cell_prompt = N_("A number, in figures:")

    def trouble(self, question: Question, value: Value) -> str:
        if is_number(value):
            return ""
        return _("We could not read this as a number. Write it in figures, like 30.")

    def read(self, question: Question, typed: str) -> Value:
        figures = re.sub(r"(?<=\d),(?=\d{3}\b)", "", typed.strip())
        if re.fullmatch(r"[+-]?\d{1,16}", figures):
            return number if abs(number := int(figures)) <= MAX_EXACT_INTEGER else typed
        if re.fullmatch(r"[+-]?(\d{1,16}\.\d{0,20}|\.\d{1,20})", figures):
            # A number with more decimal places than a float holds stays text, so that none is lost.
            return float(figures) if Decimal(repr(float(figures))) == Decimal(figures) else typed
        return typed

    def field(self, question: Question, value: Value) -> str:
        return in_figures(value)

    def show(self, question: Question, value: Value) -> DisplayValue:
        return DisplayValue("line", (in_figures(value),))


KIND = NumberKind()


def in_figures(value: Value) -> str:
    """Format a number with all its digits and no exponent: 30, 2.5, 0.00001. Other values become plain text."""
    if not isinstance(value, float) or not math.isfinite(value):
        return plain_words(value)
    figures = format(Decimal(repr(value)), "f")
    return figures.rstrip("0").rstrip(".") if "." in figures else figures


def is_number(value: Value) -> bool:
    """Return whether a saved value is a finite number; true and false are not numbers."""
    return math.isfinite(value) if isinstance(value, float) else isinstance(value, int) and not isinstance(value, bool)
