"""A file for a person: whole or not at all, and over another only when that was said."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from iep_tui.store import disk
from iep_tui.store.atomic_write import check_target, write_file
from iep_tui.store.errors import IdTaken, StoreError

from .sample_cases import names


def test_a_new_file(tmp_path: Path) -> None:
    write_file(tmp_path / "sheet.md", b"words", overwrite=False)
    assert (tmp_path / "sheet.md").read_bytes() == b"words"
    assert names(tmp_path) == ["sheet.md"]


def test_a_file_that_is_there_stays_unless_it_was_said(tmp_path: Path) -> None:
    path = tmp_path / "sheet.md"
    path.write_bytes(b"mine")
    with pytest.raises(IdTaken, match="already"):
        write_file(path, b"words", overwrite=False)
    assert path.read_bytes() == b"mine"
    write_file(path, b"words", overwrite=True)
    assert path.read_bytes() == b"words"
    assert names(tmp_path) == ["sheet.md"]


def test_a_file_that_comes_between_the_look_and_the_write_stays(tmp_path: Path) -> None:
    path = tmp_path / "sheet.md"
    real = disk.flush

    def slow(descriptor: int) -> None:
        path.write_bytes(b"theirs")
        real(descriptor)

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(disk, "flush", slow)
        with pytest.raises(IdTaken):
            write_file(path, b"words", overwrite=False)
    assert path.read_bytes() == b"theirs"
    assert names(tmp_path) == ["sheet.md"]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in lists of its own, not in modes")
def test_who_may_read_a_replaced_file_stays_as_the_person_chose(tmp_path: Path) -> None:
    path = tmp_path / "sheet.md"
    path.write_bytes(b"")
    path.chmod(0o640)
    write_file(path, b"words", overwrite=True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.skipif(sys.platform == "win32", reason="links take a right of their own on Windows")
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.md").write_bytes(b"old")
    (tmp_path / "link.md").symlink_to("real.md")
    write_file(tmp_path / "link.md", b"new", overwrite=True)
    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "real.md").read_bytes() == b"new"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("folder", "is a folder"),
        ("none/sheet.md", "no folder"),
        ("a\x00b", "cannot be the name"),
        ("x" * 300, "cannot be the name"),
    ],
)
def test_where_nothing_can_be_written(tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(StoreError, match=words) as told:
        write_file(tmp_path / name, b"words", overwrite=True)
    assert str(told.value).isprintable()
    with pytest.raises(StoreError) as before:
        check_target(tmp_path / name, overwrite=True)
    assert str(before.value) == str(told.value)
    assert names(tmp_path) == ["folder"]


def test_a_name_that_is_free_is_expected_to_work_and_nothing_is_written(tmp_path: Path) -> None:
    check_target(tmp_path / "sheet.md", overwrite=False)
    assert names(tmp_path) == []
    (tmp_path / "sheet.md").write_bytes(b"old")
    check_target(tmp_path / "sheet.md", overwrite=True)
    with pytest.raises(IdTaken, match="already"):
        check_target(tmp_path / "sheet.md", overwrite=False)
    assert (tmp_path / "sheet.md").read_bytes() == b"old"


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="Windows has no devices in folders")
def test_a_device_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="not an ordinary file"):
        write_file(Path("/dev/null"), b"words", overwrite=True)


@pytest.mark.parametrize("step", ["open_new", "write_all", "flush", "replace"])
def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path, step: str) -> None:
    path = tmp_path / "sheet.md"
    path.write_bytes(b"old")

    def failing(*given: object) -> None:
        raise OSError(errno.ENOSPC, "")

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(disk, step, failing)
        with pytest.raises(StoreError, match="no room"):
            write_file(path, b"words", overwrite=True)
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["sheet.md"]


def test_a_scanner_that_holds_the_file_is_waited_out_on_windows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "new").write_bytes(b"new")
    real, tries = os.replace, 0

    def held(source: Path, target: Path) -> None:
        nonlocal tries
        tries += 1
        if tries < 4:
            raise PermissionError(errno.EACCES, "in use")
        real(source, target)

    monkeypatch.setattr(os, "replace", held)
    monkeypatch.setattr("iep_tui.store.disk.sys.platform", "win32")
    monkeypatch.setattr("iep_tui.store.disk.time.sleep", lambda seconds: None)
    disk.replace(tmp_path / "new", tmp_path / "old")
    assert (tries, names(tmp_path)) == (4, ["old"])
    tries = -100
    (tmp_path / "new").write_bytes(b"newer")
    with pytest.raises(PermissionError):
        disk.replace(tmp_path / "new", tmp_path / "old")
    assert (tmp_path / "old").read_bytes() == b"new"


@pytest.mark.skipif(sys.platform == "win32", reason="fcntl is a module of POSIX systems")
@pytest.mark.parametrize("knows_it", [True, False])
def test_on_a_mac_the_disks_own_cache_is_emptied_too(monkeypatch: pytest.MonkeyPatch, knows_it: bool) -> None:
    calls: list[object] = []

    def full(descriptor: int, command: int) -> int:
        calls.append(command)
        if not knows_it:
            raise OSError(errno.ENOTSUP, "")
        return 0

    monkeypatch.setattr("iep_tui.store.disk.sys.platform", "darwin")
    monkeypatch.setattr("fcntl.F_FULLFSYNC", 51, raising=False)
    monkeypatch.setattr("fcntl.fcntl", full)
    monkeypatch.setattr(os, "fsync", lambda descriptor: calls.append("fsync"))
    disk.flush(7)
    assert calls == ([51] if knows_it else [51, "fsync"])
