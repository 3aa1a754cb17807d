"""Sessions: earlier answers come back, the same day or later, with no wider audience."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from iep_tui.core.case_model import Answer, Answers, Case, Meeting, Value
from iep_tui.core.question_model import Catalogue, Choice, Question, QuestionSet
from iep_tui.core.set_versions import mark_of
from iep_tui.services.session import CaseSession, open_case
from iep_tui.store.case_store import CaseStore

NEEDS = QuestionSet(
    id="needs",
    title="Needs",
    version=3,
    questions=(
        Question(id="needs-hard", kind="text", title="When is it hard?", set_id="needs", line=1),
        Question(
            id="needs-sleep",
            kind="one",
            title="How is sleep?",
            set_id="needs",
            line=2,
            share="family",
            choices=(Choice("fine", "Fine"), Choice("most", "Hard most nights"), Choice("other", "Other", words=True)),
        ),
    ),
)
HARD, SLEEP = NEEDS.questions
CATALOGUE = Catalogue((NEEDS,))
CASE = Case("k7f3q9x2m4", (Meeting("m1", "2027-01-03", Answers()),))


class Clock:
    def __init__(self) -> None:
        self.now = datetime.datetime(2027, 3, 4, 10, 0, tzinfo=datetime.UTC)

    def __call__(self) -> datetime.datetime:
        return self.now

    def passes(self, **duration: float) -> None:
        self.now += datetime.timedelta(**duration)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> CaseStore:
    store = CaseStore(tmp_path, clock)
    store.create(CASE).close()
    return store


@pytest.fixture
def session(store: CaseStore, clock: Clock) -> CaseSession:
    return open_case(store, CATALOGUE, clock, CASE.id)


def say(session: CaseSession, question: Question, value: Value, *, typed: bool = False) -> None:
    share = session.meeting.answers.of(question.id).share
    session.change(question, Answer(value, "answered", share), typed=typed)


def type_words(session: CaseSession, clock: Clock, words: str) -> None:
    for end in range(1, len(words) + 1):
        say(session, HARD, words[:end], typed=True)
        clock.passes(seconds=0.2)


def now(session: CaseSession, question: Question = HARD) -> object:
    return session.meeting.answers.of(question.id).value


def test_what_was_said_in_march_is_there_in_may(session: CaseSession, store: CaseStore, clock: Clock) -> None:
    say(session, HARD, "After recess.")
    assert session.save()
    session.close()
    clock.passes(days=60)
    later = open_case(store, CATALOGUE, clock, CASE.id)
    type_words(later, clock, "Before lunch, and on the bus.")
    [step] = later.earlier(HARD)
    assert (step.value, step.at) == ("After recess.", "2027-03-04T10:00:00Z")
    assert later.save()
    later.close()
    again = open_case(store, CATALOGUE, clock, CASE.id)
    assert again.undo(HARD)
    assert now(again) == "After recess."
    assert again.save()
    again.close()
    last = open_case(store, CATALOGUE, clock, CASE.id)
    assert last.redo(HARD), "redo works in another sitting too"
    assert now(last) == "Before lunch, and on the bus."
    last.close()


def test_a_paragraph_is_taken_back_as_a_whole(session: CaseSession, clock: Clock) -> None:
    type_words(session, clock, "She is tired.")
    clock.passes(minutes=10)
    type_words(session, clock, "She is tired. And hungry.")
    assert session.undo(HARD)
    assert now(session) == "She is tired."
    assert session.undo(HARD)
    assert now(session) is None
    assert not session.undo(HARD)
    assert session.redo(HARD)
    assert session.redo(HARD)
    assert now(session) == "She is tired. And hungry."
    assert not session.redo(HARD)


def test_leaving_the_question_ends_the_step(session: CaseSession, clock: Clock) -> None:
    type_words(session, clock, "One.")
    session.set_position(SLEEP.id)
    session.set_position(HARD.id)
    say(session, HARD, "One. Two.", typed=True)
    assert session.undo(HARD)
    assert now(session) == "One."


def test_each_choice_is_a_step_and_own_words_are_typed(session: CaseSession) -> None:
    for value in ("fine", "most"):
        say(session, SLEEP, value, typed=True)
    for words in ("s", "so", "so so"):
        say(session, SLEEP, {"other": words}, typed=True)
    assert [step.value for step in session.earlier(SLEEP)] == ["most", "fine"]


def test_undo_never_widens_a_reader(session: CaseSession) -> None:
    session.change(SLEEP, Answer("fine", "answered", "team"))
    session.change(SLEEP, Answer("most", "answered", "team"))
    session.change(SLEEP, Answer("most", "answered", "family"))
    assert session.undo(SLEEP)
    answer = session.meeting.answers.of(SLEEP.id)
    assert (answer.value, answer.share) == ("fine", "family")


def test_an_earlier_answer_is_taken_back_as_a_step_of_its_own(session: CaseSession, clock: Clock) -> None:
    for words in ("one", "two", "three"):
        say(session, HARD, words)
        clock.passes(days=1)
    assert [step.value for step in session.earlier(HARD)] == ["two", "one"]
    assert session.take_back(HARD, session.earlier(HARD)[1])
    assert now(session) == "one"
    assert [step.value for step in session.earlier(HARD)] == ["three", "two"]
    assert not session.take_back(HARD, session.meeting.histories.of(HARD.id).before[1])
    assert session.undo(HARD)
    assert now(session) == "three"


def test_what_can_only_be_read_is_not_undone(session: CaseSession, store: CaseStore, clock: Clock) -> None:
    say(session, HARD, "one")
    say(session, HARD, "two")
    assert session.save()
    second = open_case(store, CATALOGUE, clock, CASE.id)
    assert second.read_only
    [step] = second.earlier(HARD)
    assert not second.undo(HARD)
    assert not second.take_back(HARD, step)
    assert now(second) == "two"
    session.close()


def test_the_version_of_a_set_is_remembered_with_the_first_answer(session: CaseSession, store: CaseStore) -> None:
    assert session.meeting.sets == {}
    say(session, HARD, "one")
    assert session.save()
    assert store.read(CASE.id).latest.sets == {"needs": mark_of(NEEDS)}
    session.close()


def test_the_next_meeting_begins_without_the_past_of_this_one(session: CaseSession) -> None:
    say(session, HARD, "one")
    say(session, HARD, "two")
    session.begin_next_meeting()
    assert session.earlier(HARD) == ()
    assert [len(one.histories) for one in session.case.meetings] == [1, 0]
