"""US states recognized from the names and abbreviations that people write."""

from __future__ import annotations

import pytest

from iep_tui.core.us_states import US_STATES, state_code


def test_all_of_them() -> None:
    assert len(US_STATES) == 50 + 1 + 5
    assert all(len(code) == 2 and code.isupper() for code in US_STATES)
    assert len(set(US_STATES.values())) == len(US_STATES)


@pytest.mark.parametrize("code", US_STATES)
def test_code_and_name_find_it(code: str) -> None:
    for words in (
        code,
        code.lower(),
        f" {code} ",
        US_STATES[code],
        US_STATES[code].upper(),
        f"\t{US_STATES[code].lower()}\n",
    ):
        assert state_code(words) == code


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Missouri", "MO"),
        ("new   york", "NY"),
        ("N.Y.", "NY"),
        ("Washington", "WA"),
        ("Washington, DC", "DC"),
        ("D.C.", "DC"),
        ("US Virgin Islands", "VI"),
        ("Puerto Rico", "PR"),
    ],
)
def test_as_people_write_it(words: str, code: str) -> None:
    assert state_code(words) == code


@pytest.mark.parametrize("words", ["", " ", "M", "MOO", "Bavaria", "Missouri or Kansas", "мо", "MO" + " " * 200_000])
def test_what_is_no_state(words: str) -> None:
    assert state_code(words) is None
