"""check-share: findings are reported by id and label, never in the private words, with exit code 1."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from iep_tui.documents.formats.renderer import BY_NAME

from .conftest import Call, TakeIn, assert_one_fault

CASE = {
    "child-name": {"value": "Marigold", "share": "team"},
    "concerns-statement": {"value": "She reads below her grade.", "share": "team", "note": "Do not mention the cousin"},
    "concerns-line": {"value": "We could not accept a move to another school.", "share": "family"},
    "child-admired": {"value": ["She remembers every birthday there is"], "share": "teachers"},
}


@pytest.fixture(autouse=True)
def _case(take_in: TakeIn) -> None:
    take_in(CASE)


@pytest.mark.sweep
@pytest.mark.parametrize("reader", ["family", "team", "teachers"])
@pytest.mark.parametrize("format", [*BY_NAME])
def test_our_own_sheets_hold_nothing_private(call: Call, reader: str, format: str) -> None:
    assert call("export", "Marigold", "--for", reader, "--out", f"sheet.{format}").code == 0
    said = call("check-share", f"sheet.{format}", "Marigold", "--for", reader)
    assert (said.code, said.err) == (0, "")
    assert said.out == f"Nothing private was found in sheet.{format}.\n"


@pytest.mark.sweep
@pytest.mark.parametrize("format", [*BY_NAME])
def test_the_familys_own_sheet_is_not_for_the_team(call: Call, format: str) -> None:
    call("export", "Marigold", "--for", "family", "--out", f"ours.{format}")
    said = call("check-share", f"ours.{format}", "Marigold")
    assert said.code == 1
    assert [line.split("  ")[0] for line in said.out.splitlines()] == ["concerns-statement", "concerns-line"]
    assert "Parent concerns statement, your note  (words" in said.out
    assert f"ours.{format} contains 2 answers that this reader should not see." in said.err
    assert "another school" not in said.out + said.err
    assert "cousin" not in said.out + said.err


def test_what_the_team_may_have_is_not_for_teachers(call: Call) -> None:
    call("export", "Marigold", "--for", "team", "--out", "sheet.md")
    said = call("check-share", "sheet.md", "Marigold", "--for", "teachers")
    assert said.code == 1
    assert [line.split("  ")[0] for line in said.out.splitlines()] == ["child-name", "concerns-statement"]


def test_another_meeting_can_be_asked_for(call: Call) -> None:
    def meeting(name: str, words: str) -> dict[str, object]:
        answers = {"concerns-line": {"value": words, "share": "family"}}
        return {"id": name, "started": "2027-01-03", "answers": answers}

    both = [meeting("y1", "no more pull out lessons"), meeting("y2", "a move to another school")]
    file = {"format": "iep-tui/case", "version": 1, "id": "two", "meetings": both}
    Path("two.json").write_text(json.dumps(file), encoding="utf-8")
    call("import", "two.json")
    Path("mail.txt").write_text("There will be no more pull out lessons.", encoding="utf-8")
    assert call("check-share", "mail.txt", "two").code == 0
    assert call("check-share", "mail.txt", "two", "--meeting", "y1").code == 1
    assert_one_fault(call("check-share", "mail.txt", "two", "--meeting", "y9"))


@pytest.mark.parametrize("name", ["nowhere.md", ".", "", "a\x1b[31mb.md", "x" * 300])
def test_a_file_that_is_not_there_is_told(call: Call, name: str) -> None:
    said = call("check-share", name, "Marigold")
    assert_one_fault(said)
    assert "\x1b" not in said.err


def test_a_file_without_words_is_told(call: Call) -> None:
    Path("empty.md").write_bytes(b"")
    said = call("check-share", "empty.md", "Marigold")
    assert_one_fault(said)
    assert "pictures" in said.err


def test_a_file_of_another_kind_is_told(call: Call) -> None:
    Path("a.zip").write_bytes(b"PK\x03\x04" + bytes(100))
    assert_one_fault(call("check-share", "a.zip", "Marigold"))
