"""Case file format: one checksummed header line, then the JSON body."""

from __future__ import annotations

from typing import Any

import msgspec

from iep_tui.core.checksums import sha256_hex
from iep_tui.i18n import _
from iep_tui.store.crypto.envelope import KeyStore, Seal, check_seal
from iep_tui.store.errors import CaseDamaged, NewerVersion, StoreError

CASE_FILE_FORMAT = "iep-tui/case"
#: Files above this size are neither written nor read.
MAX_CASE_FILE_BYTES = 64 * 1024 * 1024
#: A sealed file's first line has about 900 bytes, an unencrypted one's about 150.
MAX_HEADER_BYTES = 4096

#: Errors raised for a value that JSON cannot hold.
_ENCODING_ERRORS = (ValueError, TypeError, OverflowError, RecursionError)

#: The data TinyDB passes to a storage: table → document number as text → document.
Tables = dict[str, dict[str, Any]]


class Header(msgspec.Struct, frozen=True, omit_defaults=True):
    """The first line of the file. `save` counts the saves; `sha256` and `length` (bytes) are those of the body on disk.

    With a `seal`, the body is a Fernet token. The checksum finds damage without any key, so damage is never reported as
    a wrong passphrase.
    """

    format: str
    schema: int
    save: int
    sha256: str
    length: int
    seal: Seal | None = None


class _MinimalHeader(msgspec.Struct):
    """The fields that every version's header has."""

    format: str
    schema: int


_HEADER = msgspec.json.Decoder(Header)
_MINIMAL_HEADER = msgspec.json.Decoder(_MinimalHeader)


def pack(body: bytes, schema: int, save: int, seal: Seal | None = None) -> bytes:
    """Return the whole file for this body, already encrypted if there is a `seal`. StoreError if it is too long."""
    header = Header(CASE_FILE_FORMAT, schema, save, sha256_hex(body), len(body), seal)
    return join_file(header, body)


def join_file(header: Header, body: bytes) -> bytes:
    """Return the file made of this header and body. StoreError if it exceeds `MAX_CASE_FILE_BYTES`."""
    data = msgspec.json.encode(header) + b"\n" + body
    if len(data) > MAX_CASE_FILE_BYTES:
        raise StoreError(_("The answers are longer than a file of this program can hold."))
    return data


def close_body(body: bytes, seal: Seal | None, keys: KeyStore) -> bytes:
    """Encrypt the body if there is a `seal`; otherwise return it unchanged. CaseSealed."""
    return body if seal is None else keys.close(seal, body)


def open_body(header: Header, body: bytes, keys: KeyStore) -> bytes:
    """Return a file's body decrypted. Raises CaseSealed if its passphrase has not been entered yet, and CaseDamaged."""
    return body if header.seal is None else keys.open(header.seal, body)


def unpack(data: bytes, schema: int) -> tuple[Header, bytes]:
    """Split a file into its header and stored body, after checking the body's length and hash. Does not decrypt.

    Raises CaseDamaged or NewerVersion. A file of a newer schema raises NewerVersion even if only its first line is
    readable.
    """
    if len(data) > MAX_CASE_FILE_BYTES:
        raise CaseDamaged(_("The file is larger than a case can be."))
    if not data:
        raise CaseDamaged(_("The file is empty. It once held answers."))
    line, newline, body = data.partition(b"\n")
    if not newline or len(line) > MAX_HEADER_BYTES:
        raise CaseDamaged(_("The file is damaged: its first line was not written by this program."))
    header = read_header(line, schema)
    if len(body) < header.length:
        raise CaseDamaged(_("The file is damaged: its end is missing."))
    if len(body) != header.length or sha256_hex(body) != header.sha256:
        raise CaseDamaged(_("The file is damaged: it is not as it was saved."))
    return header, body


def read_header(line: bytes, schema: int) -> Header:
    """Parse the first line of a file, without its line end. Raises CaseDamaged or NewerVersion."""
    try:
        try:
            header: Header | _MinimalHeader = _HEADER.decode(line)
        except (ValueError, RecursionError):
            header = _MINIMAL_HEADER.decode(line)
    except (ValueError, RecursionError):
        raise CaseDamaged(_("The file is damaged: its first line was not written by this program.")) from None
    if header.format == CASE_FILE_FORMAT and header.schema > schema:
        raise NewerVersion(_("A newer version of this program wrote the file. Please use that version."))
    if not isinstance(header, Header) or header.format != CASE_FILE_FORMAT or header.schema < 1:
        raise CaseDamaged(_("The file is damaged: its first line was not written by this program."))
    if header.seal is not None:
        check_seal(header.seal)
    return header


def parse_body(body: bytes) -> Tables:
    """Return the tables in a body, a new copy on each call because TinyDB modifies them. Raises CaseDamaged."""
    try:
        return msgspec.json.decode(body, type=dict[str, dict[str, Any]])
    except (ValueError, RecursionError):
        raise CaseDamaged(_("The file is damaged: it cannot be read.")) from None


def serialize(tables: Tables) -> bytes:
    """Encode the tables as a body; equal tables give equal bytes. Raises StoreError for values JSON cannot hold."""
    return check_length(encode_checked(tables))


def encode_checked(value: object) -> bytes:
    """Encode as JSON and verify that decoding gives back the same value. Raises StoreError if it does not."""
    try:
        msgspec.msgpack.encode(value)  # refuses integers over 64 bits, which many JSON readers cannot hold
        data = msgspec.json.encode(value)
        # Catch values that would change: the encoder writes NaN as null and numeric keys as text.
        if msgspec.json.decode(data) != value:
            raise ValueError("not a value of JSON")
    except _ENCODING_ERRORS as error:
        raise StoreError(_("One answer cannot be written to a file.")) from error
    return data


def encode_unchecked(value: object) -> bytes:
    """Encode as JSON without the check in `encode_checked`, for values that already passed it. Raises StoreError."""
    try:
        return msgspec.json.encode(value)
    except _ENCODING_ERRORS as error:
        raise StoreError(_("One answer cannot be written to a file.")) from error


def check_length(body: bytes) -> bytes:
    """Return the body unchanged. StoreError if its file would be too long to read back."""
    if len(body) > MAX_CASE_FILE_BYTES - MAX_HEADER_BYTES:
        raise StoreError(_("The answers are longer than a file of this program can hold."))
    return body
