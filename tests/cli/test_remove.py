"""remove: a case is deleted for good; `where` and `cases` describe the folder."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from iep_tui.store.case_store import CaseStore

from .conftest import Call, TakeIn, assert_one_fault

pytestmark = pytest.mark.slow


def everything(home: Path) -> bytes:
    """The names and the content of all stored files."""
    files = [path for path in home.rglob("*") if path.is_file()]
    return b"\n".join(path.name.encode() + b"\n" + path.read_bytes() for path in files)


def test_a_case_is_removed_when_its_childs_name_is_given(call: Call, take_in: TakeIn, home: Path) -> None:
    take_in({"child-name": "Maya Rosalind"}, "maya-2027")
    take_in({"child-name": "Robin"}, "robin-2027")
    copy = home / "cases" / "maya-2027 (conflicted copy 2027-01-03).json"
    copy.write_bytes((home / "cases" / "maya-2027.json").read_bytes())
    call("cases")
    done = call("remove", "maya-2027", "--yes-remove", "maya rosalind")
    assert done.code == 0
    assert "removed from this computer" in done.out
    left = everything(home)
    assert b"maya-2027" not in left
    assert b"Rosalind" not in left
    assert CaseStore(home).ids() == ["robin-2027"]


@pytest.mark.parametrize("name", ["Maya", "", "Robin", "maya-2027"])
def test_nothing_is_removed_for_another_name(call: Call, take_in: TakeIn, home: Path, name: str) -> None:
    take_in({"child-name": "Maya Rosalind"}, "maya-2027")
    before = everything(home)
    refused = call("remove", "maya-2027", "--yes-remove", name)
    assert_one_fault(refused)
    assert "Nothing was removed" in refused.err
    assert everything(home) == before


def test_it_is_asked_for_the_name_and_told_what_may_be_left(
    call: Call, take_in: TakeIn, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in({"child-name": "Maya Rosalind"}, "maya-2027")
    monkeypatch.setattr("sys.stdin", io.StringIO("Maya Rosalind\n"))
    done = call("remove", "maya-2027")
    assert done.code == 0
    assert "To remove it, type: Maya Rosalind" in done.err
    assert "Traces of the removed answers may stay on the disk" in done.err
    assert CaseStore(home).ids() == []


def test_a_case_without_a_name_is_removed_by_its_id(call: Call, take_in: TakeIn, home: Path) -> None:
    take_in({"plan": "iep"}, "no-name-yet")
    assert call("remove", "no-name-yet", "--yes-remove", "no-name-yet").code == 0
    assert CaseStore(home).ids() == []


def test_a_case_whose_file_is_gone_is_told_and_comes_back(call: Call, take_in: TakeIn, home: Path) -> None:
    take_in({"child-name": "Maya Rosalind"}, "maya-2027")
    (home / "cases" / "maya-2027.json").unlink()
    assert "maya-2027  The file is gone, and can be brought back" in call("cases").out
    assert "iep-tui backups maya-2027 restore 1" in call("where").out
    assert call("backups", "maya-2027").out.startswith("1  ")
    assert call("backups", "maya-2027", "restore", "1").code == 0
    assert CaseStore(home).name("maya-2027") == "Maya Rosalind"


def test_what_is_left_of_a_case_without_its_file_can_be_removed(call: Call, take_in: TakeIn, home: Path) -> None:
    take_in({"child-name": "Maya Rosalind"}, "maya-2027")
    (home / "cases" / "maya-2027.json").unlink()
    assert call("remove", "maya-2027", "--yes-remove", "Maya Rosalind").code == 0
    assert b"Rosalind" not in everything(home)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in lists of its own, not in modes")
def test_where_says_when_others_can_read_the_answers(call: Call, take_in: TakeIn, home: Path) -> None:
    take_in({"child-name": "Maya"})
    assert "Others on this computer" not in call("where").out
    for folder in (home, home / "cases"):
        folder.chmod(0o755)
    told = call("where").out
    assert "Others on this computer can look into 2 files or folders" in told
    assert f"chmod -R go= {home}" in told


def test_where_names_the_service_that_copies_the_folder(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IEP_TUI_HOME", str(tmp_path / "Dropbox" / "iep"))
    assert "copied by Dropbox" in call("where").out


def test_a_removal_that_is_broken_off_can_be_seen_and_done_again(
    call: Call, take_in: TakeIn, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from iep_tui.store import disk

    real = disk.remove
    for stop in range(1, 20):
        take_in({"child-name": "Maya Rosalind"}, "maya-2027")
        store = CaseStore(home)
        removed = 0

        def remove(path: Path) -> None:
            nonlocal removed
            removed += 1
            if removed == stop:  # noqa: B023 - read in this turn alone
                raise OSError(5, "broken off")
            real(path)

        with monkeypatch.context() as patch:
            patch.setattr(disk, "remove", remove)
            code = call("remove", "maya-2027", "--yes-remove", "Maya Rosalind").code
        if b"Rosalind" in everything(home):
            assert "maya-2027" in {*store.ids(), *store.lost()}, "what is left can be seen"
            assert call("remove", "maya-2027", "--yes-remove", store.name("maya-2027") or "maya-2027").code == 0
        assert b"Rosalind" not in everything(home)
        if code == 0:
            break
    assert stop > 2
