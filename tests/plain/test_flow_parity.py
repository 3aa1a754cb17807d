"""The same dialog through the screens and line by line leaves the same files."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from iep_tui.core.case_model import Answer, Case
from iep_tui.plain.plain_app import PlainApp
from iep_tui.sets.library import Library
from iep_tui.store.case_store import CaseStore
from iep_tui.store.interchange_format import encode_case
from iep_tui.store.settings import Settings
from iep_tui.tui.app import PrepApp
from iep_tui.tui.widgets.line_button import LineButton

from .conftest import Clock, Person
from .sample_cases import CHILD, case

pytestmark = pytest.mark.slow

#: One step on a screen: a key, the id of a button, words to type, or the number of a text to pick.
Step = tuple[str, str]


class Script(msgspec.Struct, frozen=True):
    """A dialog, as it is typed line by line, and as it is done on the screens. "{folder}" is the folder of the test."""

    lines: tuple[str, ...]
    steps: tuple[Step, ...]


SCRIPTS = {
    "restore": Script(("/restore Maya", "2"), (("press", "f6"), ("button", "earlier"), ("button", "copy-2"))),
    "merge a sync copy": Script(
        ("/sync copies Maya", "1", "1", "2"),
        (("press", "f6"), ("button", "take-in"), ("button", "copy-0"), ("button", "merge"), ("pick", "1")),
    ),
    "keep a sync copy apart": Script(
        ("/sync copies Maya", "1", "2"),
        (("press", "f6"), ("button", "take-in"), ("button", "copy-0"), ("button", "own")),
    ),
    "bring in and merge": Script(
        ("/bring in {folder}/there.json", "1", "1"),
        (("press", "ctrl+o"), ("type", "{folder}/there.json"), ("button", "merge"), ("pick", "0")),
    ),
    "remove": Script(("/remove child Maya", "Maya R."), (("press", "f6"), ("button", "remove"), ("type", "Maya R."))),
}


def changed(one: Case, words: str, minute: int) -> Case:
    answer = Answer(words, "answered", at=f"2027-03-01T10:{minute:02}:00Z")
    return one.with_meeting(msgspec.structs.replace(one.latest, answers=one.latest.answers.put("a-text", answer)))


@pytest.fixture
def make_store(tmp_path: Path) -> Callable[[str], CaseStore]:
    """A data folder with a child, an earlier copy, and a copy that a sync left."""

    def make(name: str) -> CaseStore:
        store = CaseStore(tmp_path / name, Clock())
        first = case({"child-name": "Maya R."})
        here, there = changed(first, "Here", 1), changed(first, "There", 2)
        store.add(first)
        store.keep_state(CHILD)
        path = store.folder / f"{CHILD}.json"
        with store.open(CHILD) as opened:
            opened.save(there)
            (store.folder / f"{CHILD}-conflict.json").write_bytes(path.read_bytes())
            opened.save(here)
        (tmp_path / "there.json").write_bytes(encode_case(there))
        return store

    return make


def state(store: CaseStore) -> object:
    """Every case but for its random id, the copies beside them, and the names of the kept states."""
    cases = {
        case_id if case_id == CHILD else "other": store.read(case_id)
        for case_id in store.ids()
        if "-conflict" not in case_id
    }
    known = {name: msgspec.structs.replace(one, id="") for name, one in cases.items()}
    beside = sorted(
        path.name for path in store.folder.iterdir() if path.name.startswith(f"{CHILD}.") or "conflict" in path.name
    )
    return known, beside, len(store.backups(CHILD)) if CHILD in store.ids() else 0


async def on_the_screens(script: Script, library: Library, store: CaseStore, folder: Path) -> None:
    app = PrepApp(library, store, Settings(store.home), Clock())
    async with app.run_test() as pilot:
        await settle(pilot)
        for kind, what in script.steps:
            if kind == "press":
                await pilot.press(what)
            elif kind == "button":
                app.screen.query_one(f"#{what}", LineButton).focus()
                await pilot.press("enter")
            elif kind == "type":
                app.screen.query_one("#typed", Input).value = what.replace("{folder}", str(folder))
                await pilot.press("enter")
            else:
                app.screen.query_one("#texts", OptionList).highlighted = int(what)
                await pilot.press("enter")
            await settle(pilot)
        await pilot.press("ctrl+q")


async def settle(pilot: Pilot[None]) -> None:
    """Wait for the thread that reads or merges, and for the screen after it."""
    for _turn in range(10):
        await pilot.pause(0.03)


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_dialog_leaves_the_same_files_from_both(
    kinds: Library, make_store: Callable[[str], CaseStore], tmp_path: Path, name: str
) -> None:
    script = SCRIPTS[name]
    plain, screens, untouched = make_store("plain"), make_store("screens"), make_store("untouched")
    person = Person(*(line.replace("{folder}", str(tmp_path)) for line in script.lines), "/quit")
    assert PlainApp(kinds, plain, Clock(), person).run() == 0
    assert person.heard_of("Error: ") == 0, person.said
    assert person.left == 0, person.said
    asyncio.run(on_the_screens(script, kinds, screens, tmp_path))
    assert state(plain) == state(screens)
    assert state(plain) != state(untouched)
