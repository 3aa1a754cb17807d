"""Files that the first edition wrote, in the clear and sealed: they open, and stay as they are until a change."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from iep_tui.core.case_model import Answer
from iep_tui.core.question_model import Catalogue
from iep_tui.services.session import CaseSession, close_session, open_case
from iep_tui.sets.library_loader import load_uncached
from iep_tui.store.case_store import CaseStore
from iep_tui.store.errors import CaseSealed

WRITTEN = Path(__file__).with_name("first_edition")
IN_CLEAR, SEALED = "k7f3q9x2m4va", "p2w9c4x7k1zb"
PASSPHRASE, RECOVERY_KEY = "four words go here", "XFKCE-WPR9R-EXNPM-AMFXF-592QD-KXTJC"


def now() -> datetime:
    return datetime(2027, 2, 1, 10, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_uncached("en").catalogue


@pytest.fixture
def store(tmp_path: Path) -> CaseStore:
    """A data folder as the first edition left it."""
    home = tmp_path / "home"
    shutil.copytree(WRITTEN, home)
    for path in home.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
    return CaseStore(home, now)


def written(store: CaseStore) -> dict[str, bytes]:
    """Every file of the folder but the locks, by its path."""
    found = (path for path in store.home.rglob("*") if path.is_file() and path.suffix != ".lock")
    return {str(path.relative_to(store.home)): path.read_bytes() for path in found}


def assert_whole(session: CaseSession, name: str) -> None:
    answers = session.case.latest.answers
    assert answers.of("child-name").value == name
    assert answers.of("child-name").share == "teachers"
    assert answers.of("plan").state == "ask"
    assert answers.of("concerns").value == [{"concern": "Reading", "example": "June 5"}]
    assert answers.of("concerns").note == "Ask first."
    assert answers.of("needs-areas").value == ["reading", {"other": "é 字"}]
    assert not session.read_only
    assert not session.notice


def test_a_case_opens_and_its_file_stays_as_it_was(store: CaseStore, catalogue: Catalogue) -> None:
    before = written(store)
    session = open_case(store, catalogue, now, IN_CLEAR)
    assert_whole(session, "Maya Rose")
    question = catalogue.question("child-name")
    assert question is not None
    assert [revision.value for revision in session.earlier(question)] == ["Maya R."]
    session.save()
    close_session(store, session)
    assert written(store) == before


@pytest.mark.parametrize("words", [PASSPHRASE, RECOVERY_KEY])
def test_a_sealed_case_opens_and_its_file_stays_as_it_was(store: CaseStore, catalogue: Catalogue, words: str) -> None:
    before = written(store)
    with pytest.raises(CaseSealed):
        open_case(store, catalogue, now, SEALED)
    store.sealing.unlock(words, SEALED)
    session = open_case(store, catalogue, now, SEALED)
    assert_whole(session, "Zoe T.")
    session.save()
    close_session(store, session)
    assert written(store) == before


def test_a_change_is_saved_and_only_then_is_the_file_another(store: CaseStore, catalogue: Catalogue) -> None:
    before = written(store)
    session = open_case(store, catalogue, now, IN_CLEAR)
    question = catalogue.question("child-name")
    assert question is not None
    assert session.change(question, Answer("Maya", "answered", "teachers", "", "2027-02-01T10:00:00Z"))
    assert session.save()
    close_session(store, session)
    changed = {name for name, data in written(store).items() if before.get(name) != data}
    assert f"cases/{IN_CLEAR}.json" in changed
    assert not any(SEALED in name for name in changed)
    assert store.read(IN_CLEAR).latest.answers.of("child-name").value == "Maya"


def test_nothing_of_the_sealed_case_is_in_clear() -> None:
    for path in WRITTEN.rglob("*.json"):
        if SEALED in str(path):
            assert b"Zoe" not in path.read_bytes()
