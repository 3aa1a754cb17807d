"""What is drawn can be seen: contrast in both themes and every state, and characters that tell what colour tells."""

from __future__ import annotations

import unicodedata

import pytest
from rich.cells import cell_len

from iep_tui.core.wording import progress_text
from iep_tui.tui.widgets.sets_pane import set_mark

from .conftest import Walk
from .screen_walk import NIGHT_NAME, STOPS, USUAL, Box, Look, Piece, Rgb, Walked

NAMES = [stop.name for stop in STOPS]
each_stop = pytest.mark.parametrize("name", NAMES)


def luminance(color: Rgb) -> float:
    """Relative luminance as WCAG 2.2 defines it, 0 to 1."""
    parts = [(value / 255) for value in color]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Rgb, other: Rgb) -> float:
    """The ratio of WCAG 2.2, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def is_frame(char: str) -> bool:
    """Lines, corners, bars and blocks that stand around words."""
    return 0x2500 <= ord(char) <= 0x259F


def all_looks(walked: Walked) -> list[Look]:
    return [*walked.still, *(look for looks in walked.tabs.values() for look in looks)]


def is_in(box: Box, x: int, y: int) -> bool:
    left, top, width, height = box.seen
    return left <= x < left + width and top <= y < top + height


def too_faint(look: Look, *, frames: bool, least: float) -> set[str]:
    """What is drawn with less than this ratio; parts that are disabled excepted, as WCAG does."""
    found = set()
    disabled = [box for box in look.boxes if box.disabled]
    for y, line in enumerate(look.lines):
        x = 0
        for piece in line:
            for char in piece.text:
                drawn = char.strip() and is_frame(char) == frames
                faint = drawn and (piece.dim or contrast(piece.ink, piece.ground) < least)
                if faint and not any(is_in(box, x, y) for box in disabled):
                    found.add(f"{look.size} {look.theme} {piece.text[:30]!r} {piece.ink} on {piece.ground}")
                x += cell_len(char)
    return found


def test_the_ratio_is_that_of_the_standard() -> None:
    assert round(contrast((0, 0, 0), (255, 255, 255)), 1) == 21.0
    assert round(contrast((118, 118, 118), (255, 255, 255)), 2) == 4.54  # #767676, the standard's own example


@each_stop
def test_text_can_be_told_from_its_ground(walked: Walk, name: str) -> None:
    """WCAG 2.2 1.4.3 and 1.4.6: 7:1 for every character, in both themes, with the focus on each part in turn."""
    looks = all_looks(walked(name))
    assert {look.theme for look in looks} == {"lamp", "paper"}
    assert sum(len(line.strip()) for look in looks for line in look.text) > 100 * len(looks)
    assert set().union(*(too_faint(look, frames=False, least=7.0) for look in looks)) == set()


@each_stop
def test_frames_and_bars_can_be_told_from_their_ground(walked: Walk, name: str) -> None:
    """WCAG 2.2 1.4.11: 3:1 for frames, progress and the part of a scroll bar that moves."""
    looks = all_looks(walked(name))
    assert set().union(*(too_faint(look, frames=True, least=3.0) for look in looks)) == set()
    for look in looks:
        for left, top, _width, height in look.bars:
            grounds = {
                ground
                for line in look.lines[top : top + height]
                for column, char, ink, ground in _cells(line)
                if column == left
                for ground in ((ink, ground) if is_frame(char) else (ground,))
            }
            if len(grounds) > 1:  # one colour: all of it can be seen
                assert max(contrast(one, other) for one in grounds for other in grounds) >= 3.0, look.size


def _cells(line: list[Piece]) -> list[tuple[int, str, Rgb, Rgb]]:
    cells = []
    column = 0
    for piece in line:
        for char in piece.text:
            cells.append((column, char, piece.ink, piece.ground))
            column += cell_len(char)
    return cells


@each_stop
def test_the_focus_shows_in_characters(walked: Walk, name: str) -> None:
    """WCAG 2.2 1.4.1: with all colour taken away, a part with the focus is drawn otherwise than without it."""
    compared = 0
    for looks in walked(name).tabs.values():
        for look in looks:
            here = look.box(look.focus)
            assert here is not None
            for other in looks:
                there = other.box(look.focus)
                if other.focus != look.focus and there is not None and there.seen[2:] == here.seen[2:]:
                    assert look.drawn(here) != other.drawn(there), f"{look.size} {look.focus}\n{look.drawn(here)}"
                    compared += 1
    assert compared or all(len(looks) < 2 for looks in walked(name).tabs.values())


def usual(walked: Walk, name: str) -> str:
    [look] = [one for one in walked(name).still if (one.size, one.theme) == (USUAL, NIGHT_NAME)]
    return "\n".join(look.text)


def test_every_state_is_a_character_or_a_word(walked: Walk) -> None:
    """WCAG 2.2 1.4.1: chosen and not, marked and not, wrong and right, done and not differ without colour."""
    several = usual(walked, "question-several")
    assert "[x] 1 The plan" in several
    assert "[ ] 2 Test reports" in several
    one = usual(walked, "question-one")
    assert "(•) 2 Hard some nights" in one
    assert "( ) 1 Fine" in one
    assert "● Ask the school" in usual(walked, "question-marked")
    assert "● Ask the school" not in usual(walked, "question-number")
    assert "month first" in usual(walked, "question-error")
    assert usual(walked, "question-error").count("\n") == usual(walked, "question-date").count("\n")
    assert usual(walked, "question-error") != usual(walked, "question-date")
    assert "To read only" in usual(walked, "question-read-only")
    assert len({set_mark(0, 2), set_mark(1, 2), set_mark(2, 2)}) == 3


def test_a_sign_never_stands_without_words(walked: Walk) -> None:
    """WCAG 2.2 1.1.1: beside every sign and every bar stands what it means, in words or figures."""
    assert len({progress_text(0, 0, 2), progress_text(1, 1, 2), progress_text(2, 2, 2)}) == 3
    for line in usual(walked, "plan-shipped").split("\n"):
        if line.strip(" ▸")[:1] in ("○", "●", "✓"):
            assert "of" in line or "Short path" in line or "All questions" in line, line
    [progress] = [line for line in usual(walked, "question-one").split("\n") if "━" in line and " of " in line]
    assert "Every kind" in progress
    signs = {
        char
        for name in NAMES
        for char in usual(walked, name)
        if unicodedata.category(char) in ("So", "Sm") and not is_frame(char)
    }
    assert signs <= set("✓○●•▸▾←→+↑↓"), "a new sign: give it words, then name it here"


def test_what_stands_together_is_told_in_characters(walked: Walk) -> None:
    """WCAG 2.2 1.3.1: a question, its place, its field and its choices are told apart by place, frame and number."""
    question = usual(walked, "question-several")
    for number, words in enumerate(("The plan", "Test reports", "Something else", "None of these"), 1):
        assert f"] {number} {words}" in question
    assert " of 14" in question
    text = usual(walked, "question-text")
    assert "┏" in text
    assert "┗" in text
    plan = usual(walked, "plan-shipped")
    assert plan.index("Before the meeting") < plan.index("○")


@each_stop
def test_what_is_read_first_stands_first(walked: Walk, name: str) -> None:
    """WCAG 2.2 1.3.2: the question, its help, the answer, who may read it, the marks and the way on, from the top."""
    if not name.startswith("question"):
        pytest.skip("only questions have these parts")
    order = ("#title", "#help", "Answer:", "RadioRow#who", "Horizontal#marks", "Horizontal#steps")
    for look in walked(name).still:
        found = [
            min(box.virtual[1] for box in look.boxes if part in box.name.rsplit("/", 1)[-1])
            for part in order
            if any(part in box.name.rsplit("/", 1)[-1] for box in look.boxes)
        ]
        docked = found[:-1]
        assert docked == sorted(docked), look.size
        assert len(found) >= 3
