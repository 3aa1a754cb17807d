"""A word of a sealed case, typed, saved, locked, killed, crashed and backed up: it is in no file and in no title."""

from __future__ import annotations

import base64
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from iep_tui.core.case_model import Answer, Answers, Case, Meeting
from iep_tui.store.case_store import CaseStore
from iep_tui.store.crypto.envelope import seal_bytes
from iep_tui.store.crypto.keyring import KdfCost, new_keyring_for

from .conftest import IN_A_TERMINAL, asked
from .driver import Terminal

pytestmark = IN_A_TERMINAL

WORDS = "green kettle, seven boats"
CHEAP = KdfCost(memory=8, passes=1, lanes=1)
MARKER = "Xylographique"
CASE = "k7f3q9x2m4"
#: The program with a plan that fails when it is opened.
BROKEN = (
    "from iep_tui.tui.screens.plan_screen import PlanScreen\n"
    "def fail(self): words = repr(self.sitting.case); raise RuntimeError(words)\n"
    "PlanScreen.body = fail\n"
    "from iep_tui.cli.main import main; main([])"
)


def where_it_is(folder: Path, word: str = MARKER) -> list[str]:
    """The files anywhere below `folder`, by name or in one of the ways that programs write words, that hold it."""
    plain = [word.encode(), word.lower().encode(), word.encode("utf-16-le"), word.encode("utf-16-be")]
    # Base64 of the word at each of the three places it can begin; its ends depend on what stands beside.
    coded = [base64.b64encode(b"\0" * shift + word.encode())[4 if shift else 0 : -4] for shift in range(3)]
    return sorted(
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if word in path.name or (path.is_file() and any(form in path.read_bytes() for form in (*plain, *coded)))
    )


@pytest.fixture
def sealed(home: Path) -> CaseStore:
    """A sealed case that was left at the child's name, and a second child in clear beside it."""
    store = CaseStore(home)
    answers = Answers({"child-name": Answer(MARKER, "answered")})
    store.add(Case(CASE, (Meeting("m4", "2027-01-03", answers, "child-name"),)))
    assert where_it_is(home) != [], "the search finds what there is to find"
    ring, key = new_keyring_for(WORDS, cost=CHEAP)
    store.keys.learn(ring.id, key)
    store.sealing.seal_case(CASE, ring)
    store.keys.forget()
    return store


class Desk:
    """Where the person sits: a home, a folder for temporary files, and windows."""

    def __init__(self, home: Path, folder: Path) -> None:
        self.home = home
        self.folder = folder
        self.windows: list[Terminal] = []
        (folder / "tmp").mkdir(parents=True)

    def open(self, *program: str) -> Terminal:
        """A window in which the sealed case was opened with its passphrase."""
        tmp, log = str(self.folder / "tmp"), str(self.folder / "textual.log")
        more = {"TMPDIR": tmp, "PYTHONFAULTHANDLER": "1"}
        if not program:  # a program of the test's own loads Textual before ours can take these away
            more |= {"TEXTUAL_LOG": log, "TEXTUAL_DEBUG": "1"}
        window = Terminal(self.home, self.folder, program=program or ("-m", "iep_tui"), more=more)
        self.windows.append(window)
        window.wait_for("A child (sealed)")
        window.press("enter")
        self.unlock(window)
        return window

    def unlock(self, window: Terminal) -> None:
        window.wait_for("Passphrase or recovery key")
        window.type(WORDS)
        window.press("enter")
        window.wait_for(asked("child-name"))
        assert not window.shows(WORDS)

    def is_clean(self) -> None:
        assert where_it_is(self.home.parent) == []
        assert where_it_is(self.home.parent, WORDS) == []
        for window in self.windows:
            assert not any(MARKER in title for title in window.titles)


@pytest.fixture
def desk(home: Path, tmp_path: Path) -> Iterator[Desk]:
    one = Desk(home, tmp_path / "person")
    yield one
    for window in one.windows:
        window.close()


def test_typed_saved_locked_killed_and_aborted(sealed: CaseStore, desk: Desk) -> None:
    window = desk.open()
    window.type(f" {MARKER} one")
    window.wait_until_saved(f"{MARKER} one")
    desk.is_clean()

    window.press("f10")
    window.wait_for("Passphrase or recovery key")
    assert not window.shows(MARKER)
    desk.is_clean()
    desk.unlock(window)
    window.wait_for(f"{MARKER} one")

    for number, ending in enumerate((signal.SIGKILL, signal.SIGABRT, signal.SIGTERM, signal.SIGHUP)):
        window.type(f" {MARKER}{number}")
        window.wait_for(f"{MARKER}{number}")
        window.kill(ending)
        desk.is_clean()
        window = desk.open()
    window.press("ctrl+q")
    window.ended()
    desk.is_clean()

    sealed.sealing.unlock(WORDS, CASE)
    name = sealed.read(CASE).latest.answers.of("child-name").value
    assert isinstance(name, str)
    assert f"{MARKER} one" in name
    assert f"{MARKER}3" in name, "the closed window saved"
    assert sealed.backups(CASE)


def test_a_crash_says_no_word_of_it(sealed: CaseStore, desk: Desk) -> None:
    window = desk.open("-c", BROKEN)
    window.type(f" {MARKER} two")
    window.wait_until_saved(f"{MARKER} two")
    window.press("f2")
    window.ended()
    said = window.written.rpartition(b"\x1b[?1049l")[2]
    assert b"something went wrong" in said
    assert MARKER.encode() not in said
    desk.is_clean()


def test_killed_in_the_middle_of_a_save_and_of_sealing(sealed: CaseStore, desk: Desk) -> None:
    for act in (
        "with store.open(case) as opened: opened.save(changed)",
        "ring, key = new_keyring_for('other words'); store.keys.learn(ring.id, key)\n"
        "store.sealing.seal_case(case, ring)",
    ):
        code = (
            "import os; from pathlib import Path; from iep_tui.store import disk\n"
            "from iep_tui.store.case_store import CaseStore; from iep_tui.store.crypto.keyring import new_keyring_for\n"
            "from iep_tui.core.case_model import Answer, Answers, Case, Meeting\n"
            f"store = CaseStore(Path({str(desk.home)!r})); case = {CASE!r}; store.sealing.unlock({WORDS!r}, case)\n"
            f"answers = Answers({{'child-name': Answer({MARKER!r} + ' three', 'answered')}})\n"
            "changed = Case(case, (Meeting('m4', '2027-01-03', answers),))\n"
            "disk.replace = lambda *given: os._exit(9)\n" + act
        )
        subprocess.run([sys.executable, "-c", code], timeout=60)
        desk.is_clean()
    assert [path.name for path in sealed.folder.glob(".*.tmp")] == [f".{CASE}.tmp"], "it was in the middle"
    sealed.sealing.unlock(WORDS, CASE)
    with sealed.open(CASE):
        assert not list(sealed.folder.glob(".*.tmp"))


def test_handed_on_in_a_sealed_file(sealed: CaseStore, desk: Desk) -> None:
    data = seal_bytes(MARKER.encode() * 50, WORDS, format="iep-tui/bundle", cost=CHEAP)
    (desk.folder / "bundle").write_bytes(data)
    desk.is_clean()
