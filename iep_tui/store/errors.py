"""Storage errors, each with a one-line message for the user."""

from __future__ import annotations

import errno

from iep_tui.i18n import _


class StoreError(Exception):
    """An error about a file; `str(error)` is one plain line to show."""


class CaseMissing(StoreError):
    """The case does not exist."""


class CaseDamaged(StoreError):
    """The file's content is not what was written. Such a file is never overwritten."""


class CaseMisplaced(StoreError):
    """The file is intact but belongs to another case: a copy under a new name."""


class NewerVersion(StoreError):
    """A newer version of the program wrote the file. It is never overwritten."""


class CaseSealed(StoreError):
    """The file is intact and encrypted, and its passphrase has not been entered in this process yet."""


class WrongPassphrase(StoreError):
    """The entered text is neither the passphrase nor the recovery key. Nothing was changed."""


class CaseLocked(StoreError):
    """Another window has the case open."""


class ReadOnlyCase(StoreError):
    """The case can be read here but not written."""


class ChangedOnDisk(StoreError):
    """Another program changed the file since it was read."""


class IdTaken(StoreError):
    """A file with this name already exists."""


class NotWritable(StoreError):
    """The write failed; the previous content is still on disk."""


class FileRefused(StoreError):
    """A file from outside that cannot be imported."""


def unwritable_error(error: OSError) -> NotWritable:
    """Return the error for a failed write, with a message for its cause: full disk, permissions, hardware, …"""
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
    """Return the error for a file that cannot be read."""
    if isinstance(error, FileNotFoundError):
        return CaseMissing(_("The file is not there."))
    if error.errno in (errno.EACCES, errno.EPERM):
        return StoreError(_("The program may not read this file."))
    reason = error.strerror or type(error).__name__
    return StoreError(_("The file could not be read ({reason}).").format(reason=reason))
