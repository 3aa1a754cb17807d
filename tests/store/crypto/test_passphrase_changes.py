"""Sealed cases on the disk: saved, listed, repaired, restored, and passphrases set, changed and removed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from iep_tui.core.case_model import Case, Meeting
from iep_tui.store import disk
from iep_tui.store.case_store import CaseStore
from iep_tui.store.crypto import keyring
from iep_tui.store.crypto.keyring import KdfCost, Keyring, new_keyring_for, with_passphrase
from iep_tui.store.crypto.recovery_key import new_recovery_key
from iep_tui.store.crypto.rekey import header_of
from iep_tui.store.errors import (
    CaseDamaged,
    CaseLocked,
    CaseMissing,
    CaseSealed,
    NotWritable,
    StoreError,
    WrongPassphrase,
)

from ..conftest import FakeClock
from ..sample_cases import MAYA, names, said

CHEAP = KdfCost(memory=8, passes=1, lanes=1)
WORDS = "green kettle, seven boats"
OTHER = "four other words together"
MARKER = "she hides under the Xylograph table"
MARKED = said(MAYA, MARKER)


def ring_of(store: CaseStore, passphrase: str = WORDS, recovery_key: str = "") -> Keyring:
    """A new keyring whose key the store has."""
    ring, key = new_keyring_for(passphrase, recovery_key, CHEAP)
    store.keys.learn(ring.id, key)
    return ring


def another(case_id: str, words: str = MARKER) -> Case:
    return said(Case(case_id, (Meeting("first-2027", "2027-01-03", MAYA.latest.answers),)), words)


def in_clear(home: Path, *markers: str) -> list[str]:
    """The files below `home` with one of these words in the clear."""
    wanted = [marker.encode() for marker in (markers or (MARKER, "Maya", "Ortiz", "child-name"))]
    return sorted(
        str(path.relative_to(home))
        for path in home.rglob("*")
        if path.is_file() and any(marker in path.read_bytes() for marker in wanted)
    )


@pytest.fixture
def sealed(store: CaseStore, home: Path, clock: FakeClock) -> CaseStore:
    """A store after a restart: MAYA sealed under a passphrase of its own, locked."""
    with store.create(MAYA) as opened:
        opened.save(MARKED)
    store.sealing.seal_case(MAYA.id, ring_of(store))
    return CaseStore(home, clock)


def test_a_sealed_case_opens_after_its_passphrase_and_saves_sealed(
    sealed: CaseStore, home: Path, clock: FakeClock
) -> None:
    for attempt in (sealed.open, sealed.read, lambda case_id: sealed.restore(case_id, 1)):
        with pytest.raises(CaseSealed):
            attempt(MAYA.id)
    sealed.sealing.unlock(WORDS, MAYA.id)
    with sealed.open(MAYA.id) as opened:
        assert opened.case == MARKED
        assert not opened.read_only
        clock.passes(minutes=5)
        opened.save(said(MARKED, MARKER + " again"))
    assert sealed.read(MAYA.id) == said(MARKED, MARKER + " again")
    assert len(sealed.backups(MAYA.id)) >= 2
    assert in_clear(home) == []


def test_a_wrong_passphrase_is_told_and_changes_nothing(sealed: CaseStore, home: Path) -> None:
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    with pytest.raises(WrongPassphrase):
        sealed.sealing.unlock("green kettle", MAYA.id)
    assert sealed.sealing.is_locked(MAYA.id)
    assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == before


def test_a_locked_case_is_listed_without_a_name_and_found_by_its_id(sealed: CaseStore) -> None:
    [summary] = sealed.summaries()
    assert (summary.case, summary.name, summary.sealed) == (None, "", True)
    assert sealed.find(MAYA.id[:5]) == MAYA.id
    with pytest.raises(CaseMissing, match="only with their passphrase"):
        sealed.find("Maya")
    sealed.sealing.unlock(WORDS, MAYA.id)
    assert [one.name for one in sealed.summaries()] == ["Maya R."]
    assert sealed.find("maya") == MAYA.id
    sealed.keys.forget()
    assert [one.name for one in sealed.summaries()] == [""]


def test_setting_a_seal_takes_every_copy_along(store: CaseStore, home: Path, clock: FakeClock) -> None:
    for number in range(4):
        with store.open(MAYA.id) if number else store.create(MAYA) as opened:
            clock.passes(hours=1)
            opened.save(said(MAYA, f"{MARKER} {number}"))
    folder = store.folder
    (folder / f"{MAYA.id}.version-1.json").write_bytes((folder / f"{MAYA.id}.json").read_bytes())
    (folder / f"{MAYA.id}.damaged-20270103T100000Z.json").write_bytes(MARKER.encode() * 9)
    (folder / f"{MAYA.id} (conflicted copy).json").write_bytes((folder / f"{MAYA.id}.json").read_bytes())
    (folder / f".{MAYA.id}.tmp").write_bytes(MARKER.encode())
    (home / "backups" / MAYA.id / ".tmp").write_bytes(MARKER.encode())
    before = {one.path.name: store.read_copy(one.path) for one in store.backups(MAYA.id)}
    times = {path: path.stat().st_mtime_ns for path in home.rglob("*.json")}
    clear = {path: path.read_bytes() for path in home.rglob("*.json")}

    report = store.sealing.seal_case(MAYA.id, ring_of(store))

    assert report.left == []
    assert in_clear(home) == []
    assert {one.path.name: store.read_copy(one.path) for one in store.backups(MAYA.id)} == before
    assert {path: path.stat().st_mtime_ns for path in home.rglob("*.json")} == times
    assert {path.stat().st_mode & 0o777 for path in home.rglob("*.json")} == {0o600}

    store.sealing.unseal_case(MAYA.id)
    assert {path: path.read_bytes() for path in home.rglob("*.json")} == clear


def test_a_case_that_is_open_or_damaged_or_locked_is_not_sealed_over(sealed: CaseStore) -> None:
    with pytest.raises(CaseSealed):
        sealed.sealing.unseal_case(MAYA.id)
    with pytest.raises(CaseSealed):
        sealed.sealing.seal_case(MAYA.id, ring_of(sealed, OTHER))
    sealed.sealing.unlock(WORDS, MAYA.id)
    with sealed.open(MAYA.id), pytest.raises(CaseLocked):
        sealed.sealing.unseal_case(MAYA.id)
    sealed.create(another("zoe")).close()
    path = sealed.folder / "zoe.json"
    path.write_bytes(path.read_bytes()[:-5])
    with pytest.raises(CaseDamaged):
        sealed.sealing.seal_case("zoe", ring_of(sealed))
    assert header_of(path).seal is None  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "garble",
    [
        lambda data: b"",
        lambda data: data[: len(data) // 2],
        lambda data: b"\x00" * len(data),
        lambda data: data[:-9] + bytes([data[-9] ^ 1]) + data[-8:],
        lambda data: data.replace(b'"memory":8,', b'"memory":67108864,'),
        lambda data: b"\xff" + data,
    ],
    ids=["empty", "half", "zeros", "bit", "hostile", "bad start"],
)
def test_a_damaged_sealed_file_asks_for_the_passphrase_then_its_newest_copy_opens(
    sealed: CaseStore, home: Path, garble: Callable[[bytes], bytes]
) -> None:
    path = sealed.folder / f"{MAYA.id}.json"
    path.write_bytes(garble(path.read_bytes()))
    damaged = path.read_bytes()
    with pytest.raises(CaseSealed):
        sealed.open(MAYA.id)
    assert path.read_bytes() == damaged
    assert sealed.sealing.is_locked(MAYA.id)
    sealed.sealing.unlock(WORDS, MAYA.id)
    with sealed.open(MAYA.id) as opened:
        assert opened.case == MARKED
        assert ".damaged-" in opened.notice
    assert in_clear(home) == []


def test_a_damaged_case_that_cannot_come_out_of_its_seal_leaves_its_copies_sealed(
    sealed: CaseStore, home: Path
) -> None:
    path = sealed.folder / f"{MAYA.id}.json"
    path.write_bytes(path.read_bytes()[:100])
    sealed.sealing.unlock(WORDS, MAYA.id)
    with pytest.raises(CaseDamaged):
        sealed.sealing.unseal_case(MAYA.id)
    assert in_clear(home) == []
    assert sealed.sealing.seal_of(MAYA.id) is not None


def test_a_damaged_file_for_all_says_where_it_is_and_moved_away_comes_back(store: CaseStore, home: Path) -> None:
    store.create(MAYA).close()
    ring = ring_of(store)
    store.sealing.seal_all(ring)
    places = (home / "seal.json", home / "backups" / "seal.json")
    for path in places:
        path.write_text("zz")
    for path in places:
        with pytest.raises(CaseDamaged, match=str(path)):
            store.create(another("zoe"))
        assert store.read(MAYA.id) == MAYA
        path.unlink()
    store.create(another("zoe")).close()
    assert in_clear(home) == []
    assert store.sealing.ring_for_all() == ring


def test_going_back_to_a_copy_keeps_the_seal(sealed: CaseStore, home: Path, clock: FakeClock) -> None:
    sealed.sealing.unlock(WORDS, MAYA.id)
    with sealed.open(MAYA.id) as opened:
        clock.passes(hours=2)
        opened.save(said(MAYA, "Xylograph later"))
    oldest = sealed.backups(MAYA.id)[-1]
    sealed.restore(MAYA.id, oldest.number)
    assert sealed.read(MAYA.id) in (MAYA, MARKED)
    assert in_clear(home, "Xylograph", "Maya") == []


def test_a_sealed_file_opens_wherever_it_is_carried(sealed: CaseStore, tmp_path: Path) -> None:
    elsewhere = CaseStore(tmp_path / "elsewhere")
    elsewhere.folder.mkdir(parents=True)
    shutil.copy(sealed.folder / f"{MAYA.id}.json", elsewhere.folder)
    elsewhere.sealing.unlock(WORDS, MAYA.id)
    assert elsewhere.read(MAYA.id) == MARKED


# One passphrase for all


@pytest.fixture
def all_sealed(store: CaseStore, home: Path, clock: FakeClock) -> CaseStore:
    """Three cases under one passphrase and a recovery key, locked."""
    for case_id in ("ana", "ben", "cem"):
        store.create(another(case_id)).close()
    report = store.sealing.seal_all(ring_of(store))
    assert (report.done, report.left) == (["ana", "ben", "cem"], [])
    return CaseStore(home, clock)


def test_one_derivation_opens_all_and_new_ones_are_sealed_too(
    all_sealed: CaseStore, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(CaseSealed):
        all_sealed.create(MARKED)
    assert names(all_sealed.folder) == [".ana.lock", ".ben.lock", ".cem.lock", "ana.json", "ben.json", "cem.json"]
    derived: list[object] = []
    derive = keyring._derive

    def counted(*given: object) -> object:
        derived.append(given)
        return derive(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(keyring, "_derive", counted)
    all_sealed.sealing.unlock(WORDS)
    assert all_sealed.add(MARKED) == MAYA.id
    assert {one.id: one.name for one in all_sealed.summaries()} == dict.fromkeys(
        ("ana", "ben", "cem", MAYA.id), "Maya R."
    )
    with all_sealed.open("ben") as opened:
        for number in range(20):
            opened.save(another("ben", f"{MARKER} {number}"))
    assert len(derived) == 1
    assert in_clear(home) == []


def test_cases_with_and_without_a_passphrase_lie_side_by_side(sealed: CaseStore, home: Path, clock: FakeClock) -> None:
    sealed.create(another("zoe", "in clear")).close()
    assert sealed.read("zoe") == another("zoe", "in clear")
    report = sealed.sealing.seal_all(ring_of(sealed, OTHER))
    assert report.own == [MAYA.id]
    again = CaseStore(home, clock)
    again.sealing.unlock(OTHER)
    assert again.read("zoe") == another("zoe", "in clear")
    assert again.sealing.is_locked(MAYA.id)
    again.sealing.unlock(WORDS, MAYA.id)
    assert again.read(MAYA.id) == MARKED


def test_a_changed_passphrase_opens_every_file_and_the_old_one_none(
    all_sealed: CaseStore, home: Path, clock: FakeClock, tmp_path: Path
) -> None:
    all_sealed.sealing.unlock(WORDS)
    ring = all_sealed.sealing.ring_for_all()
    assert ring is not None
    key = all_sealed.keys.ring_key(ring.id)
    report = all_sealed.sealing.change_for_all(with_passphrase(ring, key, OTHER, cost=CHEAP))
    assert (report.done, report.left, all_sealed.sealing.unfinished()) == (["ana", "ben", "cem"], [], "")
    again = CaseStore(home, clock)
    with pytest.raises(WrongPassphrase):
        again.sealing.unlock(WORDS)
    again.sealing.unlock(OTHER)
    assert again.read("cem") == another("cem")
    # Each copy stands for itself, without the file for all.
    for path in [one for one in home.rglob("*.json") if one.name != "seal.json"]:
        header = header_of(path)
        assert header is not None
        assert header.seal is not None
        keyring.open_keyring(header.seal.ring, OTHER)
        with pytest.raises(WrongPassphrase):
            keyring.open_keyring(header.seal.ring, WORDS)


def test_the_seal_for_all_can_be_removed(all_sealed: CaseStore, home: Path, clock: FakeClock) -> None:
    with pytest.raises(CaseSealed):
        all_sealed.sealing.unseal_all()
    all_sealed.sealing.unlock(WORDS)
    report = all_sealed.sealing.unseal_all()
    assert (report.done, report.left) == (["ana", "ben", "cem"], [])
    assert not list(home.rglob("seal.json"))
    plain = CaseStore(home, clock)
    assert [one.sealed for one in plain.summaries()] == [False] * 3
    plain.create(MARKED).close()
    assert plain.read(MAYA.id) == MARKED


@pytest.mark.parametrize("loss", ["file", "damaged", "both"])
def test_a_lost_file_of_the_seal_loses_no_case_and_no_later_one_is_left_in_clear(
    all_sealed: CaseStore, home: Path, clock: FakeClock, loss: str
) -> None:
    if loss == "damaged":
        (home / "seal.json").write_bytes(b"{}")
    else:
        (home / "seal.json").unlink()
    if loss == "both":
        (home / "backups" / "seal.json").unlink()
    store = CaseStore(home, clock)
    with pytest.raises(CaseSealed):
        store.create(MARKED)
    store.sealing.unlock(WORDS)
    assert store.read("ana") == another("ana")
    store.create(MARKED).close()
    assert in_clear(home) == []


def test_the_recovery_key_opens_what_the_passphrase_does(store: CaseStore, home: Path, clock: FakeClock) -> None:
    recovery = new_recovery_key()
    store.create(another("ana")).close()
    store.sealing.seal_all(ring_of(store, WORDS, recovery))
    again = CaseStore(home, clock)
    again.sealing.unlock(recovery.lower())
    assert again.read("ana") == another("ana")


# Killed between two files


class Killed(BaseException):
    """The simulated end of the process."""


def kill_after(count: int, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """End the process at the `count`th file replacement; return the number of replacements."""
    done = [0]
    replace = disk.replace

    def counted(source: Path, target: Path) -> None:
        if done[0] >= count:
            raise Killed
        replace(source, target)
        done[0] += 1

    monkeypatch.setattr(disk, "replace", counted)
    return done


def everything(home: Path, clock: FakeClock, *passphrases: str) -> dict[str, Case]:
    """Every case, opened with the first of these passphrases that fits."""
    found: dict[str, Case] = {}
    for case_id in CaseStore(home, clock).ids():
        for passphrase in (*passphrases, ""):
            store = CaseStore(home, clock)
            try:
                if passphrase:
                    store.sealing.unlock(passphrase, case_id)
                found[case_id] = store.read(case_id)
            except (WrongPassphrase, CaseMissing):
                continue
            break
    return found


@pytest.mark.slow
@pytest.mark.parametrize("step", ["seal", "change", "remove"])
def test_killed_between_two_files_everything_opens_and_the_next_time_ends_it(
    tmp_path: Path, clock: FakeClock, step: str
) -> None:
    wanted = {case_id: another(case_id) for case_id in ("ana", "ben")}
    for count in range(30):
        home = tmp_path / str(count)
        store = CaseStore(home, clock)
        for case in wanted.values():
            store.create(case).close()
        ring = ring_of(store)
        if step != "seal":
            store.sealing.seal_all(ring)
        changed = with_passphrase(ring, store.keys.ring_key(ring.id), OTHER, cost=CHEAP)
        act: dict[str, Callable[[], object]] = {
            "seal": lambda store=store, ring=ring: store.sealing.seal_all(ring),  # type: ignore[misc]
            "change": lambda store=store, changed=changed: store.sealing.change_for_all(changed),  # type: ignore[misc]
            "remove": lambda store=store: store.sealing.unseal_all(),  # type: ignore[misc]
        }
        with pytest.MonkeyPatch.context() as monkeypatch:
            kill_after(count, monkeypatch)
            try:
                act[step]()
                over = True
            except Killed:
                over = False
        assert everything(home, clock, OTHER, WORDS) == wanted, count
        if over:
            assert count > 4
            return
        again = CaseStore(home, clock)
        words = OTHER if step == "change" and count > 0 else WORDS
        if again.sealing.unfinished():
            again.sealing.unlock(words)
            report = again.sealing.finish()
            assert report is not None
            assert report.left == []
            assert again.sealing.unfinished() == ""
            if step == "remove":
                assert not any(one.sealed for one in again.summaries())
            else:
                assert in_clear(home) == [], count
                assert everything(home, clock, words) == wanted
    pytest.fail("it never came to its end")


@pytest.mark.parametrize("act", ["open", "restore"])
def test_killed_half_sealed_and_then_damaged_a_copy_in_clear_comes_back_sealed(
    store: CaseStore, home: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    with store.create(MAYA) as opened:
        for number in range(3):
            clock.passes(hours=1)
            opened.save(said(MAYA, f"{MARKER} {number}"))
    ring = ring_of(store)
    with monkeypatch.context() as patch:
        kill_after(2, patch)  # the case and its oldest copy are sealed by then
        with pytest.raises(Killed):
            store.sealing.seal_case(MAYA.id, ring)
    path = store.folder / f"{MAYA.id}.json"
    assert header_of(store.backups(MAYA.id)[0].path).seal is None  # type: ignore[union-attr]
    path.write_bytes(b"\0" * path.stat().st_size)
    again = CaseStore(home, clock)
    with pytest.raises(CaseSealed):
        again.open(MAYA.id)
    again.sealing.unlock(WORDS, MAYA.id)
    if act == "restore":
        again.restore(MAYA.id, 1)
    with again.open(MAYA.id) as opened:
        assert opened.case == said(MAYA, f"{MARKER} 2")
    assert header_of(path).seal is not None  # type: ignore[union-attr]
    assert in_clear(home) == []


def test_one_case_killed_half_sealed_is_tidied_when_it_opens(tmp_path: Path, clock: FakeClock) -> None:
    for count in range(1, 12):
        home = tmp_path / str(count)
        store = CaseStore(home, clock)
        with store.create(MAYA) as opened:
            for number in range(3):
                clock.passes(hours=1)
                opened.save(said(MAYA, f"{MARKER} {number}"))
        ring = ring_of(store)
        with pytest.MonkeyPatch.context() as monkeypatch:
            kill_after(count, monkeypatch)
            try:
                store.sealing.seal_case(MAYA.id, ring)
                over = True
            except Killed:
                over = False
        again = CaseStore(home, clock)
        again.sealing.unlock(WORDS, MAYA.id)
        with again.open(MAYA.id) as opened:
            assert opened.case == said(MAYA, f"{MARKER} 2")
            assert in_clear(home) == [], count
        if over:
            return
        assert count < 8
    pytest.fail("it never came to its end")


def test_a_disk_that_fails_while_sealing_leaves_the_case_and_says_so(
    store: CaseStore, home: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.create(MARKED).close()
    ring = ring_of(store)
    with monkeypatch.context() as patch:
        patch.setattr(disk, "write_all", lambda *given: (_ for _ in ()).throw(OSError(28, os.strerror(28))))
        with pytest.raises(NotWritable, match="no room"):
            store.sealing.seal_case(MAYA.id, ring)
    assert CaseStore(home, clock).read(MAYA.id) == MARKED


def test_what_cannot_be_taken_along_is_reported(store: CaseStore, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store.create(MARKED).close()
    [backup] = store.backups(MAYA.id)
    write = disk.replace

    def refuse(source: Path, target: Path) -> None:
        if target == backup.path:
            raise OSError(5, os.strerror(5))
        write(source, target)

    monkeypatch.setattr(disk, "replace", refuse)
    report = store.sealing.seal_case(MAYA.id, ring_of(store))
    assert report.left == [(backup.path.name, os.strerror(5))]


def test_a_sealed_body_that_is_too_long_is_refused_before_it_is_written(
    store: CaseStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.create(MARKED).close()
    length = (store.folder / f"{MAYA.id}.json").stat().st_size
    monkeypatch.setattr("iep_tui.store.case_file_format.MAX_CASE_FILE_BYTES", length + 300)
    with pytest.raises(StoreError, match="longer than"):
        store.sealing.seal_case(MAYA.id, ring_of(store))
    assert store.read(MAYA.id) == MARKED


def test_a_home_without_sealed_cases_never_loads_the_ciphers(home: Path) -> None:
    import subprocess
    import sys

    code = (
        "import sys; from pathlib import Path; from iep_tui.store.case_store import CaseStore, new_id\n"
        "from iep_tui.core.case_model import Answers, Case, Meeting\n"
        f"store = CaseStore(Path({str(home)!r})); store.add(Case('k7f3', (Meeting('m4', '', Answers()),)))\n"
        "store.summaries(); store.open('k7f3').close()\n"
        "print([name for name in sys.modules if name.startswith('cryptography')])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"


def test_a_headers_bounds_hold_for_the_largest_seal(sealed: CaseStore) -> None:
    header = header_of(sealed.folder / f"{MAYA.id}.json")
    assert header is not None
    assert header.seal is not None
    ring = msgspec.structs.replace(header.seal.ring, slots=header.seal.ring.slots * 4)
    largest = msgspec.structs.replace(header, seal=msgspec.structs.replace(header.seal, ring=ring))
    assert len(msgspec.json.encode(largest)) < 4096 // 2


@pytest.mark.slow
def test_one_damaged_byte_in_the_first_line_is_never_a_wrong_passphrase(
    sealed: CaseStore, home: Path, clock: FakeClock
) -> None:
    """Whatever byte of the seal is hit, the right passphrase opens the case: from a backup where it has to."""
    sealed.sealing.unlock(WORDS, MAYA.id)
    path = home / "cases" / f"{MAYA.id}.json"
    whole = path.read_bytes()
    kept = {one: one.read_bytes() for one in home.rglob("*.json")}
    seal, last = whole.index(b'"seal"'), whole.index(b"\n")
    for place in (*range(0, last, 13), *range(seal, seal + 8)):
        for one, data in kept.items():
            one.write_bytes(data)
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        again = CaseStore(home, clock)
        again.sealing.unlock(WORDS, MAYA.id)
        with again.open(MAYA.id) as opened:
            assert opened.case == MARKED, whole[place - 20 : place + 20]


def test_a_ring_of_before_there_were_sums_opens(store: CaseStore) -> None:
    ring = msgspec.structs.replace(ring_of(store), sum="")
    keyring.check_keyring(ring)
    assert keyring.open_keyring(ring, WORDS)


def test_a_slot_that_was_damaged_is_told_before_anything_is_derived() -> None:
    ring, _key = new_keyring_for(WORDS, cost=CHEAP)
    (slot,) = ring.slots
    flipped = msgspec.structs.replace(slot, key=slot.key[:20] + ("A" if slot.key[20] != "A" else "B") + slot.key[21:])
    with pytest.raises(CaseDamaged, match="part that checks the passphrase has changed"):
        keyring.open_keyring(msgspec.structs.replace(ring, slots=(flipped,)), WORDS)
