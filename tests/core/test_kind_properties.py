"""Properties of every answer kind: a valid value survives a round trip, and no JSON value causes a crash."""

from __future__ import annotations

import copy
import importlib
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import iep_tui.core.kinds
from iep_tui.core.case_model import Value
from iep_tui.core.kinds import (
    KINDS,
    AnswerKind,
    added_kind,
    display_value,
    is_empty,
    kind_names,
    kind_of,
    validation_message,
)
from iep_tui.core.kinds.number import NumberKind
from iep_tui.core.kinds.several import in_offered_order
from iep_tui.core.kinds.table import cell_field, read_cell
from iep_tui.core.question_model import Choice, KindName, Question
from iep_tui.core.text_sanitizer import clean_text

from .builders import question

EVERY_KIND = kind_names()

# Values that fit

words = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1).map(clean_text)
says_something = words.filter(lambda text: bool(text.strip()))
days: st.SearchStrategy[Value] = st.dates().map(lambda day: day.isoformat())
times: st.SearchStrategy[Value] = st.times().map(lambda time: time.strftime("%H:%M"))
numbers: st.SearchStrategy[Value] = st.integers(-(2**53), 2**53) | st.decimals(-(10**9), 10**9, places=6).map(float)
yes_or_no: st.SearchStrategy[Value] = st.sampled_from(["yes", "no"])

#: Labels that could be taken for the values or the own words of other choices.
labels = st.sampled_from(["a", "B", "a: x", "Other", "other: x", "Fine", "ﬁne", "İ"]) | says_something


@st.composite
def choices(draw: st.DrawFn) -> tuple[Choice, ...]:
    values = draw(st.lists(st.sampled_from(["a", "b", "fine", "other", "none", "a-x"]), min_size=1, unique=True))
    return tuple(Choice(value, draw(labels), draw(st.booleans())) for value in values)


def picks(choice: Choice) -> st.SearchStrategy[Value]:
    """The values that this choice may save."""
    plain: st.SearchStrategy[Value] = st.just(choice.value)
    return plain | (words | st.just("")).map(lambda own: {choice.value: own}) if choice.words else plain


@st.composite
def fitting(draw: st.DrawFn, kind: KindName) -> tuple[Question, Value]:
    """A question of this kind and a valid value."""
    asked = question(kind=kind)
    values: dict[KindName, st.SearchStrategy[Value]] = {
        "line": words.map(lambda text: text.replace("\n", " ")),
        "text": st.lists(words).map("\n".join),
        "list": st.lists(says_something, min_size=1).map(list),
        "date": days,
        "time": times,
        "number": numbers,
        "rate": st.integers(1, 5),
        "yesno": yes_or_no,
    }
    if kind in values:
        return asked, draw(values[kind])
    asked = question(kind=kind, choices=draw(choices()))
    if kind == "one":
        return asked, draw(st.sampled_from(asked.choices).flatmap(picks))
    several = draw(st.lists(st.sampled_from(asked.choices), min_size=1, unique=True))
    return asked, in_offered_order(asked, [draw(picks(choice)) for choice in several])


@pytest.mark.sweep
@pytest.mark.parametrize("kind", [kind for kind in EVERY_KIND if not KINDS[kind].has_rows])
@given(st.data())
def test_a_value_that_fits_comes_back_from_its_field(kind: KindName, data: st.DataObject) -> None:
    asked, value = data.draw(fitting(kind))
    assert validation_message(asked, value) == ""
    assert kind_of(asked).read(asked, kind_of(asked).field(asked, value)) == value


@given(st.data())
def test_and_so_does_every_cell_of_a_table(data: st.DataObject) -> None:
    asked = question(kind="table")
    cells = {"line": words, "number": numbers, "date": days, "time": times, "yesno": yes_or_no}
    for column in asked.columns:
        cell = data.draw(cells[column.kind])
        assert validation_message(asked, [{column.id: cell}]) == ""
        assert read_cell(asked, column, cell_field(asked, column, cell)) == cell


# Any value at all

keys = st.sampled_from(["other", "service", "minutes", "since", "need", "by"]) | st.text(max_size=5)
json_values: st.SearchStrategy[Value] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.just(10**400)
    | st.floats()
    | st.text()
    | st.sampled_from(["fine", "yes", "2027-03-12", "14:30", "other", "none"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=10,
)


def same(one: Value, other: Value) -> bool:
    """Whether two values are the same to the type, also where a number is not equal to itself."""
    if isinstance(one, float) and isinstance(other, float) and math.isnan(one):
        return math.isnan(other)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    return type(one) is type(other) and one == other


@pytest.mark.sweep
@pytest.mark.parametrize("kind", EVERY_KIND)
@given(json_values)
def test_no_shape_does_harm_or_is_changed(kind: KindName, value: Value) -> None:
    asked = question(kind=kind, max=3) if KINDS[kind].counts_max else question(kind=kind)
    before = copy.deepcopy(value)
    empty, told, words_of_it = is_empty(asked, value), validation_message(asked, value), display_value(asked, value)
    field = kind_of(asked).field(asked, value)
    assert same(value, before)
    assert isinstance(field, str)
    assert words_of_it.fits is (told == "")
    assert not (empty and (told or words_of_it.summary))
    assert all(len(row) == len(words_of_it.head) for row in words_of_it.rows)


@pytest.mark.parametrize("kind", EVERY_KIND)
@given(st.text())
def test_any_typed_words_are_a_value_that_can_be_shown(kind: KindName, typed: str) -> None:
    asked = question(kind=kind)
    value = kind_of(asked).read(asked, typed)
    display_value(asked, value)
    if typed.strip() and kind not in ("list", "several"):
        assert not is_empty(asked, value)


def test_every_module_that_declares_a_kind_is_registered_under_its_name() -> None:
    folder = Path(iep_tui.core.kinds.__file__).parent
    modules = [importlib.import_module(f"iep_tui.core.kinds.{path.stem}") for path in folder.glob("[a-z]*.py")]
    declared = {one.__name__.rpartition(".")[2]: one.KIND for one in modules if hasattr(one, "KIND")}
    assert set(declared) == set(EVERY_KIND)
    assert all(isinstance(kind, AnswerKind) and kind.name == name for name, kind in declared.items())
    assert all(KINDS[name] is kind for name, kind in declared.items())


def test_a_kind_can_be_added_once_and_is_gone_afterwards() -> None:
    class MadeUpKind(NumberKind):
        name = "made-up"

    with added_kind(MadeUpKind()):
        assert kind_names() == (*EVERY_KIND, "made-up")
        assert validation_message(question(kind="made-up"), "many")
        with pytest.raises(ValueError, match="made-up"), added_kind(MadeUpKind()):
            pass
    assert kind_names() == EVERY_KIND
    with pytest.raises(KeyError):
        KINDS["made-up"]
