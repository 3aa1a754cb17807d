"""The interview: live questions, the path through them, progress, and answers set aside."""

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
    """Counts on the live path. `done` questions have an answer, "not sure" or "ask the school"; `seen` counts the
    skipped ones too; `minutes` is what is left, 0 when nothing is."""

    done: int
    seen: int
    total: int
    minutes: int

    @property
    def finished(self) -> bool:
        return self.seen == self.total


def adopt_answers(answers: Answers, catalogue: Catalogue) -> Answers:
    """These answers under the ids their questions have today. An answer already given under the new id stays.

    Where several earlier ids have answers, that of the first in `was` moves; the others stay as they are, set aside.
    """
    moved = _moved(answers, catalogue)
    if not moved:
        return answers
    return Answers({moved.get(old, old): answer for old, answer in answers.items()})


def adopt_meeting(meeting: Meeting, catalogue: Catalogue) -> Meeting:
    """The meeting with its answers, and what they were before, under the ids their questions have today."""
    moved = _moved(meeting.answers, catalogue)
    if not moved:
        return meeting
    pasts = {new: past for old, past in meeting.histories.items() if (new := moved.get(old, old)) not in moved.values()}
    pasts |= {new: meeting.histories[old] for old, new in moved.items() if old in meeting.histories}
    return msgspec.structs.replace(
        meeting, answers=adopt_answers(meeting.answers, catalogue), histories=Histories(pasts)
    )


def _moved(answers: Answers, catalogue: Catalogue) -> dict[str, str]:
    """Which ids of these answers are another one today."""
    moved: dict[str, str] = {}
    for question in catalogue.questions():
        if question.was and question.id not in answers:
            known = (old for old in question.was if old in answers and catalogue.current_id(old) == question.id)
            if (old := next(known, None)) is not None:
                moved[old] = question.id
    return moved


def is_done(question: Question, answer: Answer) -> bool:
    """Whether the parent has dealt with this question: answered it, is not sure, or will ask the school."""
    if answer.state in ("unsure", "ask"):
        return True
    return answer.state == "answered" and not kinds.is_empty(question, answer.value)


def effective_share(question: Question, answer: Answer) -> Audience:
    """Who may read this answer: the family's own choice, or the set's default."""
    return answer.share or question.share


class Interview:
    """The questions of a catalogue as one meeting's answers leave them on one day. Never changed in place.

    `live` are the questions that apply, in order, with their conditions met; an answer whose question does not
    apply counts for nothing while it does not. `path` is what is asked: all of `live`, or with `short` the core
    questions and those that have been dealt with already.
    """

    def __init__(self, catalogue: Catalogue, answers: Answers, today: datetime.date, *, short: bool = False) -> None:
        self.catalogue = catalogue
        self.answers = answers
        self.today = today
        self.short = short
        self.facts = facts_of(answers, today)
        by_set: list[tuple[QuestionSet, tuple[Question, ...]]] = []
        known: dict[str, Value] = {"age": self.facts.age, "stage": self.facts.stage, STATE: self.facts.state}
        for one in catalogue.sets:
            if (one.state and one.state != self.facts.state) or not _met(one.when, known.get):
                continue
            live: list[Question] = []
            for question in one.questions:
                if not _met(question.when, known.get):
                    continue
                live.append(question)
                answer = answers.of(question.id)
                if answer.state == "answered" and not kinds.is_empty(question, answer.value):
                    known.setdefault(question.id, answer.value)
            if live:
                by_set.append((one, tuple(live)))
        self._live_sets = tuple(by_set)
        self.live = tuple(question for _one, questions in by_set for question in questions)
        self._sets = tuple((one, asked) for one, questions in by_set if (asked := self._asked(questions)))
        self.path = tuple(question for _one, questions in self._sets for question in questions)
        self._places = {question.id: place for place, question in enumerate(self.path)}
        self._live_ids = frozenset(question.id for question in self.live)
        self._progress: dict[str | None, Progress] = {}

    def with_answer(self, answers: Answers, question_id: str) -> Interview:
        """The interview of `answers`, which are these but for the answer to one question, on the same day.

        Most answers decide nothing but themselves: the way through the questions is the same then, and is not gone
        over again. So a letter more in an answer costs the same however many questions there are.
        """
        question = self.catalogue.question(question_id)
        if question is None or question_id in _deciding(self.catalogue):
            return Interview(self.catalogue, answers, self.today, short=self.short)
        before, after = self.answers.of(question_id), answers.of(question_id)
        done = is_done(question, before), is_done(question, after)
        if self.short and not question.core and done[0] != done[1]:
            return Interview(self.catalogue, answers, self.today, short=self.short)
        other = copy.copy(self)
        other.answers = answers
        if done[0] != done[1] or (before.state == "skipped") != (after.state == "skipped"):
            other._progress = {}
        return other

    def _asked(self, questions: tuple[Question, ...]) -> tuple[Question, ...]:
        if not self.short:
            return questions
        return tuple(one for one in questions if one.core or is_done(one, self.answers.of(one.id)))

    @property
    def sets(self) -> tuple[tuple[QuestionSet, tuple[Question, ...]], ...]:
        """The sets on the path, each with its questions that are asked."""
        return self._sets

    @property
    def live_sets(self) -> tuple[tuple[QuestionSet, tuple[Question, ...]], ...]:
        """All sets that apply, each with its questions that apply, whatever the path."""
        return self._live_sets

    def is_live(self, question_id: str) -> bool:
        return question_id in self._live_ids

    def set_aside(self) -> tuple[tuple[str, Answer], ...]:
        """Answers that are kept while their question does not apply, or is not in any set (any more)."""
        return tuple(
            (question_id, answer)
            for question_id, answer in self.answers.items()
            if question_id not in self._live_ids and answer.state != "open"
        )

    def question(self, question_id: str) -> Question | None:
        """The question on the path with this id, or None."""
        place = self._places.get(question_id)
        return None if place is None else self.path[place]

    def next(self, question_id: str) -> Question | None:
        """The question after this one on the path; None at the end. An id off the path counts from where it stood."""
        return self._step(question_id, 1)

    def back(self, question_id: str) -> Question | None:
        """The question before this one on the path; None at the start."""
        return self._step(question_id, -1)

    def _step(self, question_id: str, step: int) -> Question | None:
        place = self._places.get(question_id)
        if place is not None:
            place += step
            return self.path[place] if 0 <= place < len(self.path) else None
        around: list[Question | None] = [None, None]
        passed = False
        for question in self.catalogue.questions():
            if question.id == question_id:
                passed = True
            elif question.id in self._places:
                if passed:
                    around[1] = question
                    break
                around[0] = question
        return around[1] if step > 0 else around[0]

    def first_open(self, set_id: str | None = None) -> Question | None:
        """The first question nobody has dealt with, on the path or in one set; failing that, the first skipped."""
        skipped: Question | None = None
        for one, questions in self._sets:
            if set_id is not None and one.id != set_id:
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
        """Where a question stands in its set: (7, 14) is the seventh of fourteen on the path."""
        passed = 0
        for one, questions in self._sets:
            if one.id == question.set_id:
                place = self._places.get(question.id, -1) - passed
                return (place + 1 if 0 <= place < len(questions) else 0), len(questions)
            passed += len(questions)
        return 0, 0

    def progress(self, set_id: str | None = None) -> Progress:
        """How far one set is, or the whole path."""
        if set_id not in self._progress:
            self._progress[set_id] = self._counted(set_id)
        return self._progress[set_id]

    def _counted(self, set_id: str | None) -> Progress:
        done = seen = total = 0
        minutes = 0.0
        for one, questions in self._sets:
            if set_id is not None and one.id != set_id:
                continue
            finished = sum(is_done(question, self.answers.of(question.id)) for question in questions)
            skipped = sum(self.answers.of(question.id).state == "skipped" for question in questions)
            done += finished
            seen += finished + skipped
            total += len(questions)
            minutes += one.minutes * (len(questions) - finished - skipped) / max(len(one.questions), 1)
        return Progress(done, seen, total, math.ceil(minutes))

    def child_name(self) -> str:
        """The name to call the child by: its first word, as families do; "" until it is known."""
        value = self.answers.of(CHILD_NAME).value
        return value.split()[0] if isinstance(value, str) and value.split() else ""


def last_year(previous: Meeting | None, catalogue: Catalogue, question: Question) -> Answer | None:
    """What the meeting before said to this question, to show beside it; None when there is nothing to show."""
    if previous is None or question.carry == "no":
        return None
    answer = adopt_answers(previous.answers, catalogue).of(question.id)
    return None if kinds.is_empty(question, answer.value) else answer


def carry_answers(previous: Meeting, catalogue: Catalogue) -> Answers:
    """The answers the next meeting starts with: those that stay true of the child (`carry=yes`), with their readers.

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
def _deciding(catalogue: Catalogue) -> frozenset[str]:
    """The questions whose answers decide which others apply: a condition asks for them, or a fact is told by them.
    Two questions of one id are such a case too: what one of them says may be nothing to the other."""
    asked = Counter(question.id for question in catalogue.questions())
    found = {CHILD_BIRTH_DATE, MEETING_DATE, STATE, *(question_id for question_id, times in asked.items() if times > 1)}
    conditions = {one.when for one in catalogue.sets} | {one.when for one in catalogue.questions()}
    for when in filter(None, conditions):
        try:
            found.update(name.name for name in referenced_names(parse_cached(when)))
        except ConditionError:
            continue  # never met, whatever the answers are
    return frozenset(found)


def _met(when: str, look: Callable[[str], Value]) -> bool:
    """Whether a condition is met. One that cannot be read was told by `sets check`; what it hides may not apply."""
    if not when:
        return True
    try:
        return holds(parse_cached(when), look)
    except ConditionError:
        return False
