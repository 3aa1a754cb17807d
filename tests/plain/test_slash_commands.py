"""Slash commands: a command never swallows an answer, and an answer never becomes a command."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iep_tui.plain.slash_commands import (
    SLASH_COMMANDS,
    GivenCommand,
    SlashCommand,
    TypedText,
    UnknownCommand,
    command,
    is_command_name,
    read_line,
)


@given(st.text().filter(lambda text: not text.startswith("/")))
def test_a_line_without_a_slash_before_it_is_words_as_they_are(text: str) -> None:
    assert read_line(text) == TypedText(text)


@given(st.text())
def test_two_slashes_stand_for_words_that_begin_with_one(text: str) -> None:
    assert read_line(f"//{text}") == TypedText(f"/{text}", literal=True)


@given(st.text())
def test_one_slash_never_makes_an_answer(text: str) -> None:
    line = read_line(f"/{text}")
    assert isinstance(line, GivenCommand | UnknownCommand) or text.startswith("/") or text.strip() == "."


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ("/back", GivenCommand("back")),
        ("/ Back ", GivenCommand("back")),
        ("/not sure", GivenCommand("not sure")),
        ("/Not-Sure", GivenCommand("not sure")),
        ("/unsure", GivenCommand("not sure")),
        ("/ask the school", GivenCommand("ask")),
        ("/next", GivenCommand("next")),
        ("/next meeting", GivenCommand("next meeting")),
        ("/note Ask about  the bus", GivenCommand("note", "Ask about  the bus")),
        ("/words annual goal", GivenCommand("words", "annual goal")),
        ("/save team My sheet.md", GivenCommand("save", "team My sheet.md")),
        ("/left out teachers", GivenCommand("left out", "teachers")),
    ],
)
def test_commands_are_read_with_what_follows_them(typed: str, order: GivenCommand) -> None:
    assert read_line(typed) == order


@pytest.mark.parametrize(
    ("typed", "near"), [("/bak", "back"), ("/helpp", "help"), ("/notsure", "not sure"), ("/", ""), ("/zzzzz", "")]
)
def test_what_is_no_command_is_told_with_what_it_may_have_meant(typed: str, near: str) -> None:
    assert read_line(typed) == UnknownCommand(typed, near)


@pytest.mark.parametrize("one", SLASH_COMMANDS, ids=lambda one: str(one.name))
def test_every_command_answers_to_all_its_names(one: SlashCommand) -> None:
    assert command(one.name) is one
    for name in (one.name, *one.also):
        assert read_line(f"/{name}") == GivenCommand(one.name)
        assert is_command_name(name)


def test_no_name_belongs_to_two_commands() -> None:
    names = [name for one in SLASH_COMMANDS for name in (one.name, *one.also)]
    assert len(names) == len(set(names))
