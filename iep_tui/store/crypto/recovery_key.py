"""Recovery key: thirty letters and digits on paper, for a forgotten passphrase."""

from __future__ import annotations

import unicodedata

from iep_tui.core.checksums import sha256_hex
from iep_tui.i18n import _
from iep_tui.store.errors import StoreError

#: No two of these look alike when they are written by hand: B and 8, G and 6, S and 5, Z and 2, U and V, I, L, O, 0, 1.
RECOVERY_ALPHABET = "23456789ACDEFHJKMNPQRTWXY"
#: 28 of 25 characters are 130 bits; nobody tries them all, however fast their machine.
_RANDOM, _CHECK, _GROUP = 28, 2, 5
RECOVERY_KEY_LENGTH = _RANDOM + _CHECK
#: What is likely meant by a character that we never write.
_MEANT = str.maketrans("BGSZ", "8652")


def new_recovery_key() -> str:
    """A new key as it is shown: six groups of five, such as "7KQ2M-…"; the last two characters check the rest."""
    import secrets

    random = "".join(secrets.choice(RECOVERY_ALPHABET) for _place in range(_RANDOM))
    key = random + _check(random)
    return "-".join(key[start : start + _GROUP] for start in range(0, RECOVERY_KEY_LENGTH, _GROUP))


def is_recovery_key(words: str) -> bool:
    """Whether these words are a whole recovery key without a slip of the pen."""
    key = _bare(words)
    return (
        len(key) == RECOVERY_KEY_LENGTH
        and set(key) <= set(RECOVERY_ALPHABET)
        and _check(key[:_RANDOM]) == key[_RANDOM:]
    )


def bare_recovery_key(words: str) -> str:
    """The thirty characters that the key is derived from, however it was typed. StoreError with the slip in words."""
    key = _bare(words)
    if len(key) != RECOVERY_KEY_LENGTH:
        line = _("A recovery key has {count} letters and digits; these are {found}.")
        raise StoreError(line.format(count=RECOVERY_KEY_LENGTH, found=len(key)))
    if not is_recovery_key(key):
        raise StoreError(_("One letter or digit of this recovery key is not right. Please compare it with your paper."))
    return key


def _bare(words: str) -> str:
    """Capitals and digits alone; what looks like one of ours is taken for it."""
    key = "".join(one for one in unicodedata.normalize("NFKC", words).upper() if one.isalnum())
    return key.translate(_MEANT)


def _check(random: str) -> str:
    number = int(sha256_hex(random.encode())[:16], 16)
    return (
        RECOVERY_ALPHABET[number // len(RECOVERY_ALPHABET) % len(RECOVERY_ALPHABET)]
        + RECOVERY_ALPHABET[number % len(RECOVERY_ALPHABET)]
    )
