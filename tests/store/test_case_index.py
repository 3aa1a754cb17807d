"""The case index: never required, never stale, and without a word of a sealed case."""

from __future__ import annotations

import datetime
import os
import stat
from pathlib import Path

import msgspec
import pytest

from iep_tui.core.case_model import Answer, Answers, Case, Meeting
from iep_tui.core.question_model import Catalogue, Question, QuestionSet
from iep_tui.services.case_list import CaseList, CaseRow, case_rows
from iep_tui.store import saved_state
from iep_tui.store.case_index import CaseIndex, IndexLine
from iep_tui.store.case_store import CaseStore
from iep_tui.store.crypto.keyring import KdfCost, new_keyring_for

DAY = datetime.date(2027, 3, 3)


def catalogue(*when: str) -> Catalogue:
    """A set that asks for the name, the birthday, the meeting's day, and a conditional question."""
    fixed = ("child-name", "line"), ("child-birth-date", "date"), ("meeting-date", "date")
    asked = [Question(id=name, kind=kind, title=name, set_id="s", line=1) for name, kind in fixed]
    asked += [
        Question(id=f"q-{number}", kind="line", title="?", set_id="s", line=1, when=one)
        for number, one in enumerate(when)
    ]
    return Catalogue((QuestionSet(id="s", title="S", questions=tuple(asked)),))


SETS = catalogue("age >= 14", "stage = before")


def case(case_id: str, name: str, **answers: str) -> Case:
    given = {"child-name": name, **{key.replace("_", "-"): value for key, value in answers.items()}}
    return Case(case_id, (Meeting("m", "2027-01-03", Answers({k: Answer(v, "answered") for k, v in given.items()})),))


@pytest.fixture(params=[0, 1, 64], ids="{} in the small file".format)
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CaseStore:
    """Two cases in the small index file, in the large one, or one in each."""
    monkeypatch.setattr("iep_tui.store.case_index.RECENT_CASES", request.param)
    store = CaseStore(tmp_path / "data")
    store.add(case("maya", "Maya", child_birth_date="2013-03-10", meeting_date="2027-03-12"))
    store.add(case("liam", "Liam"))
    return store


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the case files read from here on."""
    found: list[str] = []
    read = saved_state.read_state

    def noted(path: Path, *rest: object) -> object:
        found.append(path.stem)
        return read(path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr("iep_tui.store.saved_state.read_state", noted)
    return found


def indexes(store: CaseStore) -> list[Path]:
    """The existing index files."""
    return sorted(store.home.glob("*cases.*"))


def kept(store: CaseStore) -> bytes:
    return b"".join(path.read_bytes() for path in indexes(store))


def told(store: CaseStore, sets: Catalogue = SETS, day: datetime.date = DAY) -> dict[str, CaseRow]:
    return {one.case_id: one for one in case_rows(store, sets, day)[0]}


def test_a_second_look_reads_no_case(store: CaseStore, reads: list[str]) -> None:
    first = told(store)
    assert sorted(reads) == ["liam", "maya"]
    reads.clear()
    assert told(store) == first
    assert first["maya"].name == "Maya"
    assert first["maya"].progress == "3 of 5 answered"
    assert reads == []


def test_a_case_that_was_saved_is_read_again_and_no_other(store: CaseStore, reads: list[str]) -> None:
    told(store)
    with store.open("maya") as opened:
        latest = opened.case.latest
        answers = latest.answers.put("child-name", Answer("Maia", "answered"))
        opened.save(opened.case.with_meeting(msgspec.structs.replace(latest, answers=answers)))
    reads.clear()
    assert told(store)["maya"].name == "Maia"
    assert set(reads) == {"maya"}


@pytest.mark.parametrize("what", ["size", "time", "inode"])
def test_another_file_in_its_place_is_seen(store: CaseStore, reads: list[str], what: str) -> None:
    told(store)
    path = store.folder / "maya.json"
    about, data = path.stat(), path.read_bytes()
    if what == "size":
        path.write_bytes(data[:-1])
    elif what == "inode":
        (other := path.with_name("other")).write_bytes(data)
        other.replace(path)
    when = about.st_mtime_ns + (1 if what == "time" else 0)
    os.utime(path, ns=(when, when))
    reads.clear()
    told(store)
    assert set(reads) == {"maya"}


def test_the_day_changes_what_is_asked(store: CaseStore, reads: list[str]) -> None:
    """Counts follow from the day where conditions do; where they do not, nothing is read again."""
    before = told(store)["maya"]
    reads.clear()
    assert told(store, day=datetime.date(2027, 3, 4))["maya"].progress == before.progress
    assert reads == []
    after = told(store, day=datetime.date(2027, 3, 13))["maya"]
    assert set(reads) == {"maya"}
    assert after.progress == "3 of 4 answered"
    assert "1 day ago" in after.meeting


def test_other_questions_count_anew(store: CaseStore, reads: list[str]) -> None:
    told(store)
    reads.clear()
    assert told(store, catalogue())["maya"].progress == "3 of 3 answered"
    assert sorted(reads) == ["liam", "maya"]


@pytest.mark.parametrize("damage", [b"", b"\0" * 300, b"garbage", b"\x93\x01\xa0\x80", b"\x93\x63\xa0\x80"])
def test_one_that_is_damaged_or_strange_is_made_anew(store: CaseStore, damage: bytes) -> None:
    first = told(store)
    whole = kept(store)
    for path in indexes(store):
        path.write_bytes(damage)
    assert told(store) == first
    assert len(kept(store)) == len(whole)


@pytest.mark.slow
def test_every_bit_of_it_may_be_wrong(store: CaseStore) -> None:
    first = told(store)
    for path in indexes(store):
        whole = path.read_bytes()
        for place in range(0, len(whole), 5):
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x41]) + whole[place + 1 :])
            assert told(store) == first


def test_a_case_that_is_removed_leaves_no_word(store: CaseStore) -> None:
    told(store)
    assert b"Maya" in kept(store)
    store.remove("maya")
    assert b"Maya" not in kept(store)
    assert b"Liam" in kept(store)
    store.remove("liam")
    assert b"Liam" not in kept(store)


def test_a_damaged_index_keeps_no_word_of_a_removed_case(store: CaseStore) -> None:
    told(store)
    for path in indexes(store):
        path.write_bytes(b"\xc1" + path.read_bytes())
    for name in (".cases.index.tmp", ".cases.recent.tmp"):
        (store.home / name).write_bytes(b"Maya, from a look that was killed")
    store.remove("maya")
    assert b"Maya" not in kept(store)


def test_what_vanished_by_another_way_goes_at_the_next_look(store: CaseStore) -> None:
    told(store)
    (store.folder / "maya.json").unlink()
    assert set(told(store)) == {"liam"}
    assert b"Maya" not in kept(store)


def test_a_sealed_case_leaves_no_word_in_it(store: CaseStore) -> None:
    """Not from before it was sealed, and not while this window has its key and lists it."""
    told(store)
    ring, key = new_keyring_for("green kettle, seven boats", cost=KdfCost(memory=8, passes=1, lanes=1))
    store.keys.learn(ring.id, key)
    for name in (".cases.index.tmp", ".cases.recent.tmp"):
        (store.home / name).write_bytes(b"Maya, from a look that was killed")
    store.sealing.seal_case("maya", ring)
    words = b"".join(path.read_bytes() for path in store.home.iterdir() if path.is_file())
    assert b"Maya" not in words
    assert told(store)["maya"].name == "Maya"
    assert b"Maya" not in kept(store)
    assert b"Liam" in kept(store)
    assert told(CaseStore(store.home))["maya"].name == "A child (sealed)", "without the key there is nothing to list"


def test_a_file_that_cannot_be_read_gets_no_line(store: CaseStore) -> None:
    (store.folder / "odd-one.json").write_bytes(b"nothing of ours")
    assert told(store)["odd-one"].trouble
    index = CaseIndex(store.home)
    assert {name for name, about in store.files() if index.line(name, about)} == {"maya", "liam"}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_it_is_private(store: CaseStore) -> None:
    old = os.umask(0)
    try:
        told(store)
    finally:
        os.umask(old)
    assert {stat.S_IMODE(path.stat().st_mode) for path in indexes(store)} == {0o600}


def test_notes_and_other_answers_are_not_in_it(tmp_path: Path) -> None:
    store = CaseStore(tmp_path / "data")
    answers = Answers({"child-name": Answer("Ann", "answered", note="secret note"), "q-0": Answer("words", "answered")})
    store.add(Case("ann", (Meeting("m", "2027-01-03", answers),)))
    told(store)
    words = kept(store)
    assert b"Ann" in words
    assert b"secret" not in words
    assert b"words" not in words


def test_a_child_is_found_by_name_without_reading_a_case(store: CaseStore, reads: list[str]) -> None:
    told(store)
    reads.clear()
    assert store.find("Maya") == "maya"
    assert reads == []
    for path in indexes(store):
        path.unlink()
    assert store.find("Maya") == "maya"
    assert sorted(reads) == ["liam", "maya"]


def test_a_look_in_parts_gives_the_same(store: CaseStore) -> None:
    listing = CaseList(store, SETS, DAY)
    assert len(listing) == 2
    parts = [*listing.children(1), *listing.children(5, seconds=0), *listing.children(5)]
    assert tuple(parts) == case_rows(store, SETS, DAY)[0]
    assert listing.children(5) == ()


def test_a_folder_that_cannot_be_written_has_none(store: CaseStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("iep_tui.store.disk.write_all", full)
    assert set(told(store)) == {"maya", "liam"}
    assert indexes(store) == []


def test_looking_makes_nothing_where_there_is_no_case(tmp_path: Path) -> None:
    assert told(CaseStore(tmp_path / "data")) == {}
    assert not (tmp_path / "data").exists()


def test_a_line_fits_one_state_of_one_file(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"abc")
    about = path.stat()
    line = IndexLine(about.st_size, about.st_mtime_ns, about.st_ino, "", {}, (None, "before", None), 0, 0)
    assert line.matches(about)
    for field in ("size", "changed", "inode"):
        assert not msgspec.structs.replace(line, **{field: getattr(line, field) + 1}).matches(about)


# The first look, before all is known

MANY = [f"child-{number}" for number in range(6)]


@pytest.fixture
def many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CaseStore:
    """Six indexed children, child-5 changed last; three of them are in the small index file."""
    monkeypatch.setattr("iep_tui.store.case_index.RECENT_CASES", 3)
    store = CaseStore(tmp_path / "data")
    for number, name in enumerate(MANY):
        store.add(case(name, name.title()))
        changed(store, name, number)
    told(store)
    return store


def changed(store: CaseStore, name: str, seconds: int) -> None:
    os.utime(store.folder / f"{name}.json", (1_800_000_000 + seconds,) * 2)


def first(store: CaseStore, most: int = 2) -> list[str]:
    return [child.case_id for child in CaseList(store, SETS, DAY).first(most)]


def test_the_first_look_reads_the_small_file_and_no_case(many: CaseStore, reads: list[str]) -> None:
    (many.home / "cases.index").write_bytes(b"not needed")
    listing = CaseList(many, SETS, DAY)
    assert [child.name for child in listing.first(2)] == ["Child-5", "Child-4"]
    assert listing.total == 6
    assert reads == []


def test_few_have_no_first_look(many: CaseStore) -> None:
    assert first(many, most=6) == []
    assert len(first(many, most=5)) == 3, "what is in the small file"
    (many.home / "cases.recent").unlink()
    assert first(many) == []


def test_what_the_first_look_shows_is_held_against_its_file(many: CaseStore, reads: list[str]) -> None:
    (many.folder / "child-5.json").unlink()
    with many.open("child-3") as opened:
        latest = opened.case.latest
        answers = latest.answers.put("child-name", Answer("Maia", "answered"))
        opened.save(opened.case.with_meeting(msgspec.structs.replace(latest, answers=answers)))
    changed(many, "child-3", 100)
    reads.clear()
    assert [child.name for child in CaseList(many, SETS, DAY).first(2)] == ["Maia", "Child-4"]
    assert set(reads) == {"child-3"}


def test_the_look_finds_what_the_first_one_missed(many: CaseStore) -> None:
    changed(many, "child-0", 100)
    many.add(case("another", "Another"))
    changed(many, "another", -1)
    listing = CaseList(many, SETS, DAY)
    assert [child.case_id for child in listing.first(2)] == ["child-5", "child-4"]
    assert listing.look()
    there = [child.case_id for child in listing.children(10)]
    assert there == ["child-0", "child-5", "child-4", "child-3", "child-2", "child-1", "another"]
    assert (listing.total, len(listing)) == (7, 7)


def test_a_look_can_be_made_in_parts(many: CaseStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("iep_tui.services.case_list._BATCH_SIZE", 1)
    listing = CaseList(many, SETS, DAY)
    parts = 1
    while not listing.look(seconds=-1):
        parts += 1
    assert parts > 5
    assert [one.case_id for one in listing.children(10)] == MANY[::-1]


def test_only_what_changed_last_is_written_again(many: CaseStore) -> None:
    def state(name: str) -> tuple[int, int]:
        about = (many.home / name).stat()
        return about.st_ino, about.st_mtime_ns

    large = state("cases.index")
    with many.open("child-1") as opened:
        latest = opened.case.latest
        answers = latest.answers.put("child-name", Answer("Maia", "answered"))
        opened.save(opened.case.with_meeting(msgspec.structs.replace(latest, answers=answers)))
    changed(many, "child-1", 100)
    assert told(many)["child-1"].name == "Maia"
    assert state("cases.index") == large
    assert first(many)[0] == "child-1"
    small = state("cases.recent")
    told(many)
    assert state("cases.recent") == small, "the same again is not written"


def test_what_is_not_among_the_newest_is_written_with_all(many: CaseStore, reads: list[str]) -> None:
    many.add(case("old", "Old"))
    changed(many, "old", -100)
    told(many)
    reads.clear()
    assert told(many)["old"].name == "Old"
    assert reads == []


def test_the_small_file_alone_is_enough_for_what_it_has(many: CaseStore, reads: list[str]) -> None:
    (many.home / "cases.index").unlink()
    assert set(told(many)) == set(MANY)
    assert set(reads) == {"child-0", "child-1", "child-2"}


def test_a_case_that_another_computer_sealed_leaves_no_word(many: CaseStore) -> None:
    """A sync brings the sealed file: nothing here was told of it."""
    ring, key = new_keyring_for("green kettle, seven boats", cost=KdfCost(memory=8, passes=1, lanes=1))
    there = CaseStore(many.home)
    there.keys.learn(ring.id, key)
    words = {path: path.read_bytes() for path in indexes(many)}
    there.sealing.seal_case("child-1", ring)
    for path, data in words.items():
        path.write_bytes(data)
    assert b"Child-1" in kept(many)
    assert told(many)["child-1"].name == "A child (sealed)"
    assert b"Child-1" not in kept(many)


@pytest.mark.parametrize("did", ["sealed", "removed"])
@pytest.mark.parametrize("kept_before", [True, False])
def test_a_window_that_listed_before_brings_no_word_back(store: CaseStore, did: str, kept_before: bool) -> None:
    """It read the case in clear, and keeps what it read after another window has sealed or removed it."""
    if kept_before:
        told(store)
    listing = CaseList(CaseStore(store.home), SETS, DAY)
    listing.all_summaries()
    if did == "sealed":
        ring, key = new_keyring_for("green kettle, seven boats", cost=KdfCost(memory=8, passes=1, lanes=1))
        store.keys.learn(ring.id, key)
        store.sealing.seal_case("maya", ring)
    else:
        store.remove("maya")
    listing.keep()
    assert b"Maya" not in kept(store)
    assert set(told(store)) == ({"maya", "liam"} if did == "sealed" else {"liam"})
    assert b"Maya" not in kept(store)
    assert b"Liam" in kept(store)
