"""Fast fingers: what was typed is there, however soon the next key follows, and long texts stay as they are."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from textual.screen import Screen

from iep_tui.core.case_model import Answer, Value
from iep_tui.core.question_model import Question
from iep_tui.tui.app import PrepApp
from iep_tui.tui.screens.confirm_and_input_dialogs import ChoiceDialog, InputDialog
from iep_tui.tui.screens.help_screen import HelpScreen
from iep_tui.tui.screens.passphrase_dialog import PassphraseDialog
from iep_tui.tui.screens.pick_dialog import PickDialog
from iep_tui.tui.screens.question_screen import QuestionScreen
from iep_tui.tui.textual_ext.marked_option_list import MarkedOptionList
from iep_tui.tui.widgets.answer_widget import AnswerWidget

from .person import at_the_screen
from .sample_cases import EVERY_ANSWER, NASTY

Family = Callable[..., PrepApp]
Disk = Callable[[str], Answer]

LEAVING = ["f4", "f3", "f2", "f8", "f9", "escape", "ctrl+q", "f5", "f6", "ctrl+l"]


@pytest.mark.parametrize("key", LEAVING)
async def test_words_are_kept_when_a_key_follows_at_once(make_family: Family, disk: Disk, key: str) -> None:
    async with at_the_screen(make_family("a-text", a_text=None)) as person:
        await person.press("enter")
        await person.type("She is worn out", key)
    assert disk("a-text").value == "She is worn out"


@pytest.mark.parametrize("key", LEAVING)
async def test_a_row_is_kept_when_a_key_follows_at_once(make_family: Family, disk: Disk, key: str) -> None:
    async with at_the_screen(make_family("a-table", a_table=None)) as person:
        await person.press("enter", "enter")
        await person.type("Speech", key)
        if key == "escape":
            await person.press("f2")
    assert disk("a-table").value == [{"service": "Speech"}]


@pytest.mark.parametrize("key", ["f4", "f2", "ctrl+q"])
async def test_a_note_is_kept_when_a_key_follows_at_once(make_family: Family, disk: Disk, key: str) -> None:
    async with at_the_screen(make_family("a-number")) as person:
        await person.press("enter")
        await person.click("Add a note")
        await person.type("Ask Ann", key)
    assert (disk("a-number").note, disk("a-number").value) == ("Ask Ann", 20)


@pytest.mark.parametrize("key", ["f4", "ctrl+q"])
async def test_a_paste_is_kept_when_a_key_follows_at_once(make_family: Family, disk: Disk, key: str) -> None:
    from textual import events

    async with at_the_screen(make_family("a-text", a_text=None)) as person:
        await person.press("enter")
        person.app.post_message(events.Paste("One\nTwo"))
        await person.hurry(key)
    assert disk("a-text").value == "One\nTwo"


async def test_keys_that_arrive_together_are_dealt_with_in_their_order(make_family: Family, disk: Disk) -> None:
    """Over a slow line a whole burst arrives at once: a mistake and its correction, and the way on."""
    async with at_the_screen(make_family("child-name", child_name=None)) as person:
        await person.press("enter")
        await person.hurry(*"Mya", "left", "left", "a", "end", *" R.x", "backspace", "f4")
        await person.hurry("enter", *"The", *["backspace"] * 3, *"the", "up", "home", *"No. ", "f4")
    assert disk("child-name").value == "Maya R."
    assert disk("a-text").value == "She is tired.\n\nNo. Every day.\nthe"


async def test_a_key_repeated_before_the_screen_follows_changes_no_answer(make_family: Family, disk: Disk) -> None:
    """Each step shows a kind of answer for the first time, and the next key is there before it is drawn."""
    async with at_the_screen(make_family("child-name", child_name=Answer("Maya R.", "answered", note="Ask Ann"))) as p:
        await p.press("enter")
        await p.hurry(*["f4"] * 13)
        await p.hurry(*["f3"] * 6)
    for question, value in EVERY_ANSWER.items():
        assert disk(question).value == value, question
        assert disk(question).note == ("Ask Ann" if question == "child-name" else ""), question


@pytest.mark.parametrize(("one", "two"), [("a-text", "a-list"), ("a-date", "a-time"), ("a-time", "a-number")])
async def test_words_typed_after_the_key_are_not_lost(make_family: Family, disk: Disk, one: str, two: str) -> None:
    async with at_the_screen(make_family(one, a_text=None, a_list=None, a_date="", a_time="", a_number="")) as person:
        await person.press("enter")
        await person.hurry(*"Tired", "f4", *"Quiet")
        await person.press("f2")
    found = f"{disk(one).value or ''}{disk(two).value or ''}"
    assert sorted(letter for letter in found if letter.isalpha()) == sorted("TiredQuiet")


async def test_enter_twice_adds_one_row(make_family: Family, disk: Disk) -> None:
    async with at_the_screen(make_family("a-table", a_table=None)) as person:
        await person.press("enter")
        await person.hurry("enter", "enter")
        await person.type("Speech", "f4")
    assert disk("a-table").value == [{"service": "Speech"}]


async def test_leaving_before_the_form_is_drawn_changes_no_row(make_family: Family, disk: Disk) -> None:
    goals: Value = [{"need": "Reading"}]
    async with at_the_screen(make_family("a-table", the_goals=goals)) as person:
        await person.press("enter")
        await person.hurry("enter", "f4", "enter", "f3", "enter", "f4")
        await person.press("f2")
    assert disk("a-table").value == EVERY_ANSWER["a-table"]
    assert disk("the-goals").value == goals


@pytest.mark.parametrize("keys", [("enter", "enter"), ("f2", "f2"), ("f8", "f9"), ("escape", "escape", "escape")])
async def test_a_key_pressed_twice_does_no_harm(make_family: Family, keys: tuple[str, ...]) -> None:
    async with at_the_screen(make_family("child-name")) as person:
        await person.hurry("enter", "enter")
        await person.hurry(*keys)
        await person.press("f1")
        assert person.sees("How it works")
        await person.hurry("escape", "escape")
        assert not person.sees("How it works")


async def test_a_long_text_comes_back_unchanged(make_family: Family, disk: Disk) -> None:
    paragraph = f"  {NASTY}  She said: “I can’t.”\n\n# Not a head\n- not a list\n\t| a | b |\n" + "word " * 40
    long = (paragraph * 150)[:50_000] + " end"
    async with at_the_screen(make_family("a-text", a_text=None)) as person:
        await person.press("enter")
        await person.paste(long)
        await person.press("f4")
        assert disk("a-text").value == long
        await person.press("f3", "f4")
        assert disk("a-text").value == long
        await person.press("f3")
        await person.type("!", "f2")
    assert disk("a-text").value == long + "!"


async def test_resizing_keeps_words_and_cursor(make_family: Family, disk: Disk) -> None:
    async with at_the_screen(make_family("a-text", a_text="One two three")) as person:
        await person.press("enter")
        await person.hurry("ctrl+left", "X")
        for size in ((40, 12), (120, 40), (200, 60), (80, 24)):
            await person.pilot.resize_terminal(*size)
            await person.rest()
            assert person.sees("One two Xthree")
            assert person.place == "a-text"
        await person.type("Y", "f4")
    assert disk("a-text").value == "One two XYthree"


async def test_resizing_keeps_an_open_row(make_family: Family, disk: Disk) -> None:
    async with at_the_screen(make_family("a-table")) as person:
        await person.press("enter", "enter")
        await person.hurry("left", "X")
        for size in ((40, 12), (120, 40)):
            await person.pilot.resize_terminal(*size)
            await person.rest()
            assert person.sees("SpeecXh")
        await person.type("Y", "f4")
    row = disk("a-table").value
    assert isinstance(row, list)
    assert isinstance(row[0], dict)
    assert row[0]["service"] == "SpeecXYh"


@pytest.mark.parametrize("key", ["pagedown", "pageup", "ctrl+p"])
async def test_keys_that_come_before_the_palette_is_drawn_do_no_harm(make_family: Family, key: str) -> None:
    async with at_the_screen(make_family("a-text")) as person:
        await person.hurry("ctrl+p", key)
        assert person.place == "palette"


async def test_the_palette_is_open_once_whatever_stands_over_it(make_family: Family) -> None:
    async with at_the_screen(make_family("a-text")) as person:
        await person.press("enter")
        await person.press("ctrl+p", "f1")
        assert person.place == "help"
        await person.press("ctrl+p")
        assert person.place == "help"
        await person.press("escape", "escape")
        assert person.place == "a-text"


@pytest.mark.parametrize("key", ["pagedown", "pageup"])
async def test_a_page_in_a_list_that_is_not_drawn_yet_is_no_failure(make_family: Family, key: str) -> None:
    async with at_the_screen(make_family("a-text")) as person:
        cases = person.app.screen.query_one("#cases", MarkedOptionList)
        cases.display = False
        await person.rest()
        cases.set_options(["one", "two"])
        cases.highlighted = 0
        await cases.run_action("page_down" if key == "pagedown" else "page_up")
        await person.rest()
        assert cases.highlighted == 0


async def test_what_a_page_is_told_while_another_stands_over_it_does_not_close_that_one(make_family: Family) -> None:
    """A key is worked on after the next one has opened something: Textual would take away what is on top."""
    async with at_the_screen(make_family("a-text")) as person:
        await person.press("enter", "f1")
        help_page = person.app.screen
        assert isinstance(help_page, HelpScreen)
        await person.press("f7")
        help_page.action_close()
        await person.rest()
        assert person.place == "glossary"
        await person.press("escape", "escape")
        assert person.place == "a-text"

        question = person.app.screen
        assert isinstance(question, QuestionScreen)
        await person.press("f10")
        assert person.place == "choice"
        await question.run_action("plan")
        await person.rest()
        assert person.place == "choice"
        await person.press("escape")
        assert person.place == "a-text"
        await person.press("f2")
        assert person.place == "plan"


async def _nothing_wrong(_typed: str) -> str:
    return ""


@pytest.mark.parametrize(
    ("make", "gives"),
    [
        (lambda: ChoiceDialog("Sure?", (("on", "Go on"),)), ""),
        (lambda: InputDialog("A line", "Type it.", "Done"), ""),
        (lambda: PickDialog("Which?", "One of them.", ("one", "two")), -1),
        (lambda: PassphraseDialog("Locked", "Say it.", "Open", _nothing_wrong, waiting="Wait."), False),
        (lambda: HelpScreen("data"), None),
    ],
)
async def test_escape_closes_what_is_still_opening(
    make_family: Family, make: Callable[[], Screen[object]], gives: object
) -> None:
    """A key that was bound to come first is there before the parts of the screen are."""
    got: list[object] = []
    async with at_the_screen(make_family("a-text")) as person:
        screen = make()
        person.app.push_screen(screen, got.append)
        await screen.run_action("close")
        assert not got
        await person.rest()
        assert got == [gives]
        assert person.place == "home"


async def test_a_key_for_a_child_that_comes_when_home_was_left_does_nothing(make_family: Family) -> None:
    async with at_the_screen(make_family("a-text")) as person:
        home = person.app.screen
        await person.press("enter")
        await home.run_action("care")
        await person.rest()
        assert person.place == "a-text"


async def test_a_question_that_comes_while_its_screen_goes_is_no_failure(
    make_family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_the_screen(make_family("a-number")) as person:
        await person.press("enter")
        screen = person.app.screen
        assert isinstance(screen, QuestionScreen)
        following = screen.session.interview.catalogue.question("a-rate")
        assert following is not None
        left = asyncio.Event()
        real = screen.widget_for

        async def late(question: Question) -> AnswerWidget:
            room = await real(question)
            await left.wait()
            return room

        monkeypatch.setattr(screen, "widget_for", late)
        coming = asyncio.create_task(screen.show_question(following))
        await screen.run_action("review")
        await person.rest()
        left.set()
        await coming
        assert person.place == "review"
