"""Two windows on one case: the second only reads, and says so; the lock dies with its program."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from iep_tui.store.cases import Store
from iep_tui.store.errors import Locked, ReadOnly

from .samples import MAYA, said

WINDOW = """
import sys
from pathlib import Path
from iep_tui.store.cases import Store

opened = Store(Path(sys.argv[1])).open(sys.argv[2])
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


def test_the_second_window_reads_and_says_so(store: Store, home: Path) -> None:
    store.create(MAYA).close()
    with another_window(home, "writing"):
        with store.open(MAYA.id) as second:
            assert second.case == MAYA
            assert "another window" in second.read_only
            with pytest.raises(ReadOnly, match="another window"):
                second.save(said(MAYA, "words"))
        with pytest.raises(Locked):
            store.remove(MAYA.id)
    with store.open(MAYA.id) as after_it_died:
        assert after_it_died.read_only == ""
        after_it_died.save(said(MAYA, "words"))


def test_another_program_cannot_write_what_is_open_here(store: Store, home: Path) -> None:
    with store.create(MAYA) as opened:
        with another_window(home, "another window"):
            opened.save(said(MAYA, "words"))
        assert store.read(MAYA.id) == opened.case


def test_two_windows_of_one_program_know_each_other(store: Store, home: Path) -> None:
    with store.create(MAYA):
        for other in (store, Store(home)):
            with other.open(MAYA.id) as second:
                assert "another window" in second.read_only
    with store.open(MAYA.id) as third:
        assert third.read_only == ""


def test_each_case_has_a_lock_of_its_own(store: Store) -> None:
    with store.create(MAYA), store.create(type(MAYA)("another", MAYA.meetings)) as other:
        assert other.read_only == ""
