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
_MAX_BYTES = 16_384

#: A change over all files that may not have reached every file yet.
ChangeUnderWay = Literal["", "sealing", "changing", "removing"]


class SharedKeyring(msgspec.Struct, frozen=True):
    """The content of `seal.json`. Nothing in it opens a file without the passphrase."""

    format: str
    version: int
    ring: Keyring
    doing: ChangeUnderWay = ""


class SharedKeyringFile:
    """`seal.json` in the data folder and its copy among the backups, each written atomically with mode 0600.

    The keyring is in the header of every sealed file too: without this file everything still opens, but nothing records
    that new cases are to be sealed.
    """

    def __init__(self, home: Path) -> None:
        self.path = home / "seal.json"
        self.copy = backups_folder(home) / "seal.json"

    def read(self) -> SharedKeyring | None:
        """Read the file, or its copy if it is missing or damaged; None if neither exists. StoreError."""
        first_error: StoreError | None = None
        for path in (self.path, self.copy):
            try:
                return _read(path)
            except FileNotFoundError:
                continue
            except StoreError as error:
                first_error = first_error or error
        if first_error is not None:
            raise first_error
        return None

    def write(self, ring: Keyring, doing: ChangeUnderWay) -> None:
        """Rewrite both files. StoreError."""
        data = msgspec.json.encode(SharedKeyring(SHARED_KEYRING_FORMAT, SHARED_KEYRING_VERSION, ring, doing)) + b"\n"
        for path in (self.path, self.copy):
            try:
                disk.make_folders(path.parent)
            except OSError as error:
                raise unwritable_error(error) from error
            write_file(path, data, overwrite=True)

    def remove(self) -> None:
        """Remove both files, the copy first so that it never outlives the original. StoreError."""
        try:
            for path in (self.copy, self.path):
                disk.remove(path)
                with contextlib.suppress(FileNotFoundError):
                    disk.sync_folder(path.parent)
        except OSError as error:
            raise unwritable_error(error) from error


def _read(path: Path) -> SharedKeyring:
    try:
        data, _about = disk.read(path, _MAX_BYTES)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise unreadable_error(error) from error
    try:
        shared = msgspec.json.decode(data, type=SharedKeyring)
    except (ValueError, RecursionError):
        raise _damaged(path) from None
    if shared.format != SHARED_KEYRING_FORMAT:
        raise _damaged(path)
    if shared.version > SHARED_KEYRING_VERSION:
        raise NewerVersion(_("A newer version of this program wrote the file. Please use that version."))
    check_keyring(shared.ring)
    return shared


def _damaged(path: Path) -> CaseDamaged:
    message = _("The file of the passphrase for all cases is damaged: {path}.").format(path=clean_line(str(path)))
    return CaseDamaged(
        message + " " + _("Move it elsewhere. Every case still opens, because each one has its own copy.")
    )
