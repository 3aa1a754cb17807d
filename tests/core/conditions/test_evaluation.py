"""What conditions mean: for which answers a question applies."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from iep_tui.core.case_model import Value
from iep_tui.core.conditions import ConditionError, holds, parse_cached, parse_condition, referenced_names
from iep_tui.core.text_sanitizer import first_unclean

OTHER: Value = {"other": "at grandma's"}

TRUE: list[tuple[str, dict[str, Value]]] = [
    ("plan = iep", {"plan": "iep"}),
    ("plan = 504", {"plan": "504"}),
    ("plan != iep", {"plan": "health"}),
    ("plan = other", {"plan": OTHER}),
    ("plan in (health, other)", {"plan": OTHER}),
    ("needs-sleep in (some, most)", {"needs-sleep": "most"}),
    ("plan not in (504, health)", {"plan": "iep"}),
    ("not (plan in (504, health))", {"plan": "iep"}),
    ("areas has reading", {"areas": ["writing", "reading"]}),
    ("areas has (senses, reading)", {"areas": ["reading"]}),
    ("areas has other", {"areas": ["reading", OTHER]}),
    ("minutes = 30", {"minutes": 30}),
    ("minutes = 30", {"minutes": 30.0}),
    ("minutes in (2.5, -3)", {"minutes": -3}),
    ("minutes > -3", {"minutes": -2.5}),
    ("minutes >= 30 and minutes <= 30", {"minutes": 30}),
    ("rate < 3", {"rate": 2}),
    ("told < 2027-03-12", {"told": "2027-03-11"}),
    ("told >= 2027-03-12", {"told": "2027-03-12"}),
    ("told = 2027-03-12", {"told": "2027-03-12"}),
    ("enough = yes", {"enough": "yes"}),
    ("goals-now answered", {"goals-now": [{"need": "Reading"}]}),
    ("notes answered", {"notes": "She is tired."}),
    ("minutes answered", {"minutes": 0}),
    ("age >= 14 and plan = iep", {"age": 14, "plan": "iep"}),
    ("state = MO", {"state": "MO"}),
    ("stage != after", {"stage": "before"}),
    ("where = in or where = not", {"where": "in"}),
    ("where in (in, and)", {"where": "and"}),
    ("a=x and(b=y)", {"a": "x", "b": "y"}),
    ("\n a\t=\nx ", {"a": "x"}),
]

FALSE: list[tuple[str, dict[str, Value]]] = [
    ("plan = iep", {"plan": "504"}),
    ("plan = iep", {"plan": OTHER}),
    ("plan = other", {"plan": {"other": 1}}),
    ("plan = other", {"plan": {"other": "a", "more": "b"}}),
    ("plan = iep", {"plan": ["iep"]}),
    ("areas has reading", {"areas": ["writing"]}),
    ("areas has reading", {"areas": "reading"}),
    ("areas has reading", {"areas": [["reading"], 1, None, {}]}),
    ("minutes < 30", {"minutes": "12"}),
    ("minutes < 30", {"minutes": float("nan")}),
    ("minutes > 30", {"minutes": float("inf")}),
    ("minutes = 1", {"minutes": True}),
    ("minutes > 0", {"minutes": True}),
    ("minutes < 30", {"minutes": 10**400}),
    ("told < 2027-03-12", {"told": "soon"}),
    ("told < 2027-03-12", {"told": "2027-02-30"}),
    ("told < 2027-03-12", {"told": 5}),
    ("plan < iep", {"plan": "five"}),
    ("notes answered", {"notes": " \n"}),
    ("goals-now answered", {"goals-now": []}),
]


@pytest.mark.parametrize(("source", "answers"), TRUE)
def test_holds(source: str, answers: dict[str, Value]) -> None:
    assert holds(parse_condition(source), answers.get)
    assert not holds(parse_condition(f"not ({source})"), answers.get)


@pytest.mark.parametrize(("source", "answers"), FALSE)
def test_does_not_hold(source: str, answers: dict[str, Value]) -> None:
    assert not holds(parse_condition(source), answers.get)
    assert holds(parse_condition(f"not ({source})"), answers.get)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a = x", False),
        ("a != x", True),
        ("a in (x, y)", False),
        ("a not in (x, y)", True),
        ("a has x", False),
        ("a < 3", False),
        ("a <= 3", False),
        ("a > 3", False),
        ("a >= 3", False),
        ("a answered", False),
        ("not a answered", True),
    ],
)
def test_no_answer_equals_nothing(source: str, expected: bool) -> None:
    nothing: dict[str, Value] = {}
    assert holds(parse_condition(source), nothing.get) is expected


@pytest.mark.parametrize(
    ("source", "grouped"),
    [
        ("a = x or b = x and c = x", "a = x or (b = x and c = x)"),
        ("a = x and b = x or c = x", "(a = x and b = x) or c = x"),
        ("not a = x and b = x", "(not a = x) and b = x"),
        ("not a = x or b = x", "(not (a = x)) or b = x"),
        ("not not a = x or b = x and not c = x", "a = x or (b = x and (not c = x))"),
    ],
)
@pytest.mark.parametrize("a", ["x", None])
@pytest.mark.parametrize("b", ["x", None])
@pytest.mark.parametrize("c", ["x", None])
def test_not_binds_before_and_and_before_or(
    source: str, grouped: str, a: str | None, b: str | None, c: str | None
) -> None:
    got: dict[str, Value] = {"a": a, "b": b, "c": c}
    assert holds(parse_condition(source), got.get) is holds(parse_condition(grouped), got.get)


def test_names_are_given_each_time_with_their_place() -> None:
    found = referenced_names(parse_condition("age >= 14 and not (plan = iep or age answered)"))
    assert [(one.name, one.offset) for one in found] == [("age", 0), ("plan", 19), ("age", 33)]


def test_a_source_is_read_once() -> None:
    assert parse_cached("plan = iep") is parse_cached("plan = iep")


# Random conditions, written down and read back, against an evaluation of their own


class Sample(NamedTuple):
    """A condition as its source, as what it should mean, and how tightly its last joining word binds."""

    source: str
    means: Callable[[dict[str, Value]], bool]
    tightness: int


def _bracketed(sample: Sample, tightness: int) -> str:
    return sample.source if sample.tightness >= tightness else f"({sample.source})"


@st.composite
def _comparisons(draw: st.DrawFn) -> Sample:
    gap = draw(st.sampled_from(["", " ", "  "]))
    form = draw(st.sampled_from(["equal", "among", "has", "number", "day", "answered"]))
    choices = draw(st.lists(st.sampled_from(["iep", "504", "none-yet"]), min_size=1, max_size=3))
    listed = "(" + f"{gap},{gap}".join(choices) + ")"
    no = draw(st.booleans())
    if form == "equal":
        sign = "!=" if no else "="
        return Sample(f"plan{gap}{sign}{gap}{choices[0]}", lambda got: (got["plan"] == choices[0]) is not no, 3)
    if form == "among":
        return Sample(
            f"plan {'not in' if no else 'in'}{gap}{listed}", lambda got: (got["plan"] in choices) is not no, 3
        )
    if form == "has":
        areas = choices if no else choices[:1]

        def overlap(got: dict[str, Value]) -> bool:
            return isinstance(got["areas"], list) and any(area in got["areas"] for area in areas)

        return Sample(f"areas has {listed if no else choices[0]}", overlap, 3)
    if form == "answered":
        name = draw(st.sampled_from(["plan", "areas", "minutes", "told"]))
        return Sample(f"{name} answered", lambda got: got[name] not in (None, []), 3)
    sign = draw(st.sampled_from(["<", "<=", ">", ">=", "=", "!="]))
    name, bound = ("minutes", draw(st.integers(-3, 3))) if form == "number" else ("told", draw(st.integers(10, 15)))

    def ordered(got: dict[str, Value]) -> bool:
        value = got[name]
        if value is None:
            return sign == "!="
        place = value if isinstance(value, int | float) else int(str(value)[-2:])
        truth = {"<": place < bound, "<=": place <= bound, ">": place > bound, ">=": place >= bound}
        return {**truth, "=": place == bound, "!=": place != bound}[sign]

    written = str(bound) if form == "number" else f"2027-03-{bound}"
    return Sample(f"{name}{gap}{sign}{gap}{written}", ordered, 3)


def _joined(parts: list[Sample], word: str) -> Sample:
    means = [part.means for part in parts]
    if word == "and":
        return Sample(" and ".join(_bracketed(one, 2) for one in parts), lambda got: all(m(got) for m in means), 1)
    return Sample(" or ".join(_bracketed(one, 1) for one in parts), lambda got: any(m(got) for m in means), 0)


def _denied(part: Sample) -> Sample:
    return Sample(f"not {_bracketed(part, 2)}", lambda got: not part.means(got), 2)


conditions = st.recursive(
    _comparisons(),
    lambda parts: (
        st.builds(_joined, st.lists(parts, min_size=2, max_size=4), st.sampled_from(["and", "or"]))
        | parts.map(_denied)
        | parts.map(lambda part: Sample(f"( {part.source} )", part.means, 3))
    ),
    max_leaves=12,
)
answers = st.fixed_dictionaries(
    {
        "plan": st.sampled_from([None, "iep", "504", "none-yet", "health"]),
        "areas": st.none() | st.lists(st.sampled_from(["iep", "504", "none-yet", "x"]), unique=True),
        "minutes": st.none() | st.integers(-4, 4) | st.sampled_from([-0.5, 2.5]),
        "told": st.sampled_from([None, *(f"2027-03-{day}" for day in range(10, 16))]),
    }
)


@given(conditions, answers)
def test_a_condition_means_what_is_written(sample: Sample, got: dict[str, Value]) -> None:
    assert holds(parse_condition(sample.source), got.get) is sample.means(got)


GOT: dict[str, Value] = {"plan": "iep", "age": 7}
PIECES = [
    *'()=<>,!-. "\n',
    *("!=", "<=", ">=", "==", " and ", " or ", " not ", " in ", " has ", " answered ", " AND ", "“", "٣", "é"),
    *("plan", "age", "iep", "504", "2.5", "-3", "2027-03-12", "9" * 5000, "_", "not" * 3),
]


@given(st.text() | st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
@example("(" * 100_000)
@example("not " * 100_000)
@example("a = x and " * 20_000)
@example("a = " + "9" * 100_000)
def test_any_text_is_read_or_refused_at_a_place_in_it(source: str) -> None:
    mistake: ConditionError | None = None
    try:
        condition = parse_condition(source)
    except ConditionError as error:
        mistake = error
    if mistake:
        assert 0 <= mistake.offset <= len(source)
        assert 0 < len(mistake.message) < 300
        assert first_unclean(mistake.message) is None
    else:
        holds(condition, GOT.get)
        for name in referenced_names(condition):
            assert source.startswith(name.name, name.offset)
