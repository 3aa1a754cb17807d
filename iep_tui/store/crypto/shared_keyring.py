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
from iep_tui.store.crypto.keyring import Keyring, check_keyring
from iep_tui.store.data_paths import backups_folder
from iep_tui.store.errors import CaseDamaged, NewerVersion, StoreError, unreadable_error, unwritable_error

SHARED_KEYRING_FORMAT = "iep-tui/seal"
SHARED_KEYRING_VERSION = 1
_MOST_BYTES = 16_384

#: What was begun with all files and may not have reached each of them.
ChangeUnderWay = Literal["", "sealing", "changing", "removing"]


class SharedKeyring(msgspec.Struct, frozen=True):
    """What stands in `seal.json`: nothing in it opens anything without the passphrase."""

    format: str
    version: int
    ring: Keyring
    doing: ChangeUnderWay = ""


class SharedKeyringFile:
    """`seal.json` in the data folder and its copy among the backups, each written whole or not at all, 0600.

    The ring stands in the header of every file too: without this file everything opens as before, but nothing says
    that new cases are to be sealed.
    """

    def __init__(self, home: Path) -> None:
        self.path = home / "seal.json"
        self.copy = backups_folder(home) / "seal.json"

    def read(self) -> SharedKeyring | None:
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

    def write(self, ring: Keyring, doing: ChangeUnderWay) -> None:
        """Both files anew. StoreError."""
        data = msgspec.json.encode(SharedKeyring(SHARED_KEYRING_FORMAT, SHARED_KEYRING_VERSION, ring, doing)) + b"\n"
        for path in (self.path, self.copy):
            try:
                disk.make_folders(path.parent)
            except OSError as error:
                raise unwritable_error(error) from error
            write_file(path, data, overwrite=True)

    def remove(self) -> None:
        """Neither file is there afterwards; the copy goes first, so that it never comes back alone. StoreError."""
        try:
            for path in (self.copy, self.path):
                disk.remove(path)
                with contextlib.suppress(FileNotFoundError):
                    disk.sync_folder(path.parent)
        except OSError as error:
            raise unwritable_error(error) from error


def _read(path: Path) -> SharedKeyring:
    try:
        data, _about = disk.read(path, _MOST_BYTES)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise unreadable_error(error) from error
    try:
        found = msgspec.json.decode(data, type=SharedKeyring)
    except (ValueError, RecursionError):
        raise _damaged(path) from None
    if found.format != SHARED_KEYRING_FORMAT:
        raise _damaged(path)
    if found.version > SHARED_KEYRING_VERSION:
        raise NewerVersion(_("A newer version of this program wrote the file. Please use that version."))
    check_keyring(found.ring)
    return found


def _damaged(path: Path) -> CaseDamaged:
    words = _("The file of the passphrase for all cases is damaged: {path}.").format(path=clean_line(str(path)))
    return CaseDamaged(words + " " + _("Move it elsewhere. Every case still opens, and knows what stood in it."))
