"""Privacy on the disk: no other user can read the files under any umask, and no copy lies elsewhere."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from iep_tui.store.atomic_write import write_file
from iep_tui.store.case_store import CaseStore
from iep_tui.store.settings import Settings

from .sample_cases import MAYA, said

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in lists of its own, not in modes")


@pytest.fixture(params=[0o000, 0o777], ids=["loose", "strict"], autouse=True)
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def test_folders_are_0700_and_files_0600(store: CaseStore, home: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    deep = CaseStore(home / "a" / "b")
    for one in (store, deep):
        with one.create(MAYA) as opened:
            opened.save(said(MAYA, "words"))
    Settings(home).keep(theme="night")
    write_file(home / "sheet.md", b"words", overwrite=False)
    found = [home, *home.rglob("*")]
    kinds = {path.name.replace(MAYA.id, "").lstrip("0123456789TZ-") for path in found if path.is_file()}
    assert len(kinds) >= 4
    for path in found:
        mode = stat.S_IMODE(path.stat().st_mode)
        assert (path, oct(mode)) == (path, oct(0o700 if path.is_dir() else 0o600))


def test_a_file_that_was_open_to_others_is_not_after_a_save(store: CaseStore) -> None:
    with store.create(MAYA) as opened:
        path = store.folder / f"{MAYA.id}.json"
        path.chmod(0o644)
        opened.save(said(MAYA, "words"))
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_childs_name_is_in_no_files_name_and_the_words_only_where_they_belong(
    store: CaseStore, tmp_path: Path
) -> None:
    with store.create(said(MAYA, "heliotrope")) as opened:
        opened.save(said(MAYA, "heliotrope marker"))
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not [path for path in files if "maya" in str(path.relative_to(tmp_path)).casefold()]
    holding = {path.parent for path in files if b"heliotrope" in path.read_bytes()}
    assert holding == {store.folder, store.home / "backups" / MAYA.id}
    store.remove(MAYA.id)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
