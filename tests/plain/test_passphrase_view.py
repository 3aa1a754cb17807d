"""Sealed cases in plain mode: the prompt, unlocking, and locking again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pexpect
import pytest

from iep_tui.plain.line_io import IdleTimeout
from iep_tui.plain.plain_app import PlainApp
from iep_tui.sets.library import Library
from iep_tui.store.case_store import CaseStore
from iep_tui.store.crypto.keyring import KdfCost, new_key, new_keyring_for
from iep_tui.store.crypto.passphrase_changes import PassphraseManager
from iep_tui.store.settings import Settings

from . import sample_cases
from .conftest import Clock, Person, Talk
from .sample_cases import CHILD, case

WORDS = "green kettle, seven boats"
CHEAP = KdfCost(memory=8, passes=1, lanes=1)

Seal = Callable[..., CaseStore]


@pytest.fixture
def seal(store: CaseStore, clock: Clock) -> Seal:
    """Put a child into the store and seal all; the store as the next start sees it."""

    def act(every: bool = False) -> CaseStore:
        store.add(case(sample_cases.EVERY_ANSWER))
        ring, key = new_keyring_for(WORDS, cost=CHEAP)
        store.keys.learn(ring.id, key)
        if every:
            store.sealing.seal_all(ring)
        else:
            store.sealing.seal_case(CHILD, ring)
        store.keys.forget()
        return store

    return act


def test_a_sealed_case_is_listed_without_a_name_and_opens_with_its_passphrase(talk: Talk, seal: Seal) -> None:
    seal()
    person = talk("1", "wrong words here", WORDS, "/home", "/quit")
    assert person.heard_of("1. A child (sealed); opens with its passphrase") == 1
    assert person.heard_of("Error: This is not the passphrase") == 1
    assert person.heard_of("(not shown)") == 2
    assert person.heard_of("Getting ready for Maya’s meeting.") == 1
    assert person.heard_of("1. Maya R.; 13 of 15 answered") == 1
    assert person.left == 0


def test_a_passphrase_that_is_looked_at_can_be_left(talk: Talk, seal: Seal, monkeypatch: pytest.MonkeyPatch) -> None:
    store = seal()
    held = threading.Event()

    def slow(*_given: object) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        held.wait(30)

    monkeypatch.setattr(PassphraseManager, "ring_key_for", slow)
    person = talk("1", WORDS, "1", "", "/quit")
    held.set()
    assert person.heard_of("Stopped.") == 1
    assert person.heard_of("(not shown)") == 2, "it is asked again"
    assert "Maya" not in person.said
    assert not store.keys
    assert person.code == 0


def nobody() -> str:
    raise IdleTimeout


def test_left_alone_it_locks_by_itself(talk: Talk, seal: Seal) -> None:
    store = seal()
    person = talk("1", WORDS, nobody, "1", WORDS, "/review", nobody, "/quit")
    assert person.heard_of("Locked. Sealed answers ask for their passphrase again.") == 2
    assert person.heard_of("(not shown)") == 2
    assert person.left == 0
    assert not store.keys


def test_the_minutes_are_those_of_the_screen_and_count_once_something_is_open(
    store: CaseStore, clock: Clock, shipped: Library
) -> None:
    person = Person()
    program = PlainApp(shipped, store, clock, person)
    assert person.idle_after() == 0
    program.store.keys.learn("a-ring", new_key())
    assert person.idle_after() == 600
    Settings(store.home).keep(lock_after=0)
    assert person.idle_after() == 0


#: The program, which locks itself after a second.
SOON = """
import sys
from iep_tui.store.settings import Settings
Settings.lock_after = 1 / 60
from iep_tui.cli.main import main
sys.exit(main(["plain", "maya-r-case"]))
"""


@pytest.mark.terminal
def test_a_line_that_was_not_ended_is_gone_after_the_lock(command: list[str]) -> None:
    child = pexpect.spawn(command[0], ["-c", SOON], encoding="utf-8", timeout=30)
    child.expect_exact("Enter alone goes back: ")
    child.sendline(WORDS)
    child.expect_exact("next: ")
    child.send("half a sen")
    child.expect_exact("Locked. Sealed answers ask")
    child.expect_exact("child's name: ")
    child.sendline("tence")
    child.expect_exact("There is no “tence” here.")
    child.sendline("/quit")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


def test_enter_goes_back_from_the_door(talk: Talk, seal: Seal) -> None:
    seal()
    person = talk("1", "", "/quit")
    assert "Maya" not in person.said
    assert person.code == 0


def test_a_passphrase_may_look_like_a_command(talk: Talk, store: CaseStore) -> None:
    store.add(case({"child-name": "Kim"}))
    ring, key = new_keyring_for("/quit and /home", cost=CHEAP)
    store.keys.learn(ring.id, key)
    store.sealing.seal_case(CHILD, ring)
    store.keys.forget()
    assert talk("1", "/quit and /home", "/quit").heard_of("Getting ready for Kim’s meeting.") == 1


def test_locked_again_nothing_of_the_child_is_left_and_the_passphrase_is_asked_again(talk: Talk, seal: Seal) -> None:
    store = seal()
    person = talk("1", WORDS, "/lock", "1", "", "/lock", "/quit")
    at = person.heard.index("Locked. Sealed answers ask for their passphrase again.")
    assert person.heard[at - 200 : at] == [""] * 200
    assert "Maya" not in "\n".join(person.heard[at:])
    assert not store.keys
    assert person.code == 0


def test_a_new_child_needs_the_passphrase_for_all(talk: Talk, seal: Seal) -> None:
    store = seal(every=True)
    person = talk("2", WORDS, "Zoe", "/quit")
    assert person.heard_of("New cases are sealed on this computer.") == 1
    assert len(store.ids()) == 2
    assert not any(b"Zoe" in path.read_bytes() for path in store.home.rglob("*.json"))


def test_what_was_killed_half_way_is_taken_up_again(talk: Talk, seal: Seal, monkeypatch: pytest.MonkeyPatch) -> None:
    store = seal(every=True)
    store.sealing.unlock(WORDS)
    ring = store.sealing.ring_for_all()
    assert ring is not None
    store.sealing._shared_file.write(ring, "removing")
    store.keys.forget()
    person = talk("1", WORDS, "/quit")
    assert (
        person.heard_of(
            "Last time, the passphrase was not removed from every file. The program has now gone on with the rest."
        )
        == 1
    )
    assert not (store.home / "seal.json").exists()
    assert person.heard_of("Getting ready for Maya’s meeting.") == 1


@pytest.fixture
def command(seal: Seal, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    store = seal()
    monkeypatch.setenv("IEP_TUI_HOME", str(store.home))
    return [sys.executable, "-m", "iep_tui", "plain", CHILD]


def test_from_a_pipe_the_passphrase_is_a_line(command: list[str], tmp_path: Path) -> None:
    run = subprocess.run(command, input=f"{WORDS}\n/quit\n", capture_output=True, text=True, check=True)
    assert "Getting ready for Maya" in run.stdout
    assert WORDS not in run.stdout + run.stderr


@pytest.mark.terminal
def test_a_terminal_does_not_show_it(command: list[str]) -> None:
    child = pexpect.spawn(command[0], command[1:], encoding="utf-8", timeout=30)
    child.expect_exact("Enter alone goes back: ")
    child.sendline(WORDS)
    child.expect_exact("Maya")
    assert WORDS not in (child.before or "")
    child.sendline("/quit")
    child.expect(pexpect.EOF)
    assert "/quit" in (child.before or ""), "the terminal shows again what is typed"
    child.close()
    assert child.exitstatus == 0
