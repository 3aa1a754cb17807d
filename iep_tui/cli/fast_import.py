"""Import msgspec without typing_extensions, which saves a sixth of the time of a short command."""

from __future__ import annotations

import importlib
import sys


def load_msgspec() -> None:
    """Load msgspec, once, before anything else does.

    It looks whether `typing_extensions` is there, and does without where it is not: what it wants of it is in Python
    itself from 3.11 on. On this computer it is there for Textual's sake, and brings the parser of Python's own source
    with it, which is a sixth of a short verb. So here it is not there for as long as msgspec loads (an entry of None in
    `sys.modules` says so), unless somebody has loaded it already.
    """
    hidden = "typing_extensions" not in sys.modules
    if hidden:
        sys.modules["typing_extensions"] = None  # type: ignore[assignment]
    try:
        importlib.import_module("msgspec")
    finally:
        if hidden:
            del sys.modules["typing_extensions"]
