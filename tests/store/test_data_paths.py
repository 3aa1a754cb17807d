"""The data folder: where it is told to be, else where the system keeps such things."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from iep_tui.store.data_paths import cases_folder, data_folder, own_questions_folder


def test_a_folder_that_is_named_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("IEP_TUI_HOME", str(tmp_path / "mine"))
    assert data_folder() == tmp_path / "mine"
    assert not (tmp_path / "mine").exists()


def test_a_relative_name_is_made_whole(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IEP_TUI_HOME", "mine")
    assert data_folder() == tmp_path / "mine"


@pytest.mark.skipif(sys.platform != "linux", reason="the folder's place is the system's choice; this one is Linux's")
def test_else_the_systems_own_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("IEP_TUI_HOME", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert data_folder() == tmp_path / "iep-tui"


def test_what_is_in_it(tmp_path: Path) -> None:
    assert cases_folder(tmp_path) == tmp_path / "cases"
    assert own_questions_folder(tmp_path) == tmp_path / "questions"


def test_listing_cases_loads_neither_database_nor_lock() -> None:
    program = (
        "import sys; from pathlib import Path; from iep_tui.store.case_store import CaseStore;"
        "CaseStore(Path('none')).summaries();"
        "print([name for name in ('tinydb', 'filelock', 'platformdirs', 'textual') if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
