"""The page about IEPs: opened from home, the help and the glossary, and closed again."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from iep_tui.core.question_model import Page, RichParagraph, Section, TextSpan
from iep_tui.sets.library import Library
from iep_tui.tui.app import PrepApp

from .conftest import MakeApp
from .person import at_the_screen
from .sample_cases import NASTY


async def test_from_home_with_the_mouse_and_back_with_escape(empty: PrepApp) -> None:
    async with at_the_screen(empty) as person:
        await person.click("What is an IEP?")
        assert person.place == "about"
        assert person.sees("Individualized Education Program")
        await person.press("escape")
        assert person.place == "home"


@pytest.mark.parametrize("key", ["f1", "f7"])
async def test_from_the_help_and_from_the_words(empty: PrepApp, key: str) -> None:
    async with at_the_screen(empty) as person:
        await person.press(key)
        here = person.place
        await person.click("What is an IEP?")
        assert person.place == "about"
        await person.press("escape")
        assert person.place == here
        await person.press("escape")
        assert person.place == "home"


@pytest.mark.slow
@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40)])
async def test_all_of_it_can_be_read_with_the_arrow_keys(empty: PrepApp, size: tuple[int, int]) -> None:
    assert empty.library.about is not None
    async with at_the_screen(empty, size) as person:
        await person.press("ctrl+r")
        seen = person.screen
        for _line in range(150):
            await person.press("down")
            seen += person.screen
        for section in empty.library.about.sections:
            assert section.title in seen or size[0] == 40, section.title
        assert "Ask the school office." in " ".join(person.screen.split())
        await person.press("pageup", "up")
        assert "Ask the school office." not in " ".join(person.screen.split())


async def test_its_words_are_never_markup(make_app: MakeApp, shipped: Library) -> None:
    page = Page(
        title=NASTY,
        intro=(RichParagraph((TextSpan(f"{NASTY} for {{child}}"),)),),
        sections=(Section(NASTY, (RichParagraph((TextSpan("[bold]x[/bold]", strong=True),), "item"),)),),
    )
    async with at_the_screen(make_app(msgspec.structs.replace(shipped, about=page)), (120, 40)) as person:
        await person.press("ctrl+r")
        assert "[b]O'Neil[/b]" in person.screen
        assert "• [bold]x[/bold]" in person.screen
        assert "for your child" in person.screen


async def test_a_language_without_the_page_says_so(make_app: Callable[..., PrepApp], shipped: Library) -> None:
    async with at_the_screen(make_app(msgspec.structs.replace(shipped, about=None))) as person:
        await person.press("ctrl+r")
        assert person.sees("This page is not part of this language yet.")
        await person.press("escape")
        assert person.place == "home"
