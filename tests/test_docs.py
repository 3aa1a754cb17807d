"""The documents match the program: example sets are valid; messages, files and commands exist."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import NamedTuple

import pytest

from iep_tui.cli import parser
from iep_tui.sets.file_check import check_paths
from iep_tui.store.case_store import CaseStore
from iep_tui.store.interchange_format import decode_case

ROOT = Path(__file__).resolve().parent.parent
DOCS = sorted((ROOT / "docs").glob("*.md"))
README = ROOT / "README.md"
SETS = ROOT / "docs" / "question-sets.md"
HOUSE = ROOT / "docs" / "house.md"

#: Folders of the user's, not of the checkout.
NOT_OURS = ("questions/",)

#: What a question needs above it to be a set.
TOP = "---\nset: my-set\nversion: 1\nstage: before\norder: 99\n---\n\n# My set\n\n"

_FENCED = re.compile(r"^```(.*)\n((?:.*\n)*?)```$", re.MULTILINE)
#: `iep-tui …` in a block, up to its explanation, or in a line of words.
_IN_BLOCK = re.compile(r"^(?:~/\.iep-tui/bin/)?iep-tui\b((?: \S+)*)", re.MULTILINE)
_IN_LINE = re.compile(r"(?<!`)`iep-tui\b([^`\n]*)`")


class Fenced(NamedTuple):
    """A fenced code block: its info string, its text, and its line in the document."""

    info: str
    text: str
    line: int


def fenced(path: Path) -> list[Fenced]:
    text = path.read_text("utf-8")
    return [Fenced(one[1].strip(), one[2], text.count("\n", 0, one.start()) + 1) for one in _FENCED.finditer(text)]


def told(tmp_path: Path, text: str, name: str = "my-set.md") -> list[str]:
    """The messages of `sets check` about this text, without the places."""
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return [problem.message for problem in check_paths([path])]


WHOLE = [
    pytest.param(one.text, id=f"{path.name}:{one.line}")
    for path in (README, *DOCS)
    for one in fenced(path)
    if one.text.startswith("---\nset:")
]
GLOSSARIES = [one.text for one in fenced(SETS) if one.info == "markdown" and one.text.startswith("# ")]
DEADLINES = [one.text for one in fenced(SETS) if one.info == "deadlines"]
PIECES = [one.text for one in fenced(SETS) if one.info == "markdown" and one.text.startswith("{#")]
WRONG = [
    pytest.param(wrong.text, says.text.splitlines(), id=f"line {wrong.line}")
    for wrong, says in zip(fenced(SETS), fenced(SETS)[1:], strict=False)
    if (wrong.info, says.info) == ("markdown wrong", "says")
]


@pytest.mark.parametrize("text", WHOLE)
def test_every_whole_set_is_right(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, text) == []


def test_the_pieces_in_their_order_are_a_set_that_is_right(tmp_path: Path) -> None:
    assert told(tmp_path, TOP + "\n".join(PIECES)) == []


def test_the_glossary_is_right(tmp_path: Path) -> None:
    assert [told(tmp_path, text, "glossary.md") for text in GLOSSARIES] == [[]]


def test_the_rules_about_dates_are_right(tmp_path: Path) -> None:
    assert [told(tmp_path, text, "deadlines.md") for text in DEADLINES] == [[]]


@pytest.mark.parametrize(("text", "says"), WRONG)
def test_every_mistake_is_told_in_these_words(tmp_path: Path, text: str, says: list[str]) -> None:
    assert told(tmp_path, TOP + text) == says


def test_no_block_is_passed_over() -> None:
    blocks = fenced(SETS)
    assert {one.info for one in blocks} == {"", "deadlines", "markdown", "markdown wrong", "says"}
    assert len(WRONG) == sum(one.info == "markdown wrong" for one in blocks) > 5
    whole = sum(one.text.startswith("---\nset:") for one in blocks)
    assert len(PIECES) + len(GLOSSARIES) + whole == sum(one.info == "markdown" for one in blocks)
    assert len(WHOLE) > whole


# Files


def test_the_file_of_a_case_is_one(tmp_path: Path) -> None:
    [block] = [one.text for one in fenced(HOUSE) if one.info == "case"]
    store = CaseStore(tmp_path)
    store.folder.mkdir()
    (store.folder / "k7f3q9x2m4va.json").write_text(block.removesuffix("\n"), "utf-8")
    assert store.read("k7f3q9x2m4va").latest.answers.of("child-name").value == "Maya R."


def test_the_file_between_programs_is_one() -> None:
    [block] = [one.text for one in fenced(HOUSE) if one.info == "interchange"]
    answers = decode_case(block.encode()).latest.answers
    assert {name: (one.value, one.state) for name, one in answers.items()} == {
        "child-name": ("Maya R.", "answered"),
        "needs-sleep": ("most", "answered"),
        "plan": (None, "ask"),
    }


@pytest.mark.parametrize("path", [HOUSE, SETS], ids=lambda path: path.name)
def test_every_file_and_folder_that_is_named_is_there(path: Path) -> None:
    named = re.findall(
        r"`((?:[a-z_]+/)+[a-z_]*(?:\.[a-z]+)?|[a-z_]+\.(?:py|toml))`", _FENCED.sub("", path.read_text("utf-8"))
    )
    places = [ROOT, ROOT / "iep_tui", ROOT / "iep_tui" / "core" / "conditions", ROOT / "tests" / "sets"]
    assert [one for one in named if one not in NOT_OURS and not any((place / one).exists() for place in places)] == []


# Commands


def commands(path: Path) -> list[str]:
    """The calls of the program in a document, each once, without those that have a placeholder."""
    text = path.read_text("utf-8")
    found = [one.strip() for block in fenced(path) for one in _IN_BLOCK.findall(block.text)]
    found += [one.strip() for one in _IN_LINE.findall(_FENCED.sub("", text))]
    return [one for one in dict.fromkeys(found) if not re.search(r"\b[A-Z]{2,}\b|…|\.\.\.|\[", one)]


COMMANDS = [pytest.param(one, id=f"{path.name}:{one}") for path in (README, *DOCS) for one in commands(path)]


@pytest.mark.parametrize("arguments", COMMANDS)
def test_every_command_is_one_of_the_program(arguments: str) -> None:
    assert callable(parser.parse_arguments(shlex.split(arguments)).act)


def test_the_commands_were_found() -> None:
    assert {"cases", "export Maya --for team", "sets check", "where"} <= {*commands(README)}


def test_a_command_that_is_not_there_would_be_noticed() -> None:
    with pytest.raises(SystemExit):
        parser.parse_arguments(["sets", "mend"])


# Links


@pytest.mark.parametrize("path", [README, *DOCS], ids=lambda path: path.name)
def test_every_link_to_a_file_leads_to_one(path: Path) -> None:
    links = re.findall(r"\]\((?!https?://|#)([^)#\s]+)", _FENCED.sub("", path.read_text("utf-8")))
    assert [link for link in links if not (path.parent / link).exists()] == []
