"""What a family should know of the folder: synced elsewhere, open to others, copies that a sync made."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

import pytest

from iep_tui.core.case_model import Case
from iep_tui.store.case_store import CaseStore
from iep_tui.store.folder_checks import paths_open_to_others, synced_folder

from .sample_cases import MAYA, said


@pytest.mark.parametrize(
    ("home", "service"),
    [
        ("/home/ana/Dropbox/iep", "Dropbox"),
        ("/home/ana/Dropbox (School)/iep", "Dropbox"),
        ("/Users/ana/OneDrive - District 5/iep", "OneDrive"),
        ("/Users/ana/Library/Mobile Documents/com~apple~CloudDocs/iep", "iCloud"),
        ("/home/ana/Nextcloud/iep", "Nextcloud"),
        ("/Users/ana/Library/CloudStorage/GoogleDrive-ana/My Drive/iep", "Google Drive"),
        ("/home/ana/.local/share/iep-tui", ""),
        ("/home/dropping/iep", ""),
    ],
)
def test_a_folder_that_goes_to_other_computers(home: str, service: str) -> None:
    assert synced_folder(Path(PurePosixPath(home))) == service


@pytest.mark.skipif(os.name == "nt", reason="links take a right of their own on Windows")
def test_a_link_into_one_is_seen(tmp_path: Path) -> None:
    (tmp_path / "Dropbox" / "iep").mkdir(parents=True)
    (tmp_path / "home").symlink_to(tmp_path / "Dropbox" / "iep")
    assert synced_folder(tmp_path / "home") == "Dropbox"


def test_copies_that_a_sync_made_are_found_and_can_be_looked_at(store: CaseStore) -> None:
    store.create(said(MAYA, "theirs")).close()
    path = store.folder / f"{MAYA.id}.json"
    made = [
        f"{MAYA.id} (Ana's conflicted copy 2027-01-03).json",
        f"{MAYA.id} 2.json",
        f"{MAYA.id}-LAPTOP.json",
        f"{MAYA.id}-laptop.json",
        f"{MAYA.id}.sync-conflict-20270103-100000-ABCDEFG.json",
        f"{MAYA.id}_safeBackup_0001.json",
    ]
    for name in made:
        (store.folder / name).write_bytes(path.read_bytes())
    store.create(Case(f"{MAYA.id}-2", MAYA.meetings)).close()
    for name in (f"{MAYA.id}x.json", f"{MAYA.id}.txt"):
        (store.folder / name).write_bytes(b"")
    found = store.copies(MAYA.id)
    assert sorted(one.name for one in found) == sorted(made)
    assert store.read_copy(found[0]) == said(MAYA, "theirs")
    assert store.copies("nobody") == []


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in lists of its own, not in modes")
def test_what_others_may_look_into(store: CaseStore, home: Path) -> None:
    store.create(MAYA).close()
    assert paths_open_to_others(home) == []
    path = store.folder / f"{MAYA.id}.json"
    home.chmod(0o755)
    path.chmod(0o640)
    assert paths_open_to_others(home) == [home, path]
    [backup] = store.backups(MAYA.id)
    backup.path.chmod(0o604)
    assert paths_open_to_others(home) == [home, path, backup.path]
    assert paths_open_to_others(home / "none") == []
