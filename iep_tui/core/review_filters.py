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
#: What the meeting before said to a question.
PreviousMeeting: TypeAlias = Callable[[Question], Answer | None]


def filters(has_previous: bool) -> tuple[tuple[str, str], ...]:
    """The filters by name and in words; "changed" needs a meeting before this one."""
    named = (
        ("all", _("All")),
        ("open", _("Not answered")),
        ("unsure", _("Not sure")),
        ("ask", _("Ask the school")),
        ("family", _("Only us")),
        ("changed", _("Changed since last meeting")),
        ("aside", _("Set aside")),
    )
    return tuple(one for one in named if one[0] != "changed" or has_previous)


def rows(interview: Interview, chosen: str, before: PreviousMeeting) -> list[ReviewRow]:
    """The questions of one filter, each with its answer."""
    if chosen == "aside":
        return [(one, interview.catalogue.question(one), answer) for one, answer in interview.set_aside()]
    found: list[ReviewRow] = []
    for question in interview.live if chosen != "open" else interview.path:
        answer = interview.answers.of(question.id)
        if _wanted(chosen, question, answer, before):
            found.append((question.id, question, answer))
    return found


def _wanted(chosen: str, question: Question, answer: Answer, before: PreviousMeeting) -> bool:
    if chosen == "open":
        return not is_done(question, answer)
    if chosen in ("unsure", "ask"):
        return answer.state == chosen
    if chosen == "family":
        return effective_share(question, answer) == "family" and not kinds.is_empty(question, answer.value)
    if chosen == "changed":
        last = before(question)
        return answer.value != (last.value if last else None) and not kinds.is_empty(question, answer.value)
    return True


def marks(question: Question | None, answer: Answer) -> tuple[str, ...]:
    """What stands beside an answer in the review: how it was left, and that it is private."""
    share = effective_share(question, answer) if question is not None else answer.share
    empty = question is not None and kinds.is_empty(question, answer.value)
    private = _("only us") if share == "family" and not empty else ""
    return tuple(mark for mark in (answer_state_text(answer), private) if mark)
