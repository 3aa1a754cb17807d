"""Long jobs beside the window: progress is shown, Escape cancels, and leaving the window ends them."""

from __future__ import annotations

import asyncio
import functools
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from textual.widgets import Input

from iep_tui.core.case_model import Answer
from iep_tui.core.progress_callback import ProgressCallback
from iep_tui.documents import subprocess_worker
from iep_tui.services import passphrases
from iep_tui.store.case_store import CaseStore
from iep_tui.store.crypto.keyring import KdfCost
from iep_tui.store.crypto.passphrase_changes import PassphraseManager, SealingReport
from iep_tui.store.crypto.rekey import RekeyTarget
from iep_tui.tui.app import PrepApp
from iep_tui.tui.flows import export_flow
from iep_tui.tui.flows.background_job import run_job
from iep_tui.tui.screens.progress_dialog import ProgressDialog
from iep_tui.tui.textual_ext.line_input import LineInput

from .person import Person, at_the_screen
from .sample_cases import CHILD, case

pytestmark = pytest.mark.slow

Family = Callable[..., PrepApp]


@pytest.fixture
def held() -> Iterator[threading.Event]:
    """An event that a slow step waits for, set at the end of the test."""
    event = threading.Event()
    yield event
    event.set()


async def until(person: Person, condition: Callable[[], bool]) -> None:
    for _again in range(4_000):
        if condition():
            break
        await asyncio.sleep(0.005)
    await person.rest()
    assert condition(), person.screen


async def save_as(person: Person, name: str) -> None:
    await person.press("enter", "f9", "ctrl+s")
    assert isinstance(person.focus, LineInput)
    person.focus.value = name
    await person.press("enter")


async def test_a_pdf_that_was_stopped_leaves_nothing_and_the_other_format_can_be_chosen(
    make_family: Family, monkeypatch: pytest.MonkeyPatch, folder: Path, endless: Any
) -> None:
    def hand_out(interview: object, wanted: object, made: object, progress: ProgressCallback) -> object:
        return subprocess_worker.call(endless.module, endless.data, progress)

    monkeypatch.setattr(export_flow, "export", hand_out)
    async with at_the_screen(make_family()) as person:
        await save_as(person, "Documents/mine.pdf")
        await until(person, lambda: person.place == "progress" and endless.is_there)
        assert person.sees("Making the file (PDF).")
        assert endless.is_there
        await person.press("escape")
        await until(person, lambda: person.place == "savesheet")
        assert person.sees("Stopped. No file was written.")
        assert person.app.screen.query_one(LineInput).value == "Documents/mine.pdf"
        await until(person, lambda: not endless.is_there)
        assert list((folder / "Documents").iterdir()) == []


async def test_leaving_ends_what_is_being_made(
    make_family: Family, monkeypatch: pytest.MonkeyPatch, folder: Path, endless: Any
) -> None:
    def hand_out(interview: object, wanted: object, made: object, progress: ProgressCallback) -> object:
        return subprocess_worker.call(endless.module, endless.data, progress)

    monkeypatch.setattr(export_flow, "export", hand_out)
    async with at_the_screen(make_family()) as person:
        await save_as(person, "Documents/mine.pdf")
        await until(person, lambda: person.place == "progress" and endless.is_there)
        await person.press("ctrl+q")
    for _again in range(4_000):
        if not endless.is_there:
            break
        await asyncio.sleep(0.005)
    assert not endless.is_there
    assert list((folder / "Documents").iterdir()) == []


async def test_an_enter_too_many_stops_nothing_and_the_button_does(make_family: Family, held: threading.Event) -> None:
    async with at_the_screen(make_family()) as person:
        work = asyncio.create_task(run_job(person.app, lambda _step: held.wait(30), "Please wait."))
        await until(person, lambda: person.place == "progress")
        await person.press("enter", "space")
        assert person.place == "progress"
        await person.press("tab", "enter")
        await until(person, lambda: person.place == "home")
        assert work.done()
        assert work.exception() is not None


async def test_what_is_quick_shows_nothing(make_family: Family) -> None:
    async with at_the_screen(make_family()) as person:
        shown: list[object] = []
        push = person.app.push_screen
        person.app.push_screen = lambda screen: shown.append(screen) or push(screen)  # type: ignore
        assert await run_job(person.app, lambda _step: 7, "Please wait.") == 7
        assert shown == []


async def test_how_far_it_is_is_told_and_a_key_answers_meanwhile(make_family: Family, held: threading.Event) -> None:
    def act(step: ProgressCallback) -> str:
        step(120, 1_000)
        held.wait(30)
        return "done"

    counted = "{done:,} of {total:,} cases are done."
    async with at_the_screen(make_family()) as person:
        work = asyncio.create_task(run_job(person.app, act, "The answers are being sealed.", counted=counted))
        await until(person, lambda: person.sees("120 of 1,000 cases are done. Esc stops it."))
        await person.press("f1")
        assert person.place == "help"
        held.set()
        assert await work == "done"
        await person.press("escape")
        assert person.place == "home", "the screen that waited goes with what stood over it"


async def test_sealing_all_stops_after_a_case_and_is_taken_up_with_the_passphrase(
    make_family: Family, store: CaseStore, monkeypatch: pytest.MonkeyPatch, held: threading.Event
) -> None:
    cheap = KdfCost(memory=8, passes=1, lanes=1)
    monkeypatch.setattr(passphrases, "new_keyring", functools.partial(passphrases.new_keyring, cost=cheap))
    made: list[passphrases.NewKeyring] = []
    inside, begun = PassphraseManager._rekey_case, threading.Event()

    def slow(self: PassphraseManager, case_id: str, target: RekeyTarget) -> SealingReport:
        begun.set()
        held.wait(30)
        return inside(self, case_id, target)

    def make(*given: Any, **named: Any) -> passphrases.NewKeyring:
        made.append(make_it(*given, **named))
        return made[-1]

    make_it = passphrases.new_keyring
    monkeypatch.setattr(passphrases, "new_keyring", make)
    monkeypatch.setattr(PassphraseManager, "_rekey_case", slow)
    for other in ("aa-case", "zz-case"):
        store.add(msgspec.structs.replace(case({"child-name": Answer(other, "answered")}), id=other))
    ids = ("aa-case", CHILD, "zz-case")
    async with at_the_screen(make_family()) as person:
        await person.press("f6")
        await person.click("Set a passphrase")
        await person.click("For all children")
        await person.click("Set a passphrase")
        for field in ("#secret", "#again"):
            person.app.screen.query_one(field, Input).value = "green kettle, seven boats"
        await person.click("Go on")
        await until(person, lambda: person.place == "input")
        person.app.screen.query_one("#typed", Input).value = made[0].recovery_key[-5:]
        await person.press("enter")
        await until(person, lambda: person.place == "progress" and begun.is_set())
        assert person.sees("Sealing the answers…")
        await person.press("escape")
        assert person.place == "progress"
        assert person.sees("Stopping after this step.")
        held.set()
        await until(person, lambda: person.place == "home")
        assert person.sees("Not all children are done. The rest follows the next time you type the passphrase.")
    sealed = [case_id for case_id in ids if store.sealing.seal_of(case_id) is not None]
    assert sealed == ["aa-case"]
    assert store.sealing.unfinished() == "sealing"
    store.keys.forget()
    store.sealing.unlock("green kettle, seven boats")
    store.sealing.finish()
    assert all(store.sealing.seal_of(case_id) is not None for case_id in ids)
    assert store.read("zz-case").latest.answers.of("child-name").value == "zz-case"


async def test_the_screen_of_waiting_stops_once() -> None:
    stopped: list[int] = []
    screen = ProgressDialog("Please wait.", lambda: stopped.append(1))
    screen.action_stop()
    screen.action_stop()
    assert stopped == [1]
