"""Two windows on one case: the second only reads, and says so; the lock dies with its program."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from filelock import FileLock, Timeout

from iep_tui.store.case_lock import CaseLock
from iep_tui.store.case_store import CaseStore
from iep_tui.store.errors import CaseLocked, ReadOnlyCase

from .sample_cases import MAYA, said

WINDOW = """
import sys
from pathlib import Path
from iep_tui.store.case_store import CaseStore

opened = CaseStore(Path(sys.argv[1])).open(sys.argv[2])
print(opened.read_only or "writing", flush=True)
sys.stdin.read()
"""


@contextmanager
def another_window(home: Path, says: str) -> Iterator[subprocess.Popen[str]]:
    """Another program with the case open, killed at the end."""
    command = [sys.executable, "-c", WINDOW, str(home), MAYA.id]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as window:
        try:
            assert window.stdout is not None
            assert says in window.stdout.readline()
            yield window
        finally:
            window.kill()


def test_the_second_window_reads_and_says_so(store: CaseStore, home: Path) -> None:
    store.create(MAYA).close()
    with another_window(home, "writing"):
        with store.open(MAYA.id) as second:
            assert second.case == MAYA
            assert "another window" in second.read_only
            with pytest.raises(ReadOnlyCase, match="another window"):
                second.save(said(MAYA, "words"))
        with pytest.raises(CaseLocked):
            store.remove(MAYA.id)
    with store.open(MAYA.id) as after_it_died:
        assert after_it_died.read_only == ""
        after_it_died.save(said(MAYA, "words"))


def test_another_program_cannot_write_what_is_open_here(store: CaseStore, home: Path) -> None:
    with store.create(MAYA) as opened:
        with another_window(home, "another window"):
            opened.save(said(MAYA, "words"))
        assert store.read(MAYA.id) == opened.case


def test_two_windows_of_one_program_know_each_other(store: CaseStore, home: Path) -> None:
    with store.create(MAYA):
        for other in (store, CaseStore(home)):
            with other.open(MAYA.id) as second:
                assert "another window" in second.read_only
    with store.open(MAYA.id) as third:
        assert third.read_only == ""


def test_each_case_has_a_lock_of_its_own(store: CaseStore) -> None:
    with store.create(MAYA), store.create(type(MAYA)("another", MAYA.meetings)) as other:
        assert other.read_only == ""


def test_it_is_the_lock_that_other_programs_take(tmp_path: Path) -> None:
    """An earlier version of this program took it by the package filelock."""
    path = tmp_path / "one.lock"
    ours, theirs = CaseLock(path.parent, path.name), FileLock(str(path), timeout=0)
    assert ours.take()
    with pytest.raises(Timeout):
        theirs.acquire()
    ours.release()
    with theirs:
        assert not ours.take()
        assert not ours.held
    assert ours.take()
    ours.release()


@pytest.mark.skipif(os.name == "nt", reason="Windows takes no open file away")
def test_a_lock_whose_file_is_taken_away_meanwhile_is_no_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two windows: the one opens the file, the other lets go of it and removes it, the one locks what nobody sees."""
    path = tmp_path / "one.lock"
    real, turns = os.open, []

    def opened(name: Path, flags: int, mode: int) -> int:
        descriptor = real(name, flags, mode)
        turns.append(name)
        if len(turns) == 1:
            path.unlink()
        return descriptor

    lock, other = CaseLock(path.parent, path.name), CaseLock(path.parent, path.name)
    with monkeypatch.context() as patch:
        patch.setattr(os, "open", opened)
        assert lock.take()
    assert len(turns) == 2
    assert not other.take(), "the file that is there is the one that is locked"
    lock.release()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
@pytest.mark.parametrize("mask", [0, 0o077, 0o777])
def test_its_file_is_private_and_can_be_taken_again(tmp_path: Path, mask: int) -> None:
    path = tmp_path / "one.lock"
    lock = CaseLock(path.parent, path.name)
    old = os.umask(mask)
    try:
        assert lock.take()
    finally:
        os.umask(old)
    lock.release()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    lock.release(remove=True)
    assert path.exists(), "what is not held is not ours to remove"


@pytest.mark.skipif(os.name == "nt", reason="links take a right of their own on Windows")
def test_a_link_in_its_place_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "victim").write_bytes(b"untouched")
    (tmp_path / "one.lock").symlink_to(tmp_path / "victim")
    with pytest.raises(OSError, match="symbolic"):
        CaseLock(tmp_path, "one.lock").take()
