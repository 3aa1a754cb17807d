"""Rekeying of one file: encrypt it, change its keyring, or decrypt it. The file is intact at every moment."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import msgspec

from iep_tui.core.checksums import sha256_hex
from iep_tui.i18n import _
from iep_tui.store import disk
from iep_tui.store.atomic_write import replace_file
from iep_tui.store.case_file_format import (
    MAX_CASE_FILE_BYTES,
    MAX_HEADER_BYTES,
    Header,
    close_body,
    join_file,
    open_body,
    read_header,
    unpack,
)
from iep_tui.store.crypto.envelope import KeyStore, Seal, check_seal
from iep_tui.store.crypto.keyring import Keyring
from iep_tui.store.errors import CaseDamaged, NewerVersion, StoreError

#: Format of a sealed file that could not be read as a case: its body is the original file, byte for byte.
KEPT_FILE_FORMAT = "iep-tui/kept"
_ANY_SCHEMA = 2**31


class RekeyTarget(msgspec.Struct, frozen=True):
    """The desired state of a file: sealed under `ring`, or decrypted if that is None."""

    ring: Keyring | None
    for_all: bool = False


def header_of(path: Path) -> Header | None:
    """Parse the header from the first line alone; None if it is not a case file's.

    OSError; StoreError for an invalid seal.
    """
    data, _about = disk.read(path, MAX_HEADER_BYTES)
    line, _newline, body = data.partition(b"\n")
    try:
        header = read_header(line, _ANY_SCHEMA)
    except CaseDamaged:
        return _kept_header(line)
    # A token body means an encrypted file, even if its header has lost the seal.
    return header if header.seal is not None or body.startswith(b"{") else None


def matches_target(path: Path, target: RekeyTarget) -> bool:
    """Return True if the file's header already matches `target`. OSError."""
    try:
        header = header_of(path)
    except StoreError:
        return False
    seal = header.seal if header is not None else None
    if target.ring is None or seal is None:
        return target.ring is None and seal is None
    return seal.ring == target.ring and seal.for_all == target.for_all


def check_decryptable(path: Path, keys: KeyStore) -> None:
    """Raise CaseDamaged or CaseSealed if the file cannot be decrypted. OSError; nothing is written."""
    data, _about = disk.read(Path(os.path.realpath(path)), MAX_CASE_FILE_BYTES)
    open_body(*unpack(data, _ANY_SCHEMA), keys)


def rekey_file(path: Path, target: RekeyTarget, keys: KeyStore, *, whole: bool = False) -> Seal | None:
    """Change the file to the state `target`, keeping its timestamps, and return its new seal.

    With the same keyring only the header changes; otherwise the file gets a new key. A file that cannot be read as a
    case is sealed byte for byte, or raises CaseDamaged with `whole`. CaseSealed if a key is missing. OSError and
    StoreError leave the file as it was.
    """
    path = Path(os.path.realpath(path))
    data, about = disk.read(path, MAX_CASE_FILE_BYTES)
    header, body = _parts(data)
    if header is None:
        if whole:
            unpack(data, _ANY_SCHEMA)
        if target.ring is None:
            return None
        new_seal = keys.new_seal(target.ring, for_all=target.for_all)
        _write(path, _packed(Header(KEPT_FILE_FORMAT, 1, 0, "", 0, new_seal), keys.close(new_seal, data)), about)
        return new_seal
    seal = _next_seal(header.seal, target, keys)
    if seal == header.seal:
        return seal
    same_key = seal is not None and header.seal is not None and seal.key == header.seal.key
    if not same_key:
        body = close_body(open_body(header, body, keys), seal, keys)
    if header.format == KEPT_FILE_FORMAT and seal is None:
        _write(path, body, about)
    else:
        _write(path, _packed(msgspec.structs.replace(header, seal=seal), body), about)
    return seal


def _next_seal(seal: Seal | None, target: RekeyTarget, keys: KeyStore) -> Seal | None:
    if target.ring is None:
        return None
    if seal is not None and seal.ring.id == target.ring.id:
        return msgspec.structs.replace(seal, ring=target.ring, for_all=target.for_all)
    return keys.new_seal(target.ring, for_all=target.for_all)


def _parts(data: bytes) -> tuple[Header | None, bytes]:
    """Return header and body of a valid file, or None and the data for an unreadable one.

    CaseDamaged for a damaged sealed file, which holds no readable text.
    """
    line, _newline, body = data.partition(b"\n")
    kept_header = _kept_header(line)
    if kept_header is not None:
        if sha256_hex(body) != kept_header.sha256:
            raise CaseDamaged(_("The file is damaged: it is not as it was saved."))
        return kept_header, body
    try:
        return unpack(data, _ANY_SCHEMA)
    except NewerVersion:
        raise
    except CaseDamaged:
        with contextlib.suppress(CaseDamaged):
            if read_header(line, _ANY_SCHEMA).seal is not None:  # none of it is readable text
                raise
        return None, data


def _kept_header(line: bytes) -> Header | None:
    if len(line) > MAX_HEADER_BYTES:
        return None
    try:
        header = msgspec.json.decode(line, type=Header)
    except (ValueError, RecursionError):
        return None
    if header.format != KEPT_FILE_FORMAT or header.seal is None:
        return None
    check_seal(header.seal)
    return header


def _packed(header: Header, body: bytes) -> bytes:
    complete_header = msgspec.structs.replace(header, sha256=sha256_hex(body), length=len(body))
    return join_file(complete_header, body)


def _write(path: Path, data: bytes, about: os.stat_result) -> None:
    replace_file(path, data, path.with_name(f".{path.stem}.tmp"))
    with contextlib.suppress(OSError):
        disk.copy_times(path, about)
    disk.sync_folder(path.parent)
