"""Failing system calls during a save, a full disk, and five windows at once."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from iep_tui.store.case_store import CaseStore
from iep_tui.store.errors import StoreError

from .saver_process import CASE, Saver, begin, saver, words_on_disk

pytestmark = pytest.mark.torture

FAULTS = ("ENOSPC", "EIO", "EDQUOT", "EMFILE", "EROFS")
#: What a save calls, and how often at most.
CALLS = {"openat": 4, "fchmod": 1, "write": 1, "fsync": 2, "close": 3, "rename": 1, "link,linkat": 1, "unlink": 1}


@contextmanager
def failing(strace: str, saver: Saver, calls: str, number: int, fault: str) -> Iterator[None]:
    """Make the `number`th of these system calls fail until the end of the block."""
    inject = f"inject={calls}:error={fault}:when={number}"
    command = [strace, "-f", "-p", str(saver.process.pid), "-o", os.devnull, "-e", f"trace={calls}", "-e", inject]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as tracer:
        assert tracer.stderr is not None
        said = tracer.stderr.readline()
        if "attached" not in said:
            tracer.kill()
            pytest.skip(f"strace may not attach here: {said.strip()}")
        try:
            yield
        finally:
            tracer.send_signal(signal.SIGINT)


@pytest.mark.parametrize("fault", FAULTS)
def test_every_system_call_of_a_save_may_fail(tmp_path: Path, strace: str, fault: str) -> None:
    begin(tmp_path)
    before, failed, number = "old", 0, 0
    with saver(tmp_path) as window:
        assert window.said == "writing"
        for calls, times in CALLS.items():
            for time in range(1, times + 1):
                number += 1
                words = f"words {number} under a {calls} that says {fault}"
                with failing(strace, window, calls, time, fault):
                    saved = window.save(words)
                failed += not saved
                there = words_on_disk(tmp_path)
                assert there == words if saved else there in (before, words), (calls, time)
                before = f"words {number} after it"
                assert window.save(before), f"the next save works again: {calls} {time}"
                assert words_on_disk(tmp_path) == before
    assert failed >= 4, "else nothing was hit"
    with CaseStore(tmp_path).open(CASE) as again:
        assert again.notice == ""


def test_a_small_disk_that_fills_up(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if not sys.platform.startswith("linux"):
        pytest.skip("a small disk in memory takes Linux")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", str(disk)], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"this user may not mount a small disk: {mounted.stderr.strip()}")
    try:
        begin(disk / "data")
        saved = "old"
        with saver(disk / "data") as window:
            for size in range(4_000, 200_000, 8_000):
                words = f"{size} " + "x" * size
                if not window.save(words):
                    break
                saved = words
            else:
                pytest.fail("the disk never filled up")
            assert words_on_disk(disk / "data") == saved
            assert not window.save("y" * 150_000)
            assert words_on_disk(disk / "data") == saved
            assert not list((disk / "data" / "cases").glob("*.tmp")), "a save that failed leaves no copy behind"
            subprocess.run(["mount", "-o", "remount,size=8m", str(disk)], check=True)
            assert window.save("y" * 150_000), "with room again the same words are saved"
        assert words_on_disk(disk / "data") == "y" * 150_000
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.mark.parametrize("count", [2, 5])
def test_many_windows_at_once(tmp_path: Path, count: int) -> None:
    """One writes, the others read and say so; when it is killed, the next to open writes, and nothing is missing."""
    begin(tmp_path)
    from contextlib import ExitStack

    with ExitStack() as stack:
        windows = [stack.enter_context(saver(tmp_path)) for _ in range(count)]
        writing = [one for one in windows if one.said == "writing"]
        assert len(writing) == 1
        assert all("another window" in one.said for one in windows if one not in writing)
        for number in range(30):
            for one in windows:
                assert one.save(f"words {number}") == (one in writing)
        writing[0].process.kill()
        writing[0].process.wait()
        assert words_on_disk(tmp_path) == "words 29"
        with saver(tmp_path) as after:
            assert after.said == "writing", "the lock of a dead process is no obstacle"
            assert after.save("after it")
    assert words_on_disk(tmp_path) == "after it"


def test_a_folder_that_became_read_only_is_said(tmp_path: Path) -> None:
    begin(tmp_path)
    with CaseStore(tmp_path).open(CASE) as file, pytest.MonkeyPatch.context() as patch:
        real = os.open

        def refuse(path: str, flags: int, *more: int) -> int:
            if flags & os.O_CREAT:
                raise OSError(errno.EROFS, os.strerror(errno.EROFS))
            return real(path, flags, *more)

        patch.setattr(os, "open", refuse)
        meeting = file.case.latest
        changed = file.case.with_meeting(type(meeting)(meeting.id, "2028-01-03", meeting.answers))
        with pytest.raises(StoreError, match="may not write"):
            file.save(changed)
    assert words_on_disk(tmp_path) == "old"
