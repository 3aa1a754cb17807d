"""Isolation of every test from the developer's machine: its home, its settings, and its speed."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from hypothesis import settings

# A deadline would be a timed test: machines are shared, and slow now and then.
settings.register_profile("iep-tui", deadline=None)
settings.load_profile("iep-tui")

# A shell that starts the tests in the background has them ignore Ctrl-C, and so would every program that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def no_real_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own for each test, with nothing in it, and the data folder inside."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DOCUMENTS_DIR", "IEP_TUI_PLAIN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("IEP_TUI_HOME", str(home / "iep-tui"))
    return home


class Endless:
    """A worker for `subprocess_worker` that receives `data` and never replies; `pid` is known once it was called."""

    module = "tests.endless_worker"

    def __init__(self, told: Path) -> None:
        self._told = told

    @property
    def data(self) -> bytes:
        return os.fsencode(self._told)

    @property
    def pid(self) -> int:
        words = self._told.read_text(encoding="utf-8") if self._told.exists() else ""
        return int(words or 0)

    @property
    def is_there(self) -> bool:
        """Whether the process is alive; a zombie is not."""
        if not self.pid:
            return False
        if Path("/proc/self/stat").exists():
            try:
                return Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
            except OSError:
                return False
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        return True


@pytest.fixture
def endless(tmp_path_factory: pytest.TempPathFactory) -> Endless:
    return Endless(tmp_path_factory.mktemp("endless") / "pid")
