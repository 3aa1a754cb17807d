"""The documents match the program: example sets are valid; messages, files and commands exist."""

from __future__ import annotations

import ast
import asyncio
import re
import shlex
import tomllib
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest

from iep_tui.cli import parser
from iep_tui.core.kinds import kind_names
from iep_tui.sets.file_check import check_paths
from iep_tui.store.case_store import CaseStore
from iep_tui.store.interchange_format import decode_case
from iep_tui.store.migrations import CURRENT
from tests.picture import PICTURE, draw, without_addresses

ROOT = Path(__file__).resolve().parent.parent
DOCS = sorted((ROOT / "docs").glob("*.md"))
README = ROOT / "README.md"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
SECURITY = ROOT / "SECURITY.md"
INDEX = ROOT / "docs" / "README.md"
SETS = ROOT / "docs" / "question-sets.md"
COMMANDS_PAGE = ROOT / "docs" / "commands.md"
ARCHITECTURE = ROOT / "docs" / "architecture.md"
FORMATS = ROOT / "docs" / "file-formats.md"
RECIPES = ROOT / "docs" / "how-to-add.md"
DECISIONS = ROOT / "docs" / "decisions.md"

#: Every page, each with a name of its own in the list of tests.
PAGES = [pytest.param(path, id=str(path.relative_to(ROOT))) for path in (README, CONTRIBUTING, SECURITY, *DOCS)]

#: Folders of the user's, not of the checkout, and a folder that a recipe makes.
NOT_OURS = ("questions/", "cases/", "backups/")

#: A kind of answer that a recipe adds: a set with it is tried there (tests/test_recipes.py).
NEW_KIND = "kind=percent"

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
    if one.text.startswith("---\nset:") and NEW_KIND not in one.text
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


@pytest.mark.slow
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
    [block] = [one.text for one in fenced(FORMATS) if one.info == "case"]
    store = CaseStore(tmp_path)
    store.folder.mkdir()
    (store.folder / "k7f3q9x2m4va.json").write_text(block.removesuffix("\n"), "utf-8")
    assert store.read("k7f3q9x2m4va").latest.answers.of("child-name").value == "Maya R."


def test_the_file_between_programs_is_one() -> None:
    [block] = [one.text for one in fenced(FORMATS) if one.info == "interchange"]
    answers = decode_case(block.encode()).latest.answers
    assert {name: (one.value, one.state) for name, one in answers.items()} == {
        "child-name": ("Maya R.", "answered"),
        "needs-sleep": ("most", "answered"),
        "plan": (None, "ask"),
    }


def test_the_version_of_the_file_is_said() -> None:
    assert f"writes version {CURRENT.schema}." in " ".join(FORMATS.read_text("utf-8").split())


TECHNICAL = [ARCHITECTURE, FORMATS, RECIPES, DECISIONS, SETS, CONTRIBUTING, SECURITY]


@pytest.mark.parametrize("path", TECHNICAL, ids=lambda path: path.name)
def test_every_file_and_folder_that_is_named_is_there(path: Path) -> None:
    named = re.findall(
        r"`((?:[a-z_]+/)+[a-z_]*(?:\.[a-z]+)?|[a-z_]+\.(?:py|toml))`", _FENCED.sub("", path.read_text("utf-8"))
    )
    places = [ROOT, ROOT / "iep_tui", ROOT / "iep_tui" / "core" / "conditions", ROOT / "tests" / "sets"]
    assert [one for one in named if one not in NOT_OURS and not any((place / one).exists() for place in places)] == []


def names_in_code() -> set[str]:
    """Names that the code defines: modules, classes, functions, constants, and members as `name` and `Class.name`.

    Local variables are left out. Words that are values, such as a state of an answer, are in quotation marks in core.
    """
    found: set[str] = set()
    bases: dict[str, set[str]] = {}
    members: dict[str, set[str]] = {}
    for path in (*(ROOT / "iep_tui").rglob("*.py"), ROOT / "tests" / "documents" / "text_extraction.py"):
        tree = ast.parse(path.read_text("utf-8"))
        own = defined(tree.body)
        found |= {path.stem, path.parent.name, *own, *(f"{path.stem}.{name}" for name in own)}
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                fields = {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute) and is_stored(one)}
                members.setdefault(node.name, set()).update(defined(node.body) | fields)
                bases.setdefault(node.name, set()).update(one.id for one in node.bases if isinstance(one, ast.Name))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and "core" in path.parts:
                found.add(node.value)
    for name, mine in members.items():
        inherited = (members.get(base, set()) for base in bases[name])
        found |= {*mine, *(f"{name}.{member}" for member in mine.union(*inherited))}
    return found


def defined(body: list[ast.stmt]) -> set[str]:
    """The names that the statements of a module or a class bind, without imports."""
    found: set[str] = set()
    for node in body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name)}
    return found


def is_stored(node: ast.Attribute) -> bool:
    """Whether this is an assignment to an attribute of `self`."""
    return isinstance(node.ctx, ast.Store) and isinstance(node.value, ast.Name) and node.value.id == "self"


#: Names in those pages that belong to the system or to another program.
NOT_PYTHON = {"make", "flock", "filelock", "soffice", "gettext", "import", "bdi", "VERSION"}


def unknown_names(text: str, known: set[str]) -> list[str]:
    """Names in backquotes, such as `Interview`, `CaseStore.keys` or `render(…)`, that are no part of the code."""
    named = re.findall(r"`((?:\w+\.)?_?[A-Za-z]\w*)(?:\([^`]*\))?`", _FENCED.sub("", text))
    named = [
        one
        for one in named
        if one not in NOT_PYTHON and not re.search(r"\.(py|c|toml|json|tcss|md|index|recent)$|^(IEP_TUI|TORTURE)_", one)
    ]
    return [one for one in named if one not in known]


def test_every_name_of_the_code_that_is_named_is_in_it() -> None:
    """Classes, functions and constants: what the pages for developers say of them is about something."""
    known = names_in_code()
    for path in (ARCHITECTURE, FORMATS, RECIPES, DECISIONS):
        assert unknown_names(path.read_text("utf-8"), known) == [], path.name


def test_a_name_that_is_not_in_the_code_is_noticed() -> None:
    text = "`Interview` and `CaseStore.keys` are, `CaseStore.kyes` and `not_a_name(1)` are not."
    assert unknown_names(text, names_in_code()) == ["CaseStore.kyes", "not_a_name"]


# The architecture


def test_the_layers_are_those_that_are_kept() -> None:
    [block] = [one.text for one in fenced(ARCHITECTURE) if one.info == "layers"]
    packaging = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    [kept] = [one["layers"] for one in packaging["tool"]["importlinter"]["contracts"] if one["type"] == "layers"]
    assert block.splitlines() == kept


def test_every_package_is_on_the_page_of_the_architecture() -> None:
    text = ARCHITECTURE.read_text("utf-8")
    packages = {
        path.parent.relative_to(ROOT).as_posix()
        for path in (ROOT / "iep_tui").rglob("__init__.py")
        if path.parent.name not in ("iep_tui", "documents", "commands")
    }
    assert [one for one in sorted(packages) if f"`{one}/`" not in text] == []


@pytest.mark.parametrize("path", [ARCHITECTURE, SETS], ids=lambda path: path.name)
def test_every_kind_of_answer_is_in_the_table_of_kinds(path: Path) -> None:
    section = path.read_text("utf-8").split("## Kinds of answers\n")[1].split("\n#")[0]
    first = [line.split("|")[1] for line in section.splitlines() if line.startswith("|")]
    named = {one for cell in first for one in re.findall(r"`(\w+)`", cell)}
    # In the page for authors, what is written with marks is named in words.
    shown = {"one choice": "one", "several choices": "several", "a table": "table"}
    named |= {kind for words, kind in shown.items() if any(words in cell for cell in first)}
    assert named == set(kind_names())


# The README


def test_the_readme_is_short_and_leads_to_the_rest() -> None:
    text = README.read_text("utf-8")
    assert len(text.splitlines()) <= 160
    for heading in ("For parents", "For advocates", "For teachers", "For set authors"):
        [paragraph] = re.findall(rf"^## {heading}\n((?:(?!## ).*\n)*)", text, re.MULTILINE)
        assert "](docs/" in paragraph, heading


def test_every_page_is_in_the_list_of_pages() -> None:
    links = set(re.findall(r"\]\(([^)#]+)\)", INDEX.read_text("utf-8")))
    pages = {path.name for path in DOCS if path != INDEX} | {"../CONTRIBUTING.md", "../SECURITY.md"}
    assert pages <= links


def test_the_picture_is_shown_with_words_for_those_who_do_not_see_it() -> None:
    [(words, path)] = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", README.read_text("utf-8"))
    assert ROOT / path == PICTURE
    assert len(words.split()) > 10


def test_the_picture_asks_nothing_from_any_network() -> None:
    text = PICTURE.read_text("utf-8")
    ElementTree.fromstring(text)
    assert re.findall(r"[a-z]+://[^\s\"<>]*", text) == ["http://www.w3.org/2000/svg"]  # the name of the format
    assert "@font-face" not in text
    assert "monospace" in text


def test_the_picture_can_be_drawn_anew() -> None:
    """Not that it is the same: a change of color would change it, and nobody would read the difference."""
    drawn = without_addresses(asyncio.run(draw()))
    for text in (drawn, PICTURE.read_text("utf-8")):
        said = "".join(ElementTree.fromstring(text).itertext()).replace("\xa0", " ")
        assert "Maya" in said
        assert "Who may read this?" in said


# Commands


def commands(path: Path) -> list[str]:
    """The calls of the program in a document, each once, without those that have a placeholder."""
    text = path.read_text("utf-8")
    found = [one.strip() for block in fenced(path) for one in _IN_BLOCK.findall(block.text)]
    found += [one.strip() for one in _IN_LINE.findall(_FENCED.sub("", text))]
    return [one for one in dict.fromkeys(found) if not re.search(r"\b[A-Z]{2,}\b|…|\.\.\.|\[", one)]


COMMANDS = [
    pytest.param(one, id=f"{path.relative_to(ROOT)}:{one}")
    for path in (README, CONTRIBUTING, SECURITY, *DOCS)
    for one in commands(path)
]


@pytest.mark.parametrize("arguments", COMMANDS)
def test_every_command_is_one_of_the_program(arguments: str) -> None:
    words = shlex.split(arguments)
    if words and words[-1] in ("--help", "--version"):
        with pytest.raises(SystemExit) as leave:
            parser.parse_arguments(words)
        assert leave.value.code == 0
    else:
        assert callable(parser.parse_arguments(words).act)


def test_the_commands_were_found() -> None:
    assert {"cases", "where", "sets check"} <= {*commands(README)}
    assert {"cases", "export Maya --for team", "sets check my-set.md", "where"} <= {*commands(COMMANDS_PAGE)}


def test_every_command_of_the_program_has_an_example() -> None:
    shown = {one.split()[0] for one in commands(COMMANDS_PAGE) if one}
    assert shown >= parser.SUBCOMMANDS.keys()


def test_a_command_that_is_not_there_would_be_noticed() -> None:
    with pytest.raises(SystemExit):
        parser.parse_arguments(["sets", "mend"])


# Links


@pytest.mark.parametrize("path", PAGES)
def test_every_link_to_a_file_leads_to_one(path: Path) -> None:
    links = re.findall(r"\]\((?!https?://|#)([^)#\s]+)", _FENCED.sub("", path.read_text("utf-8")))
    assert [link for link in links if not (path.parent / link).exists()] == []


def headings(path: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    found = re.findall(r"^#+ (.+)$", _FENCED.sub("", path.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in found}


@pytest.mark.parametrize("path", PAGES)
def test_every_link_to_a_heading_leads_to_one(path: Path) -> None:
    links = re.findall(r"\]\((?!https?://)([^)#\s]*)#([^)\s]+)\)", _FENCED.sub("", path.read_text("utf-8")))
    wrong = [
        f"{file}#{anchor}"
        for file, anchor in links
        if anchor not in headings((path.parent / file).resolve() if file else path)
    ]
    assert wrong == []
