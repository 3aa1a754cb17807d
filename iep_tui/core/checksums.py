"""SHA-256 without importing hashlib and OpenSSL for small inputs."""

from __future__ import annotations

import importlib
import sys

#: Up to so many bytes Python's own way of summing takes less than loading OpenSSL's, which is the quicker one.
_FEW = 64 * 1024
#: Where Python has its own: what `hashlib` itself falls back on. 3.11 and later have it under these names.
_PLACES = ("_sha2", "_sha256")


def sha256_hex(data: bytes) -> str:
    """The SHA-256 of these bytes, as 64 hexadecimal digits."""
    if "hashlib" not in sys.modules and len(data) <= _FEW:
        for place in _PLACES:
            try:
                return str(importlib.import_module(place).sha256(data).hexdigest())
            except ImportError:
                continue
    import hashlib

    return hashlib.sha256(data).hexdigest()
