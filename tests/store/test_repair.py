"""A damaged file is set aside whole, the newest good backup opens, and the parent is told."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iep_tui.core.case_model import Answer, Case
from iep_tui.store import disk
from iep_tui.store.case_store import CaseStore
from iep_tui.store.errors import CaseDamaged, CaseLocked, StoreError
from iep_tui.store.salvage import answers_in, newer_answers

from .sample_cases import MAYA, names, said

LAST = said(MAYA, "the last words")


def with_answer(case: Case, question_id: str, answer: Answer) -> Case:
    latest = case.latest
    return case.with_meeting(msgspec.structs.replace(latest, answers=latest.answers.put(question_id, answer)))


@pytest.fixture
def path(store: CaseStore) -> Path:
    """The file of a case whose window was closed as it should be."""
    with store.create(MAYA) as opened:
        opened.save(LAST)
    return store.folder / f"{MAYA.id}.json"


@pytest.mark.parametrize(
    "garble",
    [
        lambda data: b"",
        lambda data: data[: len(data) // 2],
        lambda data: data[:-1],
        lambda data: b"\x00" * len(data),
        lambda data: data.replace(b"last", b"lost"),
        lambda data: b"\xff" + data,
        lambda data: b"PK\x03\x04\x00" * 99,
        lambda data: data.split(b"\n", 1)[1],
    ],
    ids=["empty", "half", "last byte", "zeros", "other words", "bad start", "binary", "no header"],
)
def test_however_it_is_damaged(store: CaseStore, path: Path, garble: Callable[[bytes], bytes]) -> None:
    damaged = garble(path.read_bytes())
    path.write_bytes(damaged)
    [summary] = store.summaries()
    assert "An earlier copy is kept" in summary.trouble
    with store.open(MAYA.id) as opened:
        assert opened.case == LAST
        assert opened.read_only == ""
        [aside] = [name for name in names(store.folder) if ".damaged-" in name]
        assert (store.folder / aside).read_bytes() == damaged
        assert aside in opened.notice
        assert opened.notice.isprintable()
        opened.save(said(LAST, "words after the fright"))
    with store.open(MAYA.id) as again:
        assert again.case == said(LAST, "words after the fright")
        assert again.notice == ""
    assert [one.id for one in store.summaries()] == [MAYA.id]
    assert (store.folder / aside).read_bytes() == damaged


def test_it_is_told_what_is_newer_in_the_damaged_file(store: CaseStore, path: Path) -> None:
    newest = with_answer(LAST, "goals-next", Answer("read to his sister", "answered", at="2027-01-04T10:00:00Z"))
    newest = with_answer(newest, "child-name", Answer("Maya Rose", "answered", "team", at="2027-01-04T10:00:00Z"))
    with store.open(MAYA.id) as opened, pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr("iep_tui.store.backups.Backups.keep_final_state", lambda *given: None)
        opened.save(newest)
        opened.close()
    path.write_bytes(path.read_bytes()[:-4])
    with store.open(MAYA.id) as opened:
        assert opened.case == LAST
        assert dict(opened.newer) == {
            question_id: newest.latest.answers[question_id] for question_id in ("goals-next", "child-name")
        }
        assert "2 answers are newer: child-name, goals-next" in opened.notice


def test_a_damaged_backup_is_passed_over(store: CaseStore, path: Path) -> None:
    newest, earlier = store.backups(MAYA.id)
    newest.path.write_bytes(newest.path.read_bytes()[:-1])
    path.write_bytes(b"")
    with store.open(MAYA.id) as opened:
        assert opened.case == store.read_copy(earlier.path) == MAYA


def test_another_childs_backup_never_takes_its_place(store: CaseStore, path: Path) -> None:
    with store.create(Case("other", MAYA.meetings)) as other:
        other.save(said(Case("other", MAYA.meetings), "another child's"))
    theirs = store.backups("other")[0].path.read_bytes()
    for backup in store.backups(MAYA.id):
        backup.path.write_bytes(theirs)
    path.write_bytes(b"")
    with pytest.raises(CaseDamaged):
        store.open(MAYA.id)
    assert path.read_bytes() == b""


def test_without_a_good_backup_the_file_stays_as_it_is(store: CaseStore, path: Path) -> None:
    for backup in store.backups(MAYA.id):
        backup.path.unlink()
    path.write_bytes(b"garbage")
    for _ in range(2):
        with pytest.raises(CaseDamaged):
            store.open(MAYA.id)
    assert path.read_bytes() == b"garbage"
    assert not [name for name in names(store.folder) if ".damaged-" in name]
    path.chmod(0o600)
    store.remove(MAYA.id)


def test_a_damaged_file_that_another_window_holds_is_left_alone(store: CaseStore, path: Path) -> None:
    with store.open(MAYA.id):
        path.write_bytes(b"garbage")
        with pytest.raises(CaseDamaged):
            store.open(MAYA.id)
        with pytest.raises(CaseLocked):
            store.restore(MAYA.id, 1)
        assert path.read_bytes() == b"garbage"


def test_two_damages_in_one_second_are_both_kept(store: CaseStore, path: Path) -> None:
    for words in (b"first", b"second"):
        path.write_bytes(words)
        store.open(MAYA.id).close()
    kept = [(store.folder / name).read_bytes() for name in names(store.folder) if ".damaged-" in name]
    assert sorted(kept) == [b"first", b"second"]


@pytest.mark.parametrize("step", ["write_all", "flush", "replace", "sync_folder", "link"])
def test_healing_that_fails_loses_nothing_and_can_be_tried_again(store: CaseStore, path: Path, step: str) -> None:
    damaged = path.read_bytes()[:-1]
    path.write_bytes(damaged)

    def failing(*given: object) -> None:
        raise OSError(errno.EIO, "")

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(disk, step, failing)
        if step == "link":  # a drive without second names
            store.open(MAYA.id).close()
        else:
            with pytest.raises(StoreError):
                store.open(MAYA.id)
            assert path.read_bytes() == damaged or store.read(MAYA.id) == LAST
    with store.open(MAYA.id) as opened:
        assert opened.case == LAST
    assert damaged in [(store.folder / name).read_bytes() for name in names(store.folder) if ".damaged-" in name]


@given(st.data())
def test_what_is_read_of_a_torn_file_was_written(data: st.DataObject) -> None:
    whole = msgspec.json.encode({"meetings": {"1": {"answers": dict(LAST.latest.answers)}}})
    torn = whole[: data.draw(st.integers(0, len(whole)))]
    for question_id, answer in answers_in(torn):
        assert LAST.latest.answers[question_id] == answer
    assert len(answers_in(whole)) == len(LAST.latest.answers)
    assert not newer_answers(torn, LAST)


@given(st.binary(max_size=300))
def test_garbage_gives_no_answers_and_no_trouble(data: bytes) -> None:
    assert newer_answers(data, MAYA) == {}


def test_a_great_many_beginnings_end() -> None:
    assert answers_in(b'"x":{' * 20_000) == []
