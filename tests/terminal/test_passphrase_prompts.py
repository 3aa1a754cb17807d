"""Passphrase commands typed by a person: no input is echoed, and every slip gets a message."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pexpect
import pytest

from iep_tui.core.case_model import Answer, Answers, Case, Meeting
from iep_tui.store.case_store import CaseStore

from .conftest import IN_A_TERMINAL

pytestmark = IN_A_TERMINAL

WORDS = "green kettle, seven boats"
OTHER = "four other words together"


class Call:
    """One call of the program, with input typed by a person."""

    def __init__(self, home: Path, *arguments: str) -> None:
        environment = {**os.environ, "IEP_TUI_HOME": str(home), "LANG": "C.UTF-8"}
        command = ["-m", "iep_tui", *arguments]
        self.program: pexpect.spawn[str] = pexpect.spawn(
            sys.executable, command, env=environment, encoding="utf-8", timeout=60
        )
        self.said = ""

    def answer(self, prompt: str, typed: str) -> None:
        self.program.expect_exact(prompt)
        self.said += f"{self.program.before}{prompt}"
        self.program.sendline(typed)

    def end(self) -> int | None:
        self.program.expect(pexpect.EOF)
        self.said += str(self.program.before)
        self.program.close()
        return self.program.exitstatus


@pytest.fixture
def store(home: Path) -> CaseStore:
    one = CaseStore(home)
    one.add(Case("k7f3q9", (Meeting("m4", "", Answers({"child-name": Answer("Maya R.", "answered")})),)))
    return one


def test_sealed_by_hand_then_changed_then_taken_off(store: CaseStore, home: Path) -> None:
    call = Call(home, "seal", "Maya")
    call.answer("New passphrase (it is not shown): ", "short")
    call.answer("New passphrase (it is not shown): ", WORDS)
    call.answer("The same once more: ", OTHER)
    call.answer("New passphrase (it is not shown): ", WORDS)
    call.answer("The same once more: ", WORDS)
    call.answer("type its last five characters: ", "AAAAA")
    assert store.sealing.seal_of("k7f3q9") is None, "nothing is sealed before the key is on paper"
    [recovery] = re.findall(r"\b((?:[A-Z0-9]{5}-){3})\r?\n((?:[A-Z0-9]{5}-){2}[A-Z0-9]{5})\b", call.said)
    recovery = "".join(recovery)
    call.answer("type its last five characters: ", recovery[-5:])
    assert call.end() == 0, call.said
    assert "The two are not the same." in call.said
    assert "at least 8 characters" in call.said
    assert "Check your paper." in call.said
    assert WORDS not in call.said
    assert store.sealing.seal_of("k7f3q9") is not None

    call = Call(home, "export", "k7f3q9", "--format", "json")
    call.answer("Passphrase or recovery key (it is not shown): ", OTHER)
    call.answer("Passphrase or recovery key (it is not shown): ", recovery)
    assert call.end() == 0
    assert "Maya R." in call.said

    call = Call(home, "passphrase", "k7f3q9")
    call.answer("Passphrase or recovery key (it is not shown): ", WORDS)
    call.answer("New passphrase (it is not shown): ", OTHER)
    call.answer("The same once more: ", OTHER)
    assert call.end() == 0, call.said

    call = Call(home, "unseal", "k7f3q9")
    for _again in range(3):
        call.answer("Passphrase or recovery key (it is not shown): ", WORDS)
    assert call.end() == 1
    assert store.sealing.seal_of("k7f3q9") is not None
    call = Call(home, "unseal", "k7f3q9")
    call.answer("Passphrase or recovery key (it is not shown): ", OTHER)
    assert call.end() == 0
    assert store.name("k7f3q9") == "Maya R."
