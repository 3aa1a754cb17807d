"""Checks of the data folder: sync services, permissions, conflicted copies left by a sync."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from iep_tui.store.data_paths import backups_folder, cases_folder

#: Prefix of a folder name → the service that syncs it to other computers.
_SYNC_SERVICES = (
    ("dropbox", "Dropbox"),
    ("onedrive", "OneDrive"),
    ("com~apple~clouddocs", "iCloud"),
    ("mobile documents", "iCloud"),
    ("icloud", "iCloud"),
    ("nextcloud", "Nextcloud"),
    ("owncloud", "ownCloud"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("box sync", "Box"),
    ("pcloud", "pCloud"),
    ("syncthing", "Syncthing"),
)
_OTHER_USERS_MODE = stat.S_IRWXG | stat.S_IRWXO


def synced_folder(home: Path) -> str:
    """Return the service that syncs `home` to other computers, judging by folder names in its path; "" if unknown."""
    for path in (home, Path(os.path.realpath(home))):
        for part in path.parts:
            for prefix, service in _SYNC_SERVICES:
                if part.casefold().startswith(prefix):
                    return service
    return ""


def conflicted_copies(folder: Path, case_id: str) -> list[Path]:
    """Return files in `folder` named like the copies a sync service makes when two computers wrote this case.

    "k7f3 (conflicted copy 2027-01-03).json", "k7f3-LAPTOP.json", "k7f3_safeBackup_0001.json",
    "k7f3.sync-conflict-20270103.json". Sorted by name.
    """
    pattern = re.compile(re.escape(case_id) + r"(?:[ _(-]|\.sync-conflict-).*\.json", re.IGNORECASE)
    try:
        with os.scandir(folder) as entries:
            # Comparing prefixes first rules out nearly all of thousands of cases at a tenth of the cost.
            candidates = [entry for entry in entries if entry.name[: len(case_id)].lower() == case_id]
            return sorted(Path(entry.path) for entry in candidates if pattern.fullmatch(entry.name) and entry.is_file())
    except OSError:
        return []


def is_open_to_others(home: Path) -> bool:
    """Return True if other users of this computer can reach the answers. Always False on Windows.

    Both `home` and a folder in it must be accessible.
    """
    if os.name == "nt" or not _is_accessible_to_others(home):
        return False
    return any(_is_accessible_to_others(folder) for folder in (cases_folder(home), backups_folder(home)))


def _is_accessible_to_others(path: Path) -> bool:
    try:
        about = path.stat()
    except OSError:
        return False
    return bool(about.st_mode & _OTHER_USERS_MODE)


def paths_open_to_others(home: Path) -> list[Path]:
    """Return the data folder, cases and backups that other users of this computer can access. Empty on Windows."""
    if os.name == "nt" or not home.is_dir():
        return []
    accessible: list[Path] = []
    folders = (cases_folder(home), backups_folder(home))
    for path in (home, *(entry for folder in folders for entry in (folder, *sorted(folder.rglob("*"))))):
        try:
            about = path.lstat()
        except OSError:
            continue
        if not stat.S_ISLNK(about.st_mode) and about.st_mode & _OTHER_USERS_MODE:
            accessible.append(path)
    return accessible
