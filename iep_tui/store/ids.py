"""Ids of cases and meetings: random, never derived from a name, never a path."""

from __future__ import annotations

import re

_LETTERS, _DIGITS = "abcdefghijklmnopqrstuvwxyz", "0123456789"
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
#: Device names reserved by Windows, with any file extension.
_WINDOWS_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(10))}
)


def new_id() -> str:
    """Return a random id such as "k7f3q9x2m4va": a letter, then letters and digits.

    With about 60 random bits, collisions are unlikely even across all users.
    """
    import secrets  # local import, here and elsewhere: it takes longer than listing all cases

    rest = "".join(secrets.choice(_LETTERS + _DIGITS) for _position in range(11))
    return secrets.choice(_LETTERS) + rest


def is_id(text: object) -> bool:
    """Return True for a valid id: at most 64 of a–z, 0–9 and hyphens, and safe as a file name on every system."""
    return isinstance(text, str) and _ID.fullmatch(text) is not None and text not in _WINDOWS_DEVICES
