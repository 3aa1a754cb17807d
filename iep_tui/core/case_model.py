"""Model of a case: meetings, each with its answers and their history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import msgspec

from iep_tui.core.question_model import Audience

if TYPE_CHECKING:
    #: Any JSON value; the question's kind defines the valid shapes.
    Value: TypeAlias = "bool | int | float | str | list[Value] | dict[str, Value] | None"
else:  # msgspec resolves annotations at run time and does not support recursive aliases
    Value = Any

#: `open`: not answered (a note or an audience may be set). `ask`: ask the school.
AnswerState = Literal["open", "answered", "unsure", "skipped", "ask"]
ANSWER_STATES: tuple[AnswerState, ...] = ("open", "answered", "unsure", "skipped", "ask")


class Answer(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):  # JSON values have no reference cycles
    """One answer. `share` is None while the question's default audience applies; `note` is for the family only.

    `at` is the UTC time of the last change, "2027-01-03T10:00:00Z". Any state can have a value: marking an answer
    "not sure" keeps what was written.
    """

    value: Value = None
    state: AnswerState = "open"
    share: Audience | None = None
    note: str = ""
    at: str = ""


OPEN = Answer()


class Answers(Mapping[str, Answer]):
    """The answers of one meeting by question id. Immutable: `put` returns an updated copy."""

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
        """Return the answer to this question, or an open one."""
        return self._by_id.get(question_id, OPEN)

    def by_id(self) -> dict[str, Answer]:
        """Return a copy of the dictionary, faster than `dict(self)`."""
        return self._by_id.copy()

    def put(self, question_id: str, answer: Answer) -> Answers:
        """Return a copy with this answer set."""
        return Answers({**self._by_id, question_id: answer})


class Revision(Answer, frozen=True, omit_defaults=True):
    """An earlier state of an answer, given at `at`. A `pinned` one lost a merge conflict and is dropped last."""

    pinned: bool = False


class AnswerHistory(msgspec.Struct, frozen=True, omit_defaults=True):
    """The other states of one answer, for undo and redo.

    `before` holds the earlier revisions, oldest first; undo restores the last. `after` holds the undone revisions; redo
    restores the first. `given` is the time when the current answer was first given, if undo or redo restored it; its
    own `at` is then the time of that undo or redo.
    """

    before: tuple[Revision, ...] = ()
    after: tuple[Revision, ...] = ()
    given: str = ""

    @property
    def revisions(self) -> tuple[Revision, ...]:
        return self.before + self.after


NO_HISTORY = AnswerHistory()


class Histories(Mapping[str, AnswerHistory]):
    """The answer histories of one meeting by question id. Immutable: `put` returns an updated copy."""

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
        """Return a copy of the dictionary, faster than `dict(self)`."""
        return self._by_id.copy()

    def of(self, question_id: str) -> AnswerHistory:
        """Return the history of the answer to this question, or an empty one."""
        return self._by_id.get(question_id, NO_HISTORY)

    def put(self, question_id: str, past: AnswerHistory) -> Histories:
        """Return a copy with this history set."""
        return Histories({**self._by_id, question_id: past})


NO_HISTORIES = Histories()


class Meeting(msgspec.Struct, frozen=True):
    """One meeting of a case: `started` is the day its preparation began, 2027-01-03.

    `place` is the id of the question that the family visited last, "" if none. `sets` holds a version mark for each set
    that the answers were given under (see `core.set_versions.mark_of`).
    """

    id: str
    started: str
    answers: Answers
    place: str = ""
    histories: Histories = NO_HISTORIES
    sets: dict[str, str] = {}


class Case(msgspec.Struct, frozen=True):
    """One child: their meetings, oldest first, at least one."""

    id: str
    meetings: tuple[Meeting, ...]

    @property
    def latest(self) -> Meeting:
        return self.meetings[-1]

    def meeting(self, meeting_id: str) -> Meeting | None:
        return next((meeting for meeting in self.meetings if meeting.id == meeting_id), None)

    def before(self, meeting_id: str) -> Meeting | None:
        """Return the meeting before this one, or None for the first."""
        earlier: Meeting | None = None
        for meeting in self.meetings:
            if meeting.id == meeting_id:
                return earlier
            earlier = meeting
        return None

    def with_meeting(self, meeting: Meeting) -> Case:
        """Return a copy with `meeting` replacing the one with its id, or appended if it is new."""
        if self.meeting(meeting.id) is None:
            return msgspec.structs.replace(self, meetings=(*self.meetings, meeting))
        meetings = tuple(meeting if other.id == meeting.id else other for other in self.meetings)
        return msgspec.structs.replace(self, meetings=meetings)
