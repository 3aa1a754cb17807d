"""Case actions in plain mode: removing a child, another place for the answers, taking over from another window."""

from __future__ import annotations

import functools
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from iep_tui.core.case_model import Case
from iep_tui.plain.plain_app import PlainApp
from iep_tui.services import passphrases
from iep_tui.sets import library_loader
from iep_tui.store.case_store import CaseStore
from iep_tui.store.crypto.keyring import KdfCost
from iep_tui.store.errors import StoreError
from iep_tui.store.interchange_format import decode_case
from iep_tui.store.open_case import OpenCase

from .conftest import Person, Talk
from .sample_cases import CHILD, NOW, case

FULL = "There is no room left on the disk."


def test_a_child_is_removed_after_the_name_is_typed(talk: Talk, store: CaseStore) -> None:
    store.add(case({"child-name": "Maya R."}))
    name = store.name(CHILD)
    person = talk(f"/remove child {name}", "Somebody", "", f"/remove child {name}", name, "/quit")
    assert person.heard_of("It cannot be taken back.") == 2
    assert person.heard_of("Error: That isn’t the name. Nothing was removed.") == 1
    assert person.heard.count("Nothing was removed.") == 1, "the empty line goes back"
    assert person.heard_of("removed from this computer") == 1
    assert store.ids() == []


def test_a_child_who_is_not_there_is_not_removed(talk: Talk, store: CaseStore) -> None:
    store.add(case({"child-name": "Maya R."}))
    assert "Error: There is no case Nobody" in talk("/remove child Nobody", "/quit").said
    assert store.ids() == [CHILD]


def test_answers_that_cannot_be_saved_go_somewhere_else(
    at_question: Callable[..., Person], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()

    def refuse(_file: OpenCase, _case: Case) -> None:
        raise StoreError(FULL)

    monkeypatch.setattr(OpenCase, "save", refuse)
    person = at_question("a-text", "tired", "", f"/elsewhere {stick}", "/quit", "4", str(stick), "3")
    assert person.heard_of("/elsewhere saves them in another place.") >= 1
    assert person.heard_of("All your answers so far are saved in") == 2
    copies = sorted(stick.iterdir())
    assert len(copies) == 2
    for copy in copies:
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        assert "tired" in str(decode_case(copy.read_bytes()).latest.answers.of("a-text").value)


def test_going_on_where_another_window_was(at_question: Callable[..., Person], store: CaseStore) -> None:
    held: list[OpenCase] = []

    def hold() -> str:
        return "/write"

    def let_go() -> str:
        held[0].close()
        return "/plan"

    real = CaseStore.open

    def open_behind(self: CaseStore, case_id: str) -> OpenCase:
        if not held:
            held.append(real(self, case_id))
        return real(self, case_id)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(CaseStore, "open", open_behind)
        person = at_question("a-text", hold, let_go, "/write", "/quit")
    assert person.heard_of("To read only: this case is open in another window.") >= 1
    assert person.heard_of("The other window is closed. /write goes on writing here") >= 1
    assert person.heard_of("You are writing here now") == 1


def test_a_case_whose_file_is_gone_is_told(talk: Talk, store: CaseStore) -> None:
    store.add(case({"child-name": "Maya R."}))
    (store.folder / f"{CHILD}.json").unlink()
    person = talk("1", "", "1", "1", "/quit")
    assert person.heard_of("The file is gone, and can be brought back") == 1
    assert person.heard_of("Go back to an earlier copy of the answers?") == 2
    assert person.heard_of("The answers are back to the way they were on") == 1
    assert person.heard_of("1. Maya R.; 1 of") == 1


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    little = KdfCost(memory=8, passes=1, lanes=1)
    for name in ("new_keyring", "changed_keyring"):
        monkeypatch.setattr(passphrases, name, functools.partial(getattr(passphrases, name), cost=little))


@pytest.mark.usefixtures("cheap")
def test_a_passphrase_is_set_changed_and_taken_off(talk: Talk, store: CaseStore) -> None:
    store.add(case({"child-name": "Maya R."}))
    old, new = "green kettle, seven boats", "four other words together"
    person: Person

    def end_of_the_key() -> str:
        return next(line for line in reversed(person.heard) if line.count("-") == 2)[-5:].lower()

    person = Person("/passphrase Maya", "1", "1", old, old, "AAAAA", end_of_the_key, "/quit")
    library = library_loader.load_uncached()
    assert PlainApp(library, store, lambda: NOW, person).run() == 0
    assert person.heard_of("1 child is sealed now.") == 1, person.said
    assert person.heard_of("Error: Those are not the last five characters.") == 1
    assert person.heard_of("(not shown)") == 2
    assert store.sealing.seal_of(CHILD) is not None

    person = talk(f"/passphrase {CHILD}", "1", old, new, new, f"/passphrase {CHILD}", "2", "1", old, new, "/quit")
    assert person.heard_of("The passphrase is changed.") == 1, person.said
    assert person.heard_of("1 child is no longer sealed.") == 1
    assert person.heard_of("Error: This is not the passphrase") == 1
    assert store.sealing.seal_of(CHILD) is None


def test_a_copy_of_a_sync_is_merged_line_by_line(talk: Talk, store: CaseStore) -> None:
    store.add(case({"child-name": "Maya R."}))
    path = store.folder / f"{CHILD}.json"
    copy = store.folder / f"{CHILD} (Anne's conflicted copy).json"
    copy.write_bytes(path.read_bytes())
    person = talk("/sync copies Maya", "", "/sync copies 1", "1", "1", "/sync copies", "/quit")
    assert (
        person.heard_of("Your file-sync service (such as OneDrive or Dropbox) left other versions of these answers.")
        == 2
    )
    assert person.heard_of("The copy is merged") == 1, person.said
    assert person.heard_of("Your file-sync service left no other versions of this child’s answers.") == 1
    assert store.ids() == [CHILD]
    assert not copy.exists()


def test_a_name_that_failed_with_the_command_is_not_asked_for_again(talk: Talk, tmp_path: Path) -> None:
    child = case({"child-name": "Maya R.", "a-text": "Tired"}, "a-text")
    person = talk("/save team nowhere/team.docx", "", "/save", "", "/cancel", "/quit", case=child)
    assert person.heard_of("Error: There is no folder") == 1
    assert person.heard_of("No file was written.") == 1
    assert person.heard_of("is saved as") == 0
