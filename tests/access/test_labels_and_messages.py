"""Labels, error messages and their suggestions, repeated questions, and the language of every set."""

from __future__ import annotations

from pathlib import Path

import pytest

from iep_tui.core.case_model import Answer, Value
from iep_tui.sets.library import Library
from iep_tui.store.case_store import CaseStore
from iep_tui.store.settings import Settings
from iep_tui.tui.app import PrepApp
from iep_tui.tui.screens.question_screen import QuestionScreen
from iep_tui.tui.textual_ext.line_input import LineInput
from iep_tui.tui.textual_ext.text_fields import TextField
from iep_tui.tui.widgets.line_button import LineButton
from tests.plain.conftest import Person as Listener
from tests.tui import sample_cases
from tests.tui.conftest import Clock
from tests.tui.person import at_the_screen

from .conftest import Walk
from .family import Family
from .family import make_family as make_family
from .family import store as store
from .screen_walk import STOPS
from .test_contrast import usual

pytestmark = pytest.mark.slow

#: Field by kind, what is wrong to type, and a word of how to mend it.
MISTAKES = {"a-date": ("soon", "month first"), "a-time": ("noonish", "2:30 pm"), "a-number": ("many", "figures")}


@pytest.mark.parametrize("place", MISTAKES)
async def test_a_mistake_is_told_in_words_with_the_way_to_mend_it(make_family: Family, place: str) -> None:
    """WCAG 2.2 3.3.1 and 3.3.3: what does not fit is told beside its field, with an example of what would."""
    wrong, mend = MISTAKES[place]
    async with at_the_screen(make_family(place, **{place: None}), size=(80, 30)) as person:
        await person.press("enter")
        assert isinstance(person.app.screen, QuestionScreen)
        before = person.app.screen.query_one("#trouble").region
        await person.type(wrong)
        trouble = person.app.screen.query_one("#trouble")
        assert not before.area
        assert trouble.region.area
        assert mend in " ".join(person.screen.split())
        assert isinstance(person.focus, LineInput)
        assert person.focus.value == wrong, "what was typed is gone"


@pytest.mark.sweep
@pytest.mark.parametrize("stop", [stop for stop in STOPS if stop.name.startswith("question")], ids=lambda one: one.name)
def test_every_field_has_a_label_and_says_what_it_takes(
    walked: Walk, libraries: dict[str, Library], stop: object
) -> None:
    """WCAG 2.2 3.3.2: the question stands above its field; a day, a time, a number and a choice say how to answer."""
    name, place, family = stop.name, stop.place, stop.family  # type: ignore[attr-defined]
    question = libraries["shipped" if family == "shipped" else "kinds"].catalogue.question(place)
    assert question is not None
    text = " ".join(usual(walked, name).split())
    assert question.title.replace("{child}", "Maya") in text
    how = {
        "one": "Enter chooses", "yesno": "Enter chooses", "rate": "Enter chooses", "several": "Space or a number",
        "list": "One on each line", "number": "in figures", "time": "2:30 pm",
    }  # fmt: skip
    assert how.get(question.kind, "") in text


async def test_what_cannot_be_taken_back_is_asked_about(make_family: Family) -> None:
    """WCAG 2.2 3.3.4: a next meeting is begun only after a question, with the careful answer at hand."""
    async with at_the_screen(make_family("a-text")) as person:
        await person.press("enter", "f2", "ctrl+g")
        assert person.place == "choice"
        assert person.sees("Not now")
        await person.press("escape")
        assert person.app.session is not None
        assert len(person.app.session.case.meetings) == 1
        await person.press("ctrl+g", "enter")
        assert len(person.app.session.case.meetings) == 2


async def test_a_file_is_written_over_only_after_asking(make_family: Family, tmp_path: Path) -> None:
    """WCAG 2.2 3.3.4: a sheet saved where a file is asks first, and asks again unless the person means it."""
    theirs = tmp_path / "sheet.md"
    theirs.write_text("Not ours", encoding="utf-8")
    async with at_the_screen(make_family("a-text")) as person:
        await person.press("enter", "f9", "ctrl+s")
        assert isinstance(person.focus, LineInput)
        person.focus.value = str(theirs)
        await person.press("enter")
        assert person.place == "choice"
        await person.press("escape")
        assert theirs.read_text("utf-8") == "Not ours"
        assert person.place == "savesheet"
        await person.press("enter")
        assert person.place == "choice"
        assert theirs.read_text("utf-8") == "Not ours"
        await person.click("Replace it", nth=1)
        assert person.place == "sheet"
        assert "She is tired." in theirs.read_text("utf-8")


async def test_a_case_is_removed_only_after_its_name_is_typed(make_family: Family, store: CaseStore) -> None:
    """WCAG 2.2 3.3.4: nothing is removed by one key: the child's name is typed first, and another name does nothing."""
    async with at_the_screen(make_family()) as person:
        await person.press("f6", "up", "enter")
        assert person.sees("To remove it, type: Maya R.")
        await person.press("enter")
        assert store.ids() == [sample_cases.CHILD]
        await person.press("f6", "up", "enter")
        await person.type("Maya S.", "enter")
        assert person.sees("Nothing was removed.")
        assert store.ids() == [sample_cases.CHILD]
        await person.type("Maya R.", "enter")
        assert person.place == "home"
        assert store.ids() == []


async def test_going_back_to_a_copy_keeps_what_it_replaces(make_family: Family, store: CaseStore) -> None:
    """WCAG 2.2 3.3.4: an earlier copy is put in place after a question, and what it replaces can be had back."""

    def said() -> object:
        return store.read(sample_cases.CHILD).latest.answers.of("a-number").value

    async def go_back(copy: int) -> None:
        await person.press("f5")
        assert person.sees("What is there now is kept as a copy too.")
        await person.press(*["down"] * copy, "enter")

    app = make_family(a_number=20)
    with store.open(sample_cases.CHILD) as file:
        file.save(sample_cases.case(sample_cases.EVERY_ANSWER | {"a-number": 45}))
    store.backups(sample_cases.CHILD)[0].path.unlink()  # what stands there now has no copy yet
    assert said() == 45
    async with at_the_screen(app) as person:
        await person.press("f5", "enter")
        assert said() == 45
        await go_back(1)
        assert said() == 20
        await go_back(1)
        assert said() == 45


async def test_nothing_is_asked_twice(make_family: Family, libraries: dict[str, Library]) -> None:
    """WCAG 2.2 3.3.7: a child's name is asked by one question and then used; no two questions are the same."""
    titles = [question.title for question in libraries["shipped"].catalogue.questions()]
    assert [title for title in set(titles) if titles.count(title) > 1] == []
    async with at_the_screen(make_family("a-text")) as person:
        await person.press("enter")
        assert person.sees("for Maya?")


async def test_what_stays_true_is_not_asked_again(make_family: Family) -> None:
    """WCAG 2.2 3.3.7: at the next meeting the answers that stay true of the child stand there already."""
    async with at_the_screen(make_family("a-text")) as person:
        await person.press("enter", "f2", "ctrl+g", "enter")
        assert person.app.session is not None
        assert len(person.app.session.case.meetings) == 2
        assert person.app.session.meeting.answers.of("child-name").value == "Maya R."
        assert person.app.session.meeting.answers.of("a-text").value is None


async def test_the_last_meetings_answer_is_offered(
    store: CaseStore, libraries: dict[str, Library], tmp_path: Path
) -> None:
    """WCAG 2.2 3.3.7: what was said at the last meeting stands beside the question, and one button, reached by a key
    and pressed by one, makes it the answer, on the disk too."""
    last: dict[str, Answer | Value] = {"child-name": "Maya", "a-text": Answer("Noise is hard for her.", "answered")}
    store.add(sample_cases.case({"child-name": "Maya"}, "a-text", last))
    app = PrepApp(libraries["kinds"], store, Settings(tmp_path / "data"), Clock())
    async with at_the_screen(app) as person:
        await person.press("enter")
        assert person.sees("Last meeting: Noise is hard for her.")
        assert store.read(sample_cases.CHILD).latest.answers.of("a-text").value is None
        await person.press("shift+tab")
        assert isinstance(person.focus, LineButton)
        assert person.focus.label == "Keep this answer"
        await person.press("enter")
        assert isinstance(person.focus, TextField)
        assert person.focus.text == "Noise is hard for her."
        await person.press("f4")
    assert store.read(sample_cases.CHILD).latest.answers.of("a-text").value == "Noise is hard for her."


def test_every_set_is_in_the_language_that_was_asked_for(libraries: dict[str, Library]) -> None:
    """WCAG 2.2 3.1.1: a terminal cannot be told a language, so the program keeps to one: the one of --lang."""
    assert {one.lang for one in libraries["shipped"].catalogue.sets} == {"en"}


def listen(store: CaseStore, library: Library, *lines: str) -> list[str]:
    from iep_tui.plain.plain_app import PlainApp

    listener = Listener(*lines)
    assert PlainApp(library, store, Clock(), listener).run(sample_cases.CHILD) == 0
    return listener.heard


def test_line_by_line_each_thing_has_a_name_a_kind_and_a_state(store: CaseStore, libraries: dict[str, Library]) -> None:
    """WCAG 2.2 4.1.2: in plain mode a choice says its name and whether it is chosen, a mark and a reader are told,
    a change is said as it happens, and a mistake begins with "Error:"."""
    store.add(sample_cases.case(sample_cases.EVERY_ANSWER, "a-several"))
    heard = listen(store, libraries["kinds"], "2", "/not sure", "/back", "9", "/quit")
    assert "1. The plan, chosen" in heard
    assert "2. Test reports" in heard
    assert "Chosen: Test reports." in heard
    assert "2. Test reports, chosen" in heard
    assert "Marked: not sure." in heard
    assert any(line.startswith("Who may read this: ") for line in heard)
    assert any(line.startswith("Error: “9” is none of the choices.") for line in heard)
    assert heard.count("Saved.") == 2


def test_line_by_line_what_belongs_together_is_said_so(store: CaseStore, libraries: dict[str, Library]) -> None:
    """WCAG 2.2 1.3.1: in plain mode headings and the parts of rows of the sheet are told as such, without any sign."""
    store.add(sample_cases.case(sample_cases.EVERY_ANSWER, "a-text"))
    heard = listen(store, libraries["kinds"], "/sheet", "/quit")
    assert any(line.startswith("Title: ") for line in heard)
    assert any(line.startswith("Heading: ") for line in heard)
    assert any("Service: Speech" in line for line in heard)
    assert not [line for line in heard if "\x1b" in line]
