"""SHA-256 without importing hashlib and OpenSSL for small inputs."""

from __future__ import annotations

import importlib
import sys

#: Up to this many bytes, Python's built-in hash takes less time than loading OpenSSL, which hashes faster.
_MAX_BUILTIN_BYTES = 64 * 1024
#: Names of Python's built-in SHA-256 module since 3.11; `hashlib` falls back on it too.
_BUILTIN_MODULES = ("_sha2", "_sha256")


def sha256_hex(data: bytes) -> str:
    """Return the SHA-256 of `data` as 64 hexadecimal digits."""
    if "hashlib" not in sys.modules and len(data) <= _MAX_BUILTIN_BYTES:
        for name in _BUILTIN_MODULES:
            try:
                return str(importlib.import_module(name).sha256(data).hexdigest())
            except ImportError:
                continue
    import hashlib

    return hashlib.sha256(data).hexdigest()
