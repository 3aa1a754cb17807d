"""Case ids: random, and never a path."""

from __future__ import annotations

import pytest

from iep_tui.store.ids import is_id, new_id


def test_a_new_id_is_an_id_and_like_no_other() -> None:
    made = {new_id() for _ in range(500)}
    assert len(made) == 500
    assert all(is_id(one) and len(one) >= 10 and one[0].isalpha() for one in made)


@pytest.mark.parametrize("text", ["k7f3q9x2m4", "example-maya", "yearly-2027", "m1", "7"])
def test_ids(text: str) -> None:
    assert is_id(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", ".", "..", "../x", "a/b", "a\\b", "/etc/passwd", "c:x", "-rf", "~", "a.json", "con", "nul", "com1"),
        *("Maya", "a b", "a\n", "a\x00", "é", "x" * 65, None, 7),
    ],
)
def test_not_ids(text: object) -> None:
    assert not is_id(text)
