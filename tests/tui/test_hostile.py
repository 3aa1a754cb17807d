"""Hostile text on the screens: drawn as characters, never as markup, a template or a terminal code."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from iep_tui.core.case_model import Answer
from iep_tui.core.text_sanitizer import clean_text
from iep_tui.sets import library_loader
from iep_tui.sets.library import Library
from iep_tui.store.case_store import CaseStore
from iep_tui.tui.app import PrepApp
from tests.textual_private import screen_strips

from .conftest import MakeApp
from .person import Person, at_the_screen
from .sample_cases import CHILD, FORBIDDEN

pytestmark = pytest.mark.sweep

Family = Callable[..., PrepApp]

#: What is drawn at every size of the questions' own words.
SIZES = [(80, 24), (40, 12), (150, 50)]


def _cells(person: Person) -> Iterator[str]:
    for strip in screen_strips(person.app.screen):
        for segment in strip:
            yield segment.text


def _is_plain(person: Person) -> None:
    steering = set("".join(_cells(person))) & set(FORBIDDEN)
    assert not steering, [hex(ord(one)) for one in steering]


async def _walk(person: Person, questions: int = 8) -> list[str]:
    """Visit every screen and open everything; return all drawn text."""
    seen: list[str] = []

    def look() -> None:
        _is_plain(person)
        seen.append(" ".join(person.screen.split()))

    look()
    await person.press("enter")
    for _question in range(questions):
        look()
        for fold in ("▸ More about this", "▸ Example answers", "▸ An example", "▸ Words and the rule", "▸ Words"):
            if fold in person.screen:
                await person.click(fold)
                look()
        await person.press("f4")
    assert person.place == "plan"
    look()
    for way in (("f8",), ("shift+tab", "6"), ("f9",), ("1",), ("3",), ("ctrl+o",), ("f7",), ("escape", "f1")):
        await person.press(*way)
        look()
        await person.hurry(*["pagedown"] * 3)
        look()
    await person.press("escape", "f2")
    await person.click("All questions") if "All questions" in person.screen else None
    look()
    return seen


@pytest.mark.parametrize("size", SIZES)
async def test_a_hostile_case_and_a_hostile_set_on_every_screen(
    hostile: PrepApp, store: CaseStore, size: tuple[int, int]
) -> None:
    before = store.read(CHILD)
    bells: list[bool] = []
    hostile.bell = lambda: bells.append(True)  # type: ignore[method-assign]
    async with at_the_screen(hostile, size=size) as person:
        seen = await _walk(person)
        await person.press("escape")
        assert person.place == "home"
    assert not bells
    after = store.read(CHILD)
    assert after.latest.answers == before.latest.answers
    if size == (150, 50):
        everything = " ".join(seen)
        for words in (
            "Zoë [b]O'Neil[/b] <script>|`#{child} [@click=app.bell]x[/] [/nope]",
            "شيماء",
            "[b]Set[/b] [@click=app.bell]x[/] [/nope]",
            "[b]Name[/b] of [/nope]",
            "Help [reverse]here[/reverse] with [bold]stress[/bold] and [/nope]",
            "[i]Example[/i] [/nope]",
            "Yes [for now]",
            "end [/b] of",
            "[@click=app.bell]Press[/]",
            "[b]34[/b] CFR [/nope]",
            "Meaning [b]x[/b] [/nope] %s.",
        ):
            assert words in everything, words


async def test_hostile_rows_in_their_form(hostile: PrepApp, store: CaseStore) -> None:
    before = store.read(CHILD)
    async with at_the_screen(hostile, size=(100, 60)) as person:
        await person.press("enter", *["f4"] * 4)
        assert person.place == "h-table"
        await person.press("enter")
        assert person.sees("Row 1 of 1")
        _is_plain(person)
        assert person.sees("[b]A[/b] [/nope]")
        assert person.sees("O'Neil[/b] <script>")
        await person.press("f4", "enter")
        assert person.place == "h-goals"
        assert person.sees("Goal 1 of 1")
        _is_plain(person)
        await person.press("f2")
    assert store.read(CHILD).latest.answers == before.latest.answers


@pytest.mark.parametrize(
    "words",
    [
        "Zoë [b]O'Neil[/b] <script>",
        "a | b ` c ``` d",
        "# One ## two",
        "[x] [ ] [link](http://a.org) [@click=app.bell]x[/]",
        "🐌👩‍🦽👩‍👩‍👧 e\u0301",
        "شيماء ודניאל",
        "字 한글 ไทย",
        "{child} {0} %s \\n \\x1b[31m",
        "end [/b",
    ],
)
async def test_names_come_back_as_they_were_typed(
    make_app: MakeApp, shipped: Library, store: CaseStore, words: str
) -> None:
    async with at_the_screen(make_app(shipped)) as person:
        await person.press("enter")
        await person.type(words, "f4")
        [case_id] = store.ids()
        assert store.read(case_id).latest.answers.of("child-name").value == words
        await person.press("f3")
        assert person.sees(words)
        await person.press("f8", "f9", "escape", "escape")
        assert person.place == "home"
        assert person.sees(words)


async def test_what_steers_a_terminal_is_dropped_from_a_paste(make_family: Family, store: CaseStore) -> None:
    pasted = "One\x1b[31m\x1b]0;own\x07 \u202etwo\u2066\r\nthree\x00"
    async with at_the_screen(make_family("child-name", child_name=None, a_text=None)) as person:
        await person.press("enter")
        await person.paste(pasted)
        await person.press("f4")
        await person.paste(pasted)
        await person.press("f4")
        _is_plain(person)
    answers = store.read(CHILD).latest.answers
    assert answers.of("a-text").value == clean_text(pasted) == "One[31m]0;own two\nthree"
    assert answers.of("child-name").value == "One[31m]0;own two three"


async def test_steering_characters_in_a_file_stay_there_and_are_never_drawn(
    make_family: Family, store: CaseStore
) -> None:
    """A file that someone else wrote: what is in it is not changed by looking at it."""
    strange = Answer("One\x1b[31m\u202etwo", "answered", note="\x1b]0;own\x07\u2066")
    family = make_family("child-name", **dict.fromkeys(("child_name", "a_text", "a_list", "a_date", "a_one"), strange))
    before = store.read(CHILD).latest.answers
    async with at_the_screen(family) as person:
        _is_plain(person)
        await person.press("enter")
        for _question in before:
            _is_plain(person)
            await person.press("f4")
        for key in ("f8", "f9"):
            await person.press(key)
            _is_plain(person)
    assert store.read(CHILD).latest.answers == before


async def test_a_steering_name_is_plain_wherever_the_child_is_called_by_it(make_family: Family) -> None:
    family = make_family("a-one", child_name="Ma\x1b[31m\u202eya")
    async with at_the_screen(family, size=(100, 60)) as person:
        await person.press("enter")
        assert person.sees("and Ma[31mya is tired")
        for key in ("f4", "f4", "f4", "enter"):
            _is_plain(person)
            await person.press(key)
        assert person.sees("For Ma[31mya?")
        _is_plain(person)
        await person.press("f4", "enter")
        assert person.sees("What Ma[31mya will do")
        _is_plain(person)


async def test_problems_of_sets_are_told_as_they_are(make_app: MakeApp, folder: Path) -> None:
    own = folder / "own" / "en"
    own.mkdir(parents=True)
    (own / "[b]x [nope].md").write_text("# No front matter [/b]\n\n{#a kind=[b]}\n## What?\n", encoding="utf-8")
    found = library_loader.load_uncached(own=own.parent)
    assert found.problems
    async with at_the_screen(make_app(found), size=(120, 40)) as person:
        assert person.sees("[b]x [nope].md:1:1")
        _is_plain(person)
