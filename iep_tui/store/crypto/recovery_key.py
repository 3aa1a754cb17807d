"""Recovery key: thirty letters and digits on paper, for a forgotten passphrase."""

from __future__ import annotations

import unicodedata

from iep_tui.core.checksums import sha256_hex
from iep_tui.i18n import _
from iep_tui.store.errors import StoreError

#: Leaves out characters that look alike in handwriting: B and 8, G and 6, S and 5, Z and 2, U and V, I, L, O, 0, 1.
RECOVERY_ALPHABET = "23456789ACDEFHJKMNPQRTWXY"
#: 28 random characters from an alphabet of 25 are 130 bits, too many to try them all.
_RANDOM_CHARS, _CHECK_CHARS, _GROUP_CHARS = 28, 2, 5
RECOVERY_KEY_LENGTH = _RANDOM_CHARS + _CHECK_CHARS
#: Likely intended character for one outside the alphabet.
_LOOKALIKES = str.maketrans("BGSZ", "8652")


def new_recovery_key() -> str:
    """Return a new key as displayed: six groups of five, such as "7KQ2M-…". The last two characters are a checksum."""
    import secrets

    random = "".join(secrets.choice(RECOVERY_ALPHABET) for _position in range(_RANDOM_CHARS))
    key = random + _check_chars(random)
    return "-".join(key[start : start + _GROUP_CHARS] for start in range(0, RECOVERY_KEY_LENGTH, _GROUP_CHARS))


def is_recovery_key(typed: str) -> bool:
    """Return True if the text is a complete recovery key with a valid checksum."""
    key = _normalized(typed)
    return (
        len(key) == RECOVERY_KEY_LENGTH
        and set(key) <= set(RECOVERY_ALPHABET)
        and _check_chars(key[:_RANDOM_CHARS]) == key[_RANDOM_CHARS:]
    )


def checked_recovery_key(typed: str) -> str:
    """Return the thirty characters of a typed recovery key. StoreError describes a typing mistake."""
    key = _normalized(typed)
    if len(key) != RECOVERY_KEY_LENGTH:
        message = _("A recovery key has {count} letters and digits; these are {found}.")
        raise StoreError(message.format(count=RECOVERY_KEY_LENGTH, found=len(key)))
    if not is_recovery_key(key):
        raise StoreError(_("One letter or digit of this recovery key is not right. Please compare it with your paper."))
    return key


def _normalized(typed: str) -> str:
    """Return the letters and digits in upper case, with lookalike characters replaced."""
    key = "".join(char for char in unicodedata.normalize("NFKC", typed).upper() if char.isalnum())
    return key.translate(_LOOKALIKES)


def _check_chars(random: str) -> str:
    number = int(sha256_hex(random.encode())[:16], 16)
    return (
        RECOVERY_ALPHABET[number // len(RECOVERY_ALPHABET) % len(RECOVERY_ALPHABET)]
        + RECOVERY_ALPHABET[number % len(RECOVERY_ALPHABET)]
    )
