"""Lookup of the case that a person means."""

from __future__ import annotations

import pytest

from iep_tui.core.case_model import Answer, Answers, Case, Meeting
from iep_tui.store.case_lookup import child_name, find
from iep_tui.store.errors import CaseMissing, StoreError

NAMES = {
    "k7f3q9x2m4": "Maya R.",
    "k7f8aaaaaa": "José Muñoz",
    "zz12345678": "Ann",
    "ann4567890": "Zoë",
    "twin000001": "Sam Lee",
    "twin000002": "Sam Ode",
}


def found(words: str) -> str:
    return find(words, sorted([*NAMES, "noname0001"]), lambda: NAMES)


@pytest.mark.parametrize(
    ("words", "case_id"),
    [
        ("k7f3q9x2m4", "k7f3q9x2m4"),
        ("k7f3", "k7f3q9x2m4"),
        ("nona", "noname0001"),
        ("Maya R.", "k7f3q9x2m4"),
        ("maya", "k7f3q9x2m4"),
        ("MAYA  r.", "k7f3q9x2m4"),
        (" José ", "k7f8aaaaaa"),
        ("jose\u0301 MUN\u0303OZ", "k7f8aaaaaa"),
        ("sam ode", "twin000002"),
    ],
)
def test_the_one_that_is_meant(words: str, case_id: str) -> None:
    assert found(words) == case_id


@pytest.mark.parametrize("words", ["", "  ", "k7", "May", "R.", "nobody", "../k7f3q9x2m4", "Muñoz"])
def test_nothing_that_is_meant(words: str) -> None:
    with pytest.raises(CaseMissing) as told:
        found(words)
    assert "k7f3q9x2m4" in str(told.value)


@pytest.mark.parametrize(
    ("words", "choices"),
    [
        ("k7f", ["k7f3q9x2m4", "k7f8aaaaaa"]),
        ("Sam", ["twin000001", "twin000002"]),
        ("ann", ["ann4567890", "zz12345678"]),
    ],
)
def test_more_than_one_is_asked_back_by_id_alone(words: str, choices: list[str]) -> None:
    with pytest.raises(StoreError) as told:
        found(words)
    assert str(told.value).endswith(", ".join(choices) + ".")
    assert not any(name in str(told.value) for name in NAMES.values() if name.casefold() != words)


def test_many_cases_are_not_all_named() -> None:
    with pytest.raises(CaseMissing, match="and 92 more"):
        find("nobody", [f"case{number:06}" for number in range(100)], dict)


def test_a_whole_id_reads_no_case() -> None:
    def names() -> dict[str, str]:
        raise AssertionError("a case was read")

    assert find("k7f3q9x2m4", ["k7f3q9x2m4"], names) == "k7f3q9x2m4"


def test_the_name_is_the_latest_that_was_given() -> None:
    def meeting(number: int, value: Answer | None) -> Meeting:
        return Meeting(f"m{number}", "", Answers({"child-name": value} if value else {}))

    first, second = meeting(1, Answer("Maya\x1b R.\n")), meeting(2, Answer("May"))
    assert child_name(Case("c", (first, second))) == "May"
    assert child_name(Case("c", (first, meeting(2, None), meeting(3, Answer(" "))))) == "Maya R."
    assert child_name(Case("c", (meeting(1, Answer(["Maya"])),))) == ""
