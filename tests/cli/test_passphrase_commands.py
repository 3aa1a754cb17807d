"""Sealed cases on the command line: set, opened from a file or a prompt, changed, removed."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from iep_tui.store.crypto import keyring
from iep_tui.store.crypto.keyring import KdfCost

from .conftest import Call, TakeIn

pytestmark = pytest.mark.slow

WORDS = "green kettle, seven boats"
OTHER = "four other words together"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cheap key derivation for new keyrings; opening one costs whatever its file says."""
    from iep_tui.services import passphrases

    little = KdfCost(memory=8, passes=1, lanes=1)
    monkeypatch.setattr(passphrases, "new_keyring", functools.partial(passphrases.new_keyring, cost=little))
    monkeypatch.setattr(passphrases, "changed_keyring", functools.partial(passphrases.changed_keyring, cost=little))


@pytest.fixture
def word_file(tmp_path: Path) -> Callable[[str], str]:
    def write(words: str) -> str:
        path = tmp_path / f"words-{hash(words)}"
        path.write_text(words + "\n", encoding="utf-8")
        return str(path)

    return write


WordFile = Callable[[str], str]


def test_a_case_is_sealed_read_and_unsealed(call: Call, take_in: TakeIn, word_file: WordFile, home: Path) -> None:
    case_id = take_in({"child-name": {"value": "Maya R."}})
    said = call("seal", case_id, "--passphrase-file", word_file(WORDS))
    assert said.code == 0, said.err
    recovery = said.out.strip()
    assert len(recovery.split("-")) == 6
    assert "1 child is sealed now." in said.err
    assert b"Maya R." not in b"".join(path.read_bytes() for path in home.rglob("*.json"))

    listed = call("cases")
    assert (listed.code, "a sealed case" in listed.out, "Maya" in listed.out) == (0, True, False)
    [row] = json.loads(call("cases", "--json").out)
    assert row["sealed"] is True
    assert set(row) == {"id", "changed", "sealed"}
    assert "Maya R." in call("cases", "--passphrase-file", word_file(WORDS)).out

    refused = call("export", case_id)
    assert (refused.code, refused.out) == (1, "")
    assert "needs a passphrase" in refused.err
    assert "Traceback" not in refused.err
    unnamed = call("export", "Maya")
    assert unnamed.code == 1
    assert "only with their passphrase" in unnamed.err
    for key in (WORDS, recovery):
        exported = call("export", "Maya", "--format", "json", "--passphrase-file", word_file(key))
        assert json.loads(exported.out)["id"] == case_id
    wrong = call("export", case_id, "--passphrase-file", word_file("another one"))
    assert (wrong.code, wrong.out) == (1, "")
    assert wrong.err == "iep-tui: This is not the passphrase, and not the recovery key. Nothing was changed.\n"

    back = call("unseal", case_id, "--passphrase-file", word_file(WORDS))
    assert back.code == 0, back.err
    assert "Maya R." in call("cases").out


@pytest.mark.slow
def test_one_for_all_seals_what_comes_later_and_can_be_changed(
    call: Call, take_in: TakeIn, word_file: WordFile, home: Path, tmp_path: Path
) -> None:
    take_in({"child-name": {"value": "Maya R."}})
    assert call("seal", "--all", "--passphrase-file", word_file(WORDS)).code == 0
    again = call("seal", "--all", "--passphrase-file", word_file(WORDS))
    assert again.code == 0, again.err
    file = tmp_path / "tom.json"
    file.write_text(
        '{"format": "iep-tui/case", "version": 1, "meetings": [{"answers": {"child-name": {"value": "Tom the Cat"}}}]}'
    )
    assert call("import", str(file)).code == 1
    taken = call("import", str(file), "--passphrase-file", word_file(WORDS))
    assert taken.code == 0, taken.err
    assert b"Tom the Cat" not in b"".join(path.read_bytes() for path in home.rglob("*.json"))

    given = ("--passphrase-file", word_file(WORDS), "--new-passphrase-file", word_file(OTHER))
    changed = call("passphrase", "--all", "--new-recovery-key", *given)
    assert changed.code == 0, changed.err
    assert len(changed.out.strip().split("-")) == 6
    assert "still open with the old one" in changed.err
    assert call("cases", "--passphrase-file", word_file(WORDS)).code == 1
    listed = call("cases", "--passphrase-file", word_file(OTHER)).out
    assert "Maya R." in listed
    assert "Tom the Cat" in listed
    assert call("unseal", "--all", "--passphrase-file", word_file(OTHER)).code == 0
    assert "Tom the Cat" in call("cases").out


def test_what_was_killed_half_way_is_ended_and_told(
    call: Call, take_in: TakeIn, word_file: WordFile, home: Path
) -> None:
    from iep_tui.store.case_store import CaseStore

    case_id = take_in({"child-name": {"value": "Maya R."}})
    call("seal", "--all", "--passphrase-file", word_file(WORDS))
    store = CaseStore(home)
    ring = store.sealing.ring_for_all()
    assert ring is not None
    store.sealing._shared_file.write(ring, "removing")
    said = call("export", case_id, "--format", "json", "--passphrase-file", word_file(WORDS))
    assert said.code == 0, said.err
    assert "The program has now gone on with the rest." in said.err
    assert json.loads(said.out)["id"] == case_id
    assert "Maya R." in call("cases").out
    assert not (home / "seal.json").exists()


def test_earlier_copies_of_a_sealed_case(call: Call, take_in: TakeIn, word_file: WordFile) -> None:
    case_id = take_in({"child-name": {"value": "Maya R."}})
    call("seal", case_id, "--passphrase-file", word_file(WORDS))
    assert call("backups", case_id).out.startswith("1  ")
    assert call("backups", case_id, "restore", "1").code == 1
    assert call("backups", "--passphrase-file", word_file(WORDS), case_id, "restore", "1").code == 0
    assert call("backups", case_id, "restore", "1", "--passphrase-file", word_file(WORDS)).code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("seal",),
        ("seal", "k7f3", "--all"),
        ("seal", "k7f3"),
        ("unseal", "--all"),
        ("passphrase", "--all"),
        ("seal", "--all"),
        ("seal", "--all", "--passphrase-file", "not-there"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(call: Call, arguments: tuple[str, ...]) -> None:
    said = call(*arguments)
    assert (said.code, said.out) == (1, "")
    assert "Traceback" not in said.err
    assert said.err.splitlines()[-1].startswith("iep-tui: ")


@pytest.mark.parametrize("words", ["", "short", "a" * 2_000])
def test_a_passphrase_that_cannot_be_set_seals_nothing(
    call: Call, take_in: TakeIn, word_file: WordFile, words: str
) -> None:
    case_id = take_in({"child-name": {"value": "Maya R."}})
    assert call("seal", case_id, "--passphrase-file", word_file(words)).code == 1
    assert "Maya R." in call("cases").out


def test_a_hostile_file_is_not_derived_for(
    call: Call, take_in: TakeIn, word_file: WordFile, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = take_in({"child-name": {"value": "Maya R."}})
    call("seal", case_id, "--passphrase-file", word_file(WORDS))
    for path in home.rglob("*.json"):
        path.write_bytes(path.read_bytes().replace(b'"memory":8', b'"memory":67108864'))
    monkeypatch.setattr(keyring, "_derive", lambda *given: pytest.fail("something was derived"))
    said = call("export", case_id, "--passphrase-file", word_file(WORDS))
    assert said.code == 1
    assert len(said.err.splitlines()) == 1
