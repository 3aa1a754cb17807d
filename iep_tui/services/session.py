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
from iep_tui.core.kinds import is_empty, kind_of
from iep_tui.core.question_model import Audience, Catalogue, Question, QuestionSet
from iep_tui.core.undo_history import TypingRun
from iep_tui.i18n import _
from iep_tui.sets.library import Library
from iep_tui.store.case_lock import open_elsewhere_message
from iep_tui.store.case_store import CaseStore, new_id
from iep_tui.store.errors import ChangedOnDisk, StoreError
from iep_tui.store.interchange_format import decode_case
from iep_tui.store.open_case import OpenCase

Clock = Callable[[], datetime.datetime]
"""Returns the current time as an aware datetime in the local zone."""


class SaveStatus(msgspec.Struct, frozen=True):
    """Save status shown in the top line. `kind` only picks the color; `words` is complete without it."""

    kind: Literal["saved", "typing", "trouble", "reading", "example"]
    words: str


class CaseSession:
    """One meeting of an open case, the latest by default, edited answer by answer.

    Without `file` it is the made-up child: it can be changed, but is never saved.
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
        """The whole case with all changes so far."""
        return self._case.with_meeting(self.meeting)

    @property
    def read_only(self) -> str:
        """Reason the case is read-only, "" if it can be written."""
        return self.file.read_only if self.file is not None else ""

    @property
    def is_waiting(self) -> bool:
        """True if the case is read-only because another window has it open."""
        return self.read_only == open_elsewhere_message()

    def reopen(self, file: OpenCase) -> None:
        """Continue with a newly opened file of this case. The session was read-only, so it has no changes to lose."""
        self.close()
        place = self.meeting.place
        CaseSession.__init__(self, file.case, self.catalogue, self._clock, file, self.meeting.id)
        self.set_position(place)

    @property
    def notice(self) -> str:
        """Message to show when the case opens: its file was damaged or its question sets changed; "" if neither."""
        damage = self.file.notice if self.file is not None else ""
        return " ".join(part for part in (damage, set_versions.changes_text(self.changes)) if part)

    @property
    def unsaved(self) -> bool:
        """True if there are changes that still have to be saved."""
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
        """The interview over the current answers."""
        if self._interview is None:
            today = self._clock().date()
            self._interview = Interview(self.catalogue, self.meeting.answers, today, short=self.short)
        return self._interview

    @property
    def previous(self) -> Meeting | None:
        return self.case.before(self.meeting.id)

    def last_year(self, question: Question) -> Answer | None:
        """Return the previous meeting's answer to this question, if any."""
        return last_year(self.previous, self.catalogue, question)

    def question(self, question_id: str) -> Question | None:
        """Return the question with this id. If it applies but is off the short path, switch to all questions first."""
        if self.interview.question(question_id) is None and self.interview.is_live(question_id):
            self.use_short_path(False)
        return self.interview.question(question_id)

    def initial_question(self, is_new: bool) -> str:
        """Return the id of the question to open with: the last position, or the first open one; "" for the plan."""
        place = self.meeting.place
        if self.interview.is_live(place):
            return place
        first = self.interview.first_open() if is_new or place else None
        return first.id if first is not None else ""

    def use_short_path(self, short: bool) -> None:
        self.short = short
        self._interview = None

    def change(self, question: Question, answer: Answer, *, typed: bool = False) -> bool:
        """Store a changed answer without saving; False if nothing differs or the case is read-only.

        The audience in force is stored with the answer, so that a later version of the set cannot widen it. The old
        answer is kept as a revision. With `typed`, the change may join the current typing run, which is one revision.
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
        self._store_answer(question, stamped, self._history_after(question, before, stamped, typed))
        return True

    def _history_after(self, question: Question, before: Answer, after: Answer, typed: bool) -> AnswerHistory:
        history = self.meeting.histories.of(question.id)
        if not undo_history.differ(before, after):
            return history
        # A single choice is a revision of its own. Other answers are typed or ticked bit by bit.
        is_choice = kind_of(question).input_form == "one_choice"
        if typed and (not is_choice or isinstance(after.value, dict)):
            history, self._typing = undo_history.typing_continues(history, before, after, self._typing, question.id)
            return history
        self._typing = None
        return undo_history.recorded(history, before)

    def _store_answer(self, question: Question, answer: Answer, history: AnswerHistory) -> None:
        """Store an answer and its history, and drop old revisions beyond the limits of a case."""
        question_set = self.catalogue.set(question.set_id)
        sets = self.meeting.sets
        if question_set is not None and sets.get(question_set.id) != (mark := self._mark_of(question_set)):
            sets = {**sets, question_set.id: mark}
        old_history = self.meeting.histories.of(question.id)
        histories = self.meeting.histories
        if history is not old_history:
            histories = histories.put(question.id, history)
        self.meeting = msgspec.structs.replace(self.meeting, histories=histories, sets=sets)
        interview = self._interview
        self._replace(answers=self.meeting.answers.put(question.id, answer))
        if interview is not None and interview.today == self._clock().date():
            self._interview = interview.with_answer(self.meeting.answers, question.id)
        if history is not old_history:
            self._case = undo_history.bounded(self.case)
            self.meeting = self._case.meeting(self.meeting.id) or self.meeting

    def _mark_of(self, question_set: QuestionSet) -> str:
        """Return the version mark of a set, cached because every key press needs it."""
        if question_set.id not in self._marks:
            self._marks[question_set.id] = set_versions.mark_of(question_set)
        return self._marks[question_set.id]

    # History

    def earlier(self, question: Question) -> tuple[Revision, ...]:
        """Return earlier answers to this question, newest first, without those equal to the current one."""
        answer = self.meeting.answers.of(question.id)
        steps = undo_history.earlier_revisions(self.meeting.histories.of(question.id))
        return tuple(step for step in steps if undo_history.differ(step, answer))

    def undo(self, question: Question) -> bool:
        """Go one revision back; False if there is none or the case is read-only."""
        return self._move_in_history(question, undo_history.undone)

    def redo(self, question: Question) -> bool:
        """Redo the change last undone; False if there is none or the case is read-only."""
        return self._move_in_history(question, undo_history.redone)

    def take_back(self, question: Question, step: Answer) -> bool:
        """Restore an earlier answer. This is a change like any other: the current answer is kept as a revision."""
        answer = self.meeting.answers.of(question.id)
        if self.read_only or not undo_history.differ(step, answer):
            return False
        self._typing = None
        restored = undo_history.restored(step, answer, question.share, self._now())
        self._store_answer(question, restored, undo_history.recorded(self.meeting.histories.of(question.id), answer))
        return True

    def _move_in_history(
        self,
        question: Question,
        move: Callable[[AnswerHistory, Answer, Audience, str], tuple[AnswerHistory, Answer] | None],
    ) -> bool:
        answer = self.meeting.answers.of(question.id)
        result = move(self.meeting.histories.of(question.id), answer, question.share, self._now())
        if self.read_only or result is None:
            return False
        self._typing = None
        self._store_answer(question, result[1], result[0])
        return True

    def set_position(self, question_id: str) -> None:
        """Store the question to open with next time."""
        self._typing = None
        if self.meeting.place != question_id and not self.read_only:
            self._replace(place=question_id)

    def save(self) -> bool:
        """Save all changes to disk; False if that failed, with the reason in `trouble`."""
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
        """Note that all answers so far are also in the file at `path`. The next change clears the note."""
        self.copied_to = path

    def begin_next_meeting(self) -> None:
        """Begin the child's next meeting with carried-over answers. Does nothing if the case is read-only."""
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
        """Release the case so that another window can write it. Does not save."""
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
    """Open a case, for writing if possible. Raises StoreError."""
    file = store.open(case_id)
    return CaseSession(file.case, catalogue, clock, file)


def is_free(store: CaseStore, session: CaseSession) -> bool:
    """True if the other window that made this session read-only has closed the case."""
    return session.is_waiting and session.file is not None and store.is_free(session.file.id)


def take_over(store: CaseStore, session: CaseSession) -> bool:
    """Reopen a read-only case for writing; False if it is still read-only. Raises StoreError."""
    if session.file is None:
        return False
    session.reopen(store.open(session.file.id))
    return not session.read_only


def new_case(store: CaseStore, catalogue: Catalogue, clock: Clock) -> CaseSession:
    """Create a case for a new child and open it. Raises StoreError."""
    today = clock().date().isoformat()
    file = store.create(Case(new_id(), (Meeting(new_id(), today, Answers()),)))
    return CaseSession(file.case, catalogue, clock, file)


def made_up_child(library: Library, clock: Clock) -> CaseSession:
    """Open the made-up child, which is never saved. Raises StoreError if the language has none."""
    if library.example is None:
        raise StoreError(_("The made-up child is not part of this language yet."))
    return CaseSession(decode_case(library.example.read_bytes()), library.catalogue, clock, None)


def close_session(store: CaseStore, session: CaseSession) -> None:
    """Close the case. A new case without any answer is removed."""
    session.close()
    if session.file is not None and not session.read_only and not session.case.latest.answers:
        is_only_meeting = len(session.case.meetings) == 1
        with contextlib.suppress(StoreError):
            if is_only_meeting:
                store.remove(session.file.id)
