"""Ctrl-C during a command: one line, exit code 130, and undamaged files."""

from __future__ import annotations

import functools
import json
import os
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from iep_tui.documents.formats.renderer import BY_NAME
from iep_tui.documents.privacy import file_text, share_check
from iep_tui.services import case_list, export, jobs, passphrases
from iep_tui.sets import file_check as checking
from iep_tui.store import bundle, interchange_format
from iep_tui.store.case_store import CaseFileSummary, CaseStore
from iep_tui.store.crypto import keyring, passphrase_changes
from iep_tui.store.crypto.keyring import KdfCost
from iep_tui.store.crypto.passphrase_changes import PassphraseManager, SealingReport
from iep_tui.store.crypto.rekey import RekeyTarget

from .conftest import Call, Said, TakeIn, case_file

pytestmark = pytest.mark.slow

WORDS = "green kettle, seven boats"
OTHER = "four other words together"
THREE = ("ana-2027", "ben-2027", "cleo-2027")


@pytest.fixture
def never(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Any, str], None]]:
    """Make a function press Ctrl-C and block until the test is over."""
    held = threading.Event()

    def slow(*_given: object, **_named: object) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        held.wait(30)

    yield lambda module, name: monkeypatch.setattr(module, name, slow)
    held.set()


@pytest.fixture
def words(tmp_path: Path) -> Callable[[str], str]:
    def write(passphrase: str) -> str:
        path = tmp_path / f"words-{passphrase[:4]}"
        path.write_text(passphrase + "\n", encoding="utf-8")
        return str(path)

    return write


@pytest.fixture
def three(call: Call, take_in: TakeIn, monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
    little = KdfCost(memory=8, passes=1, lanes=1)
    monkeypatch.setattr(passphrases, "new_keyring", functools.partial(passphrases.new_keyring, cost=little))
    monkeypatch.setattr(passphrases, "changed_keyring", functools.partial(passphrases.changed_keyring, cost=little))
    return tuple(take_in({"child-name": case_id.title()}, case_id) for case_id in THREE)


@pytest.fixture
def stop_in_the_first(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Press Ctrl-C while the first case is being sealed or unsealed."""
    bring = PassphraseManager._rekey_case
    armed: list[str] = []

    def slow(self: PassphraseManager, case_id: str, target: RekeyTarget) -> SealingReport:
        if case_id in armed:
            armed.clear()
            told = threading.Event()
            monkeypatch.setattr(jobs, "_", functools.partial(_telling, told))
            os.kill(os.getpid(), signal.SIGINT)
            assert told.wait(30)
        return bring(self, case_id, target)

    monkeypatch.setattr(PassphraseManager, "_rekey_case", slow)
    return lambda: armed.append(THREE[0])


def _telling(told: threading.Event, line: str) -> str:
    told.set()
    return line


def files(folder: Path) -> dict[str, bytes]:
    """Everything in the folder but the cache of the sets."""
    found = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if not name.startswith("cache/")}


def assert_stopped(said: Said, words: str = "Stopped.") -> None:
    assert said.code == 130
    assert said.out == ""
    assert said.err.splitlines()[-1].startswith(f"iep-tui: {words}")


def sealed(home: Path) -> list[str]:
    return [case_id for case_id in THREE if CaseStore(home).sealing.seal_of(case_id) is not None]


@pytest.mark.parametrize("format", [*BY_NAME])
def test_a_sheet_that_was_stopped_leaves_no_file(
    call: Call, take_in: TakeIn, never: Callable[[Any, str], None], home: Path, format: str
) -> None:
    case_id = take_in({"child-name": "Maya R."})
    before = files(home)
    never(export, "render")
    out = Path(f"sheet.{format}")
    out.write_bytes(b"the one of last week")
    assert_stopped(call("export", case_id, "--out", str(out), "--force"), "Stopped. Nothing was written.")
    assert files(Path()) == {str(out): b"the one of last week"}
    assert files(home) == before


@pytest.mark.parametrize("merge", [(), ("--merge",)])
def test_an_import_that_was_stopped_takes_nothing_in(
    call: Call, take_in: TakeIn, never: Callable[[Any, str], None], home: Path, merge: tuple[str, ...]
) -> None:
    take_in({"child-name": "Maya R."})
    before = files(home)
    Path("copy.json").write_bytes(case_file({"child-name": "Maya, later"}))
    never(interchange_format, "decode_case")
    assert_stopped(call("import", "copy.json", *merge), "Stopped. Nothing of copy.json was taken in.")
    assert files(home) == before


def test_the_files_before_the_one_that_was_stopped_are_taken_in(
    call: Call, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    Path("one.json").write_bytes(case_file({"child-name": "One"}, "one-2027"))
    Path("two.json").write_bytes(case_file({"child-name": "Two"}, "two-2027"))
    decode, held = interchange_format.decode_case, threading.Event()

    def slow(data: bytes) -> object:
        if b"Two" in data:
            os.kill(os.getpid(), signal.SIGINT)
            held.wait(30)
        return decode(data)

    monkeypatch.setattr(interchange_format, "decode_case", slow)
    said = call("import", "one.json", "two.json")
    held.set()
    assert (said.code, said.out) == (130, "one-2027\n")
    assert said.err == "iep-tui: Stopped. Nothing of two.json was taken in.\n"
    assert CaseStore(home).ids() == ["one-2027"]


def test_a_bundle_that_was_stopped_leaves_no_file(
    call: Call, take_in: TakeIn, never: Callable[[Any, str], None], words: Callable[[str], str]
) -> None:
    case_id = take_in({"child-name": "Maya R."})
    never(bundle, "encode_bundle")
    said = call("bundle", case_id, "--out", "maya.bundle", "--bundle-passphrase-file", words(WORDS))
    assert_stopped(said, "Stopped. Nothing was written.")
    assert files(Path()) == {}


@pytest.mark.parametrize(("module", "name"), [(file_text, "file_text"), (share_check, "find_private_text")])
def test_looking_through_a_file_can_be_stopped(
    call: Call, take_in: TakeIn, never: Callable[[Any, str], None], module: Any, name: str
) -> None:
    case_id = take_in({"child-name": "Maya R."})
    Path("sheet.md").write_text("# A sheet\n")
    never(module, name)
    assert_stopped(call("check-share", "sheet.md", case_id))


def test_checking_sets_can_be_stopped(call: Call, never: Callable[[Any, str], None]) -> None:
    never(checking, "check_paths")
    assert_stopped(call("sets", "check"))


def test_a_passphrase_that_is_looked_at_can_be_left(
    call: Call,
    three: tuple[str, ...],
    never: Callable[[Any, str], None],
    words: Callable[[str], str],
    home: Path,
) -> None:
    assert call("seal", "--all", "--passphrase-file", words(WORDS)).code == 0
    before = files(home)
    never(passphrase_changes, "open_keyring")
    assert_stopped(call("export", three[0], "--passphrase-file", words(WORDS)))
    assert_stopped(call("unseal", "--all", "--passphrase-file", words(WORDS)))
    assert files(home) == before


def test_before_the_first_seal_nothing_is_changed(
    call: Call, three: tuple[str, ...], never: Callable[[Any, str], None], words: Callable[[str], str], home: Path
) -> None:
    before = files(home)
    never(passphrases, "new_keyring")
    assert_stopped(call("seal", "--all", "--passphrase-file", words(WORDS)))
    assert files(home) == before


def test_sealing_stops_after_a_case_says_so_and_is_taken_up_again(
    call: Call,
    three: tuple[str, ...],
    stop_in_the_first: Callable[[], None],
    words: Callable[[str], str],
    home: Path,
) -> None:
    stop_in_the_first()
    said = call("seal", "--all", "--passphrase-file", words(WORDS))
    assert said.code == 130
    assert said.err.splitlines()[-1].startswith("iep-tui: Stopped. Not all children are done.")
    assert sealed(home) == [THREE[0]]
    assert {row["id"] for row in json.loads(call("cases", "--json").out)} == set(THREE)

    again = call("cases", "--passphrase-file", words(WORDS))
    assert "gone on with the rest" in again.err
    assert sealed(home) == list(THREE)
    assert all(case_id.title() in again.out for case_id in THREE)


def test_changing_and_taking_off_stop_after_a_case_too(
    call: Call,
    three: tuple[str, ...],
    stop_in_the_first: Callable[[], None],
    words: Callable[[str], str],
    home: Path,
) -> None:
    assert call("seal", "--all", "--passphrase-file", words(WORDS)).code == 0
    for arguments in (
        ("passphrase", "--all", "--passphrase-file", words(WORDS), "--new-passphrase-file", words(OTHER)),
        ("unseal", "--all", "--passphrase-file", words(OTHER)),
    ):
        stop_in_the_first()
        assert call(*arguments).code == 130
        assert CaseStore(home).sealing.unfinished()
        again = call("cases", "--passphrase-file", words(OTHER))
        assert "gone on with the rest" in again.err
        assert all(case_id.title() in again.out for case_id in THREE)
    assert sealed(home) == []


def test_a_list_that_was_stopped_keeps_what_it_read(
    call: Call, three: tuple[str, ...], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(case_list, "_BATCH_SIZE", 1)
    looked: list[str] = []
    inside = CaseStore.summary

    def slow(self: CaseStore, case_id: str, about: os.stat_result) -> CaseFileSummary:
        looked.append(case_id)
        if len(looked) == 2:
            told = threading.Event()
            monkeypatch.setattr(jobs, "_", functools.partial(_telling, told))
            os.kill(os.getpid(), signal.SIGINT)
            assert told.wait(30)
        return inside(self, case_id, about)

    monkeypatch.setattr(CaseStore, "summary", slow)
    (home / "cases.index").unlink(missing_ok=True)
    assert_stopped(call("cases"))
    assert len(looked) == 2
    assert len(call("cases").out.splitlines()) == 3
    assert len(looked) == 3, "the two that were read are in the index"


@pytest.mark.parametrize(
    "arguments", [("export", "Ana"), ("bundle", "Ana", "--out", "x", "--bundle-passphrase-file", "x")]
)
def test_looking_for_a_name_can_be_stopped(
    call: Call, three: tuple[str, ...], never: Callable[[Any, str], None], arguments: tuple[str, ...]
) -> None:
    never(CaseStore, "find")
    assert_stopped(call(*arguments))


def test_any_other_stop_is_told_too(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(CaseStore, "ids", interrupted)
    monkeypatch.setattr(keyring, "DEFAULT_KDF_COST", KdfCost(memory=8, passes=1, lanes=1))
    Path("one.json").write_bytes(case_file({"child-name": "One"}))
    assert_stopped(call("import", "one.json"))
