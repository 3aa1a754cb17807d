"""The direction of a paragraph, and its text split into runs of one direction."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iep_tui.documents.formats.text_direction import by_direction, is_rtl, language_is_rtl


@pytest.mark.parametrize(
    ("text", "rtl"),
    [
        ("", False),
        ("123 ...", False),
        ("Maya", False),
        ("مايا", True),
        ("3. שלום Maya", True),
        ("Maya שלום", False),
        ("字 مايا", False),
        ("\u200f12", True),
    ],
)
def test_the_first_strong_letter_decides(text: str, rtl: bool) -> None:
    assert is_rtl(text) == rtl


def test_words_without_a_letter_go_with_their_document() -> None:
    assert is_rtl("12 + 3", otherwise=True)
    assert not is_rtl("Maya", otherwise=True)
    assert language_is_rtl("ar-EG")
    assert not language_is_rtl("en")


@pytest.mark.parametrize(
    ("text", "rtl", "pieces"),
    [
        ("Maya (مايا) sings", False, [("Maya (", False), ("مايا", True), (") sings", False)]),
        ("مايا (Maya) تغني", True, [("مايا (", True), ("Maya", False), (") تغني", True)]),
        ("مايا 12", False, [("مايا", True), (" 12", False)]),
        ("مايا و مايا", False, [("مايا و مايا", True)]),
        ("12", True, [("12", True)]),
        ("", True, []),
    ],
)
def test_marks_and_digits_go_with_the_letters_around_them(text: str, rtl: bool, pieces: list[tuple[str, bool]]) -> None:
    assert by_direction(text, rtl=rtl) == pieces


@given(st.text(st.sampled_from("ab 1(שא)م.٣")), st.booleans())
def test_pieces_are_the_whole_text_and_none_is_empty(text: str, rtl: bool) -> None:
    pieces = by_direction(text, rtl=rtl)
    assert "".join(piece for piece, _side in pieces) == text
    assert all(piece for piece, _side in pieces)
    assert all(before != after for (_, before), (_, after) in pairwise(pieces))
