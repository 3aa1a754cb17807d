"""The list of children, with what a sync left beside a case."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from iep_tui.core.case_model import Answer, Answers, Case, Meeting
from iep_tui.core.question_model import Catalogue
from iep_tui.services.case_list import case_rows
from iep_tui.store.case_store import CaseStore

TODAY = datetime.date(2027, 3, 3)


def child(case_id: str, name: str) -> Case:
    return Case(case_id, (Meeting("m1", "2027-01-03", Answers({"child-name": Answer(name, "answered")})),))


def names(store: CaseStore) -> list[str]:
    rows, total = case_rows(store, Catalogue(()), TODAY)
    assert len(rows) == total
    return sorted(row.name for row in rows)


@pytest.mark.parametrize("suffix", ["-conflict", "-CONFLICT", "-laptop-2", " (Anne's conflicted copy)"])
def test_a_sync_copy_is_no_child_of_its_own_however_its_suffix_is_written(tmp_path: Path, suffix: str) -> None:
    store = CaseStore(tmp_path)
    store.add(child("maya-2027", "Maya"))
    store.add(child("maya-2027-next", "Robin"))
    copy = store.folder / f"maya-2027{suffix}.json"
    copy.write_bytes((store.folder / "maya-2027.json").read_bytes())
    assert names(store) == ["Maya", "Robin"]
    assert store.copies("maya-2027") == [copy]


def test_a_copy_whose_case_is_gone_stays_in_the_list(tmp_path: Path) -> None:
    store = CaseStore(tmp_path)
    store.add(child("maya-2027", "Maya"))
    (store.folder / "maya-2027.json").rename(store.folder / "maya-2027-conflict.json")
    assert names(store) == ["A child (cannot be read)"]
