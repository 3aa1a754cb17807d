"""Envelope encryption: a passphrase opens a keyring, its key opens each file's own key, which opens the file.

The keys, from outside in:

- A **slot** holds the keyring's key, encrypted with a key that Argon2id derives from a passphrase or recovery key.
- A **keyring** has the slots of one passphrase; its key is random. One keyring can be shared by many files, so that
  unlocking a thousand cases derives one key.
- A **seal** is in the header of every sealed file: the keyring's slots, and the file's own random key encrypted with
  the keyring's key. A file is therefore self-contained and opens wherever it is copied.

Every encrypted key or body is a Fernet token. docs/sealed-files.md describes the format and has a script that opens a
file. Functions import `cryptography` when they need it: without sealed cases it is never loaded.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from iep_tui.core.checksums import sha256_hex
from iep_tui.i18n import _
from iep_tui.store.crypto.keyring import (
    DEFAULT_KDF_COST,
    MAX_WRAPPED_BYTES,
    FileKey,
    KdfCost,
    Keyring,
    check_keyring,
    foreign_seal_error,
    new_key,
    new_keyring_for,
    open_keyring,
    sealed_message,
)
from iep_tui.store.errors import CaseDamaged, CaseSealed, NewerVersion

#: The version of newly written seals.
ENVELOPE_VERSION = 1


class Seal(msgspec.Struct, frozen=True):
    """The encryption header of a file: its complete keyring, and the file's key encrypted with the keyring's key.

    `for_all` marks the keyring shared by all cases on the computer that sealed the file.
    """

    version: int
    ring: Keyring
    key: str
    for_all: bool = False


def check_seal(seal: Seal) -> None:
    """Raise NewerVersion for a seal of a later version, CaseDamaged for an invalid one. Derives no key."""
    if seal.version > ENVELOPE_VERSION:
        raise NewerVersion(_("A newer version of this program wrote the file. Please use that version."))
    if seal.version < 1 or len(seal.key) > MAX_WRAPPED_BYTES:
        raise foreign_seal_error()
    check_keyring(seal.ring)


class KeyStore:
    """Keys unlocked in this process, until `forget`. Unlock in a thread; saving derives no keys."""

    def __init__(self) -> None:
        self._rings: dict[str, FileKey] = {}
        self._files: dict[tuple[str, str], FileKey] = {}

    def __bool__(self) -> bool:
        return bool(self._rings)

    def learn(self, ring_id: str, key: FileKey) -> None:
        """Store a keyring's key."""
        self._rings[ring_id] = key

    def unlock(self, ring: Keyring, secret: str) -> None:
        """Open the keyring with its passphrase or recovery key, which derives a key. WrongPassphrase, CaseDamaged."""
        self.learn(ring.id, open_keyring(ring, secret))

    def knows(self, ring_id: str) -> bool:
        return ring_id in self._rings

    def ring_key(self, ring_id: str) -> FileKey:
        """Return a keyring's key. CaseSealed if it has not been unlocked."""
        try:
            return self._rings[ring_id]
        except KeyError:
            raise CaseSealed(sealed_message()) from None

    def of(self, seal: Seal) -> FileKey:
        """Return the key of a sealed file's body. CaseSealed if its keyring is locked; CaseDamaged for a bad seal."""
        check_seal(seal)
        cache_key = (seal.ring.id, seal.key)
        if cache_key not in self._files:
            ring_key = self.ring_key(seal.ring.id)
            try:
                self._files[cache_key] = ring_key.unwrap(seal.key)
            except ValueError:
                raise foreign_seal_error() from None
        return self._files[cache_key]

    def new_seal(self, ring: Keyring, *, for_all: bool = False) -> Seal:
        """Create a seal with a new file key under this keyring. CaseSealed if the keyring is locked."""
        return Seal(ENVELOPE_VERSION, ring, self.ring_key(ring.id).wrap(new_key()), for_all)

    def open(self, seal: Seal, token: bytes) -> bytes:
        """Decrypt the body of a file with this seal. CaseSealed, CaseDamaged."""
        try:
            return self.of(seal).decrypt(token)
        except ValueError:
            raise CaseDamaged(_("The file is damaged: its sealed content has changed since it was saved.")) from None

    def close(self, seal: Seal, body: bytes) -> bytes:
        """Encrypt a body under this seal. CaseSealed, CaseDamaged."""
        return self.of(seal).encrypt(body)

    def forget(self) -> None:
        """Overwrite and discard every key."""
        _forget(self._files.values())
        _forget(self._rings.values())
        self._files.clear()
        self._rings.clear()


def _forget(keys: Iterable[FileKey]) -> None:
    for key in keys:
        key.forget()


# Stand-alone encrypted files, for sharing


class _Envelope(msgspec.Struct, frozen=True):
    """The first line of a `seal_bytes` file. `sha256` and `length` are those of the token that follows."""

    format: str
    sha256: str
    length: int
    seal: Seal


_MAX_HEADER_BYTES = 4096


def seal_bytes(data: bytes, passphrase: str, *, format: str, cost: KdfCost = DEFAULT_KDF_COST) -> bytes:
    """Encrypt `data` as a self-contained file that `passphrase` opens: an unencrypted header line and a Fernet token.

    `format` is the file type named in the header ("iep-tui/bundle"). Derives one key, about half a second: call it in a
    thread if a screen is showing. The result is a third longer than `data`. StoreError for an unacceptable passphrase.
    """
    keys = KeyStore()
    ring, key = new_keyring_for(passphrase, cost=cost)
    keys.learn(ring.id, key)
    seal = keys.new_seal(ring)
    token = keys.close(seal, data)
    keys.forget()
    header = _Envelope(format, sha256_hex(token), len(token), seal)
    return msgspec.json.encode(header) + b"\n" + token


def is_sealed_bytes(data: bytes, format: str) -> bool:
    """Return True if the first line is that of a `seal_bytes` file of this `format`, complete or truncated."""
    try:
        return _envelope(data, format) is not None
    except CaseDamaged:
        return False


def open_bytes(data: bytes, passphrase: str, *, format: str) -> bytes:
    """Decrypt a `seal_bytes` file. WrongPassphrase; CaseDamaged or NewerVersion before any key derivation.

    The caller limits the length of `data`.
    """
    header, token = _checked(data, format)
    keys = KeyStore()
    try:
        keys.unlock(header.seal.ring, passphrase)
        return keys.open(header.seal, token)
    finally:
        keys.forget()


def check_bytes(data: bytes, *, format: str) -> None:
    """Raise CaseDamaged or NewerVersion for a file that no passphrase could open. Derives no key."""
    _checked(data, format)


def _checked(data: bytes, format: str) -> tuple[_Envelope, bytes]:
    header, token = _envelope(data, format)
    if len(token) != header.length or sha256_hex(token) != header.sha256:
        raise CaseDamaged(_("The file is damaged: it is not as it was saved."))
    check_seal(header.seal)
    return header, token


def _envelope(data: bytes, format: str) -> tuple[_Envelope, bytes]:
    line, newline, token = data.partition(b"\n")
    try:
        if not newline or len(line) > _MAX_HEADER_BYTES:
            raise ValueError("no header")
        header = msgspec.json.decode(line, type=_Envelope)
    except (ValueError, RecursionError):
        raise CaseDamaged(_("The file is damaged: its first line was not written by this program.")) from None
    if header.format != format:
        raise CaseDamaged(_("The file is damaged: its first line was not written by this program."))
    return header, token
