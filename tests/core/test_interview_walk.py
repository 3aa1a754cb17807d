"""Any walk through any questions: nothing is lost, and the path is what a plain reading of the sets says it is."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import NamedTuple

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from iep_tui.core.case_model import ANSWER_STATES, Answer, Answers, Value
from iep_tui.core.interview import Interview, Progress, facts_of, is_done
from iep_tui.core.question_model import STAGES, Catalogue, Question

from .builders import TODAY, one_set, question

#: Gives the answer that counts for an id, None where there is none.
Look = Callable[[str], Value]


class Condition(NamedTuple):
    """A condition as a set writes it, and what it means."""

    source: str
    means: Callable[[Look], bool]


class Made(NamedTuple):
    """A catalogue, and what the conditions of its questions and sets mean, by id."""

    catalogue: Catalogue
    questions: dict[str, Condition]
    sets: dict[str, Condition]


ALWAYS = Condition("", lambda look: True)
FIXED = ("child-birth-date", "meeting-date", "state")


def _is(name: str, value: str) -> Condition:
    return Condition(f"{name} = {value}", lambda look: look(name) == value)


def _is_not(name: str, value: str) -> Condition:
    return Condition(f"{name} != {value}", lambda look: look(name) != value)


def _answered(name: str) -> Condition:
    return Condition(f"{name} answered", lambda look: look(name) is not None)


def _older(years: int) -> Condition:
    def means(look: Look) -> bool:
        age = look("age")
        return isinstance(age, int) and age >= years

    return Condition(f"age >= {years}", means)


def _both(one: Condition, other: Condition) -> Condition:
    return Condition(f"({one.source}) and ({other.source})", lambda look: one.means(look) and other.means(look))


def _either(one: Condition, other: Condition) -> Condition:
    return Condition(f"({one.source}) or ({other.source})", lambda look: one.means(look) or other.means(look))


def _denied(one: Condition) -> Condition:
    return Condition(f"not ({one.source})", lambda look: not one.means(look))


def conditions(earlier: list[str]) -> st.SearchStrategy[Condition]:
    """Conditions over these ids and the facts."""
    stage: st.SearchStrategy[Condition] = st.sampled_from(STAGES).map(lambda stage: _is("stage", stage))
    facts = stage | st.sampled_from(["CA", "MO"]).map(lambda code: _is("state", code)) | st.integers(8, 15).map(_older)
    named = st.sampled_from(earlier) if earlier else None
    values = st.sampled_from(["fine", "hard"])
    simple = facts
    if named is not None:
        simple = facts | st.builds(_is, named, values) | st.builds(_is_not, named, values) | st.builds(_answered, named)
    return st.recursive(
        simple,
        lambda inner: st.builds(_both, inner, inner) | st.builds(_either, inner, inner) | st.builds(_denied, inner),
        max_leaves=3,
    )


@st.composite
def made_catalogues(draw: st.DrawFn) -> Made:
    """Up to four sets in the order of their numbers; every condition looks back only."""
    start = (question(FIXED[0], "date"), question(FIXED[1], "date"), question(FIXED[2], core=True))
    sets = [one_set("start", *start, order=0)]
    of_questions, of_sets = dict.fromkeys(FIXED, ALWAYS), {"start": ALWAYS}
    earlier: list[str] = []
    for number in range(draw(st.integers(1, 3))):
        own = draw(st.just(ALWAYS) | conditions(earlier))
        state = draw(st.sampled_from(["", "", "MO"]))
        questions: list[Question] = []
        before = list(earlier)
        for place in range(draw(st.integers(1, 4))):
            question_id = f"q{number}-{place}"
            condition = draw(st.just(ALWAYS) | conditions(before))
            of_questions[question_id] = condition
            questions.append(question(question_id, "one", when=condition.source, core=draw(st.booleans())))
            before.append(question_id)
        earlier = before
        name = f"set-{number}"
        of_sets[name] = _both(own, _is("state", state)) if state and own.source else own
        if state and not own.source:
            of_sets[name] = _is("state", state)
        sets.append(one_set(name, *questions, order=number + 1, when=own.source, state=state, minutes=4))
    return Made(Catalogue(tuple(sets)), of_questions, of_sets)


def applies(made: Made, answers: Answers, today: datetime.date) -> list[str]:
    """The ids of the questions that apply, by the plain words of the language: a question applies when its set's
    condition and its own hold, and an answer counts when its own question applies and it was answered."""
    facts = facts_of(answers, today)
    known: dict[str, bool] = {}

    def look(name: str) -> Value:
        if name in ("age", "stage", "state"):
            return {"age": facts.age, "stage": facts.stage, "state": facts.state}[name]
        one = made.catalogue.question(name)
        answer = answers.of(name)
        counts = one is not None and answer.state == "answered" and answer.value not in (None, "") and is_asked(one)
        return answer.value if counts else None

    def is_asked(one: Question) -> bool:
        if one.id not in known:
            known[one.id] = made.sets[one.set_id].means(look) and made.questions[one.id].means(look)
        return known[one.id]

    return [one.id for one in made.catalogue.questions() if is_asked(one)]


def values_of(question_id: str) -> st.SearchStrategy[Value]:
    values: dict[str, list[Value]] = {
        "child-birth-date": ["2012-03-03", "2018-05-09", "soon", None],
        "meeting-date": ["2027-03-03", "2027-03-12", "2026-03-12", None],
        "state": ["Missouri", "CA", "Atlantis", None],
    }
    return st.sampled_from(values.get(question_id, ["fine", "hard", "other", "gone", "", None]))


@st.composite
def begun(draw: st.DrawFn) -> tuple[Made, Answers, bool]:
    """A catalogue with some of its questions answered or marked."""
    made = draw(made_catalogues())
    every = [one.id for one in made.catalogue.questions()]
    chosen = draw(st.lists(st.sampled_from(every), unique=True))
    answers = {name: Answer(draw(values_of(name)), draw(st.sampled_from(ANSWER_STATES))) for name in chosen}
    return made, Answers(answers), draw(st.booleans())


@settings(max_examples=60)
@given(begun())
def test_the_path_is_what_a_plain_reading_of_the_sets_says(begun: tuple[Made, Answers, bool]) -> None:
    made, answers, short = begun
    here = Interview(made.catalogue, answers, TODAY, short=short)
    assert [one.id for one in here.live] == applies(made, answers, TODAY)
    on_short = [one for one in here.live if one.core or is_done(one, answers.of(one.id))]
    assert [*here.path] == (on_short if short else [*here.live])
    assert [one for _set, questions in here.sets for one in questions] == [*here.path]


@settings(max_examples=60)
@given(begun())
def test_next_and_back_lead_along_the_path_and_undo_each_other(begun: tuple[Made, Answers, bool]) -> None:
    made, answers, short = begun
    here = Interview(made.catalogue, answers, TODAY, short=short)
    for before, after in zip(here.path, here.path[1:], strict=False):
        assert here.next(before.id) == after
        assert here.back(after.id) == before
    order = [one.id for one in made.catalogue.questions()]
    on_path = [one.id for one in here.path]
    for place, name in enumerate(order):
        after_it, before_it = here.next(name), here.back(name)
        assert (after_it and after_it.id) == next((one for one in order[place + 1 :] if one in on_path), None)
        assert (before_it and before_it.id) == next((one for one in order[:place][::-1] if one in on_path), None)


@settings(max_examples=60)
@given(begun())
def test_progress_is_a_count_of_the_path_and_of_its_sets(begun: tuple[Made, Answers, bool]) -> None:
    made, answers, short = begun
    here = Interview(made.catalogue, answers, TODAY, short=short)
    done = sum(is_done(one, answers.of(one.id)) for one in here.path)
    skipped = sum(answers.of(one.id).state == "skipped" for one in here.path)
    whole = here.progress()
    assert (whole.done, whole.seen, whole.total) == (done, done + skipped, len(here.path))
    parts = [here.progress(one.id) for one, _questions in here.sets]
    assert sum(part.done for part in parts) == whole.done
    assert sum(part.total for part in parts) == whole.total
    assert (here.first_open() is None) == (whole.done == whole.total)
    assert whole.minutes <= sum(one.minutes for one, _questions in here.sets)
    assert isinstance(whole, Progress)


def told(here: Interview) -> list[object]:
    """Everything an interview tells."""
    every = [*here.catalogue.questions()]
    ways = [(here.is_live(one.id), here.question(one.id), here.next(one.id), here.place(one)) for one in every]
    sets = [here.progress(), *(here.progress(one.id) for one in here.catalogue.sets)]
    rest = [here.answers, here.today, here.short, here.facts, here.live, here.path, here.sets, here.live_sets]
    return [ways, sets, here.first_open(), here.hidden_answers(), here.child_name(), *rest]


class Walk(RuleBasedStateMachine):
    """A family at work: they answer, mark, write notes, go on and back, and days pass."""

    @initialize(made=made_catalogues())
    def begin(self, made: Made) -> None:
        self.made = made
        self.today = TODAY
        self.written: dict[str, Answer] = {}
        self.go(Answers())
        self.at = self.here.path[0].id

    def go(self, answers: Answers) -> None:
        self.here = Interview(self.made.catalogue, answers, self.today)

    def put(self, question_id: str, answer: Answer) -> None:
        """Takes the shortcut of one answer, and holds what comes of it against the way gone over anew."""
        self.written[question_id] = answer
        self.here.progress()
        answers = self.here.answers.put(question_id, answer)
        short = Interview(self.made.catalogue, self.here.answers, self.today, short=True)
        short.progress()
        for before in (short, self.here):
            after = before.with_answer(answers, question_id)
            anew = Interview(self.made.catalogue, answers, self.today, short=before.short)
            assert told(after) == told(anew)
            self.here = after

    @rule(data=st.data())
    def answer(self, data: st.DataObject) -> None:
        value = data.draw(values_of(self.at))
        self.put(self.at, msgspec.structs.replace(self.here.answers.of(self.at), value=value, state="answered"))

    @rule(state=st.sampled_from(ANSWER_STATES))
    def mark(self, state: str) -> None:
        self.put(self.at, msgspec.structs.replace(self.here.answers.of(self.at), state=state))

    @rule(data=st.data())
    def change_what_others_build_on(self, data: st.DataObject) -> None:
        """Hides some questions and shows others."""
        name = data.draw(st.sampled_from([one.id for one in self.here.path]))
        self.put(name, Answer(data.draw(values_of(name)), "answered"))

    @rule(words=st.text(max_size=3))
    def write_a_note(self, words: str) -> None:
        self.put(self.at, msgspec.structs.replace(self.here.answers.of(self.at), note=words))

    @rule()
    def go_on(self) -> None:
        after = self.here.next(self.at)
        if after is not None:
            back = self.here.back(after.id)
            assert self.here.question(self.at) is None or (back is not None and back.id == self.at)
            self.at = after.id

    @rule()
    def go_back(self) -> None:
        before = self.here.back(self.at)
        if before is not None:
            self.at = before.id

    @precondition(lambda self: self.today < TODAY + datetime.timedelta(days=60))
    @rule(days=st.integers(1, 9))
    def days_pass(self, days: int) -> None:
        self.today += datetime.timedelta(days=days)
        self.go(self.here.answers)

    @invariant()
    def every_answer_is_kept(self) -> None:
        assert self.here.answers == self.written

    @invariant()
    def each_is_on_the_path_or_set_aside_and_never_both(self) -> None:
        live = {one.id for one in self.here.live}
        aside = dict(self.here.hidden_answers())
        assert not live & aside.keys()
        decided = {name: answer for name, answer in self.written.items() if answer.state != "open"}
        assert {name: answer for name, answer in decided.items() if name not in live} == aside

    @invariant()
    def nobody_is_trapped(self) -> None:
        """From wherever they are there is a way on, or the path ends before them, or after them."""
        if self.here.question(self.at) is None:
            assert self.here.next(self.at) is not None or self.here.back(self.at) is not None


Walk.TestCase.settings = settings(max_examples=30, stateful_step_count=25)
TestWalk = Walk.TestCase
