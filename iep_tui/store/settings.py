"""The few choices about the program itself, kept between two starts; nothing about a child."""

from __future__ import annotations

from pathlib import Path

import msgspec

from iep_tui.store import disk
from iep_tui.store.errors import StoreError
from iep_tui.store.files import write_file

_MOST_BYTES = 100_000


class _Kept(msgspec.Struct):
    theme: str = ""


class Settings:
    """What is in `settings.json` of the data folder; what cannot be read counts as not chosen."""

    def __init__(self, home: Path) -> None:
        self._path = home / "settings.json"
        try:
            data, _about = disk.read(self._path, _MOST_BYTES)
            self._kept = msgspec.json.decode(data, type=_Kept)
        except (OSError, ValueError, RecursionError):
            self._kept = _Kept()

    @property
    def theme(self) -> str:
        """The name of the chosen looks, "" for none."""
        return self._kept.theme

    def keep(self, *, theme: str) -> bool:
        """Remember the choice; False when it could not be written, which is no reason to stop anyone."""
        self._kept = _Kept(theme)
        try:
            disk.make_folders(self._path.parent)
            write_file(self._path, msgspec.json.encode(self._kept) + b"\n", overwrite=True)
        except (StoreError, OSError):
            return False
        return True
