"""Fallback text for missing glyphs: the name of a symbol, or the script of a letter."""

from __future__ import annotations

import pytest

from iep_tui.documents.formats.missing_glyphs import scripts_of, with_names


@pytest.mark.parametrize(
    ("text", "missing", "told"),
    [
        ("Good 😀!", "😀", "Good [grinning face]!"),
        ("Good 😀!", "字", "Good 😀!"),
        ("👩🏽\u200d🏫 and 👩", "🏫", "[woman, medium skin, school] and 👩"),
        ("🇲🇽", "🇲", "[flag MX]"),
        ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "🏴", "[flag GBENG]"),
        ("1\ufe0f\u20e3", "\u20e3", "[key 1]"),
        ("❤\ufe0f", "\ufe0f", "[heavy black heart]"),
        ("\ue000", "\ue000", "[U+E000]"),
        ("a 😀", "", "a 😀"),
    ],
)
def test_a_picture_that_cannot_be_drawn_is_told_by_its_name(text: str, missing: str, told: str) -> None:
    assert with_names(text, frozenset(missing)) == told


def test_scripts_are_named_as_people_call_them_and_signs_have_none() -> None:
    assert scripts_of("字あ한") == ["Chinese or Japanese", "Japanese", "Korean"]
    assert scripts_of("व\u094dज") == ["Hindi (Devanagari)"]
    assert scripts_of("ᐃ") == ["Canadian"]
    assert scripts_of("😀☐→\ufe0f\u20e3🏽") == []
