"""TinyDB storage that cannot lose what it reported as saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tinydb.storages import Storage

from iep_tui.i18n import _
from iep_tui.store import disk
from iep_tui.store.atomic_write import put_in_place
from iep_tui.store.case_file_format import (
    MAX_CASE_FILE_BYTES,
    Tables,
    close_body,
    open_body,
    pack,
    parse_body,
    serialise,
    unpack,
)
from iep_tui.store.crypto.envelope import KeyStore, Seal
from iep_tui.store.errors import ChangedOnDisk, IdTaken, ReadOnlyCase, StoreError, unreadable_error, unwritable_error
from iep_tui.store.migrations import CURRENT, Migrations, keep_older

if TYPE_CHECKING:
    import os

#: What tells one state of a file from another: device, inode, size, time of the last change.
_Signature = tuple[int, int, int, int]


def temporary(path: Path) -> Path:
    """The one name that a save of `path` writes under before it is whole."""
    return path.with_name(f".{path.stem}.tmp")


def sweep(path: Path) -> None:
    """Remove what a save of `path`, which is no link, left when it was killed: it is a copy of the answers. Only under
    the lock. OSError."""
    disk.remove(temporary(path))


def _signature(about: os.stat_result) -> _Signature:
    return about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns


class CaseStorage(Storage):
    """The tables of one case in one file.

    `path` is the file; with `new` it is made by the first write and must not be there yet. Whoever opens one to
    write holds the case's lock. Reading raises StoreError, Damaged or Newer at once; writing raises StoreError
    in a calm line, and then the file is whole, old or new, and a later write can succeed. `before_save` is called
    with the path, its count of saves and what the system says of it when that state is about to be replaced. A sealed
    file needs its key in `keys`, else Sealed; a new one is sealed when it is given a `seal`. `real` is where `path`
    leads, for who knows it already.
    """

    def __init__(
        self,
        path: Path,
        *,
        new: bool = False,
        history: Migrations = CURRENT,
        before_save: Callable[[Path, int, os.stat_result], None] | None = None,
        keys: KeyStore | None = None,
        seal: Seal | None = None,
        real: Path | None = None,
    ) -> None:
        self.path = real or disk.real(path)  # a link stays a link
        self._aside: Path | None = None
        self._beside = Path()
        self.history = history
        self.save = 0
        self.seal = seal
        self._keys = KeyStore() if keys is None else keys
        self._before_save = before_save
        self._new = new
        self._body = b""
        #: What the system said of the file when it was read.
        self.about: os.stat_result | None = None
        self._signature: _Signature | None = None
        self._older: tuple[int, bytes] | None = None
        self._folder_behind = False
        if not new:
            self._load()

    def _load(self) -> None:
        try:
            data, about = disk.read(self.path, MAX_CASE_FILE_BYTES)
        except OSError as error:
            raise unreadable_error(error) from error
        header, body = unpack(data, self.history.schema)
        self.seal = header.seal
        body = open_body(header, body, self._keys)
        if header.schema < self.history.schema:
            self._older = (header.schema, data)
            body = serialise(self.history.bring_up(parse_body(body), header.schema))
        self.save = header.save
        self._body = body
        self.about = about
        self._signature = _signature(about)

    @property
    def body(self) -> bytes:
        """What the file holds in clear, in today's version; b"" before the first write."""
        return self._body

    def read(self) -> Tables | None:
        """The tables as they are on the disk, for TinyDB to change as it likes; None before the first write."""
        return None if self._new else parse_body(self._body)

    def write(self, data: Tables) -> None:
        """Put the tables on the disk; only after it returns are they saved. Nothing is written twice."""
        self.put(serialise(data))

    def put(self, body: bytes) -> None:
        """`write` for who has the body of the tables already."""
        if not self._new and body == self._body and self._older is None:
            self._settle()
            return
        packed = pack(close_body(body, self.seal, self._keys), self.history.schema, self.save + 1, self.seal)
        try:
            about = self._check()
            if self._older is not None:
                keep_older(self.path, *self._older)
            if self._before_save is not None and about is not None:
                self._before_save(self.path, self.save, about)
            if self._aside is None:
                self._aside, self._beside = temporary(self.path), self.path.parent
            about = put_in_place(self.path, packed, self._aside, new=self._new)
        except FileExistsError as error:
            raise IdTaken(_("There is a case of this name already. It was left as it is.")) from error
        except OSError as error:
            raise unwritable_error(error) from error
        # The file is the new one now, whatever becomes of the folder: a later save must know it as its own.
        self.save += 1
        self._new = False
        self._older = None
        self._body = body
        self._signature = _signature(about)
        self._folder_behind = True
        self._settle()

    def _settle(self) -> None:
        if self._folder_behind:
            try:
                disk.sync_folder(self._beside)
            except OSError as error:
                raise unwritable_error(error) from error
            self._folder_behind = False

    def _check(self) -> os.stat_result | None:
        """The file is still the one we know, and may be written: what the system says of it.

        None for one that is not there yet, or gone: it may be written anew.
        """
        if self._new:
            return None
        try:
            about = disk.look(self.path)
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
        """Whether the file that came in the place of ours is ours word for word, as after a sync."""
        try:
            data, _about = disk.read(self.path, MAX_CASE_FILE_BYTES)
            if self._older is not None:
                return data == self._older[1]
            header, body = unpack(data, self.history.schema)
            body = open_body(header, body, self._keys)
        except (OSError, StoreError):
            return False
        return header.save == self.save and body == self._body
