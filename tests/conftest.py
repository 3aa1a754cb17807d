"""The developer's own machine stays out of every test: no real home, no settings, no clock against us."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

# A deadline would be a timed test: machines are shared, and slow now and then.
settings.register_profile("iep-tui", deadline=None)
settings.load_profile("iep-tui")


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
