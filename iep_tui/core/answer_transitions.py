"""State transitions of an answer: answered, marked, skipped, carried over."""

from __future__ import annotations

import msgspec

from iep_tui.core import kinds
from iep_tui.core.case_model import Answer, AnswerState, Value
from iep_tui.core.question_model import Question


def answered(answer: Answer, value: Value) -> Answer:
    """Return the answer with a new value."""
    return msgspec.structs.replace(answer, value=value, state="answered")


def marked(question: Question, answer: Answer, state: AnswerState) -> Answer:
    """Toggle the "unsure" or "ask" mark of an answer."""
    if answer.state != state:
        return msgspec.structs.replace(answer, state=state)
    unmarked: AnswerState = "open" if kinds.is_empty(question, answer.value) else "answered"
    return msgspec.structs.replace(answer, state=unmarked)


def skipped(answer: Answer) -> Answer:
    """Mark an open answer as skipped; any other state stays."""
    return msgspec.structs.replace(answer, state="skipped") if answer.state == "open" else answer


def carried_over(answer: Answer, previous: Answer) -> Answer:
    """Return the last meeting's answer and audience, with this meeting's note."""
    return Answer(previous.value, "answered", previous.share, answer.note)
