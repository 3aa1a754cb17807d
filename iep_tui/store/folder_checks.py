"""Checks of the data folder: sync services, permissions, conflicted copies left by a sync."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from iep_tui.store.data_paths import backups_folder, cases_folder

#: A folder's name, or its start, → the service that copies it to other computers.
_SYNCED = (
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
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def synced_folder(home: Path) -> str:
    """The service that copies `home` to other computers, by the names on the way to it; "" for none we know."""
    for path in (home, Path(os.path.realpath(home))):
        for part in path.parts:
            for start, service in _SYNCED:
                if part.casefold().startswith(start):
                    return service
    return ""


def conflicted_copies(folder: Path, case_id: str) -> list[Path]:
    """Files in `folder` that are named as the copies which a sync makes when two computers wrote this case.

    "k7f3 (conflicted copy 2027-01-03).json", "k7f3-LAPTOP.json", "k7f3_safeBackup_0001.json",
    "k7f3.sync-conflict-20270103.json". Sorted by name.
    """
    copy = re.compile(re.escape(case_id) + r"(?:[ _(-]|\.sync-conflict-).*\.json", re.IGNORECASE)
    try:
        with os.scandir(folder) as entries:
            # Among thousands of cases the start alone rules nearly all of them out, at a tenth of the cost.
            begun = [one for one in entries if one.name[: len(case_id)].lower() == case_id]
            return sorted(Path(one.path) for one in begun if copy.fullmatch(one.name) and one.is_file())
    except OSError:
        return []


def is_open_to_others(home: Path) -> bool:
    """Whether others on this computer can come to the answers: a way in that nothing on it closes. Never on Windows."""
    if os.name == "nt" or not _is_loose(home):
        return False
    return any(_is_loose(folder) for folder in (cases_folder(home), backups_folder(home)))


def _is_loose(path: Path) -> bool:
    try:
        about = path.stat()
    except OSError:
        return False
    return bool(about.st_mode & _OTHERS)


def loose_modes(home: Path) -> list[Path]:
    """What others on this computer may look into: the data folder, the cases, the backups. None on Windows."""
    if os.name == "nt" or not home.is_dir():
        return []
    found: list[Path] = []
    folders = (cases_folder(home), backups_folder(home))
    for path in (home, *(one for folder in folders for one in (folder, *sorted(folder.rglob("*"))))):
        try:
            about = path.lstat()
        except OSError:
            continue
        if not stat.S_ISLNK(about.st_mode) and about.st_mode & _OTHERS:
            found.append(path)
    return found
