"""NO_COLOR: the program draws in grays, and characters still show every state."""

from __future__ import annotations

import pytest

from iep_tui.core.case_model import Answer
from tests.tui import sample_cases
from tests.tui.person import Person, at_the_screen

from .family import Family
from .family import make_family as make_family
from .family import store as store
from .screen_walk import Look, look
from .test_contrast import too_faint

#: The made-up child with no answer yet.
NOTHING = {name: Answer() for name in sample_cases.EVERY_ANSWER}


@pytest.fixture(autouse=True)
def no_color(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")  # read, and taken away, when the program is made


def grays(person: Person) -> Look:
    """The current screen, after a check that every piece of it is gray."""
    assert person.app.no_color
    seen = look("no color", person.app)
    coloured = {
        piece.text for line in seen.lines for piece in line for rgb in (piece.ink, piece.ground) if len(set(rgb)) != 1
    }
    assert coloured == set()
    return seen


def text(seen: Look) -> str:
    return "\n".join(seen.text)


async def test_without_color_chosen_and_focused_show_in_characters(make_family: Family) -> None:
    """WCAG 2.2 1.4.1: under NO_COLOR a choice that is on, and the line and button in use, have other characters."""
    async with at_the_screen(make_family("a-several")) as person:
        await person.press("enter")
        before = grays(person)
        assert "▸ [x] 1 The plan" in text(before) or "▸[x] 1 The plan" in text(before)
        await person.press("2")
        on = grays(person)
        assert "[ ] 2 Test reports" in text(before)
        assert "[x] 2 Test reports" in text(on)
        assert too_faint(on, frames=False, least=7.0) == set()
        await person.press("tab")
        away = grays(person)
        assert "▸[x]" not in text(away).replace(" ", "")
        here = away.box(away.focus)
        there = on.box(away.focus)
        assert here is not None
        assert there is not None
        assert away.drawn(here) != on.drawn(there)


async def test_without_color_a_mistake_and_a_mark_show_in_words(make_family: Family) -> None:
    """WCAG 2.2 1.4.1: under NO_COLOR what does not fit is told in words, and a mark has a sign before its words."""
    async with at_the_screen(make_family("a-date")) as person:
        await person.press("enter")
        assert "month first" not in text(grays(person))
        await person.type("x")
        assert "month first" in text(grays(person))
        assert "● Ask the school" not in text(grays(person))
        await person.press("f6")
        if person.place != "a-date":
            await person.press("f3")
        assert "● Ask the school" in text(grays(person))


@pytest.mark.parametrize(("answers", "sign", "words"), [({}, "✓", "done"), (NOTHING, "○", "0 of")])
async def test_without_color_done_and_not_done_show_in_signs(
    make_family: Family, answers: dict[str, Answer], sign: str, words: str
) -> None:
    """WCAG 2.2 1.4.1: under NO_COLOR a part that is answered and one that is not have other signs on the plan."""
    async with at_the_screen(make_family("", **answers)) as person:
        await person.press("enter")
        if person.place != "plan":
            await person.press("f2")
        lines = [line for line in grays(person).text if "Every kind" in line and "│" not in line]
        assert [line.split()[0].strip("▸") for line in lines] == [sign]
        assert words in lines[0]
