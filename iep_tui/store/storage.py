"""A TinyDB storage whose file is always whole: one line that says what it is, then the answers as JSON."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

import msgspec
from tinydb.storages import Storage

from iep_tui.language import _
from iep_tui.store.errors import Damaged, Newer, StoreError, from_os
from iep_tui.store.files import NotSynced, replace_file

FORMAT = "iep-tui/case"
SCHEMA = 1
#: More than this no family writes; a larger file is not ours.
MOST_BYTES = 64 * 1024 * 1024

_Seen = tuple[int, int, int]


class Header(msgspec.Struct, frozen=True):
    """The first line of a case's file. `sha256` and `length` are those of the bytes after it."""

    format: str
    schema: int
    save: int
    sha256: str
    length: int


def unpack(data: bytes) -> tuple[Header, bytes]:
    """The header and the body of a case's file. Raises Damaged or Newer."""
    line, _newline, body = data.partition(b"\n")
    try:
        header = msgspec.json.decode(line, type=Header)
    except msgspec.MsgspecError:
        raise Damaged(_("This file is damaged: it does not begin as it should.")) from None
    if header.format != FORMAT:
        raise Damaged(_("This file is damaged: it does not begin as it should."))
    if header.schema > SCHEMA:
        raise Newer(_("This file comes from a newer version of iep-tui. Please update iep-tui to open it."))
    if header.length != len(body) or header.sha256 != hashlib.sha256(body).hexdigest():
        raise Damaged(_("This file is damaged: it is not as it was saved."))
    return header, body


def pack(body: bytes, save: int, schema: int = SCHEMA) -> bytes:
    """The bytes of a case's file."""
    header = Header(FORMAT, schema, save, hashlib.sha256(body).hexdigest(), len(body))
    return msgspec.json.encode(header) + b"\n" + body


class CaseStorage(Storage):
    """Reads and writes one case. The caller holds its lock for as long as it writes.

    It refuses to write over a file that another program changed since our last look, and over one that is damaged
    or newer. What it wrote last it keeps as bytes and parses afresh: TinyDB changes what it is given.
    """

    def __init__(self, path: str | Path) -> None:
        # A link is kept: its target is what we replace.
        self.path = Path(os.path.realpath(path))
        self.header: Header | None = None
        self._body: bytes | None = None
        self._seen: _Seen | None = None

    def read(self) -> dict[str, dict[str, Any]] | None:
        """The tables; None when there is no file yet. Raises StoreError."""
        seen = self._look()
        if seen is None:
            if self._body is not None:
                raise StoreError(
                    _("The file of this case is gone. Your words stay here: {path}").format(path=self.path)
                )
            return None
        if self._body is None or seen != self._seen:
            if seen[1] > MOST_BYTES:
                raise Damaged(_("This file is too large to be one of ours."))
            try:
                data = self.path.read_bytes()
            except OSError as error:
                raise from_os(error, self.path) from None
            self.header, self._body = unpack(data)
            self._seen = seen
        try:
            tables: dict[str, dict[str, Any]] = msgspec.json.decode(self._body, type=dict[str, dict[str, Any]])
        except msgspec.MsgspecError:
            raise Damaged(_("This file is damaged: it is not as it was saved.")) from None
        return tables

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Put the tables on the disk. When it returns they outlive a power cut. Raises StoreError."""
        body = msgspec.json.encode(data, order="deterministic")
        if body == self._body and self._look() == self._seen:
            return
        if self._look() != self._seen:
            raise StoreError(
                _("Another program changed this file while it was open here. Nothing was written over: {path}").format(
                    path=self.path
                )
            )
        save = self.header.save + 1 if self.header is not None else 1
        packed = pack(body, save)
        try:
            replace_file(self.path, packed)
        except NotSynced as error:
            # The new file is in place: believe it, or every later save would take it for another program's.
            self._believe(body, packed)
            raise from_os(error, self.path) from None
        except OSError as error:
            raise from_os(error, self.path) from None
        self._believe(body, packed)

    def _believe(self, body: bytes, packed: bytes) -> None:
        self.header = msgspec.json.decode(packed.partition(b"\n")[0], type=Header)
        self._body = body
        self._seen = self._look()

    def _look(self) -> _Seen | None:
        """What tells that the file is still the one we know."""
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise from_os(error, self.path) from None
        return (found.st_ino, found.st_size, found.st_mtime_ns)
