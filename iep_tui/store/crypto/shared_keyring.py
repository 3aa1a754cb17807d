"""The file of the keyring shared by all cases, and of a passphrase change in progress."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Literal

import msgspec

from iep_tui.core.text_sanitizer import clean_line
from iep_tui.i18n import _
from iep_tui.store import disk
from iep_tui.store.atomic_write import write_file
from iep_tui.store.crypto.keyring import Ring, check_ring
from iep_tui.store.data_paths import backups_folder
from iep_tui.store.errors import Damaged, Newer, StoreError, unreadable, unwritable

FORMAT = "iep-tui/seal"
VERSION = 1
_MOST_BYTES = 16_384

#: What was begun with all files and may not have reached each of them.
Doing = Literal["", "sealing", "changing", "removing"]


class SealFile(msgspec.Struct, frozen=True):
    """What stands in `seal.json`: nothing in it opens anything without the passphrase."""

    format: str
    version: int
    ring: Ring
    doing: Doing = ""


class SealPlace:
    """`seal.json` in the data folder and its copy among the backups, each written whole or not at all, 0600.

    The ring stands in the header of every file too: without this file everything opens as before, but nothing says
    that new cases are to be sealed.
    """

    def __init__(self, home: Path) -> None:
        self.path = home / "seal.json"
        self.copy = backups_folder(home) / "seal.json"

    def read(self) -> SealFile | None:
        """The file, or its copy when it is gone or damaged; None when there is neither. StoreError."""
        trouble: StoreError | None = None
        for path in (self.path, self.copy):
            try:
                return _read(path)
            except FileNotFoundError:
                continue
            except StoreError as error:
                trouble = trouble or error
        if trouble is not None:
            raise trouble
        return None

    def write(self, ring: Ring, doing: Doing) -> None:
        """Both files anew. StoreError."""
        data = msgspec.json.encode(SealFile(FORMAT, VERSION, ring, doing)) + b"\n"
        for path in (self.path, self.copy):
            try:
                disk.make_folders(path.parent)
            except OSError as error:
                raise unwritable(error) from error
            write_file(path, data, overwrite=True)

    def remove(self) -> None:
        """Neither file is there afterwards; the copy goes first, so that it never comes back alone. StoreError."""
        try:
            for path in (self.copy, self.path):
                disk.remove(path)
                with contextlib.suppress(FileNotFoundError):
                    disk.sync_folder(path.parent)
        except OSError as error:
            raise unwritable(error) from error


def _read(path: Path) -> SealFile:
    try:
        data, _about = disk.read(path, _MOST_BYTES)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise unreadable(error) from error
    try:
        found = msgspec.json.decode(data, type=SealFile)
    except (ValueError, RecursionError):
        raise _damaged(path) from None
    if found.format != FORMAT:
        raise _damaged(path)
    if found.version > VERSION:
        raise Newer(_("A newer version of this program wrote the file. Please use that version."))
    check_ring(found.ring)
    return found


def _damaged(path: Path) -> Damaged:
    words = _("The file of the passphrase for all cases is damaged: {path}.").format(path=clean_line(str(path)))
    return Damaged(words + " " + _("Move it elsewhere. Every case still opens, and knows what stood in it."))
