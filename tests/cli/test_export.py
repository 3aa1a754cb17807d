"""export: the right case, reader and file, and text that stays plain text."""

from __future__ import annotations

import datetime
import hashlib
import json
import stat
import sys
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from iep_tui.cli.commands import export_commands
from iep_tui.documents.formats.renderer import FORMATS
from iep_tui.services import export

from .conftest import Call, TakeIn, assert_one_fault, assert_one_line

pytestmark = pytest.mark.slow

#: One answer that only the family may read, one for the team, one for the teachers too, each with a word of its own.
SHARED = {
    "child-name": {"value": "Maya", "share": "teachers"},
    "child-grade": {"value": "Walrus grade", "share": "teachers", "note": "Pelican note"},
    "child-school": {"value": "Otter school", "share": "team"},
    "state": {"value": "Badger state", "share": "family"},
    "unknown-here": {"value": "Gecko", "share": "teachers"},
}


# Which case


def test_a_case_is_found_by_id_by_the_start_of_one_and_by_name(call: Call, take_in: TakeIn) -> None:
    take_in({"child-name": "Zoë Maria"}, "zoe-2027")
    take_in({"child-name": "Maya"}, "maya-2027")
    whole = call("export", "zoe-2027")
    assert whole.code == 0
    assert whole.out.startswith("# Prep sheet: Zoë Maria\n")
    for words in ("zoe", "Zoë Maria", "zoë", "ZOE\u0308"):
        assert call("export", words) == whole


def test_a_name_of_two_children_is_told_with_the_ids_to_choose_from(call: Call, take_in: TakeIn) -> None:
    take_in({"child-name": "Maya R."}, "aaa-1")
    take_in({"child-name": "Maya B."}, "bbb-2")
    said = call("export", "Maya")
    assert_one_fault(said)
    assert "aaa-1, bbb-2" in said.err
    assert "Maya B." not in said.err, "no family's name on another's screen"
    assert call("export", "Maya B.").code == 0


@pytest.mark.parametrize("words", ["nobody", "", "../maya-2027", "\x1b[31mred", "a" * 5000])
def test_an_unknown_case_is_told_in_one_line(call: Call, take_in: TakeIn, words: str) -> None:
    take_in({"child-name": "Maya"})
    said = call("export", words)
    assert_one_fault(said)
    assert "\x1b" not in said.err
    assert len(said.err) < 300


def test_an_unknown_meeting_is_told_with_those_there_are(call: Call, take_in: TakeIn) -> None:
    take_in({"child-name": "Maya"})
    said = call("export", "Maya", "--meeting", "second")
    assert_one_fault(said)
    assert "first" in said.err


def test_an_earlier_meeting_can_be_asked_for(call: Call) -> None:
    def meeting(name: str, school: str) -> dict[str, object]:
        return {"id": name, "started": "2027-01-03", "answers": {"child-school": {"value": school}}}

    file = {"format": "iep-tui/case", "version": 1, "id": "maya", "meetings": []}
    Path("two.json").write_text(
        json.dumps(file | {"meetings": [meeting("y1", "Lincoln"), meeting("y2", "Jefferson")]}), encoding="utf-8"
    )
    call("import", "two.json")
    assert "Jefferson" in (latest := call("export", "maya").out)
    assert "Lincoln" not in latest
    assert "Lincoln" in (earlier := call("export", "maya", "--meeting", "y1").out)
    assert "Jefferson" not in earlier


# Which reader


@pytest.mark.parametrize(
    ("reader", "there", "not_there"),
    [
        ("teachers", {"Maya", "Walrus"}, {"Otter", "Badger", "Pelican", "Gecko"}),
        ("team", {"Maya", "Walrus", "Otter"}, {"Badger", "Pelican", "Gecko"}),
        ("family", {"Maya", "Walrus", "Otter", "Badger", "Pelican"}, set()),
    ],
)
def test_each_reader_gets_theirs_and_nothing_else(
    call: Call, take_in: TakeIn, reader: str, there: set[str], not_there: set[str]
) -> None:
    take_in(SHARED)
    sheet = call("export", "Maya", "--for", reader).out
    assert {word for word in there | not_there if word in sheet} == there


def test_without_a_reader_it_is_the_team(call: Call, take_in: TakeIn) -> None:
    take_in(SHARED)
    assert call("export", "Maya") == call("export", "Maya", "--for", "team")


def test_an_answer_the_family_takes_back_for_itself_leaves_the_sheets(call: Call, take_in: TakeIn) -> None:
    take_in({"child-name": "Maya", "child-school": {"value": "Otter", "share": "family"}})
    assert "Otter" not in call("export", "Maya", "--for", "team").out


# Which file


def test_a_file_holds_what_the_screen_would_show_and_is_private(call: Call, take_in: TakeIn) -> None:
    take_in(SHARED)
    said = call("export", "Maya", "--out", "sheet.md")
    assert said == (0, "", "")
    assert Path("sheet.md").read_bytes().decode() == call("export", "Maya").out
    if sys.platform != "win32":
        assert stat.S_IMODE(Path("sheet.md").stat().st_mode) == 0o600


def test_a_file_that_is_there_stays_unless_it_is_forced(call: Call, take_in: TakeIn) -> None:
    take_in(SHARED)
    Path("sheet.md").write_text("last year's", encoding="utf-8")
    said = call("export", "Maya", "--out", "sheet.md")
    assert_one_fault(said)
    assert "sheet.md" in said.err
    assert Path("sheet.md").read_text(encoding="utf-8") == "last year's"
    assert call("export", "Maya", "--out", "sheet.md", "--force").code == 0
    assert Path("sheet.md").read_text(encoding="utf-8").startswith("# Prep sheet: Maya")
    assert [path.name for path in Path.cwd().iterdir()] == ["sheet.md"], "nothing is left beside it"


@pytest.mark.parametrize("out", [".", "no/such/folder/sheet.md", "", "x" * 300])
def test_a_place_that_takes_no_file_is_told(call: Call, take_in: TakeIn, out: str) -> None:
    take_in(SHARED)
    assert_one_fault(call("export", "Maya", "--out", out))
    assert list(Path.cwd().iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no /proc and no /dev")
@pytest.mark.parametrize("out", ["/dev/full", "/proc/sheet.md"])
def test_a_folder_that_takes_no_writing_is_told(call: Call, take_in: TakeIn, out: str) -> None:
    if not Path(out).parent.is_dir():
        pytest.skip("this system has no such folder")
    take_in(SHARED)
    assert_one_fault(call("export", "Maya", "--out", out))


# Which format


@pytest.mark.parametrize("name", ["md", "html", "txt"])
def test_the_format_follows_the_name_of_the_file(call: Call, take_in: TakeIn, name: str) -> None:
    take_in(SHARED)
    assert call("export", "Maya", "--out", f"sheet.{name}") == (0, "", "")
    asked = call("export", "Maya", "--format", name)
    assert asked.code == 0
    assert Path(f"sheet.{name}").read_bytes().decode() == asked.out
    assert "Walrus" in asked.out
    assert "Badger" not in asked.out


def test_a_format_that_is_asked_for_counts_more_than_the_name(call: Call, take_in: TakeIn) -> None:
    take_in(SHARED)
    call("export", "Maya", "--out", "sheet.html", "--format", "md")
    assert Path("sheet.html").read_text(encoding="utf-8").startswith("# Prep sheet: Maya")
    call("export", "Maya", "--out", "all.json")
    assert json.loads(Path("all.json").read_bytes())["format"] == "iep-tui/case"


def test_a_name_that_says_no_format_is_told(call: Call, take_in: TakeIn) -> None:
    take_in(SHARED)
    said = call("export", "Maya", "--out", "sheet.doc")
    assert_one_fault(said)
    assert ".doc" in said.err
    assert "docx" in said.err
    assert list(Path.cwd().iterdir()) == []


@pytest.mark.parametrize("name", [one.name for one in FORMATS if not one.is_text])
def test_a_format_that_is_no_text_is_not_for_a_terminal(
    call: Call, take_in: TakeIn, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    take_in(SHARED)
    monkeypatch.setattr(export_commands, "_is_terminal", lambda: True)
    said = call("export", "Maya", "--format", name)
    assert (said.code, said.out) == (2, "")
    assert_one_line(said.err)
    assert "--out" in said.err


def test_a_format_this_computer_cannot_make_says_what_to_do(
    call: Call, take_in: TakeIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def render(*_all: object, **_named: object) -> bytes:
        raise export.Unavailable("Install the part for PDF.")

    take_in(SHARED)
    monkeypatch.setattr(export, "render", render)
    said = call("export", "Maya", "--out", "sheet.pdf")
    assert_one_fault(said)
    assert "Install the part for PDF." in said.err
    assert list(Path.cwd().iterdir()) == []


def test_a_place_that_takes_no_file_is_told_before_the_file_is_made(
    call: Call, take_in: TakeIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def render(*_all: object, **_named: object) -> bytes:
        raise AssertionError("nobody could have kept it")

    take_in(SHARED)
    monkeypatch.setattr(export, "render", render)
    said = call("export", "Maya", "--out", "nowhere/sheet.pdf")
    assert_one_fault(said)
    assert "There is no folder" in said.err


# The page of concerns


def test_the_page_of_concerns_is_a_page_of_its_own(call: Call, take_in: TakeIn) -> None:
    take_in(SHARED | {"concerns-statement": "She is tired."})
    page = call("export", "Maya", "--page", "concerns").out
    assert page.startswith("# Parent concerns: Maya")
    assert "> She is tired." in page
    assert "Walrus" not in page


def test_without_concerns_there_is_no_page_of_them(call: Call, take_in: TakeIn) -> None:
    take_in(SHARED)
    said = call("export", "Maya", "--page", "concerns", "--out", "page.md")
    assert_one_fault(said)
    assert "concerns" in said.err
    assert list(Path.cwd().iterdir()) == []


# The record for the family


def test_the_record_says_what_is_in_and_what_is_not_and_no_words(call: Call, take_in: TakeIn) -> None:
    take_in(SHARED)
    assert call("export", "Maya", "--out", "sheet.md", "--manifest", "record.json") == (0, "", "")
    record = json.loads(Path("record.json").read_bytes())
    made = record.pop("made")
    assert datetime.date.fromisoformat(made)
    assert record == {
        "format": "iep-tui/manifest",
        "version": 1,
        "case": "maya-2027",
        "meeting": "first",
        "page": "sheet",
        "reader": "team",
        "file": "sheet.md",
        "file_format": "md",
        "sha256": hashlib.sha256(Path("sheet.md").read_bytes()).hexdigest(),
        "in": ["child-name", "child-grade", "child-school"],
        "left_out": [
            {"id": "state", "reason": "only for the family"},
            {"id": "unknown-here", "reason": "set aside"},
        ],
    }
    written = Path("record.json").read_text(encoding="utf-8")
    assert not [word for word in ("Maya", "Walrus", "Otter", "Badger", "Pelican", "Gecko") if word in written]
    if sys.platform != "win32":
        assert stat.S_IMODE(Path("record.json").stat().st_mode) == 0o600


def test_the_record_of_a_page_for_teachers_tells_what_had_no_room(call: Call, take_in: TakeIn) -> None:
    take_in({"child-name": "Maya", "child-admired": ["a", "b", "c", "d"], "child-proud": ["word " * 5_000]})
    said = call("export", "Maya", "--for", "teachers", "--out", "sheet.md", "--manifest", "record.json")
    assert (said.code, said.out) == (0, "")
    assert_one_line(said.err)
    assert "2 answers did not fit on the page, or not all of them: child-admired, child-proud" in said.err
    record = json.loads(Path("record.json").read_bytes())
    assert record["in"] == ["child-name", "child-admired"]
    assert record["left_out"] == [
        {"id": "child-admired", "reason": "no room for all of it on one page", "partly": True},
        {"id": "child-proud", "reason": "no room on one page"},
    ]


def test_a_record_that_could_not_be_written_stops_the_sheet_too(call: Call, take_in: TakeIn) -> None:
    take_in(SHARED)
    Path("record.json").write_text("mine", encoding="utf-8")
    for record in ("record.json", "sheet.md"):
        said = call("export", "Maya", "--out", "sheet.md", "--manifest", record)
        assert_one_fault(said)
        assert not Path("sheet.md").exists()
    assert call("export", "Maya", "--out", "sheet.md", "--manifest", "record.json", "--force").code == 0
    assert json.loads(Path("record.json").read_bytes())["file"] == "sheet.md"


@pytest.mark.parametrize("more", [["--manifest", "record.json"], ["--page", "concerns"]])
def test_all_answers_as_json_have_no_record_and_no_page(call: Call, take_in: TakeIn, more: list[str]) -> None:
    take_in(SHARED)
    said = call("export", "Maya", "--format", "json", *more)
    assert (said.code, said.out) == (2, "")
    assert_one_line(said.err)
    assert list(Path.cwd().iterdir()) == []


# Words stay words

NASTY = {
    "Rich's markup": "[b]bold[/b] [link=file:///etc/passwd]x[/link] [/]",
    "HTML": "<script>alert(1)</script> <b>x</b> <!-- y --> &amp; &lt;",
    "a table": "a | b | c",
    "code": "`rm -rf` ```sh``` ~~~",
    "a heading": "# Head",
    "a list": "- [ ] item",
    "a link": "[a](https://example.org) <https://example.org> ![i](x)",
    "stress": "*a* **b** _c_ __d__ ~~e~~",
    "a template": "{child} {{child}} {0} %s ${HOME} $(id)",
    "a backslash": "\\ \\n \\* C:\\temp\\",
    "emoji": "🐌 👩‍👧‍👦 🇺🇸",
    "Arabic": "مايا تحب القراءة",
    "accents": "Zoë Nuñez, Đặng Thị",
    "50 KB": "All day, every day. " * 2500 + "End.",
}


def words_in(markdown: str) -> list[str]:
    """Every run of plain text in a Markdown document, as its readers see it; nothing else may be in it."""
    found: list[str] = []
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown):
        assert token.type not in ("html_block", "fence", "code_block"), token.content[:80]
        run = ""
        for child in token.children or ():
            assert child.type in ("text", "softbreak", "hardbreak", "strong_open", "strong_close"), child.type
            run += "\n" if child.type.endswith("break") else child.content
        found += [run] if run else []
    return found


@pytest.mark.sweep
@pytest.mark.parametrize("name", NASTY)
def test_an_answer_comes_out_as_the_words_it_is(call: Call, take_in: TakeIn, name: str) -> None:
    words = NASTY[name]
    take_in({"child-name": "Maya", "concerns-statement": {"value": words, "share": "team"}})
    assert words.strip() in words_in(call("export", "Maya").out)


@pytest.mark.sweep
@pytest.mark.parametrize("name", [name for name in NASTY if name != "50 KB"])
def test_a_name_comes_out_as_the_words_it_is(call: Call, take_in: TakeIn, name: str) -> None:
    take_in({"child-name": NASTY[name]}, "child")
    title = words_in(call("export", "child").out)[0]
    assert title == f"Prep sheet: {NASTY[name]}"


def test_words_that_look_like_a_table_row_stay_in_their_cell(call: Call, take_in: TakeIn) -> None:
    take_in({"child-name": "Maya", "services-now": [{"service": "Speech | OT `x` <b>", "minutes": 30}]})
    found = words_in(call("export", "Maya").out)
    assert "Speech | OT `x` <b>" in found
    assert "30" in found


def test_values_that_do_not_fit_their_question_end_nothing(call: Call, take_in: TakeIn) -> None:
    strange = {"a": [1, None, True, {"b": "c"}]}
    take_in({name: {"value": strange} for name in ("child-name", "child-birth-date", "plan", "services-now", "state")})
    for reader in ("family", "team", "teachers"):
        said = call("export", "maya-2027", "--for", reader)
        assert (said.code, said.err) == (0, "")
