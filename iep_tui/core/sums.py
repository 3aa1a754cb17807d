"""Checksums of what is kept. Their library is loaded with the first of them: a list of children needs none."""

from __future__ import annotations


def sha256_hex(data: bytes) -> str:
    """The SHA-256 of these bytes, as 64 hexadecimal digits."""
    import hashlib

    return hashlib.sha256(data).hexdigest()
