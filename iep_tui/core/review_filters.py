"""Review filters: selections of answers that still need attention."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from iep_tui.core import kinds
from iep_tui.core.case_model import Answer
from iep_tui.core.interview import Interview, effective_share, is_done
from iep_tui.core.question_model import Question
from iep_tui.core.wording import answer_state_text
from iep_tui.i18n import _

#: A question's id, the question if a set still has it, and its answer.
ReviewRow: TypeAlias = tuple[str, Question | None, Answer]
#: Looks up the previous meeting's answer to a question.
PreviousMeeting: TypeAlias = Callable[[Question], Answer | None]


def filters(has_previous: bool) -> tuple[tuple[str, str], ...]:
    """Return (name, label) of each filter; "changed" only when there is a previous meeting."""
    options = (
        ("all", _("All")),
        ("open", _("Not answered")),
        ("unsure", _("Not sure")),
        ("ask", _("Ask the school")),
        ("family", _("Only us")),
        ("changed", _("Changed since last meeting")),
        ("aside", _("Set aside")),
    )
    return tuple(option for option in options if option[0] != "changed" or has_previous)


def rows(interview: Interview, filter_name: str, previous_answer: PreviousMeeting) -> list[ReviewRow]:
    """Return the questions that a filter selects, each with its answer."""
    if filter_name == "aside":
        return [
            (question_id, interview.catalogue.question(question_id), answer)
            for question_id, answer in interview.hidden_answers()
        ]
    selected: list[ReviewRow] = []
    for question in interview.live if filter_name != "open" else interview.path:
        answer = interview.answers.of(question.id)
        if _matches(filter_name, question, answer, previous_answer):
            selected.append((question.id, question, answer))
    return selected


def _matches(filter_name: str, question: Question, answer: Answer, previous_answer: PreviousMeeting) -> bool:
    if filter_name == "open":
        return not is_done(question, answer)
    if filter_name in ("unsure", "ask"):
        return answer.state == filter_name
    if filter_name == "family":
        return effective_share(question, answer) == "family" and not kinds.is_empty(question, answer.value)
    if filter_name == "changed":
        previous = previous_answer(question)
        return answer.value != (previous.value if previous else None) and not kinds.is_empty(question, answer.value)
    return True


def marks(question: Question | None, answer: Answer) -> tuple[str, ...]:
    """Return the labels shown beside an answer in the review: its state, and "only us" when it is private."""
    share = effective_share(question, answer) if question is not None else answer.share
    empty = question is not None and kinds.is_empty(question, answer.value)
    private = _("only us") if share == "family" and not empty else ""
    return tuple(mark for mark in (answer_state_text(answer), private) if mark)
