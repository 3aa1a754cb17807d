"""Model of a case: meetings, each with its answers and their history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import msgspec

from iep_tui.core.question_model import Audience

if TYPE_CHECKING:
    #: Anything JSON can hold; which shape fits is the business of the question's kind.
    Value: TypeAlias = "bool | int | float | str | list[Value] | dict[str, Value] | None"
else:  # msgspec resolves annotations as the program runs and cannot follow a type into itself
    Value = Any

#: `open`: nothing decided yet (it may still carry a note or a choice of reader). `ask`: ask the school.
AnswerState = Literal["open", "answered", "unsure", "skipped", "ask"]
ANSWER_STATES: tuple[AnswerState, ...] = ("open", "answered", "unsure", "skipped", "ask")


class Answer(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):  # what JSON holds never leads back to itself
    """One answer. `share` is None while the set's own default holds; `note` is always for the family only.

    `at` is the moment it changed, UTC, "2027-01-03T10:00:00Z". A value may stand beside every state:
    "not sure" does not take back what was written.
    """

    value: Value = None
    state: AnswerState = "open"
    share: Audience | None = None
    note: str = ""
    at: str = ""


OPEN = Answer()


class Answers(Mapping[str, Answer]):
    """The answers of one meeting by question id. Never changed in place: `put` gives the next one."""

    __slots__ = ("_by_id",)

    def __init__(self, by_id: Mapping[str, Answer] | None = None) -> None:
        self._by_id: dict[str, Answer] = dict(by_id or {})

    def __getitem__(self, question_id: str) -> Answer:
        return self._by_id[question_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)

    def of(self, question_id: str) -> Answer:
        """The answer to this question, an open one when there is none."""
        return self._by_id.get(question_id, OPEN)

    def by_id(self) -> dict[str, Answer]:
        """All of them in a dictionary of its own, in one step."""
        return self._by_id.copy()

    def put(self, question_id: str, answer: Answer) -> Answers:
        """These answers with this one in place."""
        return Answers({**self._by_id, question_id: answer})


class Revision(Answer, frozen=True, omit_defaults=True):
    """An answer as it was, given at `at`. One that is `pinned` was left out by a merge, and is thinned last."""

    pinned: bool = False


class AnswerHistory(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one answer was besides what it is now.

    `before` are the earlier steps, oldest first: undo goes to the last. `after` are those that undo went back from:
    redo goes to the first. `given` is when the present answer was first given, where undo or redo brought it back;
    its own `at` is the moment of that.
    """

    before: tuple[Revision, ...] = ()
    after: tuple[Revision, ...] = ()
    given: str = ""

    @property
    def steps(self) -> tuple[Revision, ...]:
        return self.before + self.after


NO_HISTORY = AnswerHistory()


class Histories(Mapping[str, AnswerHistory]):
    """What the answers of one meeting were, by question id. Never changed in place: `put` gives the next one."""

    __slots__ = ("_by_id",)

    def __init__(self, by_id: Mapping[str, AnswerHistory] | None = None) -> None:
        self._by_id: dict[str, AnswerHistory] = {
            name: past for name, past in (by_id or {}).items() if past != NO_HISTORY
        }

    def __getitem__(self, question_id: str) -> AnswerHistory:
        return self._by_id[question_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)

    def by_id(self) -> dict[str, AnswerHistory]:
        """All of them in a dictionary of its own, in one step."""
        return self._by_id.copy()

    def of(self, question_id: str) -> AnswerHistory:
        """The past of the answer to this question, an empty one when there is none."""
        return self._by_id.get(question_id, NO_HISTORY)

    def put(self, question_id: str, past: AnswerHistory) -> Histories:
        """These pasts with this one in place."""
        return Histories({**self._by_id, question_id: past})


NO_HISTORIES = Histories()


class Meeting(msgspec.Struct, frozen=True):
    """One meeting of a case: `started` is the day its preparation began, 2027-01-03.

    `place` is the id of the question the family was at last, "" when they were at none. `histories` are the earlier
    answers. `sets` has a mark for each set that an answer was given under, see `core.versions`.
    """

    id: str
    started: str
    answers: Answers
    place: str = ""
    histories: Histories = NO_HISTORIES
    sets: dict[str, str] = {}


class Case(msgspec.Struct, frozen=True):
    """One child: their meetings, oldest first. There is always at least one."""

    id: str
    meetings: tuple[Meeting, ...]

    @property
    def latest(self) -> Meeting:
        return self.meetings[-1]

    def meeting(self, meeting_id: str) -> Meeting | None:
        return next((one for one in self.meetings if one.id == meeting_id), None)

    def before(self, meeting_id: str) -> Meeting | None:
        """The meeting before this one, or None for the first."""
        earlier: Meeting | None = None
        for one in self.meetings:
            if one.id == meeting_id:
                return earlier
            earlier = one
        return None

    def with_meeting(self, meeting: Meeting) -> Case:
        """This case with `meeting` in the place of the one with its id, or after the others when it is new."""
        if self.meeting(meeting.id) is None:
            return msgspec.structs.replace(self, meetings=(*self.meetings, meeting))
        meetings = tuple(meeting if one.id == meeting.id else one for one in self.meetings)
        return msgspec.structs.replace(self, meetings=meetings)
