"""Detection of conditions that no answers can meet, without false alarms."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iep_tui.core.case_model import Value
from iep_tui.core.conditions import Condition, Operand, can_hold, holds, parse_condition

SCOPE = {
    "plan": Operand("one", ("iep", "plan-504", "health")),
    "areas": Operand("several", ("reading", "writing", "none")),
    "enough": Operand("yesno", ("yes", "no")),
    "minutes": Operand("number"),
    "rate": Operand("rate"),
    "told": Operand("date"),
    "story": Operand("text"),
}


def _can_hold(source: str, **whens: str) -> bool:
    return can_hold(parse_condition(source), SCOPE, {name: parse_condition(own) for name, own in whens.items()})


@pytest.mark.parametrize(
    "source",
    [
        "plan = iep",
        "plan not in (iep, plan-504, health)",
        "plan != iep and plan != plan-504 and plan answered",
        "areas has reading and areas has writing",
        "areas answered and not areas has (reading, writing)",
        "areas has none",
        "not areas answered",
        "minutes > 1 and minutes < 2",
        "minutes < -999",
        "not minutes < 3 and not minutes >= 3",
        "rate > 3 and rate < 5",
        "told > 2027-02-28 and told < 2027-03-02",
        "told < 2027-01-01 or told > 2028-01-01",
        "age > 13 and age < 15",
        "not age < 3 and not age >= 3",
        "state = MO",
        "not state in (MO, KS) and state answered",
        "stage = at",
        "story answered",
        "unknown = x and unknown = y",
    ],
)
def test_can_hold(source: str) -> None:
    assert _can_hold(source)


@pytest.mark.parametrize(
    "source",
    [
        "plan = iep and plan = health",
        "plan answered and plan not in (iep, plan-504, health)",
        "plan = other",
        "areas has reading and not areas answered",
        "areas has none and areas has reading",
        "minutes > 2 and minutes < 2",
        "minutes > 2 and not minutes answered",
        "rate > 5",
        "rate > 3 and rate < 4",
        "told > 2027-02-28 and told < 2027-03-01",
        "told < 0001-01-01",
        "told > 9999-12-31",
        "age > 13 and age < 14",
        "state = MO and state = KS",
        "stage not in (before, at, after)",
        "not stage answered",
        "story answered and not story answered",
        "unknown = x and plan = iep and plan = health",
    ],
)
def test_can_never_hold(source: str) -> None:
    assert not _can_hold(source)


def test_a_hidden_question_has_no_answer() -> None:
    assert _can_hold("enough = yes", enough="plan = iep")
    assert not _can_hold("enough = yes and plan = health", enough="plan = iep")
    assert _can_hold("enough != yes and plan = health", enough="plan = iep")
    assert not _can_hold("rate = 1 and plan = health", rate="enough = yes", enough="plan = iep")
    assert not _can_hold("rate answered", rate="enough = yes", enough="plan = iep and plan = health")


def test_a_fact_is_never_hidden() -> None:
    assert _can_hold("state = MO and plan = health", state="plan = iep")


def test_questions_that_wait_for_each_other_are_taken_to_be_possible() -> None:
    assert _can_hold("plan = iep", plan="enough = yes", enough="plan = iep")
    assert _can_hold("plan = iep", plan="plan = iep")


def test_a_long_chain_is_followed_to_its_end() -> None:
    length = 1500
    scope = {f"q{place}": Operand("yesno", ("yes", "no")) for place in range(length)}
    whens = {f"q{place}": parse_condition(f"q{place - 1} = yes") for place in range(1, length)}
    assert can_hold(parse_condition(f"q{length - 1} = yes"), scope, whens)


def test_what_has_too_many_combinations_is_taken_to_be_possible(monkeypatch: pytest.MonkeyPatch) -> None:
    scope = {f"q{place}": Operand("yesno", ("yes", "no")) for place in range(21)}
    always = [f"(q{place} = yes or q{place} != yes)" for place in range(20)]
    never = "(q20 = yes and q20 = no)"
    monkeypatch.setattr("iep_tui.core.conditions.satisfiability.MAX_COMBINATIONS", 500)
    assert not can_hold(parse_condition(" and ".join([*always[:5], never])), scope, {})
    assert can_hold(parse_condition(" and ".join([*always, never])), scope, {})
    # Where the start decides, the rest is not tried.
    assert not can_hold(parse_condition(" and ".join([never, *always])), scope, {})


def test_a_question_with_many_named_choices_is_taken_to_be_possible() -> None:
    values = tuple(f"v{number}" for number in range(40))
    every = " and ".join(f"areas has {value}" for value in values)
    assert can_hold(parse_condition(f"{every} and not areas answered"), {"areas": Operand("several", values)}, {})
    numbers = ", ".join(map(str, range(5000)))
    assert can_hold(parse_condition(f"minutes in ({numbers})"), SCOPE, {})


# Small random conditions against every answer there is

SMALL = {"a": Operand("one", ("x", "y", "z")), "b": Operand("several", ("x", "y", "z")), "c": Operand("rate")}
ALL: dict[str, list[Value]] = {
    "a": [None, "x", "y", "z"],
    "b": [None, ["x"], ["y"], ["z"], ["x", "y"], ["x", "z"], ["y", "z"], ["x", "y", "z"]],
    "c": [None, 1, 2, 3, 4, 5],
}
TESTS = {
    "a": ["a = x", "a != y", "a in (x, y)", "a not in (y, z)", "a answered"],
    "b": ["b has x", "b has (y, z)", "b answered"],
    "c": ["c = 3", "c < 2", "c >= 4", "c != 5", "c answered"],
}


def _random(names: str) -> st.SearchStrategy[str]:
    return st.recursive(
        st.sampled_from([test for name in names for test in TESTS[name]]),
        lambda parts: (
            st.lists(parts, min_size=2, max_size=4).map(lambda few: "(" + " and ".join(few) + ")")
            | st.lists(parts, min_size=2, max_size=3).map(lambda few: "(" + " or ".join(few) + ")")
            | parts.map(lambda part: f"not {part}")
        ),
        max_leaves=10,
    )


def _every_answer(whens: dict[str, Condition]) -> Iterator[dict[str, Value]]:
    for a, b, c in itertools.product(*ALL.values()):
        got: dict[str, Value] = {}
        for name, value in (("a", a), ("b", b), ("c", c)):
            got[name] = value if name not in whens or holds(whens[name], got.get) else None
        yield got


@given(_random("abc"), _random("a"), _random("ab"))
def test_as_if_every_answer_were_tried(source: str, own_b: str, own_c: str) -> None:
    condition = parse_condition(source)
    whens = {"b": parse_condition(own_b), "c": parse_condition(own_c)}
    assert can_hold(condition, SMALL, whens) is any(holds(condition, got.get) for got in _every_answer(whens))
