"""Earlier copies of a case, listed and restored from the command line."""

from __future__ import annotations

import json
from pathlib import Path

from iep_tui.core.case_model import Answer
from iep_tui.store.case_store import CaseStore

from .conftest import Call, TakeIn, assert_one_fault


def rename(home: Path, case_id: str, name: str) -> None:
    with CaseStore(home).open(case_id) as file:
        meeting = file.case.latest
        answers = meeting.answers.put("child-name", Answer(name, "answered"))
        file.save(file.case.with_meeting(type(meeting)(meeting.id, meeting.started, answers)))


def name_of(call: Call, case_id: str) -> str:
    exported = json.loads(call("export", case_id, "--format", "json").out)
    name: str = exported["meetings"][-1]["answers"]["child-name"]["value"]
    return name


def test_a_copy_is_listed_and_comes_back(call: Call, take_in: TakeIn, home: Path) -> None:
    case_id = take_in({"child-name": "Maya"}, "maya-2027")
    rename(home, case_id, "Maja")
    listed = call("backups", "maya-2027")
    assert listed.code == 0
    assert listed == call("backups", "maya-2027", "list")
    store = CaseStore(home)
    wanted = next(
        one.number
        for one in store.backups(case_id)
        if store.read_copy(one.path).latest.answers.of("child-name").value == "Maya"
    )
    assert any(line.startswith(f"{wanted}  ") for line in listed.out.splitlines())
    assert call("backups", "maya-2027", "restore", str(wanted)).code == 0
    assert name_of(call, case_id) == "Maya"


def test_a_number_that_is_not_there_is_told(call: Call, take_in: TakeIn) -> None:
    take_in({"child-name": "Maya"}, "maya-2027")
    assert_one_fault(call("backups", "maya-2027", "restore", "99"))
    assert name_of(call, "maya-2027") == "Maya"


def test_a_number_is_needed(call: Call, take_in: TakeIn) -> None:
    take_in({"child-name": "Maya"}, "maya-2027")
    assert call("backups", "maya-2027", "restore", "first").code == 2
    assert call("backups", "maya-2027", "restore").code == 2
