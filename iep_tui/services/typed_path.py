"""Parser of the names of files and folders as people type, paste or drag them."""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

#: A backslash that a terminal puts before a character of a dragged file's name.
_ESCAPED = re.compile(r"\\([^A-Za-z0-9_.])")


def typed_path(typed: str) -> Path:
    """Return the path that `typed` names.

    Terminals put a dragged name in quotes, write a backslash before blanks, or hand over a file:// address. A name that
    exists exactly as typed is taken as it is. Blanks around the name and dots after it are dropped, and "~" is the home
    folder.
    """
    text = typed.strip()
    if not _exists(text):
        text = _plain_name(text)
    path = Path(text)
    with contextlib.suppress(RuntimeError):  # no such user's home: the name is taken as it is
        path = path.expanduser()
    return path


def _plain_name(text: str) -> str:
    """`text` without quotes, a file:// address or backslashes, whichever it is written with."""
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        return text[1:-1]
    if text.casefold().startswith("file://"):
        address = urlsplit(text)
        name = unquote(address.path)
        # file:///C:/x has a slash before the drive
        return name[1:] if re.match(r"/[A-Za-z]:", name) else name
    if os.name != "nt":  # where a backslash separates folders
        text = _ESCAPED.sub(r"\1", text)
    return text if Path(text).name in ("", ".", "..") else text.rstrip(". ")


def _exists(text: str) -> bool:
    with contextlib.suppress(OSError, ValueError):
        return Path(text).exists()
    return False
