"""The storage under TinyDB: whole files only, and never over what it does not know."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB, where

from iep_tui.store import disk
from iep_tui.store.atomic_write import replace_file
from iep_tui.store.case_file_format import Tables, pack
from iep_tui.store.errors import (
    CaseDamaged,
    CaseMissing,
    ChangedOnDisk,
    IdTaken,
    NewerVersion,
    ReadOnlyCase,
    StoreError,
)
from iep_tui.store.migrations import CURRENT
from iep_tui.store.tinydb_storage import CaseStorage, remove_temporary, temporary_path

from .sample_cases import names

ONE: Tables = {"meetings": {"1": {"id": "m1", "answers": {"x": {"value": "one"}}}}}
TWO: Tables = {"meetings": {"1": {"id": "m1", "answers": {"x": {"value": "two"}}}}}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "k7f3q9x2m4.json"


@pytest.fixture
def storage(path: Path) -> CaseStorage:
    """A storage whose file holds ONE."""
    made = CaseStorage(path, new=True)
    made.write(ONE)
    return made


def test_tinydb_works_on_it(path: Path) -> None:
    with TinyDB(path, new=True, storage=CaseStorage) as database:
        database.table("meetings").insert({"id": "m1"})
        database.table("meetings").insert({"id": "m2"})
        database.table("meetings").update({"place": "here"}, where("id") == "m2")
    with TinyDB(path, storage=CaseStorage) as database:
        assert database.table("meetings").all() == [{"id": "m1"}, {"id": "m2", "place": "here"}]


def test_nothing_is_on_the_disk_before_the_first_write(path: Path) -> None:
    storage = CaseStorage(path, new=True)
    assert storage.read() is None
    assert not path.exists()


def test_what_is_read_can_be_changed_without_harm(storage: CaseStorage) -> None:
    first = storage.read()
    assert first is not None
    first["meetings"].clear()
    assert storage.read() == ONE


def test_each_write_counts_and_the_same_again_is_not_written(storage: CaseStorage, path: Path) -> None:
    storage.write(TWO)
    before = path.stat()
    storage.write(TWO)
    after = path.stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert CaseStorage(path).save == storage.save == 2


def test_a_write_leaves_nothing_else_in_the_folder(storage: CaseStorage, path: Path) -> None:
    storage.write(TWO)
    assert names(path.parent) == [path.name]


def test_a_new_file_never_takes_the_place_of_another(path: Path) -> None:
    path.write_bytes(b"someone else's")
    with pytest.raises(IdTaken):
        CaseStorage(path, new=True).write(ONE)
    assert path.read_bytes() == b"someone else's"
    assert names(path.parent) == [path.name]


@pytest.mark.parametrize("data", [b"", b"garbage", pack(b"{", 1, 1) + b"x"])
def test_damage_is_told_and_left_as_it_is(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    with pytest.raises(CaseDamaged):
        CaseStorage(path)
    assert path.read_bytes() == data


def test_a_newer_file_is_told_and_left_as_it_is(path: Path) -> None:
    data = pack(b"{}", CURRENT.schema + 1, 1)
    path.write_bytes(data)
    with pytest.raises(NewerVersion):
        CaseStorage(path)
    assert path.read_bytes() == data


def test_a_file_that_is_not_there_or_is_a_folder_is_told(path: Path) -> None:
    with pytest.raises(CaseMissing):
        CaseStorage(path)
    path.mkdir()
    with pytest.raises(StoreError):
        CaseStorage(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes in folders")
def test_a_pipe_in_the_place_of_a_file_holds_nobody_up(path: Path) -> None:
    os.mkfifo(path)
    with pytest.raises(StoreError):
        CaseStorage(path)


def test_another_programs_change_is_never_written_over(storage: CaseStorage, path: Path) -> None:
    CaseStorage(path).write({"meetings": {"1": {"id": "theirs"}}})
    theirs = path.read_bytes()
    with pytest.raises(ChangedOnDisk, match="Another program"):
        storage.write(TWO)
    assert path.read_bytes() == theirs


def test_a_change_in_place_is_seen_by_its_time(storage: CaseStorage, path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"one", b"own"))
    os.utime(path, ns=(1, 1))
    with pytest.raises(ChangedOnDisk):
        storage.write(TWO)


def test_a_sync_that_brings_the_same_file_again_stops_nobody(storage: CaseStorage, path: Path) -> None:
    again = path.with_name("again")
    again.write_bytes(path.read_bytes())
    again.replace(path)
    storage.write(TWO)
    assert CaseStorage(path).read() == TWO


def test_a_file_that_someone_removed_is_written_anew(storage: CaseStorage, path: Path) -> None:
    path.unlink()
    storage.write(TWO)
    assert CaseStorage(path).read() == TWO


def test_a_file_that_is_marked_read_only_stays_as_it_is(storage: CaseStorage, path: Path) -> None:
    path.chmod(0o400)
    with pytest.raises(ReadOnlyCase):
        storage.write(TWO)
    path.chmod(0o600)
    assert CaseStorage(path).read() == ONE
    storage.write(TWO)


def test_what_a_killed_save_left_is_swept_and_stops_no_save(storage: CaseStorage, path: Path) -> None:
    left = temporary_path(path)
    left.write_bytes(b"half of the answers")
    storage.write(TWO)
    assert not left.exists()
    left.write_bytes(b"half of the answers")
    remove_temporary(path)
    assert not left.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="links take a right of their own on Windows")
def test_nobody_can_lead_a_save_elsewhere_with_a_link(storage: CaseStorage, path: Path, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"untouched")
    temporary_path(path).symlink_to(victim)
    storage.write(TWO)
    assert victim.read_bytes() == b"untouched"
    assert CaseStorage(path).read() == TWO


@pytest.mark.skipif(sys.platform == "win32", reason="links take a right of their own on Windows")
def test_a_case_that_was_moved_behind_a_link_stays_there(storage: CaseStorage, path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other drive"
    other.mkdir()
    path.rename(other / path.name)
    path.symlink_to(other / path.name)
    CaseStorage(path).write(TWO)
    assert path.is_symlink()
    assert CaseStorage(other / path.name).read() == TWO


def test_the_disk_is_waited_for_in_order(storage: CaseStorage, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []

    def noted(name: str) -> None:
        real = getattr(disk, name)

        def call(*given: object) -> object:
            calls.append(name)
            return real(*given)

        monkeypatch.setattr(disk, name, call)

    for name in ("open_new", "write_all", "flush", "replace", "sync_folder"):
        noted(name)
    storage.write(TWO)
    assert calls == ["open_new", "write_all", "flush", "replace", "sync_folder"]


def test_a_value_json_cannot_hold_is_refused_before_the_disk(storage: CaseStorage, path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(StoreError):
        storage.write({"meetings": {"1": {"answers": {"x": {"value": float("nan")}}}}})
    assert path.read_bytes() == before
    storage.write(TWO)


def test_a_drive_that_sets_the_time_later_stops_no_save(
    storage: CaseStorage, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some set it at the close: what the file was when it was written is not what it is at the next save."""
    put = replace_file

    def later(place: Path, *rest: Any, **named: Any) -> os.stat_result:
        about = put(place, *rest, **named)
        os.utime(place, ns=(5, 5))
        return about

    monkeypatch.setattr("iep_tui.store.tinydb_storage.replace_file", later)
    for tables in (TWO, ONE, TWO):
        storage.write(tables)
    assert CaseStorage(path).read() == TWO
    assert storage.save == 4
