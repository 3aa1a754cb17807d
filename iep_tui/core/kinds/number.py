"""The kind `number`."""

from __future__ import annotations

import math
import re
from decimal import Decimal

from iep_tui.core.case_model import Value
from iep_tui.core.kinds.base import AnswerKind, DisplayValue, plain_words
from iep_tui.core.question_model import Question
from iep_tui.i18n import _

#: Whole numbers up to here are the same in every program that reads what we save.
MAX_EXACT_INTEGER = 2**53


class NumberKind(AnswerKind):
    """Value: a number; whole ones are kept whole."""

    def trouble(self, question: Question, value: Value) -> str:
        if is_number(value):
            return ""
        return _("We could not read this as a number. Write it in figures, like 30.")

    def read(self, question: Question, typed: str) -> Value:
        figures = re.sub(r"(?<=\d),(?=\d{3}\b)", "", typed.strip())
        if re.fullmatch(r"[+-]?\d{1,16}", figures):
            return number if abs(number := int(figures)) <= MAX_EXACT_INTEGER else typed
        if re.fullmatch(r"[+-]?(\d{1,16}\.\d{0,20}|\.\d{1,20})", figures):
            # One with more places than a number can keep stays as it was typed.
            return float(figures) if Decimal(repr(float(figures))) == Decimal(figures) else typed
        return typed

    def field(self, question: Question, value: Value) -> str:
        return in_figures(value)

    def show(self, question: Question, value: Value) -> DisplayValue:
        return DisplayValue("line", (in_figures(value),))


def in_figures(value: Value) -> str:
    """A number with all its figures, as people write it: 30, 2.5, 0.00001. Anything else as plain words."""
    if not isinstance(value, float) or not math.isfinite(value):
        return plain_words(value)
    figures = format(Decimal(repr(value)), "f")
    return figures.rstrip("0").rstrip(".") if "." in figures else figures


def is_number(value: Value) -> bool:
    """Whether a saved value is a number (true and false are not)."""
    return math.isfinite(value) if isinstance(value, float) else isinstance(value, int) and not isinstance(value, bool)
