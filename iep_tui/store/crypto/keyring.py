"""Keyring: a random key that the passphrase or the recovery key unwraps (Argon2id, Fernet)."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Literal

import msgspec

from iep_tui.core.checksums import sha256_hex
from iep_tui.i18n import _
from iep_tui.store.errors import CaseDamaged, CaseSealed, StoreError, WrongPassphrase

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

#: Minimum and maximum length of a passphrase, in characters.
MIN_PASSPHRASE, MAX_PASSPHRASE = 8, 1_000
#: Limits on the derivation cost a file may demand: KiB, passes, lanes.
MAX_KDF_MEMORY, MAX_KDF_PASSES, MAX_KDF_LANES = 256 * 1024, 8, 8
_SALT_BYTES, _KEY_BYTES = 16, 32
_MAX_SLOTS = 4
#: Maximum length of a wrapped key; ours have 140 characters.
MAX_WRAPPED_BYTES = 400
_RING_ID_BYTES = 16
_CHECKSUM_CHARS = 32

SlotKind = Literal["passphrase", "recovery"]


class KdfCost(msgspec.Struct, frozen=True):
    """Argon2id parameters: memory in KiB, passes over it, parallel lanes."""

    memory: int = 64 * 1024
    passes: int = 3
    lanes: int = 4


#: The cost for every new passphrase. Only tests pass a smaller one.
DEFAULT_KDF_COST = KdfCost()


class KeySlot(msgspec.Struct, frozen=True):
    """One way to unlock a keyring: `salt` is base64, `key` the keyring's key in a Fernet token; `cost` is readable."""

    kind: SlotKind
    kdf: Literal["argon2id"]
    cost: KdfCost
    salt: str
    key: str


class Keyring(msgspec.Struct, frozen=True):
    """The public part of one passphrase's encryption: a random id and the slots.

    The checksum `sum` covers both: without it, a damaged slot would make the right passphrase look wrong. It is "" in
    files written before checksums were added.
    """

    id: str
    slots: tuple[KeySlot, ...]
    sum: str = ""


class FileKey:
    """A 32-byte secret key, overwritten in memory when discarded as far as Python allows."""

    def __init__(self, secret: bytes | bytearray) -> None:
        self._secret = bytearray(secret)

    def encrypt(self, data: bytes) -> bytes:
        """Return a Fernet token."""
        return self._fernet().encrypt(data)

    def decrypt(self, token: bytes | str) -> bytes:
        """Return the content of the token. ValueError if it was made with another key or is damaged."""
        from cryptography.fernet import InvalidToken

        try:
            return self._fernet().decrypt(token)
        except InvalidToken:
            raise ValueError("not a token of this key") from None

    def wrap(self, other: FileKey) -> str:
        return self.encrypt(bytes(other._secret)).decode("ascii")

    def unwrap(self, token: str) -> FileKey:
        """Return the key in the token. ValueError."""
        secret = self.decrypt(token)
        if len(secret) != _KEY_BYTES:
            raise ValueError("not a key")
        return FileKey(secret)

    def forget(self) -> None:
        self._secret[:] = b"\0" * len(self._secret)
        self._secret.clear()

    def _fernet(self) -> Fernet:
        import base64

        from cryptography.fernet import Fernet

        if not self._secret:
            raise CaseSealed(sealed_message())
        return Fernet(base64.urlsafe_b64encode(self._secret))

    def __repr__(self) -> str:
        return "<Key>"


def new_key() -> FileKey:
    import secrets

    return FileKey(secrets.token_bytes(_KEY_BYTES))


def sealed_message() -> str:
    return _("This case is sealed. It opens with its passphrase.")


# Passphrases


def check_new_passphrase(passphrase: str) -> None:
    """Raise StoreError, with a message to show, for an unacceptable new passphrase."""
    _as_bytes(passphrase)
    if len(passphrase.strip()) < MIN_PASSPHRASE:
        line = _("A passphrase has at least {count} characters. Four words that do not belong together are good.")
        raise StoreError(line.format(count=MIN_PASSPHRASE))


def _as_bytes(passphrase: str) -> bytes:
    """Encode the passphrase for derivation, NFKC-normalized so that every keyboard gives the same bytes. StoreError."""
    if len(passphrase) > MAX_PASSPHRASE:
        raise StoreError(_("A passphrase has at most {count} characters.").format(count=MAX_PASSPHRASE))
    import unicodedata

    try:
        data = unicodedata.normalize("NFKC", passphrase).encode("utf-8")
    except UnicodeEncodeError:
        data = b"\0"
    if any(byte < 32 or byte == 127 for byte in data):
        raise StoreError(_("A passphrase is one line of letters, digits, spaces and signs."))
    return data


def _derive(secret: bytes, salt: bytes, cost: KdfCost) -> FileKey:
    """Derive a key, which takes about half a second at `DEFAULT_KDF_COST`. Other threads can run meanwhile."""
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    kdf = Argon2id(salt=salt, length=_KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory)
    return FileKey(kdf.derive(secret))


def _new_slot(kind: SlotKind, secret: bytes, ring_key: FileKey, cost: KdfCost) -> KeySlot:
    import base64
    import secrets

    salt = secrets.token_bytes(_SALT_BYTES)
    wrapping_key = _derive(secret, salt, cost)
    slot = KeySlot(kind, "argon2id", cost, base64.urlsafe_b64encode(salt).decode("ascii"), wrapping_key.wrap(ring_key))
    wrapping_key.forget()
    return slot


# Keyrings


def _recovery_bytes(recovery_key: str) -> bytes:
    from iep_tui.store.crypto.recovery_key import checked_recovery_key

    return checked_recovery_key(recovery_key).encode()


def new_keyring_for(
    passphrase: str, recovery_key: str = "", cost: KdfCost = DEFAULT_KDF_COST
) -> tuple[Keyring, FileKey]:
    """Create a keyring for this passphrase, and for this recovery key (`new_recovery_key`) if given.

    Derives one key per slot. StoreError for an unacceptable passphrase.
    """
    check_new_passphrase(passphrase)
    key = new_key()
    slots = [_new_slot("passphrase", _as_bytes(passphrase), key, cost)]
    if recovery_key:
        slots.append(_new_slot("recovery", _recovery_bytes(recovery_key), key, cost))
    import secrets

    return _with_checksum(Keyring(secrets.token_hex(_RING_ID_BYTES), tuple(slots))), key


def with_passphrase(
    ring: Keyring, key: FileKey, passphrase: str, recovery_key: str = "", cost: KdfCost = DEFAULT_KDF_COST
) -> Keyring:
    """Return the keyring with its passphrase replaced, and its recovery key too if one is given. StoreError."""
    check_new_passphrase(passphrase)
    slots = [_new_slot("passphrase", _as_bytes(passphrase), key, cost)]
    if recovery_key:
        slots.append(_new_slot("recovery", _recovery_bytes(recovery_key), key, cost))
    else:
        slots += [slot for slot in ring.slots if slot.kind != "passphrase"]
    return _with_checksum(Keyring(ring.id, tuple(slots)))


def open_keyring(ring: Keyring, secret: str) -> FileKey:
    """Unlock the keyring's key with its passphrase or recovery key.

    Derives one key for a passphrase; text that looks like a recovery key is tried as one first. WrongPassphrase;
    CaseDamaged before any derivation.
    """
    import base64

    check_keyring(ring)
    attempts: list[tuple[KeySlot, bytes]] = []
    from iep_tui.store.crypto.recovery_key import is_recovery_key  # loaded only when a seal is made or opened

    if is_recovery_key(secret):
        recovery_bytes = _recovery_bytes(secret)
        attempts += [(slot, recovery_bytes) for slot in ring.slots if slot.kind == "recovery"]
    with contextlib.suppress(StoreError):  # an unacceptable passphrase is simply wrong
        attempts += [(slot, _as_bytes(secret)) for slot in ring.slots if slot.kind == "passphrase"]
    for slot, data in attempts:
        wrapping_key = _derive(data, base64.urlsafe_b64decode(slot.salt), slot.cost)
        try:
            return wrapping_key.unwrap(slot.key)
        except ValueError:
            continue
        finally:
            wrapping_key.forget()
    raise wrong_passphrase_error()


def wrong_passphrase_error() -> WrongPassphrase:
    return WrongPassphrase(_("This is not the passphrase, and not the recovery key. Nothing was changed."))


def check_keyring(ring: Keyring) -> None:
    """Raise CaseDamaged for an invalid keyring, or one that demands too much memory or time. Derives no key."""
    import base64  # local import: not needed without sealed cases

    if not 1 <= len(ring.slots) <= _MAX_SLOTS or not 0 < len(ring.id) <= 64 or not ring.id.isalnum():
        raise foreign_seal_error()
    for slot in ring.slots:
        cost = slot.cost
        if not (1 <= cost.lanes <= MAX_KDF_LANES and 1 <= cost.passes <= MAX_KDF_PASSES):
            raise _too_costly_error()
        if not 8 * cost.lanes <= cost.memory <= MAX_KDF_MEMORY:
            raise _too_costly_error()
        try:
            salt = base64.b64decode(slot.salt, altchars=b"-_", validate=True)
        except ValueError:  # includes binascii.Error
            raise foreign_seal_error() from None
        if not 8 <= len(salt) <= 64 or len(slot.key) > MAX_WRAPPED_BYTES:
            raise foreign_seal_error()

    if ring.sum and ring.sum != _checksum(ring):
        raise CaseDamaged(_("The file is damaged: the part that checks the passphrase has changed since it was saved."))


def _with_checksum(ring: Keyring) -> Keyring:
    return msgspec.structs.replace(ring, sum=_checksum(ring))


def _checksum(ring: Keyring) -> str:
    """Return the checksum of the id and slots as they are encoded; see docs/sealed-files.md."""
    return sha256_hex(msgspec.json.encode([ring.id, ring.slots]))[:_CHECKSUM_CHARS]


def foreign_seal_error() -> CaseDamaged:
    return CaseDamaged(_("The file is damaged: its seal was not made by this program."))


def _too_costly_error() -> CaseDamaged:
    return CaseDamaged(_("The file asks for more memory or time to be opened than this program gives."))
