"""Import msgspec without typing_extensions, which takes a sixth of a short command's run time."""

from __future__ import annotations

import importlib
import sys


def load_msgspec() -> None:
    """Import msgspec before any other module does, with typing_extensions hidden.

    msgspec imports `typing_extensions` if it is installed, but does not need it on Python 3.11 or newer. Textual
    installs typing_extensions, which in turn imports `inspect` and `ast`. Setting its entry in `sys.modules` to None
    makes importing it fail, so msgspec loads without it. If typing_extensions has already been imported, nothing is
    hidden.
    """
    hidden = "typing_extensions" not in sys.modules
    if hidden:
        sys.modules["typing_extensions"] = None  # type: ignore[assignment]
    try:
        importlib.import_module("msgspec")
    finally:
        if hidden:
            del sys.modules["typing_extensions"]
