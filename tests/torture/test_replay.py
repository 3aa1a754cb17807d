"""The recorded system calls of one save, cut off at any point and reordered as a disk may write them."""

from __future__ import annotations

import itertools
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from iep_tui.store.case_store import CaseStore
from iep_tui.store.errors import StoreError

from .saver_process import CASE, begin, saver

pytestmark = pytest.mark.torture

OLD, NEW = "old words " * 40, "new words " * 60
_CALL = re.compile(r"^(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)")
_HEX = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_FILE = re.compile(r"^-?\d+<([^>]*)>")


class Did(NamedTuple):
    """One call of the save: create NAME, write DATA to NAME, sync NAME, or link or rename NAME to OTHER."""

    what: str
    name: str
    other: str = ""
    data: bytes = b""


def recorded(strace: str, home: Path, log: Path) -> list[Did]:
    """The file operations of one save in `home`, in order."""
    names = "openat,write,fsync,fdatasync,rename,renameat,renameat2,link,linkat,unlink,unlinkat,mkdir"
    with saver(home, strace, "-f", "-y", "-xx", "-s", "1000000", "-e", f"trace={names}", "-o", str(log)) as window:
        assert window.save(NEW.strip())
    did: list[Did] = []
    for line in log.read_text().splitlines():
        call = _CALL.match(line)
        if call is None or int(call[3]) < 0:
            continue
        name, given = call[1], call[2]
        texts = [bytes.fromhex(text.replace("\\x", "")) for text in _HEX.findall(given)]
        file = _FILE.match(given)
        path = _unhexed(file[1]) if file else ""
        one: Did | None = None
        if name == "openat" and "O_CREAT" in given:
            one = Did("make", texts[0].decode())
        elif name == "write":
            one = Did("write", path, data=texts[0])
        elif name in ("fsync", "fdatasync"):
            one = Did("sync", path)
        elif name.startswith("rename"):
            one = Did("move", texts[0].decode(), texts[1].decode())
        elif name.startswith("link"):
            one = Did("link", texts[0].decode(), texts[1].decode())
        elif name.startswith("unlink"):
            one = Did("remove", texts[0].decode())
        if one is not None and str(home) in one.name and not one.name.endswith(".lock"):
            did.append(one)
    return did


def _unhexed(text: str) -> str:
    return bytes.fromhex(text.replace("\\x", "")).decode() if text.startswith("\\x") else text


def states(before: dict[str, bytes], did: list[Did]) -> Iterator[dict[str, bytes]]:
    """Every possible state of the files after a power cut directly after all of `did`.

    What was written and not synced may be there, half there, missing, or zeros. What was done to the names in a folder
    and not synced may have been done or not, each on its own.
    """
    inodes: list[tuple[bytes, bytes]] = []  # on the disk for sure, as it is in memory
    names: dict[str, int] = {}
    for name, data in before.items():
        names[name] = len(inodes)
        inodes.append((data, data))
    durable = dict(names)
    pending: list[tuple[Did, int]] = []
    for one in did:
        if one.what == "make":
            names[one.name] = len(inodes)
            inodes.append((b"", b""))
            pending.append((one, names[one.name]))
        elif one.what == "write":
            sure, now = inodes[names[one.name]]
            inodes[names[one.name]] = (sure, now + one.data)
        elif one.what == "sync" and one.name in names:
            inodes[names[one.name]] = (inodes[names[one.name]][1],) * 2
        elif one.what == "sync":
            for act, inode in [
                pair for pair in pending if Path(pair[0].other or pair[0].name).parent == Path(one.name)
            ]:
                _done(durable, act, inode)
                pending.remove((act, inode))
        else:
            inode = names[one.name]
            _done(names, one, inode)
            pending.append((one, inode))
    for chosen in itertools.product((False, True), repeat=len(pending)):
        there = dict(durable)
        for (act, inode), is_done in zip(pending, chosen, strict=True):
            if is_done:
                _done(there, act, inode)
        wanted = sorted(set(there.values()))
        for contents in itertools.product(*(_contents(*inodes[inode]) for inode in wanted)):
            content = dict(zip(wanted, contents, strict=True))
            yield {name: content[inode] for name, inode in there.items()}


def _contents(sure: bytes, now: bytes) -> list[bytes]:
    if sure == now:
        return [now]
    added = now[len(sure) :]
    return [sure, sure + added[: len(added) // 2], sure + bytes(len(added)), now]


def _done(names: dict[str, int], act: Did, inode: int) -> None:
    if act.what in ("move", "remove"):
        names.pop(act.name, None)
    if act.what != "remove":
        names[act.other or act.name] = inode


@pytest.fixture(scope="module")
def save(strace: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes], list[Did]]:
    """The home of a case, its files before one save, and the operations of that save."""
    folder = tmp_path_factory.mktemp("replay")
    home = folder / "data"
    begin(home, OLD.strip())
    before = {str(path): path.read_bytes() for path in home.rglob("*") if path.is_file() and path.suffix != ".lock"}
    return home, before, recorded(strace, home, folder / "log")


def found(home: Path, state: dict[str, bytes]) -> object:
    """The words that the program finds in this state of the files, or the error of reading it."""
    shutil.rmtree(home, ignore_errors=True)
    (home / "cases").mkdir(parents=True)
    for name, data in state.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    try:
        with CaseStore(home).open(CASE) as file:
            return file.notice or file.read_only or file.case.latest.answers.of("words").value
    except StoreError as error:
        return error


def test_every_prefix_in_every_order_is_the_old_or_the_new_state(
    save: tuple[Path, dict[str, bytes], list[Did]],
) -> None:
    home, before, did = save
    assert {one.what for one in did} >= {"make", "write", "sync", "move"}
    seen = set()
    for length in range(len(did) + 1):
        for state in states(before, did[:length]):
            words = found(home, state)
            assert words in (OLD.strip(), NEW.strip()), (did[:length], words)
            seen.add(words)
    assert seen == {OLD.strip(), NEW.strip()}


def test_what_was_called_saved_is_there_in_every_order(save: tuple[Path, dict[str, bytes], list[Did]]) -> None:
    home, before, did = save
    for state in states(before, did):
        assert found(home, state) == NEW.strip()


@pytest.mark.parametrize("left_out", ["the file", "the folder"])
def test_the_control_a_save_that_does_not_wait_for_the_disk_is_caught(
    save: tuple[Path, dict[str, bytes], list[Did]], left_out: str
) -> None:
    home, before, did = save
    folders = {str(home / "cases"), str(home / "backups" / CASE)}
    hasty = [one for one in did if one.what != "sync" or (one.name in folders) == (left_out == "the file")]
    assert len(hasty) < len(did)
    assert any(found(home, state) != NEW.strip() for state in states(before, hasty))
