"""Keeps the machine out of every test: no real home folder, no data of the developer, no settings of a shell."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True, scope="session")
def _away_from_this_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Every way to a person's own files leads to an empty folder of the tests."""
    empty = tmp_path_factory.mktemp("nobody")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "IEP_TUI_HOME"):
            patch.setenv(name, str(empty))
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DOCUMENTS_DIR", "TEXTUAL", "NO_COLOR"):
            patch.delenv(name, raising=False)
        yield
