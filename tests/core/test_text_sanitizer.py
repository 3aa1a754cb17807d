"""Removal of control characters from outside text, and everything that it leaves alone."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from iep_tui.core.text_sanitizer import clean_line, clean_text

#: Any character at all, lone surrogates too, and those that matter here more often than chance would have them.
anything = st.text(
    st.characters(exclude_categories=())
    | st.sampled_from("\r\n\x0b\x0c\x85\u2028\u2029\x1b\x07\x9b\u202e\u2066\u200b\u200d\u0301\ud83d\ude00a")
)


@pytest.mark.parametrize(
    "line_end",
    ["\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"],
    ids=["CR LF", "CR", "VT", "FF", "NEL", "LS", "PS"],
)
def test_every_line_end_becomes_a_newline_and_on_one_line_a_space(line_end: str) -> None:
    assert clean_text(f"one{line_end}two") == "one\ntwo"
    assert clean_line(f"one{line_end}two") == "one two"


def test_tab_and_newline_stay_but_not_on_one_line() -> None:
    assert clean_text("a\tb\nc") == "a\tb\nc"
    assert clean_line("a\tb\nc") == "a b c"


@pytest.mark.parametrize(
    "dropped",
    [
        *(chr(code) for code in range(0x20) if chr(code) not in "\t\n\r\x0b\x0c"),
        "\x7f",
        *(chr(code) for code in range(0x80, 0xA0) if chr(code) != "\x85"),
        *(chr(code) for code in range(0x202A, 0x202F)),
        *(chr(code) for code in range(0x2066, 0x206A)),
        "\u200b",
        "\u2060",
        "\ufeff",
    ],
    ids=lambda character: f"U+{ord(character):04X}",
)
def test_what_steers_a_terminal_or_turns_words_over_is_dropped(dropped: str) -> None:
    assert clean_text(f"a{dropped}b{dropped}") == "ab"


@pytest.mark.parametrize(
    ("hostile", "left"),
    [
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("\x1b]52;c;aGVsbG8=\x07", "]52;c;aGVsbG8="),
        ("\x9b2J", "2J"),
        ("report\u202egpj.exe", "reportgpj.exe"),
        ("a\ud800\ufffe\uffffb", "a\ufffd\ufffd\ufffdb"),
    ],
    ids=["colours", "clipboard", "C1 clear", "reversed name", "no characters"],
)
def test_no_escape_sequence_is_left_whole(hostile: str, left: str) -> None:
    assert clean_text(hostile) == left


def test_a_lone_half_of_a_character_becomes_the_sign_for_one() -> None:
    assert clean_text("a\ud83db") == "a\ufffdb"


def test_a_stack_of_marks_is_cut_to_eight() -> None:
    assert clean_text("e" + "\u0301" * 200 + "!") == "e" + "\u0301" * 8 + "!"


@pytest.mark.parametrize(
    "words",
    [
        "Zoë, José, Siobhán, Nguyễn Thị Ánh",
        "Zoe\u0308",  # not composed, and not composed by us
        "👩🏽‍🦽 and 👨‍👩‍👧‍👦",
        "مدرستي جميلة، إن شاء اللّٰه",
        "क्या हाल है? श्रीमती",
        "می‌خواهم",  # ZWNJ
        "\u200eabc\u200f",  # LRM, RLM
        "שָׁלוֹם",
        "ภาษาไทยที่นี่",
        "漢字かな交じり文",
        "≤ ½ “quoted” — 34 CFR § 300.320(a)(1) \N{NO-BREAK SPACE}…",
    ],
)
def test_the_words_of_every_family_are_left_alone(words: str) -> None:
    assert clean_text(words) == words
    assert clean_line(words) == words


@given(anything)
@example("\r\x00\n")
@example("\u0301" * 8 + "\x00" + "\u0301" * 8)
def test_cleaning_twice_is_cleaning_once_and_never_makes_longer(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once
    assert len(once) <= len(text)
    line = clean_line(text)
    assert clean_line(line) == line
    assert "\n" not in line


@given(anything)
def test_what_is_left_can_be_drawn_and_written(text: str) -> None:
    clean = clean_text(text)
    clean.encode("utf-8")
    assert all(unicodedata.category(one) != "Cc" for one in clean if one not in "\n\t")


@given(st.text(st.characters(categories=("L", "N", "P", "S", "Zs"))))
def test_letters_figures_and_signs_are_never_touched(text: str) -> None:
    assert clean_text(text) == text
