"""The interview: live questions, the path through them, progress, and hidden answers."""

from __future__ import annotations

import copy
import datetime
import functools
import math
from collections import Counter
from collections.abc import Callable

import msgspec

from iep_tui.core import kinds
from iep_tui.core.case_model import Answer, Answers, Histories, Meeting, Value
from iep_tui.core.conditions import ConditionError, holds, parse_cached, referenced_names
from iep_tui.core.facts import (
    CHILD_BIRTH_DATE,
    CHILD_NAME,
    MEETING_DATE,
    MEETING_PLACE,
    MEETING_TIME,
    MEETING_TYPE,
    STATE,
    Facts,
    facts_of,
)
from iep_tui.core.question_model import Audience, Catalogue, Question, QuestionSet

__all__ = [
    "CHILD_BIRTH_DATE",
    "CHILD_NAME",
    "MEETING_DATE",
    "MEETING_PLACE",
    "MEETING_TIME",
    "MEETING_TYPE",
    "STATE",
    "Facts",
    "Interview",
    "Progress",
    "adopt_answers",
    "adopt_meeting",
    "carry_answers",
    "effective_share",
    "facts_of",
    "is_done",
    "last_year",
]


class Progress(msgspec.Struct, frozen=True):
    """Counts on the path, or on the part of it in one set.

    `done` questions have an answer, "not sure" or "ask the school"; `seen` also counts skipped ones; `minutes`
    estimates the remaining time, 0 when every question is done or skipped.
    """

    done: int
    seen: int
    total: int
    minutes: int

    @property
    def finished(self) -> bool:
        return self.seen == self.total


def adopt_answers(answers: Answers, catalogue: Catalogue) -> Answers:
    """Move answers from earlier question ids to current ones. An answer already given under the new id stays.

    If several earlier ids have answers, only that of the first id in `was` moves; the others stay hidden.
    """
    moved = _moved_ids(answers, catalogue)
    if not moved:
        return answers
    return Answers({moved.get(old, old): answer for old, answer in answers.items()})


def adopt_meeting(meeting: Meeting, catalogue: Catalogue) -> Meeting:
    """Move the answers of a meeting, and their histories, from earlier question ids to current ones."""
    moved = _moved_ids(meeting.answers, catalogue)
    if not moved:
        return meeting
    histories = {
        new: history for old, history in meeting.histories.items() if (new := moved.get(old, old)) not in moved.values()
    }
    histories |= {new: meeting.histories[old] for old, new in moved.items() if old in meeting.histories}
    return msgspec.structs.replace(
        meeting, answers=adopt_answers(meeting.answers, catalogue), histories=Histories(histories)
    )


def _moved_ids(answers: Answers, catalogue: Catalogue) -> dict[str, str]:
    """Map the earlier ids among these answers to the current ids."""
    moved: dict[str, str] = {}
    for question in catalogue.questions():
        if question.was and question.id not in answers:
            earlier_ids = (old for old in question.was if old in answers and catalogue.current_id(old) == question.id)
            if (old := next(earlier_ids, None)) is not None:
                moved[old] = question.id
    return moved


def is_done(question: Question, answer: Answer) -> bool:
    """Return True if the question is answered, or marked "not sure" or "ask the school"."""
    if answer.state in ("unsure", "ask"):
        return True
    return answer.state == "answered" and not kinds.is_empty(question, answer.value)


def effective_share(question: Question, answer: Answer) -> Audience:
    """Return the audience of an answer: the family's own choice, or else the question's default."""
    return answer.share or question.share


class Interview:
    """The questions of a catalogue that apply, given one meeting's answers and a date. Immutable.

    `live` holds the questions whose conditions are met, in order; an answer is ignored while its question is not live.
    `path` holds the questions to ask: all of `live`, or with `short` only core questions and those already done.
    """

    def __init__(self, catalogue: Catalogue, answers: Answers, today: datetime.date, *, short: bool = False) -> None:
        self.catalogue = catalogue
        self.answers = answers
        self.today = today
        self.short = short
        self.facts = facts_of(answers, today)
        by_set: list[tuple[QuestionSet, tuple[Question, ...]]] = []
        known: dict[str, Value] = {"age": self.facts.age, "stage": self.facts.stage, STATE: self.facts.state}
        for question_set in catalogue.sets:
            if question_set.state not in ("", self.facts.state) or not _is_met(question_set.when, known.get):
                continue
            live: list[Question] = []
            for question in question_set.questions:
                if not _is_met(question.when, known.get):
                    continue
                live.append(question)
                answer = answers.of(question.id)
                if answer.state == "answered" and not kinds.is_empty(question, answer.value):
                    known.setdefault(question.id, answer.value)
            if live:
                by_set.append((question_set, tuple(live)))
        self._live_sets = tuple(by_set)
        self.live = tuple(question for _set, questions in by_set for question in questions)
        self._sets = tuple(
            (question_set, asked) for question_set, questions in by_set if (asked := self._on_path(questions))
        )
        self.path = tuple(question for _set, questions in self._sets for question in questions)
        self._positions = {question.id: place for place, question in enumerate(self.path)}
        self._live_ids = frozenset(question.id for question in self.live)
        self._progress: dict[str | None, Progress] = {}

    def with_answer(self, answers: Answers, question_id: str) -> Interview:
        """Return the interview after a change of one answer, on the same day; `answers` must differ in no other.

        Most answers do not affect which questions apply. The path is then reused, so the cost of a keystroke does not
        grow with the number of questions.
        """
        question = self.catalogue.question(question_id)
        if question is None or question_id in _ids_conditions_use(self.catalogue):
            return Interview(self.catalogue, answers, self.today, short=self.short)
        before, after = self.answers.of(question_id), answers.of(question_id)
        done = is_done(question, before), is_done(question, after)
        if self.short and not question.core and done[0] != done[1]:
            return Interview(self.catalogue, answers, self.today, short=self.short)
        updated = copy.copy(self)
        updated.answers = answers
        if done[0] != done[1] or (before.state == "skipped") != (after.state == "skipped"):
            updated._progress = {}
        return updated

    def _on_path(self, questions: tuple[Question, ...]) -> tuple[Question, ...]:
        if not self.short:
            return questions
        return tuple(
            question for question in questions if question.core or is_done(question, self.answers.of(question.id))
        )

    @property
    def sets(self) -> tuple[tuple[QuestionSet, tuple[Question, ...]], ...]:
        """The sets on the path, each with its questions on the path."""
        return self._sets

    @property
    def live_sets(self) -> tuple[tuple[QuestionSet, tuple[Question, ...]], ...]:
        """The sets that apply, each with its live questions, including those the short path leaves out."""
        return self._live_sets

    def is_live(self, question_id: str) -> bool:
        return question_id in self._live_ids

    def hidden_answers(self) -> tuple[tuple[str, Answer], ...]:
        """Answers whose question is not live or no longer exists; they stay in the file."""
        return tuple(
            (question_id, answer)
            for question_id, answer in self.answers.items()
            if question_id not in self._live_ids and answer.state != "open"
        )

    def question(self, question_id: str) -> Question | None:
        """Return the question with this id if it is on the path, else None."""
        place = self._positions.get(question_id)
        return None if place is None else self.path[place]

    def next(self, question_id: str) -> Question | None:
        """Return the next question on the path, or None; an id off the path counts by its catalogue position."""
        return self._neighbor(question_id, 1)

    def back(self, question_id: str) -> Question | None:
        """Return the previous question on the path, or None; an id off the path is handled as in `next`."""
        return self._neighbor(question_id, -1)

    def _neighbor(self, question_id: str, direction: int) -> Question | None:
        index = self._positions.get(question_id)
        if index is not None:
            index += direction
            return self.path[index] if 0 <= index < len(self.path) else None
        neighbors: list[Question | None] = [None, None]
        is_past = False
        for question in self.catalogue.questions():
            if question.id == question_id:
                is_past = True
            elif question.id in self._positions:
                if is_past:
                    neighbors[1] = question
                    break
                neighbors[0] = question
        return neighbors[1] if direction > 0 else neighbors[0]

    def first_open(self, set_id: str | None = None) -> Question | None:
        """Return the first question neither done nor skipped, on the path or in one set; else the first skipped one."""
        skipped: Question | None = None
        for question_set, questions in self._sets:
            if set_id is not None and question_set.id != set_id:
                continue
            for question in questions:
                answer = self.answers.of(question.id)
                if is_done(question, answer):
                    continue
                if answer.state != "skipped":
                    return question
                skipped = skipped or question
        return skipped

    def place(self, question: Question) -> tuple[int, int]:
        """Return the position of a question in its set: (7, 14) is the seventh of fourteen on the path."""
        earlier = 0
        for question_set, questions in self._sets:
            if question_set.id == question.set_id:
                index = self._positions.get(question.id, -1) - earlier
                return (index + 1 if 0 <= index < len(questions) else 0), len(questions)
            earlier += len(questions)
        return 0, 0

    def progress(self, set_id: str | None = None) -> Progress:
        """Return the progress of one set, or of the whole path."""
        if set_id not in self._progress:
            self._progress[set_id] = self._count_progress(set_id)
        return self._progress[set_id]

    def _count_progress(self, set_id: str | None) -> Progress:
        done = seen = total = 0
        minutes = 0.0
        for question_set, questions in self._sets:
            if set_id is not None and question_set.id != set_id:
                continue
            done_here = sum(is_done(question, self.answers.of(question.id)) for question in questions)
            skipped_here = sum(self.answers.of(question.id).state == "skipped" for question in questions)
            done += done_here
            seen += done_here + skipped_here
            total += len(questions)
            minutes += (
                question_set.minutes * (len(questions) - done_here - skipped_here) / max(len(question_set.questions), 1)
            )
        return Progress(done, seen, total, math.ceil(minutes))

    def child_name(self) -> str:
        """Return the first word of the child's name, as families use it; "" until it is known."""
        value = self.answers.of(CHILD_NAME).value
        return value.split()[0] if isinstance(value, str) and value.split() else ""


def last_year(previous: Meeting | None, catalogue: Catalogue, question: Question) -> Answer | None:
    """Return the previous meeting's answer to show beside this question, or None if there is none to show."""
    if previous is None or question.carry == "no":
        return None
    answer = adopt_answers(previous.answers, catalogue).of(question.id)
    return None if kinds.is_empty(question, answer.value) else answer


def carry_answers(previous: Meeting, catalogue: Catalogue) -> Answers:
    """Return the answers that the next meeting starts with: those of `carry=yes` questions, with their audiences.

    Notes stay with the meeting they were made for.
    """
    answers = adopt_answers(previous.answers, catalogue)
    return Answers(
        {
            question.id: msgspec.structs.replace(answers[question.id], note="")
            for question in catalogue.questions()
            if question.carry == "yes" and question.id in answers
        }
    )


@functools.lru_cache(maxsize=2)
def _ids_conditions_use(catalogue: Catalogue) -> frozenset[str]:
    """Return the ids whose answers affect which questions apply: conditions or facts depend on them.

    Includes ids that two questions share, since an answer may fit one of them and not the other.
    """
    id_counts = Counter(question.id for question in catalogue.questions())
    ids = {
        CHILD_BIRTH_DATE,
        MEETING_DATE,
        STATE,
        *(question_id for question_id, count in id_counts.items() if count > 1),
    }
    conditions = {item.when for items in (catalogue.sets, catalogue.questions()) for item in items}
    for when in filter(None, conditions):
        try:
            ids.update(name_ref.name for name_ref in referenced_names(parse_cached(when)))
        except ConditionError:
            continue  # an invalid condition is false whatever the answers are
    return frozenset(ids)


def _is_met(when: str, value_of: Callable[[str], Value]) -> bool:
    """Evaluate a condition. An invalid one counts as false; `sets check` reports it."""
    if not when:
        return True
    try:
        return holds(parse_cached(when), value_of)
    except ConditionError:
        return False
