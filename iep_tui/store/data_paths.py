"""Platform-specific locations of the program's files."""

from __future__ import annotations

import os
from pathlib import Path


def data_folder() -> Path:
    """The folder of everything kept: `IEP_TUI_HOME`, else where this system keeps a program's data.

    Nothing is made here.
    """
    chosen = os.environ.get("IEP_TUI_HOME", "")
    if chosen:
        return Path(chosen).expanduser().absolute()
    from platformdirs import user_data_path  # only here: importing it costs more than reading a case

    return user_data_path("iep-tui", appauthor=False)


def cases_folder(home: Path) -> Path:
    """The folder with one file a case."""
    return home / "cases"


def own_questions_folder(home: Path) -> Path:
    """The folder of the user's own question sets, one folder a language in it."""
    return home / "questions"


def backups_folder(home: Path) -> Path:
    """The folder with earlier states of the cases, one folder a case."""
    return home / "backups"


def cache_folder(home: Path) -> Path:
    """The folder of what can be made again at any time, nothing about a child in it: where this system keeps such
    things; inside the data folder when `IEP_TUI_HOME` names that."""
    if os.environ.get("IEP_TUI_HOME", ""):
        return home / "cache"
    from platformdirs import user_cache_path

    return user_cache_path("iep-tui", appauthor=False)
