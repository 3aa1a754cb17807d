"""Transfer in plain mode: a child's file is exported, imported, and merged with both sides shown."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from iep_tui.core.case_model import Answer, Answers, Case
from iep_tui.services import transfer
from iep_tui.services.flows import bundle_flow
from iep_tui.store import bundle, interchange_format
from iep_tui.store.case_store import CaseStore
from iep_tui.store.crypto.keyring import KdfCost, new_keyring_for

from . import sample_cases
from .conftest import Talk
from .sample_cases import CHILD, case

WORDS = "green kettle, seven boats"
CHEAP = KdfCost(memory=8, passes=1, lanes=1)


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(transfer, "make_bundle", lambda one, words: bundle.encode_bundle(one, words, cost=CHEAP))
    monkeypatch.setattr(bundle_flow, "documents_folder", lambda: tmp_path)
    monkeypatch.chdir(tmp_path)


def later(ours: Case, question_id: str, words: str, at: str) -> Case:
    """The case with another answer to one question."""
    answers = Answers({**ours.latest.answers, question_id: Answer(words, "answered", at=at)})
    return ours.with_meeting(msgspec.structs.replace(ours.latest, answers=answers))


def test_a_file_goes_from_one_computer_to_another(talk: Talk, store: CaseStore, tmp_path: Path) -> None:
    store.add(case(sample_cases.EVERY_ANSWER))
    person = talk("/hand on Maya", WORDS, WORDS, "", "/quit")
    assert person.heard_of("Everything goes along") == 1
    [file] = tmp_path.glob("family-file-*.iep")
    assert f"The bundle is {file}." in person.heard
    assert b"Maya R." not in file.read_bytes()
    before = store.read(CHILD)
    store.remove(CHILD)

    person = talk(f"/bring in {file}", "something else here", WORDS, "/quit")
    assert person.heard_of("Error: This is not the passphrase") == 1
    assert "Added to the list." in person.heard
    assert person.heard_of("1. Maya R.") == 1, "the list is said again"
    assert store.read(CHILD) == before


def test_json_is_brought_in_too_and_unknown_answers_are_told(talk: Talk, store: CaseStore, tmp_path: Path) -> None:
    path = tmp_path / "all answers.json"
    path.write_bytes(interchange_format.encode_case(case({"child-name": "Maya R.", "of-no-set": "kept"})))
    person = talk("/import", f"'{path}'", "/quit")
    assert "Added to the list." in person.heard
    assert person.heard_of("1 answer belongs to no question here; it is kept: of-no-set") == 1
    assert store.read(CHILD).latest.answers.of("of-no-set").value == "kept"


@pytest.mark.parametrize(("typed", "stands", "other"), [("1", "Here", "There"), ("2", "There", "Here")])
def test_an_answer_that_both_sides_changed_is_asked_about_and_none_is_dropped(
    talk: Talk, store: CaseStore, tmp_path: Path, typed: str, stands: str, other: str
) -> None:
    ours = case({"child-name": "Maya R."})
    store.add(later(ours, "needs-progress", "Here", "2027-03-01T10:00:00Z"))
    path = tmp_path / "copy.json"
    path.write_bytes(
        interchange_format.encode_case(later(ours, "needs-progress", "There", "2027-03-02T10:00:00Z"), history=True)
    )
    person = talk(f"/bring in {path}", "1", typed, "/quit")
    assert person.heard_of("Maya R. is on this computer already.") == 1
    assert person.heard_of("1. Here: ") == 1
    assert person.heard_of("2. In the file: ") == 1
    assert person.heard_of("The copy is merged: ") == 1
    meeting = store.read(CHILD).latest
    assert meeting.answers.of("needs-progress").value == stands
    assert other in [step.value for step in meeting.histories.of("needs-progress").revisions]


def test_going_back_and_quitting_merge_nothing(talk: Talk, store: CaseStore, tmp_path: Path) -> None:
    ours = case({"child-name": "Maya R."})
    store.add(later(ours, "needs-progress", "Here", "2027-03-01T10:00:00Z"))
    path = tmp_path / "copy.json"
    path.write_bytes(interchange_format.encode_case(later(ours, "needs-progress", "There", "2027-03-02T10:00:00Z")))
    before = store.read(CHILD)
    for lines in (("",), ("3",), ("1", "/quit")):
        talk(f"/bring in {path}", *lines, "/quit")
        assert store.read(CHILD) == before
        assert store.ids() == [CHILD]
    person = talk(f"/bring in {path}", "2", "/quit")
    assert len(store.ids()) == 2
    assert person.heard_of("Maya R.;") >= 2


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"", "The file is empty."), (b"no json", "The file is not JSON"), (b'{"format":"iep-tui/bundle"', "")],
)
def test_what_is_no_case_is_told_and_nothing_is_taken_in(
    talk: Talk, store: CaseStore, tmp_path: Path, data: bytes, said: str
) -> None:
    (tmp_path / "strange").write_bytes(data)
    person = talk("/bring in strange", "/bring in nowhere", "/bring in", "", "/quit")
    assert person.heard_of(f"Error: {said}") >= 1
    assert person.heard_of("Error: ") == 2
    assert person.code == 0
    assert store.ids() == []


def test_handing_on_can_be_left_and_stopped(
    talk: Talk, store: CaseStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.add(case(sample_cases.EVERY_ANSWER))
    person = talk("/hand on Maya", "short", WORDS, "not the same one", "", "/hand on Nobody", "/quit")
    assert person.heard_of("Error: ") == 3
    assert "Nothing was written." in person.heard
    held = threading.Event()

    def slow(*_given: object) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        held.wait(30)

    monkeypatch.setattr(transfer, "make_bundle", slow)
    person = talk("/hand on Maya", WORDS, WORDS, "/quit")
    held.set()
    assert person.heard_of("Stopped.") == 1
    assert person.heard[person.heard.index("Stopped.") + 1] == "Nothing was written."
    assert not list(tmp_path.glob("*.iep"))


def test_bringing_in_can_be_stopped(
    talk: Talk, store: CaseStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "copy.json").write_bytes(interchange_format.encode_case(case({"child-name": "Maya R."})))
    held = threading.Event()

    def slow(*_given: object) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        held.wait(30)

    monkeypatch.setattr(interchange_format, "decode_case", slow)
    person = talk("/bring in copy.json", "/quit")
    held.set()
    assert person.heard_of("Stopped.") == 1
    assert person.heard[person.heard.index("Stopped.") + 1] == "Nothing was brought in."
    assert store.ids() == []


def test_a_sealed_child_is_opened_first(
    talk: Talk, store: CaseStore, tmp_path: Path, seal_all: Callable[[], None]
) -> None:
    store.add(case(sample_cases.EVERY_ANSWER))
    seal_all()
    person = talk(f"/hand on {CHILD}", "the sealing words here", WORDS, WORDS, str(tmp_path), "/quit")
    assert person.heard_of("This is sealed. It opens with its passphrase.") == 1
    [file] = tmp_path.glob("family-file-*.iep")
    assert bundle.decode_bundle(file.read_bytes(), WORDS).id == CHILD


@pytest.fixture
def seal_all(store: CaseStore) -> Callable[[], None]:
    def act() -> None:
        ring, key = new_keyring_for("the sealing words here", cost=CHEAP)
        store.keys.learn(ring.id, key)
        store.sealing.seal_all(ring)
        store.keys.forget()

    return act
