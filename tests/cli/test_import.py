"""import: each refusal in one line, and the data that an accepted file leaves on the disk."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from .conftest import Call, Said, TakeIn, assert_one_fault, assert_one_line, case_file

#: The interchange format as it is written down for others.
MAYA = """
{"format": "iep-tui/case", "version": 1, "id": "k7f3q9x2m4", "meetings": [
  {"id": "m-2027", "started": "2027-01-03", "answers": {
     "child-name": {"value": "Maya R.", "state": "answered", "share": "team", "note": "", "at": "2027-01-03T10:00:00Z"},
     "needs-sleep": {"value": "most"}, "services-now": {"value": [{"service": "Speech", "minutes": 30}]}}}]}
"""


def imported(call: Call, data: bytes | str, name: str = "case.json") -> Said:
    path = Path(name)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return call("import", name)


def exported(call: Call, case: str) -> dict[str, Any]:
    said = call("export", case, "--format", "json")
    assert (said.code, said.err) == (0, "")
    found: dict[str, Any] = json.loads(said.out)
    return found


def test_what_is_imported_comes_back_from_export(call: Call) -> None:
    assert imported(call, MAYA).out == "k7f3q9x2m4\n"
    found = exported(call, "k7f3q9x2m4")
    assert (found["format"], found["version"], found["id"]) == ("iep-tui/case", 1, "k7f3q9x2m4")
    [meeting] = found["meetings"]
    assert (meeting["id"], meeting["started"]) == ("m-2027", "2027-01-03")
    answers = meeting["answers"]
    assert answers["child-name"] == {
        "value": "Maya R.",
        "state": "answered",
        "share": "team",
        "at": "2027-01-03T10:00:00Z",
    }
    assert answers["needs-sleep"] == {"value": "most", "state": "answered"}
    assert answers["services-now"]["value"] == [{"service": "Speech", "minutes": 30}]


def test_an_export_can_be_imported_again_and_is_the_same(call: Call) -> None:
    imported(call, MAYA)
    first = call("export", "k7f3q9x2m4", "--format", "json").out
    again = imported(call, first).out.strip()
    assert again != "k7f3q9x2m4", "the id is taken, so the copy gets its own"
    assert exported(call, again)["meetings"] == json.loads(first)["meetings"]


def test_answers_of_unknown_questions_are_kept_and_told(call: Call) -> None:
    said = imported(call, case_file({"child-name": "Maya", "of-another-set": [1, {"a": "b"}], "tomorrow": "x"}))
    assert said.code == 0
    assert_one_line(said.err)
    assert "of-another-set, tomorrow" in said.err
    assert "child-name" not in said.err
    assert exported(call, "maya-2027")["meetings"][0]["answers"]["of-another-set"]["value"] == [1, {"a": "b"}]


def test_a_file_that_a_windows_editor_saved_is_taken(call: Call) -> None:
    assert imported(call, b"\xef\xbb\xbf" + MAYA.replace("\n", "\r\n").encode()).code == 0


def test_several_files_in_one_call_each_stand_for_themselves(call: Call) -> None:
    Path("good.json").write_bytes(case_file({"child-name": "Maya"}))
    Path("bad.json").write_text("{", encoding="utf-8")
    said = call("import", "bad.json", "good.json", "missing.json")
    assert said.code == 1
    assert said.out == "maya-2027\n"
    assert [line.split(": ")[:2] for line in said.err.splitlines()] == [
        ["iep-tui", "bad.json"],
        ["iep-tui", "missing.json"],
    ]


def changed(**fields: Any) -> bytes:
    return json.dumps(json.loads(MAYA) | fields).encode()


REFUSED = {
    "broken JSON": (MAYA[:-20].encode(), "not JSON"),
    "empty": (b"", "empty"),
    "only spaces": (b" \n\t", "empty"),
    "binary": (bytes(range(256)) * 8, "UTF-8"),
    "UTF-16": (MAYA.encode("utf-16"), "UTF-8"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00", "UTF-8"),
    "a newer version": (changed(version=2), "newer version"),
    "a version that is no number": (changed(version="1"), "version"),
    "another format": (changed(format="iep-tui/other"), "iep-tui/case"),
    "JSON of something else": (b'{"name": "x"}', "format"),
    "a list": (b"[1, 2]", "object"),
    "a bare word": (b'"maya"', "object"),
    "no meetings": (changed(meetings=[]), "meeting"),
    "meetings that are none": (changed(meetings=[1]), "Meeting 1"),
    "too deep": (b"[" * 100_000 + b"]" * 100_000, "deeper"),
    "too deep inside": (changed(meetings=json.loads("[" * 60 + "]" * 60)), "deeper"),
    "a name twice": (MAYA.replace('"needs-sleep"', '"child-name"').encode(), "child-name"),
    "an unknown state": (MAYA.replace('"answered"', '"guessed"').encode(), "state"),
    "an unknown reader": (MAYA.replace('"team"', '"press"').encode(), "share"),
    "an answer without value and state": (MAYA.replace('"value": "most"', '"note": "most"').encode(), "needs-sleep"),
    "a number that is none": (MAYA.replace("30", "NaN").encode(), "NaN"),
    "a number without end": (MAYA.replace("30", "9" * 5000).encode(), "digits"),
    "more parts than a case can have": (changed(meetings=[[0] * 1_100_000]), "more parts"),
}


@pytest.mark.sweep
@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_no_case_is_refused_in_one_line(call: Call, home: Path, name: str) -> None:
    data, words = REFUSED[name]
    said = imported(call, data)
    assert_one_fault(said)
    assert "case.json: " in said.err
    assert words in said.err
    assert len(said.err) < 300
    assert not home.exists(), "nothing is made for a file that was refused"


def test_a_file_that_is_too_large_is_refused(call: Call) -> None:
    with Path("large.json").open("wb") as file:
        file.truncate(200_000_000)
    said = call("import", "large.json")
    assert_one_fault(said)
    assert "larger than" in said.err


@pytest.mark.parametrize(("path", "words"), [("nowhere.json", "No such file"), (".", "irectory")])
@pytest.mark.skipif(sys.platform == "win32", reason="Windows says it in other words")
def test_what_is_no_file_is_told_in_one_line(call: Call, path: str, words: str) -> None:
    said = call("import", path)
    assert_one_fault(said)
    assert words in said.err


def kept(home: Path) -> dict[Path, bytes]:
    """Every file of the data folder except those that the program can rebuild."""
    return {path: path.read_bytes() for path in home.rglob("*") if path.is_file() and "cache" not in path.parts}


def test_a_failed_import_leaves_the_cases_on_the_disk_alone(call: Call, take_in: TakeIn, home: Path) -> None:
    take_in({"child-name": "Maya"})
    before = kept(home)
    assert_one_fault(imported(call, changed(version=9, id="maya-2027")))
    assert kept(home) == before


def test_a_folder_that_cannot_be_written_is_told(call: Call, home: Path) -> None:
    home.write_text("a file stands where the data folder should be", encoding="utf-8")
    assert_one_fault(imported(call, MAYA))


def test_a_hostile_name_of_a_file_steers_no_terminal(call: Call) -> None:
    said = call("import", "a\x1b]0;owned\x07\x1b[31m\u202eb.json")
    assert_one_fault(said)
    assert "\x1b" not in said.err
    assert "\x07" not in said.err
    assert "\u202e" not in said.err


def test_a_hostile_id_is_never_a_path(call: Call, tmp_path: Path, home: Path) -> None:
    said = imported(call, changed(id="../../escaped"))
    assert said.code == 0
    [case_id] = said.out.split()
    assert case_id.isalnum()
    assert not list(tmp_path.rglob("*escaped*"))
    assert [path.stem for path in (home / "cases").glob("*.json")] == [case_id]
