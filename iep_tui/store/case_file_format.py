"""Case file format: one checksummed header line, then the JSON body."""

from __future__ import annotations

from typing import Any

import msgspec

from iep_tui.core.checksums import sha256_hex
from iep_tui.i18n import _
from iep_tui.store.crypto.envelope import KeyStore, Seal, check_seal
from iep_tui.store.errors import CaseDamaged, NewerVersion, StoreError

CASE_FILE_FORMAT = "iep-tui/case"
#: More than a case may come to: past this neither writing nor reading is tried.
MAX_CASE_FILE_BYTES = 64 * 1024 * 1024
#: The first line of a sealed file has about 900 bytes, of a plain one 150.
MAX_HEADER_BYTES = 4096

#: What the encoder, the decoder and Python say of a value that JSON cannot hold.
_UNFIT = (ValueError, TypeError, OverflowError, RecursionError)

#: What TinyDB hands to a storage: table → document's number as text → document.
Tables = dict[str, dict[str, Any]]


class Header(msgspec.Struct, frozen=True, omit_defaults=True):
    """The first line. `save` counts the saves; `sha256` and `length` (bytes) are the body's, as it lies on the disk.

    With a `seal` the body is a token: damage is told without any key, and a wrong passphrase is not taken for it.
    """

    format: str
    schema: int
    save: int
    sha256: str
    length: int
    seal: Seal | None = None


class _Kind(msgspec.Struct):
    """As much of the header as every version has."""

    format: str
    schema: int


_HEADER = msgspec.json.Decoder(Header)
_KIND = msgspec.json.Decoder(_Kind)


def pack(body: bytes, schema: int, save: int, seal: Seal | None = None) -> bytes:
    """The whole file for this body, which with a `seal` is sealed already. StoreError when it is too long."""
    header = Header(CASE_FILE_FORMAT, schema, save, sha256_hex(body), len(body), seal)
    return joined(header, body)


def joined(header: Header, body: bytes) -> bytes:
    """The file of this header and body. StoreError when it is longer than a file that is read."""
    data = msgspec.json.encode(header) + b"\n" + body
    if len(data) > MAX_CASE_FILE_BYTES:
        raise StoreError(_("The answers are longer than a file of this program can hold."))
    return data


def close_body(body: bytes, seal: Seal | None, keys: KeyStore) -> bytes:
    """The body as it lies on the disk: a token under `seal`, itself without one. Sealed."""
    return body if seal is None else keys.close(seal, body)


def open_body(header: Header, body: bytes, keys: KeyStore) -> bytes:
    """The body of a file in clear. Sealed when its passphrase was not given in this process yet; Damaged."""
    return body if header.seal is None else keys.open(header.seal, body)


def unpack(data: bytes, schema: int) -> tuple[Header, bytes]:
    """Header and body of a file of `schema` or earlier, whole and as it was written, sealed or not. Damaged, Newer.

    A file of a newer schema says so even if all but its first line is strange to us.
    """
    if len(data) > MAX_CASE_FILE_BYTES:
        raise CaseDamaged(_("The file is larger than a case can be."))
    if not data:
        raise CaseDamaged(_("The file is empty. It once held answers."))
    line, newline, body = data.partition(b"\n")
    if not newline or len(line) > MAX_HEADER_BYTES:
        raise CaseDamaged(_("The file is damaged: its first line is not one of ours."))
    header = read_header(line, schema)
    if len(body) < header.length:
        raise CaseDamaged(_("The file is damaged: its end is missing."))
    if len(body) != header.length or sha256_hex(body) != header.sha256:
        raise CaseDamaged(_("The file is damaged: it is not as it was saved."))
    return header, body


def read_header(line: bytes, schema: int) -> Header:
    """The first line of a file, without its line end. Damaged, Newer."""
    try:
        try:
            header: Header | _Kind = _HEADER.decode(line)
        except (ValueError, RecursionError):
            header = _KIND.decode(line)
    except (ValueError, RecursionError):
        raise CaseDamaged(_("The file is damaged: its first line is not one of ours.")) from None
    if header.format == CASE_FILE_FORMAT and header.schema > schema:
        raise NewerVersion(_("A newer version of this program wrote the file. Please use that version."))
    if not isinstance(header, Header) or header.format != CASE_FILE_FORMAT or header.schema < 1:
        raise CaseDamaged(_("The file is damaged: its first line is not one of ours."))
    if header.seal is not None:
        check_seal(header.seal)
    return header


def parse_body(body: bytes) -> Tables:
    """The tables of a body, new on each call: TinyDB changes what it is given. Damaged."""
    try:
        return msgspec.json.decode(body, type=dict[str, dict[str, Any]])
    except (ValueError, RecursionError):
        raise CaseDamaged(_("The file is damaged: it cannot be read.")) from None


def serialise(tables: Tables) -> bytes:
    """The body for these tables, the same for the same tables. StoreError for what JSON cannot hold."""
    return short_enough(encoded(tables))


def encoded(plain: object) -> bytes:
    """JSON that gives back the very same value. StoreError where there is none."""
    try:
        msgspec.msgpack.encode(plain)  # refuses numbers of more than 64 bits, which not every reader of JSON can hold
        data = msgspec.json.encode(plain)
        # Anything that would not come back as it is: the encoder writes NaN as null, a number as a name as text.
        if msgspec.json.decode(data) != plain:
            raise ValueError("not a value of JSON")
    except _UNFIT as error:
        raise StoreError(_("One answer cannot be written to a file.")) from error
    return data


def encoded_as_known(known: object) -> bytes:
    """JSON of what `encoded` gave back whole before, or in parts, without looking again. StoreError."""
    try:
        return msgspec.json.encode(known)
    except _UNFIT as error:
        raise StoreError(_("One answer cannot be written to a file.")) from error


def short_enough(body: bytes) -> bytes:
    """The body itself. StoreError when the file would be longer than one that is read."""
    if len(body) > MAX_CASE_FILE_BYTES - MAX_HEADER_BYTES:
        raise StoreError(_("The answers are longer than a file of this program can hold."))
    return body
