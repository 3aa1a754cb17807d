"""What the person chose for the program itself (not for a child): light or dark."""

from __future__ import annotations

import contextlib
from pathlib import Path

import msgspec

from iep_tui.store.files import private_folder, replace_file


class _Saved(msgspec.Struct):
    theme: str = ""


class Settings:
    """Kept in settings.json in the data folder. A setting that cannot be read or kept is no reason to stop."""

    def __init__(self, home: Path) -> None:
        self._path = home / "settings.json"
        try:
            self._saved = msgspec.json.decode(self._path.read_bytes(), type=_Saved)
        except (OSError, msgspec.MsgspecError):
            self._saved = _Saved()

    @property
    def theme(self) -> str:
        return self._saved.theme

    def keep(self, *, theme: str) -> None:
        self._saved.theme = theme
        with contextlib.suppress(OSError):
            private_folder(self._path.parent)
            replace_file(self._path, msgspec.json.encode(self._saved))
