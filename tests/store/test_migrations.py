"""A file of an older version is read as this one, and kept as it was before it is first written."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import msgspec
import pytest

from iep_tui.core.case_model import NO_HISTORIES, Answer, AnswerHistory, Histories, Revision
from iep_tui.store import disk
from iep_tui.store.case_file_format import Tables, pack, unpack
from iep_tui.store.case_store import CaseStore
from iep_tui.store.crypto.envelope import KeyStore
from iep_tui.store.errors import CaseDamaged, NewerVersion, StoreError
from iep_tui.store.migrations import CURRENT, Migrations
from iep_tui.store.saved_state import read_state

from .sample_cases import MAYA, names, said


def with_places(tables: Tables) -> Tables:
    """A made-up step: every meeting gets a place."""
    for meeting in tables["meetings"].values():
        meeting["place"] = "made-up"
    return tables


def with_days(tables: Tables) -> Tables:
    """Another: meetings begin on a day that the step before leaves a mark for."""
    for meeting in tables["meetings"].values():
        meeting["started"] = f"2030-01-03 {meeting['place']}"
    return tables


FIRST = Migrations()
THIRD = Migrations((with_places, with_days))

#: A case as the first version wrote it.
OLDEST = (
    b'{"case":{"1":{"id":"k7f3q9x2m4","created":"2027-01-03T10:00:00Z"}},"meetings":{"1":{"id":"first-2027",'
    b'"started":"2027-01-03","place":"needs-sleep","answers":{"needs-sleep":{"value":"most","state":"answered"}}}}}'
)


@pytest.fixture
def path(home: Path) -> Path:
    """A case as the first version wrote it."""
    CaseStore(home, migrations=FIRST).create(MAYA).close()
    return home / "cases" / f"{MAYA.id}.json"


def test_there_are_two_versions_today(path: Path, home: Path) -> None:
    assert CURRENT.schema == 2
    assert unpack(path.read_bytes(), 2)[0].schema == 1
    with CaseStore(home).open(MAYA.id) as opened:
        opened.save(said(opened.case, "words"))
    assert unpack(path.read_bytes(), 2)[0].schema == 2


def test_a_case_of_version_1_has_no_history_and_then_gets_one(home: Path) -> None:
    store = CaseStore(home)
    store.folder.mkdir(parents=True)
    path = store.folder / f"{MAYA.id}.json"
    path.write_bytes(pack(OLDEST, 1, 7))
    older = path.read_bytes()
    case = store.read(MAYA.id)
    assert (case.latest.answers.of("needs-sleep"), case.latest.histories) == (Answer("most", "answered"), NO_HISTORIES)
    pasts = Histories({"needs-sleep": AnswerHistory((Revision("most", "answered"),))})
    changed = said(case, "some", "needs-sleep")
    changed = changed.with_meeting(msgspec.structs.replace(changed.latest, histories=pasts))
    with store.open(MAYA.id) as opened:
        opened.save(changed)
    assert store.read(MAYA.id) == changed
    assert path.with_name(f"{MAYA.id}.version-1.json").read_bytes() == older
    assert read_state(path, CURRENT, KeyStore())[0].save == 8


def test_each_step_is_taken_in_order_from_where_the_file_is(store: CaseStore) -> None:
    tables: Tables = {"meetings": {"1": {"place": "", "started": ""}}}
    assert THIRD.schema == 3
    assert THIRD.upgrade(tables, 2)["meetings"]["1"] == {"place": "", "started": "2030-01-03 "}
    assert THIRD.upgrade(tables, 1)["meetings"]["1"] == {"place": "made-up", "started": "2030-01-03 made-up"}
    assert THIRD.upgrade({}, 3) == {}


def test_an_older_file_is_read_as_this_version_and_not_written_by_reading(path: Path, home: Path) -> None:
    before = path.read_bytes()
    newer = CaseStore(home, migrations=THIRD)
    assert newer.read(MAYA.id).latest.place == "made-up"
    with newer.open(MAYA.id) as opened:
        assert opened.case.latest.started == "2030-01-03 made-up"
        assert opened.read_only == ""
    assert path.read_bytes() == before
    assert f"{MAYA.id}.version-1.json" not in names(path.parent)


def test_the_older_file_is_kept_before_the_first_write(path: Path, home: Path) -> None:
    before = path.read_bytes()
    newer = CaseStore(home, migrations=THIRD)
    with newer.open(MAYA.id) as opened:
        opened.save(said(opened.case, "words"))
        opened.save(said(opened.case, "more words"))
        assert newer.read(MAYA.id) == opened.case
    kept = path.with_name(f"{MAYA.id}.version-1.json")
    assert kept.read_bytes() == before
    assert [one.id for one in newer.summaries()] == [MAYA.id]
    with pytest.raises(NewerVersion):
        CaseStore(home, migrations=FIRST).read(MAYA.id)
    if os.name != "nt":
        assert kept.stat().st_mode & 0o777 == 0o600


def test_when_it_cannot_be_kept_nothing_is_written(path: Path, home: Path) -> None:
    before = path.read_bytes()
    with CaseStore(home, migrations=THIRD).open(MAYA.id) as opened:
        with pytest.MonkeyPatch.context() as monkeypatch:

            def full(descriptor: int, data: bytes) -> None:
                raise OSError(errno.ENOSPC, "")

            monkeypatch.setattr(disk, "write_all", full)
            with pytest.raises(StoreError, match="no room"):
                opened.save(said(opened.case, "words"))
        assert path.read_bytes() == before
        opened.save(said(opened.case, "words"))
    assert path.with_name(f"{MAYA.id}.version-1.json").read_bytes() == before


def test_a_step_that_stumbles_over_a_strange_file_is_damage(path: Path, home: Path) -> None:
    def stumbles(tables: Tables) -> Tables:
        return tables["not there"]

    with pytest.raises(CaseDamaged):
        CaseStore(home, migrations=Migrations((stumbles,))).read(MAYA.id)
