"""The error for a format this computer cannot produce, and the command that installs the PDF parts."""

from __future__ import annotations

import shlex
import sys


class Unavailable(Exception):
    """A format that this computer cannot make now. The message is one line for a person: what to install or do."""


def pdf_command() -> str:
    """What to type in the program's folder so that PDFs can be made and read here.

    It names the place this program runs from, as README's does: that one has no pip of its own, and the system's own
    Python refuses.
    """
    return f'python3 -m pip --python {shlex.quote(sys.prefix)} install ".[pdf]"'
