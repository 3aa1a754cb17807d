"""Settings of the program itself, kept between starts. Nothing about a child."""

from __future__ import annotations

from pathlib import Path

import msgspec

from iep_tui.store import disk
from iep_tui.store.atomic_write import write_file
from iep_tui.store.errors import StoreError

_MOST_BYTES = 100_000
#: Minutes without a touch until sealed cases are locked again, unless another number is chosen; 0 is never.
DEFAULT_LOCK_MINUTES = 10
_DAY = 24 * 60


class _Kept(msgspec.Struct):
    theme: str = ""
    lock_after: int = DEFAULT_LOCK_MINUTES


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

    @property
    def lock_after(self) -> int:
        """Minutes without a touch until sealed cases are locked again, 0 for never."""
        return self._kept.lock_after if 0 <= self._kept.lock_after <= _DAY else DEFAULT_LOCK_MINUTES

    def keep(self, *, theme: str | None = None, lock_after: int | None = None) -> bool:
        """Remember what is given; False when it could not be written, which is no reason to stop anyone."""
        self._kept = _Kept(
            self._kept.theme if theme is None else theme,
            self._kept.lock_after if lock_after is None else lock_after,
        )
        try:
            disk.make_folders(self._path.parent)
            write_file(self._path, msgspec.json.encode(self._kept) + b"\n", overwrite=True)
        except (StoreError, OSError):
            return False
        return True
