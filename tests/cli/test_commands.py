"""The other commands, wrong calls, the help, and the places that the program writes to."""

from __future__ import annotations

import datetime
import io
import json
import sys
from pathlib import Path

import pytest

from iep_tui import __version__
from iep_tui.core.case_model import Answer, Answers, Case, Meeting
from iep_tui.sets.library import ABOUT, DEADLINES, GLOSSARY, shipped_folder
from iep_tui.store.case_store import CaseStore

from .conftest import Call, TakeIn, assert_one_fault, case_file

OWN_SET = """\
---
set: our-ride
version: 1
stage: before
order: 55
minutes: 5
---

# The ride to school

{#our-ride-how kind=text share=team core=yes}
## How does the ride to school go for {child}?

{#our-ride-home when="our-ride-how answered"}
## How is the ride home?

- ( ) Fine {fine}
- ( ) Hard {hard}
"""


def own_set(home: Path, text: str = OWN_SET, name: str = "bus.md") -> Path:
    path = home / "questions" / "en" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


# cases


def test_without_a_case_there_is_nothing_to_list(call: Call, home: Path) -> None:
    assert call("cases") == (0, "", "")
    assert call("cases", "--json") == (0, "[]\n", "")
    assert not home.exists(), "looking makes nothing"


def test_each_case_is_a_line(call: Call, take_in: TakeIn) -> None:
    take_in({"child-name": "Maya R.", "meeting-date": "2027-03-12"})
    take_in({}, "nameless")
    lines = call("cases").out.splitlines()
    assert len(lines) == 2
    [maya] = [line for line in lines if line.startswith("maya-2027")]
    assert "Maya R.  2027-03-12  2/" in maya
    [nameless] = [line for line in lines if line.startswith("nameless")]
    assert "(no name yet)  (no date yet)  0/" in nameless


def test_programs_get_the_cases_as_json(call: Call, take_in: TakeIn) -> None:
    take_in({"child-name": "Zoë 🐌", "meeting-date": "2027-03-12"})
    [row] = json.loads(call("cases", "--json").out)
    assert (row["id"], row["child"], row["meeting"], row["answered"]) == ("maya-2027", "Zoë 🐌", "2027-03-12", 2)
    assert row["asked"] > 50
    assert datetime.datetime.fromisoformat(row["changed"]).tzinfo is not None


HOSTILE_NAME = "Ma\x1b]0;owned\x07ya\x1b[2J\x9b31m\u202e\nR.\r\x08"


def test_a_childs_name_steers_no_terminal(call: Call, take_in: TakeIn) -> None:
    take_in({"child-name": HOSTILE_NAME, "meeting-date": HOSTILE_NAME})
    out = call("cases").out
    assert len(out.splitlines()) == 1
    assert not {*"\x1b\x07\x9b\u202e\x08"} & {*out}


def test_a_name_that_reached_the_disk_unclean_steers_no_terminal(call: Call, home: Path) -> None:
    answers = Answers(
        {"child-name": Answer(HOSTILE_NAME, "answered"), "child-school": Answer(HOSTILE_NAME, "answered")}
    )
    CaseStore(home).add(Case("raw", (Meeting("m", "2027-01-03", answers),)))
    for said in (call("cases"), call("cases", "--json"), call("export", "raw"), call("export", "nobody")):
        assert not {*"\x1b\x07\x9b\u202e\x08"} & {*said.out, *said.err}
    assert len(call("cases").out.splitlines()) == 1


def test_a_damaged_case_is_listed_with_its_trouble_among_the_good_ones(call: Call, take_in: TakeIn, home: Path) -> None:
    take_in({"child-name": "Maya"})
    take_in({"child-name": "Sam"}, "sam")
    (home / "cases" / "sam.json").write_bytes(b"\x00 nothing of this is a case")
    said = call("cases")
    assert (said.code, said.err) == (0, "")
    assert len(said.out.splitlines()) == 2
    assert "Maya" in said.out
    rows = {row["id"]: row for row in json.loads(call("cases", "--json").out)}
    assert rows["sam"]["trouble"]
    assert "trouble" not in rows["maya-2027"]
    assert_one_fault(call("export", "sam"))


@pytest.mark.skipif(sys.platform == "win32", reason="making links needs a right of its own there")
def test_a_folder_of_cases_that_cannot_be_read_is_told(call: Call, home: Path) -> None:
    home.mkdir()
    (home / "cases").symlink_to("cases")
    assert_one_fault(call("cases"))
    assert_one_fault(call("export", "maya"))


# sets


#: The files beside the sets.
NO_SETS = (GLOSSARY, DEADLINES, ABOUT)


def test_our_sets_are_listed(call: Call) -> None:
    said = call("sets", "list")
    assert (said.code, said.err) == (0, "")
    listed = [line.split()[0] for line in said.out.splitlines()]
    files = [path for path in (shipped_folder() / "en").glob("*.md") if path.name not in NO_SETS]
    assert "start" in listed
    assert len(listed) == len(files) == len(set(listed))
    assert call("sets") == said


def test_a_set_in_the_data_folder_is_listed_shown_checked_and_asked(call: Call, take_in: TakeIn, home: Path) -> None:
    path = own_set(home)
    assert f"our-ride  The ride to school  (2 questions, {path})" in call("sets", "list").out
    shown = call("sets", "show", "our-ride").out
    assert "our-ride-how  (text, team, short path)" in shown
    assert "    fine: Fine" in shown
    assert call("sets", "check").code == 0
    take_in({"child-name": "Maya", "our-ride-how": "He sits in front."})
    assert "He sits in front." in call("export", "Maya").out


def test_a_broken_set_is_told_and_the_others_still_work(call: Call, take_in: TakeIn, home: Path) -> None:
    path = own_set(home, OWN_SET.replace("core=yes", "kore=yes"))
    said = call("sets", "list")
    assert said.code == 1
    assert "start  Start here" in said.out
    assert f"{path}:11:" in said.err
    assert "“core”" in said.err, "did you mean"
    take_in({"child-name": "Maya"})
    assert call("export", "Maya").code == 0


def test_our_sets_have_no_mistake(call: Call) -> None:
    said = call("sets", "check")
    assert (said.code, said.err) == (0, "")
    assert len(said.out.splitlines()) == 1


def test_a_mistake_is_told_with_its_place(call: Call) -> None:
    Path("my.md").write_text(OWN_SET.replace("our-ride-how answered", "our-ride-why answered"), encoding="utf-8")
    said = call("sets", "check", "my.md")
    assert (said.code, said.out) == (1, "")
    first, last = said.err.splitlines()
    assert first.startswith("my.md:14:")
    assert "our-ride-why" in first
    assert last == "iep-tui: 1 mistake was found."


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"{" * 5000, bytes(range(256)), b"---\n" * 3000])
def test_a_file_that_is_no_set_is_told_without_a_trace(call: Call, data: bytes) -> None:
    Path("my.md").write_bytes(data)
    said = call("sets", "check", "my.md")
    assert (said.code, said.out) == (1, "")
    *mistakes, last = said.err.splitlines()
    assert mistakes
    assert all(line.startswith("my.md:") for line in mistakes)
    assert last.startswith("iep-tui: ")


@pytest.mark.parametrize("arguments", [("check", "nowhere.md"), ("show", "nowhere"), ("show", "\x1b[31m")])
def test_an_unknown_set_is_told_in_one_line(call: Call, arguments: tuple[str, ...]) -> None:
    said = call("sets", *arguments)
    assert_one_fault(said)
    assert "\x1b" not in said.err


# where, and where not


def test_where_names_the_folders_in_use(call: Call, home: Path) -> None:
    out = call("where").out
    assert str(home / "cases") in out
    assert str(home / "questions" / "en") in out
    assert not home.exists()


def test_nothing_is_written_outside_the_data_folder(
    call: Call, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nobody = tmp_path / "nobody"
    nobody.mkdir()
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "TMPDIR", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(nobody))
    path = tmp_path / "maya.json"
    path.write_bytes(case_file({"child-name": "Maya"}))
    for arguments in (
        ("import", str(path)),
        ("cases",),
        ("export", "Maya"),
        ("export", "Maya", "--format", "json"),
        ("sets", "list"),
        ("sets", "check"),
        ("where",),
        ("plain",),
    ):
        call(*arguments)
    assert list(nobody.iterdir()) == []
    assert list(Path.cwd().iterdir()) == []
    assert {one.name for one in tmp_path.iterdir()} == {"data", "desk", "nobody", "maya.json"}
    assert [one.name for one in (home / "cases").glob("*.json")] == ["maya-2027.json"]


# Wrong calls, help, what comes later


@pytest.mark.parametrize(
    "arguments",
    [
        ("fly",),
        ("sets", "fly"),
        ("export",),
        ("import",),
        ("sets", "show"),
        ("export", "Maya", "--for", "press"),
        ("export", "Maya", "--format", "rtf"),
        ("cases", "--yaml"),
        ("where", "\x1b[31mhere"),
        ("--lang", "../../etc"),
        ("--lang",),
    ],
)
def test_a_wrong_call_ends_with_2_and_says_where_to_read_more(
    call: Call, home: Path, arguments: tuple[str, ...]
) -> None:
    said = call(*arguments)
    assert (said.code, said.out) == (2, "")
    first, second = said.err.splitlines()
    assert first.startswith("iep-tui: ")
    assert second.startswith("See iep-tui ")
    assert second.endswith(" --help")
    assert "\x1b" not in said.err
    assert not home.exists()


@pytest.mark.parametrize("arguments", [("plain",), ("--plain",), ()])
def test_without_a_terminal_it_goes_line_by_line_to_the_end_of_the_input(
    call: Call, home: Path, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    said = call(*arguments)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("IEP meeting preparation, line by line.\n")
    assert "\x1b" not in said.out
    assert not home.exists()


def test_plain_with_a_child_that_is_not_there_is_a_fault(call: Call) -> None:
    assert_one_fault(call("plain", "Maya"))


@pytest.mark.parametrize(
    "verb",
    [
        (),
        ("plain",),
        ("cases",),
        ("import",),
        ("export",),
        ("sets",),
        ("sets", "list"),
        ("sets", "check"),
        ("sets", "show"),
        ("about",),
        ("where",),
    ],
)
def test_every_verb_has_help(call: Call, verb: tuple[str, ...]) -> None:
    said = call(*verb, "--help")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith(" ".join(("usage: iep-tui", *verb)))


def test_the_version(call: Call) -> None:
    assert call("--version") == (0, f"iep-tui {__version__}\n", "")


def test_the_page_on_what_an_iep_is_is_printed_in_lines_that_fit(call: Call) -> None:
    said = call("about")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("What is an IEP?\n===============\n\n")
    assert "504 plan" in said.out
    assert max(map(len, said.out.splitlines())) <= 84
    assert "**" not in said.out


def test_a_page_of_ones_own_stands_in_place_of_ours(call: Call, home: Path) -> None:
    folder = home / "questions" / "en"
    folder.mkdir(parents=True)
    (folder / ABOUT).write_text("# About plans\n\nIn our district.\n", encoding="utf-8")
    assert call("about").out == "About plans\n===========\n\nIn our district.\n"
    assert call("sets", "check").code == 0


def test_a_language_without_questions_asks_in_english(call: Call) -> None:
    assert call("--lang", "es", "sets", "list").out == call("sets", "list").out
