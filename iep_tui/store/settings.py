"""Program settings, kept between runs. Nothing about a child."""

from __future__ import annotations

from pathlib import Path

import msgspec

from iep_tui.store import disk
from iep_tui.store.atomic_write import write_file
from iep_tui.store.errors import StoreError

_MAX_BYTES = 100_000
#: Default minutes of inactivity before sealed cases are locked again; 0 means never.
DEFAULT_LOCK_MINUTES = 10
_MINUTES_PER_DAY = 24 * 60


class _StoredSettings(msgspec.Struct):
    theme: str = ""
    lock_after: int = DEFAULT_LOCK_MINUTES


class Settings:
    """The content of `settings.json` in the data folder. An unreadable file counts as default settings."""

    def __init__(self, home: Path) -> None:
        self._path = home / "settings.json"
        try:
            data, _about = disk.read(self._path, _MAX_BYTES)
            self._stored = msgspec.json.decode(data, type=_StoredSettings)
        except (OSError, ValueError, RecursionError):
            self._stored = _StoredSettings()

    @property
    def theme(self) -> str:
        """The name of the chosen theme, "" for none."""
        return self._stored.theme

    @property
    def lock_after(self) -> int:
        """Minutes of inactivity before sealed cases are locked again; 0 means never."""
        return self._stored.lock_after if 0 <= self._stored.lock_after <= _MINUTES_PER_DAY else DEFAULT_LOCK_MINUTES

    def keep(self, *, theme: str | None = None, lock_after: int | None = None) -> bool:
        """Save the given settings. Return False if they could not be written, which is not fatal."""
        self._stored = _StoredSettings(
            self._stored.theme if theme is None else theme,
            self._stored.lock_after if lock_after is None else lock_after,
        )
        try:
            disk.make_folders(self._path.parent)
            write_file(self._path, msgspec.json.encode(self._stored) + b"\n", overwrite=True)
        except (StoreError, OSError):
            return False
        return True
