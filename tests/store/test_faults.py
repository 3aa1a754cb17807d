"""Every step of a save fails once: the file is whole, old or new, and the next save succeeds."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from iep_tui.store import disk
from iep_tui.store.case_store import CaseStore
from iep_tui.store.errors import StoreError

from .sample_cases import MAYA, names, said

STEPS = ["open_new", "write_all", "flush", "close", "replace", "sync_folder", "stat_file", "may_write"]
FAULTS = [errno.ENOSPC, errno.EIO, errno.EROFS, errno.EMFILE, errno.EACCES]
OLD = said(MAYA, "old words")
NEW = said(MAYA, "new words")
NEWEST = said(MAYA, "the newest words")


def fail(monkeypatch: pytest.MonkeyPatch, step: str, number: int) -> None:
    """Let the step fail from now on; where the system can fail after a part is done, the part is done."""
    real = getattr(disk, step)

    def failing(*given: object) -> object:
        if step == "write_all":
            descriptor, data = given
            assert isinstance(descriptor, int)
            assert isinstance(data, bytes)
            os.write(descriptor, data[: len(data) // 2])
        if step == "close":
            real(*given)
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(disk, step, failing)


@pytest.mark.parametrize("number", FAULTS, ids=errno.errorcode.__getitem__)
@pytest.mark.parametrize("step", STEPS)
def test_a_failed_save_loses_nothing(store: CaseStore, home: Path, step: str, number: int) -> None:
    with store.create(OLD) as opened:
        with pytest.MonkeyPatch.context() as monkeypatch:
            fail(monkeypatch, step, number)
            with pytest.raises(StoreError) as told:
                opened.save(NEW)
        assert "\n" not in str(told.value)
        assert opened.case == OLD
        assert CaseStore(home).read(MAYA.id) in (OLD, NEW)
        assert names(store.folder) == [f".{MAYA.id}.lock", f"{MAYA.id}.json"]
        opened.save(NEWEST)
        assert opened.case == NEWEST
        assert CaseStore(home).read(MAYA.id) == NEWEST


@pytest.mark.parametrize("step", STEPS)
def test_the_same_save_tried_again_succeeds(store: CaseStore, home: Path, step: str) -> None:
    with store.create(OLD) as opened:
        with pytest.MonkeyPatch.context() as monkeypatch:
            fail(monkeypatch, step, errno.EIO)
            for _ in range(2):
                with pytest.raises(StoreError):
                    opened.save(NEW)
        opened.save(NEW)
        assert CaseStore(home).read(MAYA.id) == opened.case == NEW


def test_a_new_meeting_whose_folder_was_not_synced_is_not_added_twice(store: CaseStore, home: Path) -> None:
    with store.create(OLD) as opened:
        more = OLD.with_meeting(type(OLD.latest)("second", "2028-01-03", OLD.latest.answers))
        with pytest.MonkeyPatch.context() as monkeypatch:
            fail(monkeypatch, "sync_folder", errno.EIO)
            with pytest.raises(StoreError):
                opened.save(more)
        opened.save(more)
        assert CaseStore(home).read(MAYA.id) == more


@pytest.mark.parametrize("step", ["open_new", "write_all", "flush", "close", "sync_folder"])
def test_a_case_that_could_not_be_made_leaves_nothing(store: CaseStore, step: str) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        fail(monkeypatch, step, errno.EIO)
        with pytest.raises(StoreError):
            store.create(MAYA)
    assert names(store.folder) == []
    store.create(MAYA).close()
    assert store.read(MAYA.id) == MAYA


def test_a_drive_without_second_names_takes_new_cases(store: CaseStore, monkeypatch: pytest.MonkeyPatch) -> None:
    fail(monkeypatch, "link", errno.EPERM)
    store.create(MAYA).close()
    assert store.read(MAYA.id) == MAYA
    assert names(store.folder) == [f".{MAYA.id}.lock", f"{MAYA.id}.json"]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "no room left"),
        (errno.EROFS, "may not write"),
        (errno.EACCES, "may not write"),
        (errno.EIO, "fault"),
        (errno.EMFILE, "Too many files"),
        (errno.EBUSY, "could not be written"),
    ],
)
def test_what_went_wrong_is_said_in_plain_words(store: CaseStore, number: int, words: str) -> None:
    with store.create(OLD) as opened, pytest.MonkeyPatch.context() as monkeypatch:
        fail(monkeypatch, "flush", number)
        with pytest.raises(StoreError, match=words):
            opened.save(NEW)


def test_a_folder_that_is_gone_is_said_and_not_made_again(store: CaseStore, tmp_path: Path) -> None:
    with store.create(OLD) as opened:
        store.folder.rename(tmp_path / "pulled out")
        with pytest.raises(StoreError, match="not there any more"):
            opened.save(NEW)
        assert not store.folder.exists()
        (tmp_path / "pulled out").rename(store.folder)
        opened.save(NEW)
    assert store.read(MAYA.id) == NEW


@pytest.mark.skipif(os.name == "nt", reason="Windows has no folder to sync")
@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOTSUP])
def test_a_drive_that_cannot_sync_folders_still_saves(
    store: CaseStore, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    real = os.fsync

    def fsync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(number, os.strerror(number))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    with store.create(OLD) as opened:
        opened.save(NEW)
    assert store.read(MAYA.id) == NEW


def test_what_cannot_be_swept_stops_no_opening(store: CaseStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store.create(OLD).close()
    fail(monkeypatch, "remove", errno.EIO)
    with store.open(MAYA.id) as opened:
        assert opened.read_only == ""
        opened.save(NEW)
    assert store.read(MAYA.id) == NEW


@pytest.mark.parametrize("number", [errno.EIO, errno.EMFILE, errno.EACCES], ids=errno.errorcode.__getitem__)
def test_a_case_that_cannot_be_read_now_is_told_and_not_taken_for_damaged(store: CaseStore, number: int) -> None:
    with store.create(OLD) as opened:
        opened.save(NEW)
    before = names(store.folder)
    with pytest.MonkeyPatch.context() as monkeypatch:
        fail(monkeypatch, "read", number)
        [summary] = store.summaries()
        assert summary.trouble.isprintable()
        for act in (store.read, store.open):
            with pytest.raises(StoreError):
                act(MAYA.id)
    assert names(store.folder) == before
    with store.open(MAYA.id) as again:
        assert again.case == NEW
        assert again.notice == ""
