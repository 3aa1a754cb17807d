"""Ten earlier states: near together for the last minutes, far apart for the last years, each one whole."""

from __future__ import annotations

import datetime
import errno
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iep_tui.core.case_model import Case
from iep_tui.store import disk
from iep_tui.store.backups import KEPT_AGES, MAX_BACKUPS, select_kept
from iep_tui.store.case_store import CaseStore
from iep_tui.store.errors import CaseDamaged, CaseLocked, CaseMissing, StoreError

from .conftest import FakeClock
from .sample_cases import MAYA, names, said

NOW = datetime.datetime(2027, 3, 12, 10, 0, tzinfo=datetime.UTC)
MINUTE = datetime.timedelta(minutes=1)


def aged(store: CaseStore, **ago: float) -> None:
    """As if the file of the case had been written that long ago."""
    path = store.folder / f"{MAYA.id}.json"
    when = path.stat().st_mtime - datetime.timedelta(**ago).total_seconds()
    os.utime(path, (when, when))


def states(store: CaseStore) -> list[Case]:
    """What the backups hold, newest first."""
    return [store.read_copy(backup.path) for backup in store.backups(MAYA.id)]


# Which are kept


@given(st.lists(st.integers(-1000, 2_000_000), unique=True))
def test_at_most_ten_and_always_the_newest(minutes: list[int]) -> None:
    kept = select_kept(((NOW - age * MINUTE, age) for age in minutes), NOW)
    assert len(kept) == min(MAX_BACKUPS, len(minutes))
    assert kept == sorted(kept)
    assert not minutes or kept[0] == min(minutes)


@given(st.lists(st.integers(0, 2_000_000), unique=True))
def test_every_age_that_had_a_state_still_has_one(minutes: list[int]) -> None:
    def age_of(age: int) -> int:
        return sum(age * MINUTE >= one for one in KEPT_AGES)

    kept = select_kept(((NOW - age * MINUTE, age) for age in minutes), NOW)
    assert {age_of(age) for age in kept} == {age_of(age) for age in minutes}


def test_years_of_use_leave_something_of_every_age() -> None:
    moment, there = NOW, list[datetime.datetime]()
    for _day in range(800):
        for _save in range(12):
            moment += 3 * MINUTE
            there = select_kept(((saved, saved) for saved in [*there, moment]), moment)
        moment += datetime.timedelta(days=1) - 36 * MINUTE
    ages = sorted((moment - saved) / datetime.timedelta(days=1) for saved in there)
    assert len(ages) == MAX_BACKUPS
    for least, most in [(0.5, 1), (1, 7), (7, 30), (30, 365), (365, 1_000)]:
        assert [age for age in ages if least <= age <= most]


def test_ten_saves_of_one_evening_are_all_kept() -> None:
    evening = [NOW - 2 * MINUTE * number for number in range(MAX_BACKUPS)]
    assert select_kept(((saved, saved) for saved in evening), NOW) == evening


# How they come to be


def test_the_state_before_is_kept_and_then_once_a_minute(store: CaseStore) -> None:
    with store.create(MAYA) as opened:
        opened.save(said(MAYA, "one"))
        assert states(store) == [MAYA]
        opened.save(said(MAYA, "two"))
        assert states(store) == [MAYA]


def test_a_state_of_a_minute_later_is_kept_too(store: CaseStore) -> None:
    with store.create(MAYA) as opened:
        aged(store, minutes=5)
        opened.save(said(MAYA, "one"))
        aged(store, minutes=3)
        opened.save(said(MAYA, "two"))
        assert states(store) == [said(MAYA, "one"), MAYA]
        ages = [backup.saved for backup in store.backups(MAYA.id)]
    assert MINUTE < ages[0] - ages[1] < 3 * MINUTE
    assert [backup.number for backup in store.backups(MAYA.id)] == [1, 2, 3]


def test_a_clock_that_was_ahead_stops_no_backups(store: CaseStore) -> None:
    with store.create(MAYA) as opened:
        aged(store, days=-400)
        opened.save(said(MAYA, "one"))
        opened.save(said(MAYA, "two"))
        assert said(MAYA, "one") in states(store)


def test_a_clock_that_was_set_back_never_makes_an_old_state_the_newest(store: CaseStore, clock: FakeClock) -> None:
    path = store.folder / f"{MAYA.id}.json"

    def save_at(words: str, when: datetime.datetime) -> None:
        clock.now = when
        with store.open(MAYA.id) as opened:
            opened.save(said(MAYA, words))
            os.utime(path, (when.timestamp(), when.timestamp()))

    store.create(MAYA).close()
    start = datetime.datetime.now(datetime.UTC)
    for number in range(12):
        save_at(f"ahead {number}", start + datetime.timedelta(days=2, minutes=5 * number))
    for number in range(12):
        save_at(f"right {number}", start + datetime.timedelta(minutes=5 * number))
    kept = [store.read_copy(one.path) for one in store.backups(MAYA.id)]
    assert len(kept) <= 10
    assert kept[0] == said(MAYA, "right 11")
    assert said(MAYA, "right 10") in kept
    path.write_bytes(b"damaged")
    with store.open(MAYA.id) as healed:
        assert healed.case == said(MAYA, "right 11")


def test_at_the_end_the_last_state_has_a_copy_in_bytes_of_its_own(store: CaseStore) -> None:
    with store.create(MAYA) as opened:
        opened.save(said(MAYA, "one"))
        opened.save(said(MAYA, "the last"))
    [newest, _first] = store.backups(MAYA.id)
    assert store.read_copy(newest.path) == said(MAYA, "the last")
    assert newest.path.stat().st_ino != (store.folder / f"{MAYA.id}.json").stat().st_ino
    store.open(MAYA.id).close()
    assert len(store.backups(MAYA.id)) == 2


def test_a_backup_of_a_save_is_a_second_name_and_no_copy(store: CaseStore, monkeypatch: pytest.MonkeyPatch) -> None:
    with store.create(MAYA) as opened:
        before = (store.folder / f"{MAYA.id}.json").stat().st_ino
        opened.save(said(MAYA, "one"))
        [backup] = store.backups(MAYA.id)
        assert backup.path.stat().st_ino == before


def test_a_drive_without_second_names_gets_copies(store: CaseStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def link(source: Path, target: Path) -> None:
        raise OSError(errno.EPERM, "")

    monkeypatch.setattr(disk, "link", link)
    with store.create(MAYA) as opened:
        opened.save(said(MAYA, "one"))
        assert states(store) == [MAYA]
    assert ".tmp" not in names(store.home / "backups" / MAYA.id)


def test_there_are_never_more_than_ten(store: CaseStore, clock: FakeClock) -> None:
    with store.create(MAYA) as opened:
        for number in range(15):
            aged(store, minutes=60 - 2 * number)
            opened.save(said(MAYA, f"number {number}"))
    assert len(names(store.home / "backups" / MAYA.id)) == MAX_BACKUPS
    assert states(store)[0] == said(MAYA, "number 14")


@pytest.mark.parametrize("step", ["link", "make_folders"])
def test_a_backup_that_fails_stops_no_save(store: CaseStore, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def failing(*given: object) -> None:
        raise OSError(errno.EACCES, "")

    with store.create(MAYA) as opened:
        monkeypatch.setattr(disk, step, failing)
        if step == "link":
            monkeypatch.setattr(disk, "read", failing)
        opened.save(said(MAYA, "one"))
        assert states(store) == []
        monkeypatch.undo()
    assert store.read(MAYA.id) == said(MAYA, "one")


def test_a_case_that_was_taken_in_has_a_copy_at_once(store: CaseStore) -> None:
    store.add(MAYA)
    assert states(store) == [MAYA]


def test_strangers_files_are_no_backups(store: CaseStore) -> None:
    folder = store.home / "backups" / MAYA.id
    folder.mkdir(parents=True)
    for name in ("notes.txt", "20271345T999999Z-1.json", "20270103T100000Z-1.json.part"):
        (folder / name).write_bytes(b"")
    assert store.backups(MAYA.id) == []
    with pytest.raises(CaseMissing):
        store.backups("../cases")


# Going back


@pytest.fixture
def two_states(store: CaseStore) -> CaseStore:
    """A case with "new words"; its one backup, number 2 after the copy of the last state, is without."""
    with store.create(MAYA) as opened:
        aged(store, minutes=9)
        opened.save(said(MAYA, "new words"))
    return store


def test_going_back_keeps_what_it_replaces(two_states: CaseStore) -> None:
    store = two_states
    assert states(store) == [said(MAYA, "new words"), MAYA]
    store.restore(MAYA.id, 2)
    assert store.read(MAYA.id) == MAYA
    store.restore(MAYA.id, 1)
    assert store.read(MAYA.id) == said(MAYA, "new words")
    with store.open(MAYA.id) as opened:
        assert opened.read_only == ""
        opened.save(said(MAYA, "even newer words"))


def test_going_back_keeps_even_what_had_no_backup_yet(store: CaseStore) -> None:
    with store.create(MAYA) as opened:
        opened.save(said(MAYA, "one"))
        with pytest.MonkeyPatch.context() as monkeypatch:
            monkeypatch.setattr("iep_tui.store.backups.Backups.keep_final_state", lambda *given: None)
            opened.save(said(MAYA, "two"))
            opened.close()
    assert states(store) == [MAYA]
    store.restore(MAYA.id, 1)
    assert store.read(MAYA.id) == MAYA
    assert states(store)[0] == said(MAYA, "two")


def test_a_case_whose_file_is_gone_comes_back(two_states: CaseStore) -> None:
    store = two_states
    assert store.lost() == []
    (store.folder / f"{MAYA.id}.json").unlink()
    assert store.lost() == [MAYA.id]
    assert store.add(said(MAYA, "another child")) != MAYA.id
    store.restore(MAYA.id, 1)
    assert store.read(MAYA.id) == said(MAYA, "new words")
    assert store.lost() == []


def test_going_back_from_a_damaged_file_sets_it_aside(two_states: CaseStore) -> None:
    store = two_states
    path = store.folder / f"{MAYA.id}.json"
    path.write_bytes(b"damaged")
    store.restore(MAYA.id, 2)
    assert store.read(MAYA.id) == MAYA
    [aside] = [name for name in names(store.folder) if "damaged" in name]
    assert (store.folder / aside).read_bytes() == b"damaged"


def test_no_such_backup(two_states: CaseStore) -> None:
    for number in (0, 3, -1):
        with pytest.raises(CaseMissing):
            two_states.restore(MAYA.id, number)


def test_a_case_that_is_open_is_not_replaced(two_states: CaseStore) -> None:
    with two_states.open(MAYA.id), pytest.raises(CaseLocked):
        two_states.restore(MAYA.id, 2)
    assert two_states.read(MAYA.id) == said(MAYA, "new words")


def test_a_damaged_backup_replaces_nothing(two_states: CaseStore) -> None:
    store = two_states
    store.backups(MAYA.id)[1].path.write_bytes(b"damaged")
    with pytest.raises(CaseDamaged):
        store.restore(MAYA.id, 2)
    assert store.read(MAYA.id) == said(MAYA, "new words")


@pytest.mark.parametrize("step", ["write_all", "flush", "replace"])
def test_going_back_that_fails_changes_nothing(two_states: CaseStore, step: str) -> None:
    def failing(*given: object) -> None:
        raise OSError(errno.ENOSPC, "")

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(disk, step, failing)
        with pytest.raises(StoreError, match="no room"):
            two_states.restore(MAYA.id, 2)
    assert two_states.read(MAYA.id) == said(MAYA, "new words")
    two_states.restore(MAYA.id, 2)
    assert two_states.read(MAYA.id) == MAYA
