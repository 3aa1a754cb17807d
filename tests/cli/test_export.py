"""Writing a case out: the right case, the right reader, the right file, and words that stay words."""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from .conftest import Call, TakeIn, assert_one_fault, assert_one_line

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


@pytest.mark.parametrize("later", ["html", "txt", "docx", "pdf"])
def test_a_format_that_comes_later_says_so(call: Call, take_in: TakeIn, later: str) -> None:
    take_in(SHARED)
    said = call("export", "Maya", "--format", later)
    assert (said.code, said.out) == (2, "")
    assert_one_line(said.err)
    assert later in said.err
    assert "md, json" in said.err


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
    """Every run of plain words in a Markdown text, the way its readers see them. Nothing else may be in it."""
    found: list[str] = []
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown):
        assert token.type not in ("html_block", "fence", "code_block"), token.content[:80]
        run = ""
        for child in token.children or ():
            assert child.type in ("text", "softbreak", "hardbreak", "strong_open", "strong_close"), child.type
            run += "\n" if child.type.endswith("break") else child.content
        found += [run] if run else []
    return found


@pytest.mark.parametrize("name", NASTY)
def test_an_answer_comes_out_as_the_words_it_is(call: Call, take_in: TakeIn, name: str) -> None:
    words = NASTY[name]
    take_in({"child-name": "Maya", "concerns-statement": {"value": words, "share": "team"}})
    assert words.strip() in words_in(call("export", "Maya").out)


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
