"""Glossary terms found in a text, and searches for terms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iep_tui.core.glossary import Glossary
from iep_tui.core.question_model import Term

IEP = Term("IEP", "The written plan for a child.", ("Individualized Education Program",))
GOAL = Term("Annual goal", "What your child should do in a year.", ("goal",))
PLAN_504 = Term("504 plan", "A plan of changes, often without an IEP.")
EVALUATION = Term("Evaluation", "Finding out what a child needs.", ("testing",))
AGAIN = Term("Re-evaluation", "Looking again.")
SERVICE = Term("Related services", "Help such as speech.", ("related service",))

TERMS = Glossary([SERVICE, PLAN_504, IEP, GOAL, AGAIN, EVALUATION])


def names(terms: tuple[Term, ...]) -> list[str]:
    return [term.name for term in terms]


def test_terms_stand_in_the_order_of_their_names() -> None:
    assert names(TERMS.terms) == [
        "504 plan",
        "Annual goal",
        "Evaluation",
        "IEP",
        "Re-evaluation",
        "Related services",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Which goals are in the IEP?", ["Annual goal", "IEP"]),
        ("The iep, the IEPs and the IEP.", ["IEP"]),
        ("Is a 504 plan enough?", ["504 plan"]),
        ("When was the last re-evaluation?", ["Re-evaluation"]),
        ("After the evaluation or testing", ["Evaluation"]),
        ("A related service; RELATED SERVICES", ["Related services"]),
        ("The Individualized Education Program (IEP)", ["IEP"]),
        ("Goalkeepers and recipients", []),
        ("", []),
    ],
)
def test_within_a_text_each_term_is_found_once_in_its_order(text: str, found: list[str]) -> None:
    assert names(TERMS.within(text)) == found


def test_the_longer_of_two_terms_is_meant() -> None:
    both = Glossary([Term("goal", "Any."), Term("goal area", "One kind.")])
    assert names(both.within("Which goal area?")) == ["goal area"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("eva", ["Evaluation", "Re-evaluation"]),
        ("GOAL", ["Annual goal"]),
        ("testing", ["Evaluation"]),
        ("iep", ["IEP", "504 plan"]),
        (" plan ", ["504 plan", "IEP"]),
        ("speech", ["Related services"]),
        ("zebra", []),
    ],
)
def test_names_that_start_so_come_first_then_names_then_meanings(words: str, found: list[str]) -> None:
    assert names(TERMS.search(words)) == found


def test_nothing_looked_for_is_everything() -> None:
    assert TERMS.search("  ") == TERMS.terms


def test_a_glossary_may_be_empty() -> None:
    assert Glossary([]).within("Which goals are in the IEP?") == ()
    assert Glossary([]).search("goal") == ()


@given(st.lists(st.text(min_size=1, max_size=8), max_size=5), st.text(max_size=40))
def test_no_name_and_no_text_is_too_strange(term_names: list[str], text: str) -> None:
    glossary = Glossary([Term(name, "Meaning.") for name in term_names])
    assert set(glossary.within(text)) <= set(glossary.terms)
    assert set(glossary.search(text)) <= set(glossary.terms)
