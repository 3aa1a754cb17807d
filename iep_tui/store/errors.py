"""Storage errors, each with a one-line message for the user."""

from __future__ import annotations

import errno

from iep_tui.i18n import _


class StoreError(Exception):
    """Something about a file; `str(error)` is one plain line to show."""


class CaseMissing(StoreError):
    """There is no such case."""


class CaseDamaged(StoreError):
    """The file is not what was once written. It is never written over."""


class CaseMisplaced(StoreError):
    """The file is whole, but it is another case's: a copy under a new name."""


class NewerVersion(StoreError):
    """The file was written by a newer version of the program. It is never written over."""


class CaseSealed(StoreError):
    """The file is whole and sealed, and its passphrase was not given in this process yet. Nothing is wrong with it."""


class WrongPassphrase(StoreError):
    """Neither the passphrase nor the recovery key of what was to be opened. Nothing was changed."""


class CaseLocked(StoreError):
    """Another window has the case open."""


class ReadOnlyCase(StoreError):
    """The case may be read here, and not written."""


class ChangedOnDisk(StoreError):
    """Another program changed the file since it was read."""


class IdTaken(StoreError):
    """There is a file of this name already."""


class NotWritable(StoreError):
    """The disk did not take what was to be written; what was there before is still there."""


class FileRefused(StoreError):
    """A file from outside that is not taken in."""


def unwritable_error(error: OSError) -> NotWritable:
    """The line for a failed write, by what the system says: no room, not allowed, a failing disk, …"""
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return NotWritable(_("There is no room left on the disk. Make some room, then try again."))
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return NotWritable(_("The program may not write in this folder."))
    if error.errno == errno.EIO:
        return NotWritable(_("The disk reported a fault while writing."))
    if error.errno in (errno.EMFILE, errno.ENFILE):
        return NotWritable(_("Too many files are open on this computer just now. Close some programs, then try again."))
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return NotWritable(_("The folder is not there any more."))
    reason = error.strerror or type(error).__name__
    return NotWritable(_("The file could not be written ({reason}).").format(reason=reason))


def unreadable_error(error: OSError) -> StoreError:
    """The line for a file that the system does not let us read."""
    if isinstance(error, FileNotFoundError):
        return CaseMissing(_("The file is not there."))
    if error.errno in (errno.EACCES, errno.EPERM):
        return StoreError(_("The program may not read this file."))
    reason = error.strerror or type(error).__name__
    return StoreError(_("The file could not be read ({reason}).").format(reason=reason))
