"""Platform-specific locations of the program's files."""

from __future__ import annotations

import os
from pathlib import Path


def data_folder() -> Path:
    """Return the folder of all user data: `IEP_TUI_HOME`, or the platform's default. Creates nothing."""
    chosen = os.environ.get("IEP_TUI_HOME", "")
    if chosen:
        return Path(chosen).expanduser().absolute()
    from platformdirs import user_data_path  # local import: it takes longer than reading a case

    return user_data_path("iep-tui", appauthor=False)


def cases_folder(home: Path) -> Path:
    """Return the folder with one file per case."""
    return home / "cases"


def own_questions_folder(home: Path) -> Path:
    """Return the folder of the user's own question sets, with one subfolder per language."""
    return home / "questions"


def backups_folder(home: Path) -> Path:
    """Return the folder of backups, with one subfolder per case."""
    return home / "backups"


def cache_folder(home: Path) -> Path:
    """Return the folder of data that can be regenerated at any time and says nothing about a child.

    It is the platform's cache folder, or inside the data folder if `IEP_TUI_HOME` is set.
    """
    if os.environ.get("IEP_TUI_HOME", ""):
        return home / "cache"
    from platformdirs import user_cache_path

    return user_cache_path("iep-tui", appauthor=False)
