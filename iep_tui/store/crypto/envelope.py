"""Envelope encryption: a passphrase opens a keyring, its key opens each file's own key, which opens the file.

The keys, from outside in:

- A **slot** holds the ring's key, wrapped by what Argon2id makes of a passphrase, or of the recovery key.
- A **ring** is the slots of one passphrase; its key is random. One ring may belong to many files, so that unlocking a
  thousand cases derives once.
- A **seal** stands in the header of every sealed file: the ring's slots, and the file's own random key wrapped by the
  ring's. A file is therefore whole in itself and opens wherever it is carried.

Everything that is wrapped is a Fernet token. The format and a script that opens a file stand in docs/sealed-files.md.
`cryptography` is imported by the first function that needs it: a home without sealed cases never loads it.
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
    new_key,
    new_keyring_for,
    not_ours,
    open_keyring,
    sealed_message,
)
from iep_tui.store.errors import CaseDamaged, CaseSealed, NewerVersion

#: The version of the seal that is written.
ENVELOPE_VERSION = 1


class Seal(msgspec.Struct, frozen=True):
    """What a sealed file says of itself: its ring, whole, and the key of its body wrapped by the ring's.

    `for_all` tells that the ring is the one for all cases of the computer that sealed it.
    """

    version: int
    ring: Keyring
    key: str
    for_all: bool = False


def check_seal(seal: Seal) -> None:
    """Newer for a seal of a later version, Damaged for one that cannot be ours. Nothing is derived."""
    if seal.version > ENVELOPE_VERSION:
        raise NewerVersion(_("A newer version of this program wrote the file. Please use that version."))
    if seal.version < 1 or len(seal.key) > MAX_WRAPPED_BYTES:
        raise not_ours()
    check_keyring(seal.ring)


class KeyStore:
    """The keys that were opened in this process, until `forget`. Unlock in a thread; saving derives nothing."""

    def __init__(self) -> None:
        self._rings: dict[str, FileKey] = {}
        self._files: dict[tuple[str, str], FileKey] = {}

    def __bool__(self) -> bool:
        return bool(self._rings)

    def learn(self, ring_id: str, key: FileKey) -> None:
        """Keep a ring's key that was opened or made."""
        self._rings[ring_id] = key

    def unlock(self, ring: Keyring, words: str) -> None:
        """Open the ring, by its passphrase or recovery key; it derives. WrongPassphrase, Damaged."""
        self.learn(ring.id, open_keyring(ring, words))

    def knows(self, ring_id: str) -> bool:
        return ring_id in self._rings

    def ring_key(self, ring_id: str) -> FileKey:
        """Sealed when that ring is not open."""
        try:
            return self._rings[ring_id]
        except KeyError:
            raise CaseSealed(sealed_message()) from None

    def of(self, seal: Seal) -> FileKey:
        """The key of a sealed file's body. Sealed when its ring is not open; Damaged when the seal does not fit it."""
        check_seal(seal)
        name = (seal.ring.id, seal.key)
        if name not in self._files:
            ring_key = self.ring_key(seal.ring.id)
            try:
                self._files[name] = ring_key.unwrap(seal.key)
            except ValueError:
                raise not_ours() from None
        return self._files[name]

    def new_seal(self, ring: Keyring, *, for_all: bool = False) -> Seal:
        """A seal of this ring for a file that has none, with a new key of its own. Sealed when the ring is not open."""
        return Seal(ENVELOPE_VERSION, ring, self.ring_key(ring.id).wrap(new_key()), for_all)

    def open(self, seal: Seal, token: bytes) -> bytes:
        """What is in the token of a file with this seal. Sealed, Damaged."""
        try:
            return self.of(seal).decrypt(token)
        except ValueError:
            raise CaseDamaged(_("The file is damaged: what is sealed in it is not as it was saved.")) from None

    def close(self, seal: Seal, body: bytes) -> bytes:
        """The token of this body under this seal. Sealed, Damaged."""
        return self.of(seal).encrypt(body)

    def forget(self) -> None:
        """Let go of every key and overwrite it."""
        _forget(self._files.values())
        _forget(self._rings.values())
        self._files.clear()
        self._rings.clear()


def _forget(keys: Iterable[FileKey]) -> None:
    for key in keys:
        key.forget()


# One file sealed by itself, to be handed on


class _Envelope(msgspec.Struct, frozen=True):
    """The first line of `seal_bytes`: `sha256` and `length` are those of the token after it."""

    format: str
    sha256: str
    length: int
    seal: Seal


_MOST_HEADER = 4096


def seal_bytes(data: bytes, passphrase: str, *, format: str, cost: KdfCost = DEFAULT_KDF_COST) -> bytes:
    """`data` as one file that only `passphrase` opens, whole in itself: a header line in clear, and a Fernet token.

    `format` names in clear what kind of file it is ("iep-tui/bundle"). One derivation, about half a second: call it in
    a thread where something is on the screen. The file is a third longer than `data`. StoreError for a passphrase that
    cannot be set.
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
    """Whether this is, by its first line, a file that `seal_bytes` made for `format`, whole or not."""
    try:
        return _envelope(data, format) is not None
    except CaseDamaged:
        return False


def open_bytes(data: bytes, passphrase: str, *, format: str) -> bytes:
    """What `seal_bytes` was given. WrongPassphrase; Damaged or Newer before anything is derived.

    The caller bounds the length of `data`.
    """
    header, token = _checked(data, format)
    keys = KeyStore()
    try:
        keys.unlock(header.seal.ring, passphrase)
        return keys.open(header.seal, token)
    finally:
        keys.forget()


def check_bytes(data: bytes, *, format: str) -> None:
    """Damaged or Newer for what no passphrase could open; nothing is derived."""
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
        if not newline or len(line) > _MOST_HEADER:
            raise ValueError("no header")
        header = msgspec.json.decode(line, type=_Envelope)
    except (ValueError, RecursionError):
        raise CaseDamaged(_("The file is damaged: its first line is not one of ours.")) from None
    if header.format != format:
        raise CaseDamaged(_("The file is damaged: its first line is not one of ours."))
    return header, token
