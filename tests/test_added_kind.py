"""A kind of answer that only this file declares works everywhere: no part of the program has a list it is missing from.

`portion` is typed on a line and may be a column of a table; `mood` is chosen from choices of its own.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from iep_tui.core.case_model import Answer, Answers, Case, Meeting, Value
from iep_tui.core.conditions import can_hold, operand, parse_condition
from iep_tui.core.interview import Interview
from iep_tui.core.kinds import AnswerKind, DisplayValue, added_kind
from iep_tui.core.kinds.base import plain_words
from iep_tui.core.kinds.operands import ChoiceOperand, NumberOperand
from iep_tui.core.question_model import Choice, Question
from iep_tui.core.set_versions import parts_used
from iep_tui.documents.formats.renderer import FORMATS, Format, render
from iep_tui.documents.privacy.share_check import find_private_text
from iep_tui.documents.sheets.sheet_builder import build_sheet
from iep_tui.plain.plain_app import PlainApp
from iep_tui.plain.question_lines import review_line
from iep_tui.sets import library, library_loader
from iep_tui.sets.library import Library
from iep_tui.store.case_store import CaseStore
from iep_tui.store.interchange_format import decode_case, encode_case
from iep_tui.store.settings import Settings
from iep_tui.tui.app import PrepApp
from tests.documents.text_extraction import EXTRACTORS
from tests.plain.conftest import Person as Typist
from tests.tui.person import at_the_screen

NOW = datetime.datetime(2027, 3, 3, 10, 0, tzinfo=datetime.UTC)
CASE_ID = "maya-r-case"

QUESTIONS = """---
set: parts
version: 1
lang: en
stage: before
order: 10
minutes: 5
---

# Parts

{#child-name kind=line share=teachers core=yes carry=yes}
## What is the name of your child?

{#reads kind=portion share=team core=yes}
## How much of a page does {child} read alone?

{#mood kind=mood share=team core=yes}
## How does {child} come home?

{#helps kind=line share=team core=yes when="reads < 50 and mood != glad"}
## What helps {child} to read?

{#scores share=team core=yes}
## Which scores do you know?

| Subject {subject} | Score {score:portion} |
|---|---|

{#last kind=line share=family core=yes}
## What else should we know?
"""

#: The answers that are typed below, line by line and on the screens.
TYPED: dict[str, Value] = {
    "child-name": "Maya R.",
    "reads": 40,
    "mood": "tired",
    "helps": "Time",
    "scores": [{"subject": "Math", "score": 70}],
    "last": "The end",
}


class PortionKind(AnswerKind):
    """Value: a whole number, 0 to 100."""

    name = "portion"
    operand = NumberOperand()
    cell_form = "line"
    reads_back = True
    hint = "Write it like 40%."
    prompt = "How many percent:"
    cell_prompt = "Percent:"

    def trouble(self, question: Question, value: Value) -> str:
        return "" if isinstance(value, int) and 0 <= value <= 100 else "Write a percentage, like 40%."

    def read(self, question: Question, typed: str) -> Value:
        figures = typed.strip().removesuffix("%")
        return int(figures) if figures.isdecimal() else typed

    def field(self, question: Question, value: Value) -> str:
        return f"{value}%" if isinstance(value, int) else plain_words(value)

    def show(self, question: Question, value: Value) -> DisplayValue:
        return DisplayValue("line", (f"{value} percent" if isinstance(value, int) else plain_words(value),))


class MoodKind(AnswerKind):
    """Value: one of two words."""

    name = "mood"
    input_form = "one_choice"
    operand = ChoiceOperand()

    def choices(self, question: Question) -> tuple[Choice, ...]:
        return (Choice("glad", "Glad and rested"), Choice("tired", "Worn out"))

    def trouble(self, question: Question, value: Value) -> str:
        return "" if self.choice_key(question, value) else "Choose one."

    def show(self, question: Question, value: Value) -> DisplayValue:
        labels = {choice.value: choice.label for choice in self.choices(question)}
        return DisplayValue("line", (labels.get(str(value), plain_words(value)),))


@pytest.fixture(autouse=True)
def _kinds() -> Iterator[None]:
    with added_kind(PortionKind()), added_kind(MoodKind()):
        yield


def read_sets(folder: Path, text: str = QUESTIONS) -> Library:
    language = folder / "questions" / "en"
    language.mkdir(parents=True)
    (language / library.GLOSSARY).write_text("# Words\n\nIEP\n: A plan.\n", encoding="utf-8")
    (language / "parts.md").write_text(text, encoding="utf-8")
    return library_loader.load_uncached(shipped=folder / "questions")


@pytest.fixture
def sets(tmp_path: Path) -> Library:
    found = read_sets(tmp_path)
    assert not found.problems, "\n".join(map(str, found.problems))
    return found


@pytest.fixture
def store(tmp_path: Path) -> CaseStore:
    return CaseStore(tmp_path / "data", lambda: NOW)


def case(answers: dict[str, Value]) -> Case:
    given = Answers({name: Answer(value, "answered") for name, value in answers.items()})
    return Case(CASE_ID, (Meeting("m1", "2027-02-01", given, "child-name"),))


def interview(sets: Library) -> Interview:
    return Interview(sets.catalogue, case(TYPED).latest.answers, NOW.date())


def on_disk(store: CaseStore) -> dict[str, Value]:
    return {name: answer.value for name, answer in store.read(CASE_ID).latest.answers.items()}


# Question sets and conditions


def test_a_set_may_use_it_for_questions_and_columns(sets: Library) -> None:
    kinds = {question.id: question.kind for question in sets.catalogue.questions()}
    assert (kinds["reads"], kinds["mood"]) == ("portion", "mood")
    scores = sets.catalogue.question("scores")
    assert scores is not None
    assert [column.kind for column in scores.columns] == ["line", "portion"]


@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        ("reads < 50", "reads < many", "“many” is not a number"),
        ("reads < 50", "reads has 50", "cannot be tested with “has”"),
        ("mood != glad", "mood != happy", "“happy” is not one of the choices (glad, tired)"),
        ("mood != glad", "mood < glad", "cannot be tested with “<”"),
        ("kind=portion", "kind=portion max=3", "the kind “portion” has none"),
        ("kind=portion", "kind=portoin", "Did you mean “portion”?"),
        ("score:portion", "score:portoin", "Did you mean “portion”?"),
    ],
)
def test_a_mistake_with_it_is_found(tmp_path: Path, right: str, wrong: str, words: str) -> None:
    assert right in QUESTIONS
    problems = read_sets(tmp_path, QUESTIONS.replace(right, wrong, 1)).problems
    assert words in "\n".join(map(str, problems))


def test_a_condition_on_it_can_hold_or_not(sets: Library) -> None:
    scope = {question.id: operand(question) for question in sets.catalogue.questions()}
    found = {
        source: can_hold(parse_condition(source), scope, {})
        for source in (
            "reads > 40 and reads < 41",
            "reads > 40 and reads < 40",
            "mood = glad",
            "mood not in (glad, tired)",
        )
    }
    assert [*found.values()] == [True, False, True, True]
    assert not can_hold(parse_condition("mood answered and mood not in (glad, tired)"), scope, {})


# Answering


def test_line_by_line_each_answer_lands_in_its_question(sets: Library, store: CaseStore) -> None:
    store.add(case({}))
    typist = Typist("Maya R.", "40%", "2", "Time", "/add", "Math", "70%", "", "The end", "/quit")
    assert PlainApp(sets, store, lambda: NOW, typist).run(CASE_ID) == 0
    assert typist.left == 0, typist.said
    assert on_disk(store) == TYPED
    for words in ("> How many percent:", "40 percent", "2. Worn out", "70 percent"):
        assert words in typist.said


def test_line_by_line_a_wrong_answer_is_asked_for_again(sets: Library, store: CaseStore) -> None:
    store.add(case({"child-name": "Maya R."}))
    typist = Typist("", "a lot", "60%", "/clear", "/quit")
    PlainApp(sets, store, lambda: NOW, typist).run(CASE_ID)
    assert "Write a percentage, like 40%." in typist.said
    assert on_disk(store)["reads"] == 60


async def test_on_the_screens_each_answer_lands_in_its_question(
    sets: Library, store: CaseStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    store.add(case({}))
    app = PrepApp(sets, store, Settings(tmp_path / "data"), lambda: NOW)
    app.animation_level = "none"
    try:
        async with at_the_screen(app) as person:
            await person.press("enter")
            await person.type("Maya R.")
            await person.press("f4")
            assert person.sees("Write it like 40%.")
            await person.type("40%")
            assert person.sees("40 percent")
            await person.press("f4")
            assert person.sees("2 Worn out")
            await person.press("2", "f4")
            assert person.place == "helps"
            await person.type("Time")
            await person.press("f4")
            assert person.place == "scores"
            await person.press("enter")
            await person.type("Math")
            await person.press("enter")
            await person.type("70%")
            assert person.sees("70 percent")
            await person.press("enter", "f4")
            assert person.place == "last"
            await person.type("The end")
            await person.press("f4", "f8")
            assert person.sees("How much of a page does Maya read alone? 40 percent")
            assert person.sees("How does Maya come home? Worn out")
            assert person.sees("Math · 70 percent")
    finally:
        if app.session is not None:
            app.session.close()
    assert on_disk(store) == TYPED


# After that


def test_plan_and_review_count_and_show_it(sets: Library) -> None:
    answers = interview(sets)
    assert answers.first_open() is None
    assert answers.progress().done == len(TYPED)
    lines = [review_line(1, (one.id, one, answers.answers.of(one.id)), answers) for one in sets.catalogue.questions()]
    assert any("40 percent" in line for line in lines)
    assert any("Worn out" in line for line in lines)


@pytest.mark.parametrize("format", FORMATS, ids=lambda format: format.name)
def test_every_document_has_it(sets: Library, format: Format) -> None:
    file = render(build_sheet(interview(sets), "team", made=NOW.date()), format.name, lang="en")
    text = EXTRACTORS[format.name](file)
    for words in ("40 percent", "Worn out", "Math", "70 percent"):
        assert words in " ".join(text.split())


def test_the_leak_check_finds_it(sets: Library) -> None:
    answers = Interview(
        sets.catalogue,
        Answers({"mood": Answer("tired", "answered", share="family"), "last": Answer("Her cousin left", "answered")}),
        NOW.date(),
    )
    assert [leak.question_id for leak in find_private_text("Her cousin left.", answers, "team")] == ["last"]


def test_import_takes_in_what_export_wrote(sets: Library) -> None:
    whole = case(TYPED)
    assert decode_case(encode_case(whole)) == whole
    scores = sets.catalogue.question("scores")
    assert scores is not None
    assert parts_used(scores, whole.latest.answers.of("scores")) == ("subject", "score")
