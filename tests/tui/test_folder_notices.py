"""Notices about the data folder at home and on opening, and taking over from another window."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from iep_tui.core.case_model import Answer
from iep_tui.store.case_store import CaseStore
from iep_tui.tui.app import PrepApp
from iep_tui.tui.flows import take_over_flow

from .person import at_the_screen
from .sample_cases import CHILD

Family = Callable[..., PrepApp]

pytestmark = pytest.mark.slow

#: Another program: it has the case open to write, changes an answer, and is killed.
OTHER = """
import sys
from pathlib import Path
import msgspec
from iep_tui.core.case_model import Answer
from iep_tui.store.case_store import CaseStore
file = CaseStore(Path(sys.argv[1])).open(sys.argv[2])
meeting = file.case.latest
answers = meeting.answers.put("a-text", Answer("from the other window", "answered", "team"))
file.save(file.case.with_meeting(msgspec.structs.replace(meeting, answers=answers)))
print(file.read_only or "writing", flush=True)
sys.stdin.read()
"""


async def test_a_case_whose_file_is_gone_stands_in_the_list_and_comes_back(
    make_family: Family, store: CaseStore
) -> None:
    app = make_family()
    (store.folder / f"{CHILD}.json").unlink()
    async with at_the_screen(app) as person:
        assert person.sees("Maya R.")
        assert person.sees("The file is gone, and can be brought back")
        await person.press("enter", "down", "enter")
        assert person.sees("The answers are back to the way they were on")
        assert not person.sees("The file is gone")
    assert store.name(CHILD) == "Maya R."


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in lists of its own, not in modes")
async def test_a_folder_that_others_can_read_is_told_in_one_line(make_family: Family, home: Path) -> None:
    app = make_family()
    home.chmod(0o755)
    async with at_the_screen(app) as person:
        assert not person.sees("Others on this computer"), "the folder of the cases itself is closed"
        (home / "cases").chmod(0o755)
        await person.press("enter", "escape", "escape")
        assert person.sees("Others on this computer can read the answers.")


def sync_copy(store: CaseStore) -> Path:
    """A copy that a sync left beside the case, with another name of the child."""
    other = store.folder / f"{CHILD} (conflicted copy 2027-01-03).json"
    with store.open(CHILD) as file:
        meeting = file.case.latest
        answers = meeting.answers.put("child-name", Answer("Maya of the laptop", "answered", "teachers"))
        before = (store.folder / f"{CHILD}.json").read_bytes()
        file.save(file.case.with_meeting(type(meeting)(meeting.id, meeting.started, answers)))
    other.write_bytes((store.folder / f"{CHILD}.json").read_bytes())
    (store.folder / f"{CHILD}.json").write_bytes(before)
    return other


async def test_what_a_sync_left_is_told_and_can_be_taken_in(make_family: Family, store: CaseStore) -> None:
    app = make_family("a-text")
    sync_copy(store)
    async with at_the_screen(app, size=(100, 40)) as person:
        await person.press("enter")
        assert person.sees("Your file-sync service left another version of these answers")
        await person.press("escape", "escape", "f6")
        await person.click("Add a version left by your file-sync service")
        await person.click("conflicted copy")
        await person.click("Keep it as a separate child")
        assert person.sees("Maya of the laptop")
        assert person.sees("Maya R.")
        await person.press("f6")
        assert not person.sees("Add a version left by your file-sync service")
        await person.press("escape")
    assert len(store.ids()) == 2
    assert store.name(CHILD) == "Maya R."


async def test_what_a_sync_left_can_be_merged(make_family: Family, store: CaseStore) -> None:
    app = make_family("a-text")
    other = sync_copy(store)
    async with at_the_screen(app, size=(100, 40)) as person:
        await person.press("f6")
        await person.click("Add a version left by your file-sync service")
        await person.click("conflicted copy")
        await person.press("enter")  # merging is offered first
        await person.until(lambda: person.sees("The one you do not take stays among the earlier answers."))
        await person.press("down", "enter")
        await person.until(lambda: person.sees("The copy is merged"))
    assert store.ids() == [CHILD]
    assert store.name(CHILD) == "Maya of the laptop"
    assert not other.exists(), "it is not reported again"


async def test_a_window_that_reads_goes_on_when_the_other_is_gone(
    make_family: Family, store: CaseStore, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(take_over_flow, "CHECK_EVERY", 0.05)
    app = make_family("a-text", a_text="as it was")
    command = [sys.executable, "-c", OTHER, str(home.absolute()), CHILD]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        try:
            assert other.stdout is not None
            assert other.stdout.readline() == "writing\n"
            async with at_the_screen(app) as person:
                await person.press("enter")
                assert "To read only" in person.top
                assert not person.sees("The other window is closed")
                other.kill()
                other.wait()
                await person.until(lambda: person.sees("The other window is closed"), seconds=20)
                await person.press("enter")
                assert person.place == "a-text"
                assert person.sees("from the other window")
                assert "To read only" not in person.top
                await person.type("!", "ctrl+q")
        finally:
            other.kill()
    assert "!" in str(store.read(CHILD).latest.answers.of("a-text").value)


async def test_one_may_go_on_only_reading(
    make_family: Family, store: CaseStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(take_over_flow, "CHECK_EVERY", 0.05)
    app = make_family("a-text")
    first = store.open(CHILD)
    async with at_the_screen(app) as person:
        await person.press("enter")
        first.close()
        await person.until(lambda: person.sees("The other window is closed"), seconds=20)
        await person.click("Only read")
        assert "To read only" in person.top
        assert not store.open(CHILD).read_only
