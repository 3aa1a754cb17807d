"""A whole run of the real program opens no internet socket."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.terminal.conftest import IN_A_TERMINAL
from tests.terminal.driver import Terminal

pytestmark = [pytest.mark.torture, *IN_A_TERMINAL]


def test_from_the_start_to_the_sheet_no_socket_of_the_internet(tmp_path: Path, strace: str) -> None:
    log = tmp_path / "calls"
    (tmp_path / "person").mkdir()
    under = (strace, "-f", "-e", "trace=socket,connect,sendto,execve", "-o", str(log))
    window = Terminal(tmp_path / "data", tmp_path / "person", under=under)
    try:
        window.wait_for("Start for a new child")
        window.press("enter")
        window.wait_for("name of your child")
        window.type("Maya")
        window.wait_until_saved("Maya")
        window.press("f9")
        window.wait_for("Maya")
        window.press("ctrl+q")
        assert window.ended() == 0
    finally:
        window.close()
    calls = log.read_text()
    assert "execve(" in calls, "else nothing was recorded"
    assert "AF_INET" not in calls
