"""Crashes of the program: the text is saved first, and no printed line has an answer in it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from iep_tui.core.case_model import Answer, Case
from iep_tui.store.errors import StoreError
from iep_tui.store.open_case import OpenCase
from iep_tui.tui.app import PrepApp
from iep_tui.tui.screens.plan_screen import PlanScreen
from iep_tui.tui.screens.question_screen import QuestionScreen
from iep_tui.tui.shutdown import on_signal
from iep_tui.tui.textual_ext.text_fields import TextField
from tests.textual_private import KEY_HANDLER, exit_messages

from .person import at_the_screen

pytestmark = pytest.mark.slow

Family = Callable[..., PrepApp]
Disk = Callable[[str], Answer]

SECRET = "Xylophone-Quixotic"


def _fail(*_arguments: object) -> None:
    words = SECRET
    raise ValueError(f"invalid literal for int(): {words}")


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        (QuestionScreen, "action_next"),
        (QuestionScreen, "_step"),
        (QuestionScreen, "show_question"),
        (TextField, KEY_HANDLER),
        (PlanScreen, "_fill"),
    ],
)
async def test_a_crash_saves_the_words_and_prints_none(
    make_family: Family,
    disk: Disk,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    owner: type,
    name: str,
) -> None:
    app = make_family("a-text", a_text=None)
    key = "x" if owner is TextField else "f2" if owner is PlanScreen else "f4"

    async def crash() -> None:
        async with at_the_screen(app) as person:
            await person.press("enter")
            await person.type(SECRET)
            monkeypatch.setattr(owner, name, _fail)
            await person.press(key)

    with pytest.raises(Exception, match="invalid literal"):
        await crash()
    assert app.return_code == 1
    assert disk("a-text").value == SECRET
    [said] = exit_messages(app) or [""]
    printed = capfd.readouterr()
    words = " ".join(f"{said}{printed.out}{printed.err}".split())
    assert SECRET not in words
    assert "something went wrong (ValueError" in words
    assert "Your answers are saved." in words
    [report] = app.store.home.glob("crash-*.txt")
    assert str(report) in words
    assert SECRET not in report.read_text()
    assert "ValueError" in report.read_text()


async def test_words_that_could_not_be_rescued_are_not_called_saved(
    make_family: Family, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    app = make_family("a-text", a_text=None)

    def refuse(_file: OpenCase, _case: Case) -> None:
        raise StoreError("There is no room left on the disk.")

    async def crash() -> None:
        async with at_the_screen(app) as person:
            await person.press("enter")
            monkeypatch.setattr(OpenCase, "save", refuse)
            await person.type(SECRET)
            monkeypatch.setattr(QuestionScreen, "action_next", _fail)
            await person.press("f4")

    with pytest.raises(Exception, match="invalid literal"):
        await crash()
    [said] = exit_messages(app) or [""]
    printed = capfd.readouterr()
    words = " ".join(f"{said}{printed.out}{printed.err}".split())
    assert "Your answers are saved" not in words
    assert "could not be saved" in words


async def test_a_program_that_is_ended_saves_the_words(make_family: Family, disk: Disk) -> None:
    """What a closed window or the end of a session does."""
    app = make_family("a-text", a_text=None)
    async with at_the_screen(app) as person:
        await person.press("enter")
        await person.type("Tired")
        on_signal(app, 15)
        await asyncio.sleep(0)
        assert disk("a-text").value == "Tired"
    assert app.return_code == 143


async def test_a_window_that_loses_the_focus_saves_the_words(make_family: Family, disk: Disk) -> None:
    from textual.events import AppBlur

    async with at_the_screen(make_family("a-text", a_text=None)) as person:
        await person.press("enter")
        await person.type("Tired")
        person.app.post_message(AppBlur())
        await person.rest()
        assert disk("a-text").value == "Tired"
