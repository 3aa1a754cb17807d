"""Every command: in the help, in the footer of its screens, by key, by mouse and by name."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from iep_tui.sets.library import Library
from iep_tui.store.case_store import CaseStore
from iep_tui.store.settings import Settings
from iep_tui.tui.app import PrepApp
from iep_tui.tui.keys import COMMANDS, Command, ScreenName, commands
from iep_tui.tui.themes import DARK_THEME, LIGHT_THEME

from .conftest import Clock
from .person import Person, at_the_screen

Family = Callable[..., PrepApp]

WIDE = (220, 40)
#: The keys from home to each screen, with a child who was left at "a-number".
WAYS: dict[ScreenName, tuple[str, ...]] = {
    "home": (),
    "plan": ("enter", "f2"),
    "question": ("enter",),
    "review": ("enter", "f8"),
    "sheet": ("enter", "f9"),
    "dates": ("enter", "f2", "ctrl+d"),
}
#: Where each command leads from each screen that has it; None: it stays where it is.
LEADS: dict[str, str | None] = {
    "help": "help",
    "next": "a-rate",
    "back": "a-time",
    "unsure": "a-rate",
    "ask": "a-rate",
    "skip": "a-rate",
    "plan": "plan",
    "words": "glossary",
    "about": "about",
    "dates": "deadlines",
    "review": "review",
    "sheet": "sheet",
    "save_copy": "savesheet",
    "copy": None,
    "next_meeting": "choice",
    "earlier": "choice",
    "care": "choice",
    "undo_answer": "a-number",
    "redo_answer": "a-number",
    "earlier_answers": "pick",
    "bring": "input",
    "changes": "plan",
    "elsewhere": "input",
    "light": None,
    "lock": "choice",
}
EACH = [
    (place, command)
    for place in WAYS
    for command in commands(place)
    if command.action not in ("up", "leave", "leave_now")
]


def _name(value: object) -> str:
    return value.action if isinstance(value, Command) else str(value)


async def _arrives(person: Person, place: ScreenName, command: Command) -> None:
    """Assert that the command had its effect."""
    leads = LEADS[command.action]
    if leads is not None:
        assert person.place == leads
    elif command.action == "copy":
        assert person.sees("We tried to copy")
    else:
        assert person.app.theme == LIGHT_THEME.name


@pytest.mark.sweep
@pytest.mark.parametrize(("place", "command"), EACH, ids=_name)
async def test_keys(make_family: Family, place: ScreenName, command: Command) -> None:
    async with at_the_screen(make_family("a-number")) as person:
        await person.press(*WAYS[place])
        here = person.place
        await person.press(command.keys[0])
        await _arrives(person, place, command)
        if person.place in ("help", "glossary", "about", "savesheet", "choice"):
            await person.press("escape")
            assert person.place == here if command.action != "next_meeting" else person.place == "plan"


@pytest.mark.slow
@pytest.mark.parametrize("key", ["ctrl+n", "ctrl+enter", "ctrl+j"])
async def test_other_keys_for_next(make_family: Family, key: str) -> None:
    async with at_the_screen(make_family("a-text")) as person:
        await person.press("enter", key)
        assert person.place == "a-list"


@pytest.mark.sweep
@pytest.mark.parametrize("place", WAYS)
async def test_the_footer_has_the_commands_of_its_screen(make_family: Family, place: ScreenName) -> None:
    async with at_the_screen(make_family("a-number"), size=WIDE) as person:
        await person.press(*WAYS[place])
        for command in COMMANDS:
            shown = f"{command.shown_key} {command.label}" in person.footer
            belongs = command in commands(place) and command.weight and (place == "home" or command.action != "light")
            assert shown == bool(belongs), command.label


@pytest.mark.sweep
@pytest.mark.parametrize(
    ("place", "command"),
    [pair for pair in EACH if pair[1].weight and (pair[0] == "home" or pair[1].action != "light")],
    ids=_name,
)
async def test_a_click_in_the_footer(make_family: Family, place: ScreenName, command: Command) -> None:
    async with at_the_screen(make_family("a-number"), size=WIDE) as person:
        await person.press(*WAYS[place])
        footer = len(person.screen.rstrip("\n").split("\n")) - 1
        await person.click(f"{command.shown_key} {command.label}", line=footer)
        await _arrives(person, place, command)


@pytest.mark.sweep
@pytest.mark.parametrize("words", ["Next", "Plan", "Help", "Not sure", "Light or dark", "Review"])
async def test_a_command_by_its_name(make_family: Family, words: str) -> None:
    [command] = [one for one in COMMANDS if one.label == words]
    async with at_the_screen(make_family("a-number")) as person:
        await person.press("enter", "ctrl+p")
        await person.type(words)
        await person.until(lambda: person.sees(command.help))
        await person.press("down", "enter")
        await person.until(lambda: (person.place != "palette" and person.place != "a-number") or words[0] == "L")
        await _arrives(person, "question", command)


@pytest.mark.slow
async def test_the_palette_has_nothing_of_other_screens(make_family: Family) -> None:
    async with at_the_screen(make_family("a-number"), size=(80, 50)) as person:
        names = [one.title for one in person.app.get_system_commands(person.app.screen)]
        assert names == [
            "Help",
            "Words",
            "What is an IEP?",
            "Earlier copies",
            "This child’s file",
            "Bring in",
            "Light or dark",
            "Lock now",
            "Quit",
            "Leave now",
        ]
        await person.press("f1")
        names = [one.title for one in person.app.get_system_commands(person.app.screen)]
        assert names == ["Help", "Words", "What is an IEP?", "Light or dark", "Lock now", "Quit", "Leave now"]
        await person.press("escape", "enter")
        names = [one.title for one in person.app.get_system_commands(person.app.screen)]
        assert names == [one.label for one in commands("question")]


@pytest.mark.sweep
@pytest.mark.parametrize("how", ["ctrl+q", "^q Quit"])
@pytest.mark.parametrize("place", WAYS)
async def test_quit(make_family: Family, place: ScreenName, how: str) -> None:
    async with at_the_screen(make_family("a-number"), size=WIDE) as person:
        await person.press(*WAYS[place])
        await (person.press(how) if how == "ctrl+q" else person.click(how))
        assert not person.app.is_running
        assert person.app.return_code == 0


async def test_quit_over_help_words_and_a_dialog(make_family: Family) -> None:
    async with at_the_screen(make_family("a-number")) as person:
        await person.press("enter", "f9", "f1", "f7", "ctrl+q")
        assert not person.app.is_running


@pytest.mark.slow
async def test_escape_goes_up_one_level(make_family: Family) -> None:
    async with at_the_screen(make_family("a-table")) as person:
        await person.press("enter", "enter")
        assert person.sees("Row 1 of 1")
        for place in ("a-table", "plan", "home", "home"):
            await person.press("escape")
            assert person.place == place
        assert person.app.is_running
        for key in ("f8", "f9"):
            await person.press("enter", key, "escape")
            assert person.place == "plan"
            await person.press("escape")


async def test_escape_from_a_question_opened_in_review_goes_back_there(make_family: Family) -> None:
    async with at_the_screen(make_family("a-table")) as person:
        await person.press("enter", "f8", "enter", "escape")
        assert person.place == "review"


async def test_light_or_dark_is_remembered(
    make_family: Family, home: Path, store: CaseStore, kinds: Library, clock: Clock
) -> None:
    async with at_the_screen(make_family()) as person:
        assert person.app.theme == DARK_THEME.name
        await person.press("ctrl+t")
        assert person.app.theme == LIGHT_THEME.name
    assert json.loads((home / "settings.json").read_text())["theme"] == LIGHT_THEME.name
    again = PrepApp(kinds, store, Settings(home), clock)
    async with at_the_screen(again) as person:
        assert person.app.theme == LIGHT_THEME.name
        await person.press("ctrl+t", "ctrl+t", "ctrl+t")
    assert Settings(home).theme == DARK_THEME.name


async def test_help_has_every_command(make_family: Family) -> None:
    async with at_the_screen(make_family("a-number"), size=(100, 80)) as person:
        await person.press("enter", "f1")
        for command in COMMANDS:
            assert person.sees(command.help)
            assert command.keys[0] in person.screen
        assert person.sees("All answers are in this folder on this computer: data")


@pytest.mark.sweep
@pytest.mark.parametrize(("opens", "name"), [("f1", "help"), ("f7", "glossary")])
@pytest.mark.parametrize("closes", ["escape", "itself", "Close (esc)"])
async def test_help_and_words_open_over_everything_and_close(
    make_family: Family, opens: str, name: str, closes: str
) -> None:
    async with at_the_screen(make_family("a-text")) as person:
        await person.press("enter")
        await person.type("Tired ", opens)
        assert person.place == name
        await (person.click(closes) if "(" in closes else person.press(opens if closes == "itself" else closes))
        assert person.place == "a-text"
        await person.type("now")
        assert person.sees("Tired now")


async def test_words_are_found_as_one_types(make_family: Family) -> None:
    async with at_the_screen(make_family()) as person:
        await person.press("f7")
        assert person.sees("Advocate (helper)")
        assert person.sees("Placement")
        await person.type("help")
        assert person.sees("A person who speaks up for a child.")
        assert not person.sees("Placement")
        await person.type("xyz")
        assert person.sees("No word like this. Try a part of it.")
        await person.press(*["backspace"] * 7)
        assert person.sees("Placement")
