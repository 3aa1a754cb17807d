"""Parity of the two front ends: the same answers make the same case and the same sheets, byte for byte."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual.pilot import Pilot

from iep_tui.core.case_model import Answer, AnswerState, Case, Value
from iep_tui.core.interview import Interview
from iep_tui.core.kinds import key_of, kind_of, offered_choices
from iep_tui.core.kinds.table import cell_field
from iep_tui.core.question_model import AUDIENCES, Audience, Question
from iep_tui.core.wording import audience_options
from iep_tui.documents.formats.markdown import sheet
from iep_tui.plain.plain_app import PlainApp
from iep_tui.plain.row_operations import columns_of
from iep_tui.sets.library import Library
from iep_tui.store.case_store import CaseStore
from iep_tui.store.settings import Settings
from iep_tui.tui.app import PrepApp
from iep_tui.tui.screens.question_screen import QuestionScreen
from iep_tui.tui.textual_ext.line_input import LineInput
from iep_tui.tui.textual_ext.text_fields import CellField, TextField
from iep_tui.tui.widgets.choice_answer import ChoiceAnswer
from iep_tui.tui.widgets.radio_row import RadioRow
from iep_tui.tui.widgets.row_form import RowField
from iep_tui.tui.widgets.table_answer import TableAnswer

from . import sample_cases
from .conftest import Clock, Person
from .sample_cases import CHILD, case

pytestmark = pytest.mark.slow


class Said(msgspec.Struct, frozen=True):
    """A family's input at one question, in either front end. None leaves a value unchanged."""

    value: Any = None
    share: Audience | None = None
    note: str = ""
    mark: AnswerState | None = None


#: What both begin with: a case in which nothing was ever written would not be kept.
BEFORE: dict[str, Answer | Value] = {"not-core": "Written before"}

#: By question, in the order of the walk; a question that is not there is passed by.
Script = dict[str, Said]


# Line by line


def lines_for(question: Question, said: Said) -> list[str]:
    """The lines a person types at a question to say this, and to go on."""
    lines = [*_typed(question, said.value)] if said.value is not None else []
    asides = [f"/who {said.share}"] if said.share else []
    asides += [f"/note {said.note}"] if said.note else []
    mark = {"unsure": "/not sure", "ask": "/ask", "skipped": "/skip", None: "/next"}[cast(Any, said.mark)]
    return [*asides, *lines, "/again", mark]


def _typed(question: Question, value: Value) -> list[str]:
    kind = question.kind
    if kind in ("text", "list"):
        entries = str(value).split("\n") if kind == "text" else cast("list[str]", value)
        return ["/." if one == "." else "." if not one else _escaped(one) for one in entries]
    if kind in ("table", "goals"):
        lines: list[str] = []
        for row in cast("list[dict[str, Value]]", value):
            lines.append("/add")
            for column in columns_of(question):
                cell = row.get(column.id)
                lines.append(_escaped(cell_field(question, column, cell)) if cell is not None else "")
        return lines
    if kind == "several":
        typed = []
        for one in cast("list[Value]", value):
            typed.append(str(_place(question, one)))
            typed += [_escaped(str(next(iter(one.values()))))] if isinstance(one, dict) else []
        return typed
    if kind in ("one", "yesno", "rate"):
        own = [_escaped(str(next(iter(value.values()))))] if isinstance(value, dict) else []
        return [str(_place(question, value)), *own, "/back"]
    return [_escaped(kind_of(question).field(question, value)), "/back"]


def _escaped(words: str) -> str:
    return f"/{words}" if words.startswith("/") else words


def _place(question: Question, entry: Value) -> int:
    return [choice.value for choice in offered_choices(question)].index(str(key_of(question, entry))) + 1


class Walker(Person):
    """Types the script's lines for the latest question."""

    def __init__(self, script: Script, store: CaseStore, library: Library) -> None:
        super().__init__()
        self._script = dict(script)
        self._questions = {question.id: question for question in library.catalogue.questions()}
        self._store = store
        self._ready: list[str] = []

    def ask(self, prompt: str) -> str | None:
        if not self._ready:
            place = self._store.read(CHILD).latest.place
            if "Number of a part" in prompt:
                return "/quit"
            self._ready = lines_for(self._questions[place], self._script.pop(place, Said()))
        return self._ready.pop(0)


def line_by_line(script: Script, library: Library, home: Path) -> Case:
    store = CaseStore(home, Clock())
    store.add(case(BEFORE, "child-name"))
    walker = Walker(script, store, library)
    assert PlainApp(library, store, Clock(), walker).run(CHILD) == 0
    assert not [line for line in walker.heard if line.startswith("Error:")], walker.said
    return store.read(CHILD)


# On the screens


async def on_the_screens(script: Script, library: Library, home: Path) -> Case:
    store = CaseStore(home, Clock())
    store.add(case(BEFORE, "child-name"))
    app = PrepApp(library, store, Settings(home), Clock())
    todo = dict(script)
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        while isinstance(screen := app.screen, QuestionScreen):
            said = todo.pop(screen.question.id, Said())
            if said.share:
                names = [name for name, _label in audience_options()]
                chooser = screen.query_one("#who", RadioRow)
                chooser.focus()
                await pilot.press(str(names.index(said.share) + 1))
            if said.note:
                screen.query_one("#note-words", TextField).text = said.note
            if said.value is not None:
                await _fill(screen, pilot, said.value)
            await pilot.pause()
            await pilot.press({"unsure": "f5", "ask": "f6", "skipped": "ctrl+l", None: "f4"}[cast(Any, said.mark)])
            await pilot.pause()
        await pilot.press("ctrl+q")
    return store.read(CHILD)


async def _fill(screen: QuestionScreen, pilot: Pilot[None], value: Value) -> None:
    question, widget = screen.question, screen.widget
    if isinstance(widget, ChoiceAnswer):
        widget.choice_list.focus()
        for one in value if isinstance(value, list) else [value]:
            await pilot.press(str(_place(question, one)))
            await pilot.pause()
            if isinstance(one, dict):
                widget.own_words.value = str(next(iter(one.values())))
                widget.choice_list.focus()
            await pilot.pause()
    elif isinstance(widget, TableAnswer):
        for row in cast("list[dict[str, Value]]", value):
            widget.rows.focus()
            widget.rows.highlighted = widget.rows.option_count - 1
            await pilot.press("enter")
            await pilot.pause()
            for part in widget.query(RowField):
                cell = row.get(part.column.id)
                if cell is None:
                    continue
                typed = cell_field(question, part.column, cell)
                if isinstance(part.field, RadioRow):
                    part.field.focus()
                    await pilot.press("1" if cell == "yes" else "2")
                elif isinstance(part.field, CellField):
                    part.field.text = typed
                else:
                    part.field.value = typed
            await pilot.pause()
            widget.close_form()
            await pilot.pause()
    elif question.kind in ("text", "list"):
        field = widget.query_one(TextField)
        field.text = str(value) if question.kind == "text" else "\n".join(cast("list[str]", value))
    else:
        widget.query_one(LineInput).value = kind_of(question).field(question, value)
    await pilot.pause()


# The same


def without_times(one: Case) -> Case:
    """The case without the times of its answers and without its current position."""
    latest = one.latest
    still = {name: msgspec.structs.replace(answer, at="") for name, answer in latest.answers.items()}
    return one.with_meeting(msgspec.structs.replace(latest, answers=type(latest.answers)(still), place=""))


def kept(one: Case) -> dict[str, Answer]:
    """The answers with content; the audience of an untouched empty answer does not matter."""
    return {
        name: answer
        for name, answer in without_times(one).latest.answers.items()
        if answer.state != "open" or answer.note or answer.value
    }


def sheets(one: Case, library: Library) -> dict[str, str]:
    interview = Interview(library.catalogue, one.latest.answers, Clock()().date())
    return {reader: sheet(interview, reader, made=Clock()().date()) for reader in AUDIENCES}


def assert_same(script: Script, library: Library) -> None:
    with tempfile.TemporaryDirectory() as folder:
        plain = line_by_line(script, library, Path(folder) / "plain")
        screens = asyncio.run(on_the_screens(script, library, Path(folder) / "screens"))
    assert kept(plain) == kept(screens)
    assert sheets(plain, library) == sheets(screens, library)


#: Every kind, every mark, every reader, notes, a condition that opens a question, and words that could be commands.
EVERYTHING: Script = {
    **{name: Said(value) for name, value in sample_cases.EVERY_ANSWER.items()},
    "child-name": Said("Maya O'Neil", "teachers"),
    "a-text": Said("/quit\n\nShe is tired.\n.\n..", "teachers", "Ask *Ms. Ortiz*."),
    "a-list": Said(["Quiet", "//", "3"], "family"),
    "a-number": Said(20.5, None, "", "unsure"),
    "a-rate": Said(None, None, "Really?", "ask"),
    "a-one": Said({"other": "/back | to *bed*"}),
    "thanks": Said(None, None, "", "skipped"),
}


def test_one_script_through_both_makes_the_same_case_and_sheets(kinds: Library) -> None:
    assert_same(EVERYTHING, kinds)


_pieces = st.sampled_from(["Maya", "/quit", "//", ".", "back", "1", "*a*", "|", "é 字", "#", "{child}", "so it is"])
_words = st.lists(_pieces, min_size=1, max_size=3).map(" ".join)
_days = st.dates(min_value=sample_cases.NOW.date().replace(year=1990)).map(lambda day: day.isoformat())
_own = st.builds(lambda words: {"other": words}, _words)
_rows = st.fixed_dictionaries(
    {"service": _words},
    optional={"minutes": st.integers(-5, 5000), "since": _days, "at": st.times().map(lambda at: f"{at:%H:%M}"),
              "enough": st.sampled_from(["yes", "no"])},
)  # fmt: skip
_goals = st.fixed_dictionaries({"need": _words}, optional={"skill": _words, "by": _days, "reported": _words})
_values: dict[str, st.SearchStrategy[Any]] = {
    "child-name": _words,
    "a-text": st.lists(_words, min_size=1, max_size=3).map("\n".join),
    "a-list": st.lists(_words.filter(lambda words: words != "."), min_size=1, max_size=3),
    "a-date": _days,
    "a-time": st.times().map(lambda at: f"{at:%H:%M}"),
    "a-number": st.integers(-(10**6), 10**6),
    "a-rate": st.integers(1, 5),
    "a-yesno": st.sampled_from(["yes", "no"]),
    "a-plan": _words,
    "a-one": st.sampled_from(["fine", "some", "most"]) | _own,
    "a-several": st.sampled_from([["plan"], ["none"], ["plan", "tests"], [{"other": "x"}], ["tests", {"other": "/y"}]]),
    "a-table": st.lists(_rows, min_size=1, max_size=2),
    "the-goals": st.lists(_goals, min_size=1, max_size=1),
    "thanks": _words,
}
_scripts = st.fixed_dictionaries(
    {},
    optional={
        name: st.builds(
            Said,
            value=st.none() | values,
            share=st.none() | st.sampled_from(AUDIENCES),
            note=st.just("") | _words,
            mark=st.sampled_from([None, None, "unsure", "ask", "skipped"]),
        )
        for name, values in _values.items()
    },
)


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(script=_scripts)
def test_any_script_through_both_makes_the_same_case_and_sheets(kinds: Library, script: Script) -> None:
    assert_same(script, kinds)
