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

#: The fewest characters of a passphrase, and the most of one.
MIN_PASSPHRASE, MAX_PASSPHRASE = 8, 1_000
#: What a file may ask of us before anything is derived for it: KiB, passes, lanes.
MAX_KDF_MEMORY, MAX_KDF_PASSES, MAX_KDF_LANES = 256 * 1024, 8, 8
_SALT_BYTES, _KEY_BYTES = 16, 32
_MOST_SLOTS = 4
#: The characters of a wrapped key; ours have 140.
MAX_WRAPPED_BYTES = 400
_RING = 16
_SUM = 32

SlotKind = Literal["passphrase", "recovery"]


class KdfCost(msgspec.Struct, frozen=True):
    """What a derivation costs: memory in KiB, passes over it, lanes side by side."""

    memory: int = 64 * 1024
    passes: int = 3
    lanes: int = 4


#: The cost of every passphrase that is set. Tests give a smaller one where a seal is made, and only there.
DEFAULT_KDF_COST = KdfCost()


class KeySlot(msgspec.Struct, frozen=True):
    """One way into a ring. `salt` is base64, `key` the ring's key in a Fernet token; `cost` is in clear."""

    kind: SlotKind
    kdf: Literal["argon2id"]
    cost: KdfCost
    salt: str
    key: str


class Keyring(msgspec.Struct, frozen=True):
    """What one passphrase opens, in clear: a random name, and the slots.

    `sum` vouches for both: without it the right passphrase would be called wrong where a slot was damaged. It is "" in
    files that were written before there was one.
    """

    id: str
    slots: tuple[KeySlot, ...]
    sum: str = ""


class FileKey:
    """A secret of 32 bytes, overwritten when it is let go of, as far as Python allows."""

    def __init__(self, secret: bytes | bytearray) -> None:
        self._secret = bytearray(secret)

    def encrypt(self, data: bytes) -> bytes:
        """A Fernet token."""
        return self._fernet().encrypt(data)

    def decrypt(self, token: bytes | str) -> bytes:
        """What is in the token. ValueError when it was not made with this key or is not as it was made."""
        from cryptography.fernet import InvalidToken

        try:
            return self._fernet().decrypt(token)
        except InvalidToken:
            raise ValueError("not a token of this key") from None

    def wrap(self, other: FileKey) -> str:
        return self.encrypt(bytes(other._secret)).decode("ascii")

    def unwrap(self, token: str) -> FileKey:
        """The key in the token. ValueError."""
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
    """StoreError, in a line to show, for one that cannot be set."""
    _as_bytes(passphrase)
    if len(passphrase.strip()) < MIN_PASSPHRASE:
        line = _("A passphrase has at least {count} characters. Four words that do not belong together are good.")
        raise StoreError(line.format(count=MIN_PASSPHRASE))


def _as_bytes(words: str) -> bytes:
    """The passphrase as it is derived from: NFKC, so that it is the same from every keyboard. StoreError."""
    if len(words) > MAX_PASSPHRASE:
        raise StoreError(_("A passphrase has at most {count} characters.").format(count=MAX_PASSPHRASE))
    import unicodedata

    try:
        data = unicodedata.normalize("NFKC", words).encode("utf-8")
    except UnicodeEncodeError:
        data = b"\0"
    if any(byte < 32 or byte == 127 for byte in data):
        raise StoreError(_("A passphrase is one line of letters, digits, spaces and signs."))
    return data


def _derive(words: bytes, salt: bytes, cost: KdfCost) -> FileKey:
    """The slow step: about half a second at `DEFAULT_KDF_COST`. Other threads run meanwhile."""
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    derive = Argon2id(salt=salt, length=_KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory)
    return FileKey(derive.derive(words))


def _new_slot(kind: SlotKind, words: bytes, ring_key: FileKey, cost: KdfCost) -> KeySlot:
    import base64
    import secrets

    salt = secrets.token_bytes(_SALT_BYTES)
    wrapping = _derive(words, salt, cost)
    slot = KeySlot(kind, "argon2id", cost, base64.urlsafe_b64encode(salt).decode("ascii"), wrapping.wrap(ring_key))
    wrapping.forget()
    return slot


# Rings


def _bare(recovery_key: str) -> bytes:
    from iep_tui.store.crypto.recovery_key import bare_recovery_key

    return bare_recovery_key(recovery_key).encode()


def new_keyring_for(
    passphrase: str, recovery_key: str = "", cost: KdfCost = DEFAULT_KDF_COST
) -> tuple[Keyring, FileKey]:
    """A new ring that this passphrase opens, and this recovery key (`new_recovery_key`) if one is given.

    One derivation a slot. StoreError for a passphrase that cannot be set.
    """
    check_new_passphrase(passphrase)
    key = new_key()
    slots = [_new_slot("passphrase", _as_bytes(passphrase), key, cost)]
    if recovery_key:
        slots.append(_new_slot("recovery", _bare(recovery_key), key, cost))
    import secrets

    return _vouched(Keyring(secrets.token_hex(_RING), tuple(slots))), key


def with_passphrase(
    ring: Keyring, key: FileKey, passphrase: str, recovery_key: str = "", cost: KdfCost = DEFAULT_KDF_COST
) -> Keyring:
    """The same ring, whose passphrase is this one from now on; with `recovery_key`, that too. StoreError."""
    check_new_passphrase(passphrase)
    slots = [_new_slot("passphrase", _as_bytes(passphrase), key, cost)]
    if recovery_key:
        slots.append(_new_slot("recovery", _bare(recovery_key), key, cost))
    else:
        slots += [slot for slot in ring.slots if slot.kind != "passphrase"]
    return _vouched(Keyring(ring.id, tuple(slots)))


def open_keyring(ring: Keyring, words: str) -> FileKey:
    """The ring's key, by its passphrase or its recovery key. WrongPassphrase; Damaged, Newer before any derivation.

    One derivation for a passphrase. What is meant as a recovery key is tried as that first.
    """
    import base64

    check_keyring(ring)
    tries: list[tuple[KeySlot, bytes]] = []
    from iep_tui.store.crypto.recovery_key import is_recovery_key  # with the rest of it, when a seal is made or opened

    if is_recovery_key(words):
        bare = _bare(words)
        tries += [(slot, bare) for slot in ring.slots if slot.kind == "recovery"]
    with contextlib.suppress(StoreError):  # what cannot be a passphrase is a wrong one
        tries += [(slot, _as_bytes(words)) for slot in ring.slots if slot.kind == "passphrase"]
    for slot, data in tries:
        wrapping = _derive(data, base64.urlsafe_b64decode(slot.salt), slot.cost)
        try:
            return wrapping.unwrap(slot.key)
        except ValueError:
            continue
        finally:
            wrapping.forget()
    raise wrong_passphrase()


def wrong_passphrase() -> WrongPassphrase:
    return WrongPassphrase(_("This is not the passphrase, and not the recovery key. Nothing was changed."))


def check_keyring(ring: Keyring) -> None:
    """Damaged for a ring that asks for more than we give, or that is not one. Nothing is derived."""
    import base64  # a list without a sealed case has no use for it

    if not 1 <= len(ring.slots) <= _MOST_SLOTS or not 0 < len(ring.id) <= 64 or not ring.id.isalnum():
        raise not_ours()
    for slot in ring.slots:
        cost = slot.cost
        if not (1 <= cost.lanes <= MAX_KDF_LANES and 1 <= cost.passes <= MAX_KDF_PASSES):
            raise _too_much()
        if not 8 * cost.lanes <= cost.memory <= MAX_KDF_MEMORY:
            raise _too_much()
        try:
            salt = base64.b64decode(slot.salt, altchars=b"-_", validate=True)
        except ValueError:  # not base64 is one too
            raise not_ours() from None
        if not 8 <= len(salt) <= 64 or len(slot.key) > MAX_WRAPPED_BYTES:
            raise not_ours()

    if ring.sum and ring.sum != _sum(ring):
        raise CaseDamaged(_("The file is damaged: what its passphrase is checked against is not as it was saved."))


def _vouched(ring: Keyring) -> Keyring:
    return msgspec.structs.replace(ring, sum=_sum(ring))


def _sum(ring: Keyring) -> str:
    """Of the name and the slots as they are written; see docs/sealed-files.md."""
    return sha256_hex(msgspec.json.encode([ring.id, ring.slots]))[:_SUM]


def not_ours() -> CaseDamaged:
    return CaseDamaged(_("The file is damaged: its seal is not one of ours."))


def _too_much() -> CaseDamaged:
    return CaseDamaged(_("The file asks for more memory or time to be opened than this program gives."))
