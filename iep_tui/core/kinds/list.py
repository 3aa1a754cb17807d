"""The kind `list`: several short entries, one on each line."""

from __future__ import annotations

from iep_tui.core.case_model import Value
from iep_tui.core.kinds.base import (
    LONGEST_LINE,
    MOST_ENTRIES,
    Kind,
    Shown,
    not_words,
    plain_words,
    too_long,
    too_many,
)
from iep_tui.core.question_model import Question


class List(Kind):
    """Value: a list of strings, none of them empty. In a field each stands on a line of its own."""

    def empty(self, value: Value) -> bool:
        if isinstance(value, list):
            return all(super(List, self).empty(one) for one in value)
        return super().empty(value)

    def trouble(self, question: Question, value: Value) -> str:
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            return not_words()
        for one in value:
            if found := too_long(str(one), LONGEST_LINE):
                return found
        return too_many(len(value), question.max or MOST_ENTRIES)

    def read(self, question: Question, typed: str) -> Value:
        return [line for line in typed.split("\n") if line.strip()]

    def show(self, question: Question, value: Value) -> Shown:
        entries = value if isinstance(value, list) else [value]
        return Shown("list", tuple(words for one in entries if (words := plain_words(one).strip())))
