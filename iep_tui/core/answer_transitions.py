"""State transitions of an answer: answered, marked, skipped, kept from last year."""

from __future__ import annotations

import msgspec

from iep_tui.core import kinds
from iep_tui.core.case_model import Answer, AnswerState, Value
from iep_tui.core.question_model import Question


def answered(answer: Answer, value: Value) -> Answer:
    """The answer with another value."""
    return msgspec.structs.replace(answer, value=value, state="answered")


def marked(question: Question, answer: Answer, state: AnswerState) -> Answer:
    """The answer with its question marked "unsure" or "ask"; marked so already, with the mark taken back."""
    if answer.state != state:
        return msgspec.structs.replace(answer, state=state)
    back: AnswerState = "open" if kinds.is_empty(question, answer.value) else "answered"
    return msgspec.structs.replace(answer, state=back)


def skipped(answer: Answer) -> Answer:
    """The answer with its question left for later; what has been dealt with already stays so."""
    return msgspec.structs.replace(answer, state="skipped") if answer.state == "open" else answer


def carried_over(answer: Answer, last: Answer) -> Answer:
    """The last meeting's answer, with its reader, in the place of this one; the note is this meeting's."""
    return Answer(last.value, "answered", last.share, answer.note)
