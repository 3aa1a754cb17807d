"""Ids of cases and meetings: random, never a name, never a path."""

from __future__ import annotations

import re

_LETTERS, _DIGITS = "abcdefghijklmnopqrstuvwxyz", "0123456789"
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
#: Names that Windows keeps for devices, whatever comes after the dot.
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(10))})


def new_id() -> str:
    """A random id such as "k7f3q9x2m4va": a letter, then letters and digits.

    Its 60 bits make two the same unlikely even among all families there are.
    """
    import secrets  # only here and so in its sisters: it costs more than listing all cases

    rest = "".join(secrets.choice(_LETTERS + _DIGITS) for _ in range(11))
    return secrets.choice(_LETTERS) + rest


def is_id(text: object) -> bool:
    """Whether `text` may be an id: at most 64 of a–z, 0–9 and hyphens, and safe as a file's name on every system."""
    return isinstance(text, str) and _ID.fullmatch(text) is not None and text not in _DEVICES
