"""What a save makes anew: the very bytes that all tables would give, and nothing lost that is looked at only once."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tinydb import TinyDB

from iep_tui.core.case_model import Answer, AnswerHistory, Case, Meeting, Revision
from iep_tui.store.case_file_format import Tables, encode_checked, encode_unchecked, serialize
from iep_tui.store.case_records import case_from_body, case_from_tables, encodable_tables, tables_of
from iep_tui.store.case_store import CaseStore
from iep_tui.store.errors import StoreError
from iep_tui.store.incremental_encoder import IncrementalEncoder
from iep_tui.store.open_case import OpenCase
from iep_tui.store.tinydb_storage import CaseStorage

from .sample_cases import MAYA, cases, said

CREATED = "2027-01-03T10:00:00Z"


def draft_of(case: Case) -> IncrementalEncoder:
    tables = tables_of(case, CREATED)
    found = IncrementalEncoder.of(case, tables, serialize(tables))
    assert found is not None
    return found


def with_value(case: Case, value: Any) -> Case:
    answers = case.latest.answers.put("needs-sleep", Answer(value, "answered"))
    return case.with_meeting(msgspec.structs.replace(case.latest, answers=answers))


def with_step(case: Case, value: Any) -> Case:
    pasts = case.latest.histories.put("needs-sleep", AnswerHistory((Revision(value, "answered"),)))
    return case.with_meeting(msgspec.structs.replace(case.latest, histories=pasts))


@given(cases)
def test_what_is_encoded_as_it_is_has_the_bytes_of_the_plain_tables(case: Case) -> None:
    numbers = {one.id: str(number) for number, one in enumerate(case.meetings, 1)}
    assert encode_unchecked(encodable_tables(case, CREATED, numbers)) == serialize(tables_of(case, CREATED))


@given(cases)
def test_a_body_is_read_as_its_tables_are(case: Case) -> None:
    tables = tables_of(case, CREATED)
    assert case_from_body(serialize(tables)) == case_from_tables(tables) == case


@given(st.lists(cases, min_size=2, max_size=4))
def test_one_state_after_another_gives_the_bytes_of_each(states: list[Case]) -> None:
    draft = draft_of(states[0])
    known = list(states[0].meetings)
    for state in states[1:]:
        theirs = {one.id: one for one in state.meetings}
        known = [theirs.pop(one.id, one) for one in known] + list(theirs.values())
        case = Case(state.id, tuple(known))
        assert draft.body(case) == serialize(tables_of(case, CREATED))
        draft.saved(case)


def test_a_meeting_that_goes_or_moves_is_not_for_a_draft() -> None:
    two = MAYA.with_meeting(Meeting("second", "2028-01-03", MAYA.latest.answers))
    draft = draft_of(two)
    assert draft.body(MAYA) is None
    assert draft.body(Case(MAYA.id, two.meetings[::-1])) is None
    assert draft.body(two) is not None


UNFIT = [float("nan"), float("inf"), 2**70, (1, 2), {1: "one"}, ["a", {"b": float("nan")}], "\ud800"]


@pytest.mark.parametrize("value", UNFIT, ids=repr)
@pytest.mark.parametrize("put", [with_value, with_step])
def test_what_json_cannot_hold_is_refused_where_it_is_new(store: CaseStore, put: Any, value: Any) -> None:
    with store.create(MAYA) as opened:
        opened.save(said(MAYA, "before"))
        before = store.read(MAYA.id)
        for _turn in range(2):  # it has not become known by the first try
            with pytest.raises(StoreError):
                opened.save(put(opened.case, value))
        assert store.read(MAYA.id) == opened.case == before
        opened.save(said(opened.case, "after"))
    assert store.read(MAYA.id).latest.answers.of("needs-hardest-time").value == "after"


def test_a_new_meeting_is_looked_at_too(store: CaseStore) -> None:
    with store.create(MAYA) as opened:
        opened.save(said(MAYA, "before"))
        bad = Meeting("second", "2028-01-03", MAYA.latest.answers.put("x", Answer(float("nan"), "answered")))
        with pytest.raises(StoreError):
            opened.save(opened.case.with_meeting(bad))


def strange(tables: Tables) -> Tables:
    """The tables with what only another program puts there."""
    tables["meetings"]["1"]["colour"] = "blue"
    tables["theirs"] = {"7": {"note": "kept"}}
    return tables


def test_what_another_program_put_in_is_kept(store: CaseStore) -> None:
    store.add(MAYA)
    path = store.folder / f"{MAYA.id}.json"
    theirs = CaseStorage(path)
    theirs.write(strange(theirs.read() or {}))
    with store.open(MAYA.id) as opened:
        for words in ("one", "two"):
            opened.save(said(opened.case, words))
    tables = CaseStorage(path).read() or {}
    assert tables["theirs"] == {"7": {"note": "kept"}}
    assert tables["meetings"]["1"]["colour"] == "blue"
    assert tables["meetings"]["1"]["answers"]["needs-hardest-time"]["value"] == "two"


def test_tinydb_reads_what_was_saved_and_we_read_what_tinydb_saved(store: CaseStore) -> None:
    with store.create(MAYA) as opened:
        for words in ("one", "two"):
            opened.save(said(opened.case, words))
    path = store.folder / f"{MAYA.id}.json"
    with TinyDB(path, storage=CaseStorage) as database:
        [meeting] = database.table("meetings").all()
        assert meeting["answers"]["needs-hardest-time"] == {"value": "two", "state": "answered"}
        database.table("meetings").update({"place": "needs-tried"})
    assert store.read(MAYA.id).latest.place == "needs-tried"
    with store.open(MAYA.id) as opened:
        opened.save(said(opened.case, "three"))
    assert store.read(MAYA.id) == opened.case


def test_only_what_changed_is_looked_at(store: CaseStore, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[object] = []

    def noted(plain: object) -> bytes:
        looked.append(plain)
        return encode_checked(plain)

    monkeypatch.setattr("iep_tui.store.incremental_encoder.encode_checked", noted)
    tables: list[Case] = []
    monkeypatch.setattr(OpenCase, "_write_tables", lambda self, database, case: tables.append(case))
    with store.create(MAYA) as opened:
        opened.save(said(MAYA, "one"))
        looked.clear()
        opened.save(said(opened.case, "two"))
    assert looked == [[{"needs-hardest-time": {"value": "two", "state": "answered"}}]]
    assert tables == [], "no need for the tables of the file"
