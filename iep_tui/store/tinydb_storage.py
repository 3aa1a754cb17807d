"""TinyDB storage that cannot lose what it reported as saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tinydb.storages import Storage

from iep_tui.i18n import _
from iep_tui.store import disk
from iep_tui.store.atomic_write import replace_file
from iep_tui.store.case_file_format import (
    MAX_CASE_FILE_BYTES,
    Tables,
    close_body,
    open_body,
    pack,
    parse_body,
    serialize,
    unpack,
)
from iep_tui.store.crypto.envelope import KeyStore, Seal
from iep_tui.store.errors import ChangedOnDisk, IdTaken, ReadOnlyCase, StoreError, unreadable_error, unwritable_error
from iep_tui.store.migrations import CURRENT, Migrations, keep_older_version

if TYPE_CHECKING:
    import os

#: Identifies one state of a file: device, inode, size, modification time.
_Signature = tuple[int, int, int, int]


def temporary_path(path: Path) -> Path:
    """Return the temporary name that a save of `path` writes to."""
    return path.with_name(f".{path.stem}.tmp")


def remove_temporary(path: Path) -> None:
    """Remove the temporary file of an interrupted save of `path`, which holds answers. OSError.

    `path` must not be a symlink, and the caller must hold the lock.
    """
    disk.remove(temporary_path(path))


def _signature(about: os.stat_result) -> _Signature:
    return about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns


class CaseStorage(Storage):
    """The tables of one case in one file.

    With `new`, the first write creates the file at `path`, which must not exist. Callers that write must hold the
    case's lock. Reading raises StoreError, including CaseDamaged and NewerVersion. Writing raises StoreError with a
    message to show; the file is then intact, old or new, and a later write can succeed. `before_save` is called with
    the path, the save count and the file status just before a saved state is replaced. A sealed file needs its key in
    `keys`, otherwise CaseSealed; a new file is sealed if `seal` is given. `real` is the target of `path`, if the caller
    already knows it.
    """

    def __init__(
        self,
        path: Path,
        *,
        new: bool = False,
        migrations: Migrations = CURRENT,
        before_save: Callable[[Path, int, os.stat_result], None] | None = None,
        keys: KeyStore | None = None,
        seal: Seal | None = None,
        real: Path | None = None,
    ) -> None:
        self.path = real or disk.resolve_link(path)  # a link stays a link
        self._temporary: Path | None = None
        self._folder = Path()
        self.migrations = migrations
        self.save = 0
        self.seal = seal
        self._keys = KeyStore() if keys is None else keys
        self._before_save = before_save
        self._new = new
        self._body = b""
        #: The file's status when it was read.
        self.about: os.stat_result | None = None
        self._signature: _Signature | None = None
        self._older_version: tuple[int, bytes] | None = None
        self._folder_unsynced = False
        if not new:
            self._load()

    def _load(self) -> None:
        try:
            data, about = disk.read(self.path, MAX_CASE_FILE_BYTES)
        except OSError as error:
            raise unreadable_error(error) from error
        header, body = unpack(data, self.migrations.schema)
        self.seal = header.seal
        body = open_body(header, body, self._keys)
        if header.schema < self.migrations.schema:
            self._older_version = (header.schema, data)
            body = serialize(self.migrations.upgrade(parse_body(body), header.schema))
        self.save = header.save
        self._body = body
        self.about = about
        self._signature = _signature(about)

    @property
    def body(self) -> bytes:
        """The unencrypted content of the file in the current version; b"" before the first write."""
        return self._body

    def read(self) -> Tables | None:
        """Return a fresh copy of the tables on disk, which TinyDB may modify; None before the first write."""
        return None if self._new else parse_body(self._body)

    def write(self, data: Tables) -> None:
        """Write the tables to disk; they are saved once this returns. Unchanged tables are not written."""
        self.put(serialize(data))

    def put(self, body: bytes) -> None:
        """Like `write`, for an already serialized body."""
        if not self._new and body == self._body and self._older_version is None:
            self._sync_folder()
            return
        packed = pack(close_body(body, self.seal, self._keys), self.migrations.schema, self.save + 1, self.seal)
        try:
            about = self._check()
            if self._older_version is not None:
                keep_older_version(self.path, *self._older_version)
            if self._before_save is not None and about is not None:
                self._before_save(self.path, self.save, about)
            if self._temporary is None:
                self._temporary, self._folder = temporary_path(self.path), self.path.parent
            about = replace_file(self.path, packed, self._temporary, new=self._new)
        except FileExistsError as error:
            raise IdTaken(_("There is a case of this name already. It was left as it is.")) from error
        except OSError as error:
            raise unwritable_error(error) from error
        # The file is replaced even if syncing the folder fails: a later save must recognize it as its own.
        self.save += 1
        self._new = False
        self._older_version = None
        self._body = body
        self._signature = _signature(about)
        self._folder_unsynced = True
        self._sync_folder()

    def _sync_folder(self) -> None:
        if self._folder_unsynced:
            try:
                disk.sync_folder(self._folder)
            except OSError as error:
                raise unwritable_error(error) from error
            self._folder_unsynced = False

    def _check(self) -> os.stat_result | None:
        """Return the file's status after checking that it is unchanged and writable; None if it does not exist.

        A missing file may be written again. ReadOnlyCase, ChangedOnDisk.
        """
        if self._new:
            return None
        try:
            about = disk.stat_file(self.path)
        except FileNotFoundError:
            return None
        if not disk.may_write(self.path, about):
            raise ReadOnlyCase(_("The file may only be read: its owner has marked it so."))
        if _signature(about) == self._signature:
            return about
        if self._same_content():
            self._signature = _signature(about)
            return about
        raise ChangedOnDisk(
            _("Another program changed this case on the disk after it was opened here. Nothing was written over it.")
        )

    def _same_content(self) -> bool:
        """Return True if a replaced file has exactly our content, as after a sync."""
        try:
            data, _about = disk.read(self.path, MAX_CASE_FILE_BYTES)
            if self._older_version is not None:
                return data == self._older_version[1]
            header, body = unpack(data, self.migrations.schema)
            body = open_body(header, body, self._keys)
        except (OSError, StoreError):
            return False
        return header.save == self.save and body == self._body
