"""What can go wrong with files, each in one calm line for a person."""

from __future__ import annotations

import errno
from pathlib import Path

from iep_tui.language import _


class StoreError(Exception):
    """Something about a file did not work; the message is for the person who waits for it."""


class Damaged(StoreError):
    """The file is not what we wrote. It is never written over."""


class Newer(StoreError):
    """The file comes from a newer version of the program. It is never written over."""


class Locked(StoreError):
    """Another window has the case open."""


class Refused(StoreError):
    """A file to import is not one we can take."""


def from_os(error: OSError, path: Path) -> StoreError:
    """What the system said, in words that tell what to do."""
    words = {
        errno.ENOSPC: _("The disk is full. Free some room; we keep trying."),
        errno.EDQUOT: _("Your share of the disk is full. Free some room; we keep trying."),
        errno.EROFS: _("The disk can only be read. Your words stay here; we keep trying."),
        errno.EACCES: _("This folder may not be written in: {folder}"),
        errno.EPERM: _("This folder may not be written in: {folder}"),
        errno.ENOENT: _("There is no folder {folder}."),
        errno.ENOTDIR: _("There is no folder {folder}."),
        errno.EISDIR: _("{path} is a folder. Please name a file."),
        errno.EMFILE: _("Too many files are open on this computer. Close some programs; we keep trying."),
        errno.ENFILE: _("Too many files are open on this computer. Close some programs; we keep trying."),
        errno.ENAMETOOLONG: _("This name is too long for a file."),
        errno.EIO: _("The disk did not answer as it should. Your words stay here; we keep trying."),
    }.get(error.errno or 0, _("The disk said: {reason}"))
    return StoreError(words.format(folder=path.parent, path=path, reason=error.strerror or type(error).__name__))
