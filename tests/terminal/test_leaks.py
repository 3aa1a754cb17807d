"""Leaks of a terminal program: key logs, screenshots, temporary files, core dumps, open file modes."""

from __future__ import annotations

import os
import signal
import stat
import sys
from pathlib import Path

import pytest

from .conftest import IN_A_TERMINAL, asked
from .driver import Terminal

pytestmark = IN_A_TERMINAL

SECRET = "Xylophone"


def test_a_killed_program_leaves_words_only_where_they_belong(home: Path, tmp_path: Path) -> None:
    """Textual's switches for logs and pictures are set, the umask is open, and core dumps are allowed."""
    folder, temporary = tmp_path / "person", tmp_path / "tmp"
    folder.mkdir()
    temporary.mkdir()
    more = {
        "TMPDIR": str(temporary),
        "TEXTUAL_LOG": str(tmp_path / "keys.log"),
        "TEXTUAL_DEBUG": "1",
        "TEXTUAL_SCREENSHOT": "1",
        "TEXTUAL_SCREENSHOT_LOCATION": str(tmp_path),
    }
    before = os.umask(0)
    try:
        window = Terminal(home, folder, more=more)
    finally:
        os.umask(before)
    try:
        window.wait_for("Start for a new child")
        window.press("enter")
        window.wait_for(asked("child-name"))
        window.type(SECRET)
        window.wait_until_saved(SECRET)
        if sys.platform.startswith("linux"):
            limits = Path(f"/proc/{window.pid}/limits").read_text()
            [core] = [line for line in limits.splitlines() if line.startswith("Max core file size")]
            assert core.split()[4] == "0"
        window.kill(signal.SIGKILL)
    finally:
        window.close()
    found = [path for path in tmp_path.rglob("*") if path.is_file()]
    holding = [path for path in found if SECRET.encode() in path.read_bytes()]
    assert holding
    assert all(home in path.parents for path in holding), holding
    assert not list(temporary.iterdir())
    assert not (tmp_path / "keys.log").exists()
    for path in (home, *home.rglob("*")):
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), path


@pytest.mark.parametrize("name", ["SIGABRT", "SIGSEGV"])
def test_a_program_that_falls_over_leaves_no_core(home: Path, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "person"
    folder.mkdir()
    window = Terminal(home, folder)
    try:
        window.wait_for("Start for a new child")
        window.kill(signal.Signals[name])
    finally:
        window.close()
    assert not [path for path in folder.rglob("core*") if path.is_file()]
