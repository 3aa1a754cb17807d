"""Passphrase prompt of the command line: typed without an echo or read from a file, never an argument."""

from __future__ import annotations

import sys
from pathlib import Path

from iep_tui.i18n import _
from iep_tui.store.errors import StoreError

#: Bytes read of a passphrase file; a passphrase has at most a thousand characters.
_MAX_BYTES = 8_192


def is_at_terminal() -> bool:
    """Whether a person can answer."""
    return sys.stdin is not None and sys.stdin.isatty()


def prompt_hidden(prompt: str) -> str:
    """Return what a person types without showing it. StoreError at the end of the input."""
    import getpass

    try:
        return getpass.getpass(prompt)
    except EOFError:
        raise StoreError(_("No passphrase was given. Nothing was changed.")) from None


def read_passphrase_file(name: str) -> str:
    """Return the first line of a file, or of standard input for "-", without its line end. StoreError."""
    try:
        if name == "-":
            if sys.stdin is None:
                raise StoreError(_("There is no standard input to read a passphrase from."))
            data = sys.stdin.buffer.readline(_MAX_BYTES)
        else:
            with Path(name).open("rb") as file:
                data = file.readline(_MAX_BYTES)
        words = data.decode("utf-8")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise StoreError(_("The passphrase could not be read ({reason}).").format(reason=reason)) from None
    except UnicodeDecodeError:
        raise StoreError(_("The passphrase file is not UTF-8 text.")) from None
    words = words.removesuffix("\n").removesuffix("\r")
    if not words:
        raise StoreError(_("There is no passphrase in the first line of the file."))
    return words
