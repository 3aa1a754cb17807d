"""Where things are on this computer."""

from __future__ import annotations

import os
import re
from pathlib import Path

from iep_tui.store.files import private_folder

#: An id names a file, so it is letters, digits and hyphens, and nothing else.
_ID = re.compile(r"[a-z0-9][a-z0-9-]{2,63}")


def data_folder() -> Path:
    """The folder of everything of this program: IEP_TUI_HOME, or where the system keeps such data."""
    named = os.environ.get("IEP_TUI_HOME")
    if named:
        return Path(named).expanduser().absolute()
    # Loaded here: with the folder named, the quick verbs do without it.
    from platformdirs import user_data_path

    return user_data_path("iep-tui", appauthor=False)


def cases_folder(home: Path) -> Path:
    return home / "cases"


def own_questions_folder(home: Path) -> Path:
    """The user's own sets, by language: questions/en/*.md."""
    return home / "questions"


def is_id(words: str) -> bool:
    """Whether `words` may be the id of a case or a meeting."""
    return _ID.fullmatch(words) is not None


def case_path(home: Path, case_id: str) -> Path:
    """The file of a case. The id must be one (`is_id`)."""
    if not is_id(case_id):
        raise ValueError(case_id)
    return cases_folder(home) / f"{case_id}.json"


def make_folders(home: Path) -> None:
    """The data folder and the folder of cases, for this user alone."""
    private_folder(home)
    private_folder(cases_folder(home))
