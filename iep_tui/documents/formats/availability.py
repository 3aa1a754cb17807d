"""The error for a format this computer cannot produce, and the command that installs the PDF parts."""

from __future__ import annotations

import shlex
import sys


class Unavailable(Exception):
    """A format cannot be produced on this computer. The message is one line that says what to install or do."""


def pdf_command() -> str:
    """Return the command that installs the PDF packages, to be run in the program's folder.

    It names this Python environment, as the README does: the environment has no pip of its own, and the system Python
    refuses to install packages.
    """
    return f'python3 -m pip --python {shlex.quote(sys.prefix)} install ".[pdf]"'
