"""Passphrases on the screen: set, asked for, changed, removed; locked by a key and by a timer."""

from __future__ import annotations

import asyncio
import functools
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Input, Static

from iep_tui.services import passphrases
from iep_tui.store.case_store import CaseStore
from iep_tui.store.crypto.keyring import FileKey, KdfCost, new_keyring_for
from iep_tui.store.crypto.passphrase_changes import PassphraseManager
from iep_tui.tui import autolock
from iep_tui.tui.app import PrepApp

from .person import Person, at_the_screen
from .sample_cases import CHILD

pytestmark = pytest.mark.slow

Family = Callable[..., PrepApp]

WORDS = "green kettle, seven boats"
OTHER = "four other words together"
CHEAP = KdfCost(memory=8, passes=1, lanes=1)


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passphrases, "new_keyring", functools.partial(passphrases.new_keyring, cost=CHEAP))
    monkeypatch.setattr(passphrases, "changed_keyring", functools.partial(passphrases.changed_keyring, cost=CHEAP))


@pytest.fixture
def make_sealed(make_family: Family, store: CaseStore) -> Callable[..., PrepApp]:
    """The program with one sealed child, at its next start."""

    def make(every: bool = False, place: str = "") -> PrepApp:
        app = make_family(place)
        ring, key = new_keyring_for(WORDS, cost=CHEAP)
        store.keys.learn(ring.id, key)
        if every:
            store.sealing.seal_all(ring)
        else:
            store.sealing.seal_case(CHILD, ring)
        store.keys.forget()
        return app

    return make


async def until(person: Person, condition: Callable[[], bool]) -> None:
    """Wait for a thread to be done."""
    for _again in range(2_000):
        if condition():
            break
        await asyncio.sleep(0.005)
    await person.rest()
    assert condition(), person.screen


async def unlock(person: Person, words: str = WORDS) -> None:
    person.app.screen.query_one("#secret", Input).value = words
    await person.press("enter")
    await until(person, lambda: person.place != "passphrase")


async def test_a_sealed_case_has_no_name_and_opens_with_its_passphrase(make_sealed: Family) -> None:
    async with at_the_screen(make_sealed()) as person:
        assert person.sees("A child (sealed)")
        assert not person.sees("Maya")
        await person.press("enter")
        assert person.place == "passphrase"
        assert person.sees("Passphrase or recovery key")
        await person.type("wrong", "enter")
        await until(person, lambda: person.sees("This is not the passphrase"))
        assert not person.sees("wrong")
        await person.click("Show")
        assert person.sees("wrong")
        await person.click("Hide")
        await unlock(person)
        assert "Maya" in person.top
        await person.press("escape", "escape")
        assert person.place == "home"
        assert person.sees("Maya R.")


async def test_the_door_can_be_left_while_the_passphrase_is_tried(
    make_sealed: Family, store: CaseStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    going, held = threading.Event(), threading.Event()
    inside = PassphraseManager.ring_key_for

    def slow(self: PassphraseManager, words: str, case_id: str = "") -> tuple[str, FileKey]:
        going.set()
        held.wait(30)
        return inside(self, words, case_id)

    monkeypatch.setattr(PassphraseManager, "ring_key_for", slow)
    async with at_the_screen(make_sealed()) as person:
        await person.press("enter")
        await person.type(WORDS, "enter")
        await until(person, going.is_set)
        assert person.sees("This takes a moment.")
        await person.press("escape")
        assert person.place == "home"
        held.set()
        await person.rest()
        assert not store.keys


async def test_a_door_that_opens_behind_the_help_is_gone_when_the_help_goes(
    make_sealed: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    going, held, tried = threading.Event(), threading.Event(), threading.Event()
    inside = PassphraseManager.ring_key_for

    def slow(self: PassphraseManager, words: str, case_id: str = "") -> tuple[str, FileKey]:
        going.set()
        held.wait(30)
        try:
            return inside(self, words, case_id)
        finally:
            tried.set()

    monkeypatch.setattr(PassphraseManager, "ring_key_for", slow)
    async with at_the_screen(make_sealed()) as person:
        await person.press("enter")
        await person.type(WORDS, "enter")
        await until(person, going.is_set)
        await person.press("f1")
        assert person.place == "help"
        held.set()
        await until(person, tried.is_set)
        assert person.place == "help"
        await person.press("escape")
        await until(person, lambda: "Maya" in person.top)


async def test_locking_saves_clears_the_screen_and_asks_again(make_sealed: Family, store: CaseStore) -> None:
    async with at_the_screen(make_sealed(place="a-text")) as person:
        await person.press("enter")
        await unlock(person)
        assert person.place == "a-text"
        await person.type("Xylograph")
        assert person.sees("Xylograph")
        await person.press("f10")
        await until(person, lambda: person.place == "passphrase")
        for word in ("Xylograph", "Maya"):
            assert not person.sees(word)
        assert not store.keys
        assert person.app.session is None
        assert len(person.app.screen_stack) == 2
        await unlock(person)
        assert "Maya" in person.top
        store.keys.forget()
        store.sealing.unlock(WORDS, CHILD)
        assert "Xylograph" in str(store.read(CHILD).latest.answers.of("a-text").value)


async def test_left_alone_it_locks_by_itself(
    make_sealed: Family, store: CaseStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1_000.0]
    monkeypatch.setattr(autolock, "elapsed", lambda: now[0])
    async with at_the_screen(make_sealed()) as person:
        assert person.app._idle_timer is None
        await person.press("enter")
        await unlock(person)
        assert person.app._idle_timer is not None
        now[0] += 599
        person.app._check_idle()
        await person.rest()
        assert person.place != "passphrase"
        now[0] += 2
        person.app._check_idle()
        await until(person, lambda: person.place == "passphrase")
        assert not store.keys
        assert person.app._idle_timer is None


async def test_after_a_sleep_the_first_key_finds_it_locked(
    make_sealed: Family, store: CaseStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1_000.0]
    monkeypatch.setattr(autolock, "elapsed", lambda: now[0])
    async with at_the_screen(make_sealed()) as person:
        await person.press("enter")
        await unlock(person)
        now[0] += 10_000
        await person.press("f2")
        await until(person, lambda: person.place == "passphrase")
        assert not store.keys


async def test_with_nothing_sealed_locking_says_so(make_family: Family) -> None:
    async with at_the_screen(make_family()) as person:
        await person.press("f10")
        assert person.sees("Nothing is open that a passphrase seals.")
        await person.press("enter")
        assert person.place == "home"


async def set_passphrase(person: Person, whom: str) -> str:
    """Complete all the steps; return the recovery key that was shown."""
    await person.press("f6")
    await person.click("Set a passphrase")
    await person.click(whom)
    assert person.sees("Forgetting it is the likeliest way to lose everything.")
    await person.click("Set a passphrase")
    assert person.place == "passphrase"
    screen = person.app.screen
    screen.query_one("#secret", Input).value = WORDS
    screen.query_one("#again", Input).value = WORDS + "x"
    await person.click("Go on")
    assert person.sees("The two are not the same.")
    screen.query_one("#again", Input).value = WORDS
    await person.click("Go on")
    await until(person, lambda: person.place == "input")
    words = "\n".join(str(one.content) for one in person.app.screen.query(Static))
    recovery = "".join(line for line in words.splitlines() if line.count("-") in (2, 3))
    assert recovery.count("-") == 5
    await person.type("AAAAA", "enter")
    assert person.sees("Check your paper.")
    await person.type(recovery[-5:].lower(), "enter")
    await until(person, lambda: person.place == "home")
    return recovery


@pytest.mark.parametrize(("whom", "every"), [("For this child", False), ("For all children", True)])
async def test_a_passphrase_is_set_after_the_recovery_key_is_on_paper(
    make_family: Family, store: CaseStore, home: Path, whom: str, every: bool
) -> None:
    async with at_the_screen(make_family(a_text="Xylograph")) as person:
        recovery = await set_passphrase(person, whom)
        assert person.sees("1 child is sealed now.")
        assert person.sees("Maya R.")
    found = [path.name for path in home.rglob("*") if path.is_file() and b"Xylograph" in path.read_bytes()]
    assert found == []
    assert (store.sealing.ring_for_all() is not None) == every
    again = CaseStore(home)
    again.sealing.unlock(recovery, CHILD)
    assert again.read(CHILD).latest.answers.of("a-text").value == "Xylograph"


async def test_without_the_paper_nothing_is_sealed(make_family: Family, store: CaseStore) -> None:
    async with at_the_screen(make_family()) as person:
        await person.press("f6")
        await person.click("Set a passphrase")
        await person.click("For this child")
        await person.click("Set a passphrase")
        for name in ("#secret", "#again"):
            person.app.screen.query_one(name, Input).value = WORDS
        await person.click("Go on")
        await until(person, lambda: person.place == "input")
        await person.press("escape")
        await until(person, lambda: person.place == "home")
        assert person.sees("No passphrase was set.")
    assert store.sealing.seal_of(CHILD) is None


async def test_a_passphrase_is_changed_and_taken_off(make_sealed: Family, home: Path) -> None:
    async with at_the_screen(make_sealed()) as person:
        await person.press("f6")
        await person.click("Change the passphrase")
        await unlock_here(person, WORDS)
        for name in ("#secret", "#again"):
            person.app.screen.query_one(name, Input).value = OTHER
        await person.click("Go on")
        await until(person, lambda: person.place == "home")
        assert person.sees("The passphrase is changed.")
        await person.press("f6")
        await person.click("Take the passphrase off")
        await person.click("Off this child")
        await unlock_here(person, OTHER)
        await until(person, lambda: person.place == "home")
        assert person.sees("1 child is no longer sealed.")
        assert person.sees("Maya R.")
    assert CaseStore(home).read(CHILD).id == CHILD


async def unlock_here(person: Person, words: str) -> None:
    """Enter the passphrase where a second passphrase screen follows."""
    asking = person.app.screen
    asking.query_one("#secret", Input).value = words
    await person.press("enter")
    await until(person, lambda: person.app.screen is not asking)


async def test_a_new_child_needs_the_passphrase_for_all(make_sealed: Family, store: CaseStore) -> None:
    async with at_the_screen(make_sealed(every=True)) as person:
        await person.click("Start for a new child")
        assert person.place == "passphrase"
        assert person.sees("New cases are sealed on this computer.")
        await unlock(person)
        assert person.app.session is not None
        assert person.app.session.case.id != CHILD


async def test_earlier_copies_of_a_locked_case_ask_first(make_sealed: Family) -> None:
    async with at_the_screen(make_sealed()) as person:
        await person.press("f5")
        assert person.place == "passphrase"
        await unlock(person)
        assert person.sees("What is there now is kept as a copy too.")


async def test_the_minutes_are_chosen_and_kept(make_sealed: Family, home: Path) -> None:
    from iep_tui.store.settings import Settings

    async with at_the_screen(make_sealed()) as person:
        await person.press("f6")
        await person.click("Lock by itself after some minutes")
        await person.click("30 minutes")
        assert person.place == "home"
    assert Settings(home).lock_after == 30
    assert Settings(home).keep(theme="x")
    assert Settings(home).lock_after == 30


async def test_a_case_whose_passphrase_is_forgotten_can_be_removed_by_its_id(make_sealed: Family, home: Path) -> None:
    async with at_the_screen(make_sealed()) as person:
        await person.press("f6")
        assert person.sees("What should happen with the answers of this child?")
        await person.click("Remove from this computer")
        assert person.sees(f"To remove it, type: {CHILD}")
        await person.type(CHILD, "enter")
        assert person.place == "home"
    assert not [path for path in home.rglob("*") if CHILD in str(path)]


async def test_a_lock_that_cannot_save_keeps_the_words_and_tries_again(
    make_sealed: Family, store: CaseStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1_000.0]
    monkeypatch.setattr(autolock, "elapsed", lambda: now[0])
    async with at_the_screen(make_sealed(place="a-text")) as person:
        await person.press("enter")
        await unlock(person)
        with monkeypatch.context() as patch:
            patch.setattr(PrepApp, "save", lambda _app: False)
            await person.type("Xylograph")
            now[0] += 601
            person.app._check_idle()
            await person.rest()
            assert person.sees("Xylograph")
            assert store.keys
            assert person.app._idle_timer is not None
        person.app._check_idle()
        await until(person, lambda: person.place == "passphrase")
    store.sealing.unlock(WORDS, CHILD)
    assert "Xylograph" in str(store.read(CHILD).latest.answers.of("a-text").value)
