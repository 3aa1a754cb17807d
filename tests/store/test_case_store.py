"""The case store: listing, reading, opening, saving, importing and removing."""

from __future__ import annotations

import datetime
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iep_tui.core.case_model import Answer, Answers, Case, Meeting
from iep_tui.store.case_file_format import pack
from iep_tui.store.case_store import CaseStore
from iep_tui.store.errors import (
    CaseDamaged,
    CaseMisplaced,
    CaseMissing,
    IdTaken,
    NewerVersion,
    ReadOnlyCase,
    StoreError,
)
from iep_tui.store.ids import is_id
from iep_tui.store.interchange_format import encode_case
from iep_tui.store.migrations import CURRENT

from .conftest import FakeClock
from .sample_cases import MAYA, cases, names, said

NEXT = Meeting("second-2028", "2028-01-03", Answers({"child-name": Answer("Maya R.", "answered")}))


def test_looking_makes_nothing(store: CaseStore, home: Path) -> None:
    assert store.summaries() == []
    with pytest.raises(CaseMissing):
        store.find("maya")
    assert not home.exists()


def test_a_case_comes_back_as_it_was(store: CaseStore, home: Path) -> None:
    with store.create(MAYA) as made:
        assert (made.id, made.case, made.read_only) == (MAYA.id, MAYA, "")
    assert CaseStore(home).read(MAYA.id) == MAYA
    with CaseStore(home).open(MAYA.id) as opened:
        assert opened.case == MAYA
        assert opened.read_only == ""


@pytest.mark.slow
@settings(max_examples=25)
@given(st.lists(cases, min_size=1, max_size=4))
def test_whatever_is_saved_one_after_another_is_there_in_its_order(saves: list[Case]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = CaseStore(Path(folder))
        with store.create(MAYA) as opened:
            for case in saves:
                opened.save(case)
                assert encode_case(store.read(MAYA.id)) == encode_case(case)


def test_more_than_nine_meetings_keep_their_order(store: CaseStore) -> None:
    with store.create(MAYA) as opened:
        case = MAYA
        for year in range(2028, 2042):
            case = case.with_meeting(Meeting(f"m{year}", f"{year}-01-03", Answers()))
            opened.save(case)
        opened.save(said(case, "words of the last"))
    assert store.read(MAYA.id) == said(case, "words of the last")


def test_an_answer_that_is_taken_out_is_out(store: CaseStore) -> None:
    with store.create(said(MAYA, "too much")) as opened:
        opened.save(MAYA)
    assert store.read(MAYA.id) == MAYA


def test_a_save_of_one_meeting_leaves_the_other_as_it_was(store: CaseStore) -> None:
    both = MAYA.with_meeting(NEXT)
    with store.create(both) as opened:
        opened.save(said(both, "for next year"))
    read = store.read(MAYA.id)
    assert read.meetings[0] == MAYA.latest
    assert read.latest.answers["needs-hardest-time"].value == "for next year"


def test_the_time_of_the_last_save_is_known(store: CaseStore, clock: FakeClock) -> None:
    with store.create(MAYA) as opened:
        clock.passes(minutes=3)
        opened.save(said(MAYA, "words"))
        assert opened.saved_at == datetime.datetime(2027, 1, 3, 10, 3, tzinfo=datetime.UTC)


def test_another_case_is_not_saved_over_this_one(store: CaseStore) -> None:
    with store.create(MAYA) as opened, pytest.raises(ValueError, match="another case"):
        opened.save(Case("another", MAYA.meetings))


@pytest.mark.parametrize(
    "meetings", [(), (MAYA.latest, MAYA.latest), (Meeting("../m", "", Answers()),), (Meeting("", "", Answers()),)]
)
def test_a_case_that_could_not_be_read_back_is_not_written(store: CaseStore, meetings: tuple[Meeting, ...]) -> None:
    with pytest.raises(ValueError, match="ids"):
        store.create(Case("k7f3", meetings))
    with store.create(MAYA) as opened, pytest.raises(ValueError, match="ids"):
        opened.save(Case(MAYA.id, meetings))
    assert store.read(MAYA.id) == MAYA


def test_after_the_end_nothing_is_saved(store: CaseStore) -> None:
    opened = store.create(MAYA)
    opened.close()
    opened.close()
    with pytest.raises(StoreError, match="closed"):
        opened.save(said(MAYA, "too late"))


def test_a_case_is_not_made_twice(store: CaseStore) -> None:
    store.create(MAYA).close()
    with pytest.raises(IdTaken):
        store.create(said(MAYA, "other words"))
    assert store.read(MAYA.id) == MAYA


@pytest.mark.parametrize("case_id", ["nobody", "../secret", "/etc/passwd", "", "a" * 500, "k7f3\x1b[31m"])
def test_no_such_case(store: CaseStore, home: Path, case_id: str) -> None:
    home.mkdir()
    (home / "secret.json").write_bytes(pack(b"{}", 1, 1))
    for act in (store.read, store.open, store.remove):
        with pytest.raises(CaseMissing) as told:
            act(case_id)
        assert "\x1b" not in str(told.value)


# The list


def test_the_list_has_the_newest_change_first(store: CaseStore) -> None:
    for number, case_id in enumerate(["aaa", "bbb", "ccc"]):
        store.create(Case(case_id, MAYA.meetings)).close()
        os.utime(store.folder / f"{case_id}.json", (100.0 + (number * 7) % 3, 100.0 + (number * 7) % 3))
    listed = store.summaries()
    assert [one.id for one in listed] == ["ccc", "bbb", "aaa"]
    assert listed[0].changed == datetime.datetime(1970, 1, 1, 0, 1, 42, tzinfo=datetime.UTC)
    assert [one.name for one in listed] == ["Maya R."] * 3


def test_one_bad_file_hides_no_other(store: CaseStore) -> None:
    store.create(MAYA).close()
    for name, data in {
        "empty": b"",
        "garbage": b"\x00\xff",
        "newer": pack(b"{}", CURRENT.schema + 1, 1),
        "shape": pack(b"{}", 1, 1),
    }.items():
        (store.folder / f"{name}.json").write_bytes(data)
    listed = {one.id: one for one in store.summaries()}
    assert listed[MAYA.id].case == MAYA
    assert set(listed) == {MAYA.id, "empty", "garbage", "newer", "shape"}
    for case_id in ("empty", "garbage", "newer", "shape"):
        assert listed[case_id].case is None
        assert listed[case_id].trouble
        assert "\n" not in listed[case_id].trouble


def test_strangers_files_are_left_alone(store: CaseStore) -> None:
    store.create(MAYA).close()
    for name in ("notes.txt", "Maya.json", ".hidden.json", "a b.json", ".k7f3q9x2m4.tmp"):
        (store.folder / name).write_bytes(b"?")
    (store.folder / "folder.json").mkdir()
    assert [one.id for one in store.summaries()] == [MAYA.id]
    assert store.ids() == [MAYA.id]


def test_a_copy_under_another_name_is_not_taken_for_a_case(store: CaseStore) -> None:
    store.create(MAYA).close()
    data = (store.folder / f"{MAYA.id}.json").read_bytes()
    (store.folder / f"{MAYA.id}-laptop.json").write_bytes(data)
    with pytest.raises(CaseMisplaced, match=MAYA.id):
        store.read(f"{MAYA.id}-laptop")
    with pytest.raises(CaseMisplaced):
        store.open(f"{MAYA.id}-laptop")
    assert store.find("maya") == MAYA.id


# Damaged, newer, read-only


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b"{}",
        b'{"case":{"1":{"id":"k7f3"}},"meetings":{}}',
        b'{"case":{},"meetings":{"1":{"id":"m1","started":"","answers":{}}}}',
        b'{"case":{"1":{"id":"../up"}},"meetings":{"1":{"id":"m1","started":"","answers":{}}}}',
        b'{"case":{"1":{"id":"k7f3"}},"meetings":{"x":{"id":"m1","started":"","answers":{}}}}',
        b'{"case":{"1":{"id":"k7f3"}},"meetings":{"1":{"id":"m1","started":3,"answers":{}}}}',
        b'{"case":{"1":{"id":"k7f3"}},"meetings":{"1":{"id":"m1","started":"","answers":{"x":{"state":"maybe"}}}}}',
        b'{"case":{"1":{"id":"k7f3"}},"meetings":{"1":{"id":"m1","started":"","answers":{"x":{"share":"all"}}}}}',
        b'{"case":{"1":{"id":"k7f3"}},"meetings":{"1":{"id":"m","started":"","answers":{}},"2":{"id":"m","started":"","answers":{}}}}',
        b'{"case":{"1":{"id":"k7f3"}},"meetings":{"1":{"id":"m","started":"","answers":{}},"01":{"id":"n","started":"","answers":{}}}}',
    ],
)
def test_a_body_of_the_wrong_shape_is_damage(store: CaseStore, body: bytes) -> None:
    store.folder.mkdir(parents=True)
    (store.folder / "k7f3.json").write_bytes(pack(body, 1, 1))
    with pytest.raises(CaseDamaged):
        store.read("k7f3")


def test_a_newer_file_opens_to_read_as_far_as_it_is_known(store: CaseStore) -> None:
    store.create(MAYA).close()
    path = store.folder / f"{MAYA.id}.json"
    newer = pack(path.read_bytes().split(b"\n", 1)[1], CURRENT.schema + 1, 9)
    path.write_bytes(newer)
    with pytest.raises(NewerVersion):
        store.read(MAYA.id)
    with store.open(MAYA.id) as opened:
        assert opened.case == MAYA
        assert "newer version" in opened.read_only
        with pytest.raises(ReadOnlyCase):
            opened.save(said(MAYA, "words"))
    assert path.read_bytes() == newer


def test_a_newer_file_that_is_all_strange_is_left_alone(store: CaseStore) -> None:
    store.folder.mkdir(parents=True)
    newer = pack(b'{"sealed":"xyz"}', CURRENT.schema + 1, 9)
    (store.folder / "k7f3.json").write_bytes(newer)
    with pytest.raises(NewerVersion):
        store.open("k7f3")
    assert (store.folder / "k7f3.json").read_bytes() == newer


def test_a_read_only_file_opens_to_read(store: CaseStore) -> None:
    store.create(MAYA).close()
    path = store.folder / f"{MAYA.id}.json"
    path.chmod(0o400)
    with store.open(MAYA.id) as opened:
        assert opened.case == MAYA
        assert opened.read_only.startswith("To read only")
        assert opened.saved_at is not None
    path.chmod(0o600)
    with store.open(MAYA.id) as opened:
        assert opened.read_only == ""


@pytest.mark.skipif(os.name == "nt", reason="a folder's mark stops no writing on Windows")
def test_a_read_only_folder_opens_to_read(store: CaseStore) -> None:
    store.create(MAYA).close()
    store.folder.chmod(0o500)
    try:
        with store.open(MAYA.id) as opened:
            assert opened.case == MAYA
            assert "folder" in opened.read_only
    finally:
        store.folder.chmod(0o700)


# Taking in and removing


def test_a_case_from_outside_keeps_its_id_when_it_is_free(store: CaseStore) -> None:
    assert store.add(MAYA) == MAYA.id
    assert store.read(MAYA.id) == MAYA


def test_a_case_from_outside_never_takes_the_place_of_another(store: CaseStore) -> None:
    store.create(MAYA).close()
    other = said(MAYA, "from outside")
    new = store.add(other)
    assert is_id(new)
    assert new != MAYA.id
    assert store.read(MAYA.id) == MAYA
    assert store.read(new).meetings == other.meetings
    (store.folder / "damaged.json").write_bytes(b"")
    assert store.add(Case("damaged", MAYA.meetings)) != "damaged"
    assert (store.folder / "damaged.json").read_bytes() == b""


def test_a_case_that_is_removed_is_gone_with_all_that_is_its_own(store: CaseStore) -> None:
    store.create(MAYA).close()
    store.create(Case(f"{MAYA.id}2", MAYA.meetings)).close()
    (store.folder / f".{MAYA.id}.tmp").write_bytes(b"half")
    (store.folder / f"{MAYA.id}.version-1.json").write_bytes(b"old")
    store.remove(MAYA.id)
    assert names(store.folder) == [f".{MAYA.id}2.lock", f"{MAYA.id}2.json"]
    assert store.read(f"{MAYA.id}2").meetings == MAYA.meetings


def test_a_damaged_case_can_be_removed(store: CaseStore) -> None:
    store.folder.mkdir(parents=True)
    (store.folder / "k7f3.json").write_bytes(b"")
    store.remove("k7f3")
    assert names(store.folder) == []


def test_what_a_killed_save_left_is_gone_when_the_case_opens(store: CaseStore) -> None:
    store.create(MAYA).close()
    (store.folder / f".{MAYA.id}.tmp").write_bytes(b"half of the answers")
    store.open(MAYA.id).close()
    assert names(store.folder) == [f".{MAYA.id}.lock", f"{MAYA.id}.json"]
