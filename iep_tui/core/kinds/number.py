"""A number."""

from __future__ import annotations

import math
import re

from iep_tui.core.answers import Value
from iep_tui.core.kinds.base import Kind, Shown, plain_words
from iep_tui.core.model import Question
from iep_tui.language import _


class Number(Kind):
    """Value: a number; whole ones are kept whole."""

    def trouble(self, question: Question, value: Value) -> str:
        if is_number(value):
            return ""
        return _("We could not read this as a number. Write it in figures, like 30.")

    def read(self, question: Question, typed: str) -> Value:
        figures = re.sub(r"(?<=\d),(?=\d{3}\b)", "", typed.strip())
        if re.fullmatch(r"[+-]?\d{1,15}", figures):
            return int(figures)
        if re.fullmatch(r"[+-]?(\d{1,15}\.\d{0,15}|\.\d{1,15})", figures):
            return float(figures)
        return typed

    def show(self, question: Question, value: Value) -> Shown:
        return Shown("line", (f"{value:g}" if isinstance(value, float) else plain_words(value),))


def is_number(value: Value) -> bool:
    """Whether a saved value is a number (true and false are not)."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
