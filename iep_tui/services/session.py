"""Editing session on one open case: its answers, the interview over them, and whether they are saved."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import msgspec

from iep_tui.core import set_versions, undo_history
from iep_tui.core.case_model import Answer, AnswerHistory, Answers, Case, Meeting, Revision
from iep_tui.core.interview import Interview, adopt_meeting, carry_answers, effective_share, last_year
from iep_tui.core.kinds import is_empty
from iep_tui.core.question_model import Audience, Catalogue, KindName, Question, QuestionSet
from iep_tui.core.undo_history import TypingRun
from iep_tui.i18n import _
from iep_tui.sets.library import Library
from iep_tui.store.case_lock import open_elsewhere_message
from iep_tui.store.case_store import CaseStore, new_id
from iep_tui.store.errors import ChangedOnDisk, StoreError
from iep_tui.store.interchange_format import decode_case
from iep_tui.store.open_case import OpenCase

Clock = Callable[[], datetime.datetime]
"""Gives the time now, in the local zone and aware of it."""


#: Kinds whose answers are chosen: each choice is a step. Others are typed, or ticked one after another.
_CHOSEN: tuple[KindName, ...] = ("one", "yesno", "rate")


class SaveStatus(msgspec.Struct, frozen=True):
    """What the top line says about saving. `kind` picks the colour; the words say it all without it."""

    kind: Literal["saved", "typing", "trouble", "reading", "example"]
    words: str


class CaseSession:
    """The latest meeting (or another) of an open case, changed answer by answer.

    Without `file` it is the made-up child: it can be changed, and nothing of it is kept.
    """

    def __init__(
        self, case: Case, catalogue: Catalogue, clock: Clock, file: OpenCase | None, meeting_id: str = ""
    ) -> None:
        self.catalogue = catalogue
        self.file = file
        self.short = True
        self.trouble = ""
        self.is_replaced = False
        self._clock = clock
        self._case = case
        meeting = case.meeting(meeting_id) or case.latest
        self.meeting = adopt_meeting(meeting, catalogue)
        self.changes = set_versions.changes_since(meeting, catalogue)
        self._typing: TypingRun | None = None
        self._interview: Interview | None = None
        self._marks: dict[str, str] = {}
        self._dirty = self.meeting is not meeting
        self._saved_at: datetime.datetime | None = None
        self.copied_to: Path | None = None

    @property
    def case(self) -> Case:
        """The whole case as it stands now."""
        return self._case.with_meeting(self.meeting)

    @property
    def read_only(self) -> str:
        """Why this case can only be read, "" when it can be written."""
        return self.file.read_only if self.file is not None else ""

    @property
    def is_waiting(self) -> bool:
        """Whether it is only read because another window writes it."""
        return self.read_only == open_elsewhere_message()

    def reopen(self, file: OpenCase) -> None:
        """Go on in the file as it is now, which was opened anew: nothing could be changed here meanwhile."""
        self.close()
        place = self.meeting.place
        CaseSession.__init__(self, file.case, self.catalogue, self._clock, file, self.meeting.id)
        self.set_position(place)

    @property
    def notice(self) -> str:
        """What the parent must know of this case before anything else: its file was damaged, the questions are other
        ones now. "" when all is as it was."""
        damage = self.file.notice if self.file is not None else ""
        return " ".join(part for part in (damage, set_versions.changes_text(self.changes)) if part)

    @property
    def unsaved(self) -> bool:
        """Whether anything is not on the disk yet that should be."""
        return self._dirty and self.file is not None and not self.read_only

    @property
    def status(self) -> SaveStatus:
        if self.file is None:
            return SaveStatus("example", _("Example: nothing is kept"))
        if self.read_only:
            return SaveStatus("reading", _("To read only"))
        if self.trouble:
            return SaveStatus("trouble", _("Not saved"))
        if self._dirty:
            return SaveStatus("typing", _("…"))
        if self._saved_at is not None:
            return SaveStatus("saved", _("✓ Saved {time}").format(time=f"{self._saved_at:%H:%M}"))
        return SaveStatus("saved", _("✓ Saved"))

    @property
    def interview(self) -> Interview:
        """The way through the questions as the answers stand now."""
        if self._interview is None:
            today = self._clock().date()
            self._interview = Interview(self.catalogue, self.meeting.answers, today, short=self.short)
        return self._interview

    @property
    def previous(self) -> Meeting | None:
        return self.case.before(self.meeting.id)

    def last_year(self, question: Question) -> Answer | None:
        """What the meeting before said to this question."""
        return last_year(self.previous, self.catalogue, question)

    def question(self, question_id: str) -> Question | None:
        """The question of this id on the path, which widens to all questions for one that applies but is not on it."""
        if self.interview.question(question_id) is None and self.interview.is_live(question_id):
            self.use_short_path(False)
        return self.interview.question(question_id)

    def initial_question(self, is_new: bool) -> str:
        """The id of the question to begin with: where the family left off, or the first; "" for the plan."""
        place = self.meeting.place
        if self.interview.is_live(place):
            return place
        first = self.interview.first_open() if is_new or place else None
        return first.id if first is not None else ""

    def use_short_path(self, short: bool) -> None:
        self.short = short
        self._interview = None

    def change(self, question: Question, answer: Answer, *, typed: bool = False) -> bool:
        """Take a changed answer; whether it differs from what was there. Saving is a step of its own.

        The reader that held when the answer was given goes with it: a later version of the set cannot widen it.
        What the answer was is kept as a step. With `typed` it is a part of what is being typed, which is one step.
        """
        before = self.meeting.answers.of(question.id)
        same = (answer.value, answer.state, answer.note, effective_share(question, answer))
        if same == (before.value, before.state, before.note, effective_share(question, before)):
            return False
        if self.read_only:
            return False
        state = answer.state
        if state == "answered" and is_empty(question, answer.value):
            state = "open"
        stamped = msgspec.structs.replace(answer, state=state, share=effective_share(question, answer), at=self._now())
        self._put(question, stamped, self._past_of(question, before, stamped, typed))
        return True

    def _past_of(self, question: Question, before: Answer, after: Answer, typed: bool) -> AnswerHistory:
        past = self.meeting.histories.of(question.id)
        if not undo_history.differ(before, after):
            return past
        if typed and (question.kind not in _CHOSEN or isinstance(after.value, dict)):
            past, self._typing = undo_history.typing_continues(past, before, after, self._typing, question.id)
            return past
        self._typing = None
        return undo_history.recorded(past, before)

    def _put(self, question: Question, answer: Answer, past: AnswerHistory) -> None:
        """Put an answer and what it was before in their places, within what a case may keep."""
        one = self.catalogue.set(question.set_id)
        sets = self.meeting.sets
        if one is not None and sets.get(one.id) != (mark := self._mark_of(one)):
            sets = {**sets, one.id: mark}
        old = self.meeting.histories.of(question.id)
        pasts = self.meeting.histories if past is old else self.meeting.histories.put(question.id, past)
        self.meeting = msgspec.structs.replace(self.meeting, histories=pasts, sets=sets)
        interview = self._interview
        self._replace(answers=self.meeting.answers.put(question.id, answer))
        if interview is not None and interview.today == self._clock().date():
            self._interview = interview.with_answer(self.meeting.answers, question.id)
        if past is not old:
            self._case = undo_history.bounded(self.case)
            self.meeting = self._case.meeting(self.meeting.id) or self.meeting

    def _mark_of(self, one: QuestionSet) -> str:
        """The mark of a set, made once: it is asked for at every key."""
        if one.id not in self._marks:
            self._marks[one.id] = set_versions.mark_of(one)
        return self._marks[one.id]

    # What was said before

    def earlier(self, question: Question) -> tuple[Revision, ...]:
        """What the answer to this question was before, newest first, without what it is now."""
        answer = self.meeting.answers.of(question.id)
        steps = undo_history.earlier_revisions(self.meeting.histories.of(question.id))
        return tuple(step for step in steps if undo_history.differ(step, answer))

    def undo(self, question: Question) -> bool:
        """Take this answer one step back; False when there is none, or it can only be read."""
        return self._go(question, undo_history.undone)

    def redo(self, question: Question) -> bool:
        """Take the answer again that undo went back from; False when there is none."""
        return self._go(question, undo_history.redone)

    def take_back(self, question: Question, step: Answer) -> bool:
        """Give an earlier answer again. It is a change like any other: what stood there is kept as a step."""
        answer = self.meeting.answers.of(question.id)
        if self.read_only or not undo_history.differ(step, answer):
            return False
        self._typing = None
        again = undo_history.restored(step, answer, question.share, self._now())
        self._put(question, again, undo_history.recorded(self.meeting.histories.of(question.id), answer))
        return True

    def _go(
        self,
        question: Question,
        way: Callable[[AnswerHistory, Answer, Audience, str], tuple[AnswerHistory, Answer] | None],
    ) -> bool:
        answer = self.meeting.answers.of(question.id)
        found = way(self.meeting.histories.of(question.id), answer, question.share, self._now())
        if self.read_only or found is None:
            return False
        self._typing = None
        self._put(question, found[1], found[0])
        return True

    def set_position(self, question_id: str) -> None:
        """Remember the question the family is at, for the next time."""
        self._typing = None
        if self.meeting.place != question_id and not self.read_only:
            self._replace(place=question_id)

    def save(self) -> bool:
        """Put everything on the disk now; False when that failed, with the reason in `trouble`."""
        if not self.unsaved or self.file is None:
            return True
        try:
            self.file.save(self.case)
        except StoreError as error:
            self.trouble = str(error)
            self.is_replaced = isinstance(error, ChangedOnDisk)
            return False
        self._dirty = self.is_replaced = False
        self.trouble = ""
        self._saved_at = self._clock()
        return True

    def note_rescue_copy(self, path: Path) -> None:
        """Remember that everything up to now is in this file too; the next change forgets it."""
        self.copied_to = path

    def begin_next_meeting(self) -> None:
        """Begin the next meeting of this child with what stays true carried over; nothing where it can only be read."""
        if self.read_only:
            return
        self._case = self.case
        answers = carry_answers(self.meeting, self.catalogue)
        self._typing = None
        self.meeting = Meeting(new_id(), self._clock().date().isoformat(), answers)
        self._dirty = True
        self.copied_to = None
        self._interview = None

    def close(self) -> None:
        """Let go of the case, so that another window may write it. Save first."""
        if self.file is not None:
            self.file.close()

    def _replace(self, *, answers: Answers | None = None, place: str | None = None) -> None:
        self.meeting = msgspec.structs.replace(
            self.meeting,
            answers=self.meeting.answers if answers is None else answers,
            place=self.meeting.place if place is None else place,
        )
        self._dirty = True
        self.copied_to = None
        if answers is not None:
            self._interview = None

    def _now(self) -> str:
        return f"{self._clock().astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%SZ}"


def open_case(store: CaseStore, catalogue: Catalogue, clock: Clock, case_id: str) -> CaseSession:
    """A child's case, to write where that can be. StoreError."""
    file = store.open(case_id)
    return CaseSession(file.case, catalogue, clock, file)


def is_free(store: CaseStore, session: CaseSession) -> bool:
    """Whether the other window, for which this one only reads, is gone."""
    return session.is_waiting and session.file is not None and store.is_free(session.file.id)


def take_over(store: CaseStore, session: CaseSession) -> bool:
    """Read the case again and go on writing it here; False when it can still only be read. StoreError."""
    if session.file is None:
        return False
    session.reopen(store.open(session.file.id))
    return not session.read_only


def new_case(store: CaseStore, catalogue: Catalogue, clock: Clock) -> CaseSession:
    """A case for a new child. StoreError."""
    today = clock().date().isoformat()
    file = store.create(Case(new_id(), (Meeting(new_id(), today, Answers()),)))
    return CaseSession(file.case, catalogue, clock, file)


def made_up_child(library: Library, clock: Clock) -> CaseSession:
    """The made-up child, of whom nothing is kept. StoreError when the language has none."""
    if library.example is None:
        raise StoreError(_("The made-up child is not part of this language yet."))
    return CaseSession(decode_case(library.example.read_bytes()), library.catalogue, clock, None)


def close_session(store: CaseStore, session: CaseSession) -> None:
    """Leave the case. One that was begun and never written in is not kept."""
    session.close()
    if session.file is not None and not session.read_only and not session.case.latest.answers:
        only = len(session.case.meetings) == 1
        with contextlib.suppress(StoreError):
            if only:
                store.remove(session.file.id)
