"""Project rules: import contracts, modules that fast commands load, names, docstrings, and packaging."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from iep_tui import __version__

HERE = Path(__file__).resolve()
ROOT = HERE.parent.parent
MODULES = sorted((ROOT / "iep_tui").rglob("*.py"))
#: What tools leave in a checkout; hidden folders are passed over too.
_LEFT_BY_TOOLS = {"__pycache__", "dist", "build", "node_modules"}

MAYA = {
    "format": "iep-tui/case",
    "version": 1,
    "id": "maya",
    "meetings": [{"answers": {"child-name": {"value": "Maya"}}}],
}


def files() -> list[Path]:
    """Every file of the checkout that a person wrote."""
    found = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [one for one in folders if one not in _LEFT_BY_TOOLS and not one.startswith(".")]
        found += [Path(folder, name) for name in names if not name.endswith(".pyc")]
    return found


# What a verb loads


def loaded_by(tmp_path: Path, *arguments: str) -> set[str]:
    """The top-level packages in memory after one call of the program in a process of its own."""
    code = (
        "import sys\n"
        "from iep_tui.cli.main import main\n"
        "code = main(sys.argv[1:])\n"
        "sys.stderr.write(' '.join(sorted({name.partition('.')[0] for name in sys.modules})))\n"
        "sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "IEP_TUI_HOME": str(tmp_path / "data")},
        timeout=30,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stderr.split())


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments",
    [
        ("export", "maya"),
        ("export", "maya", "--format", "json"),
        ("cases",),
        ("sets", "list"),
        ("sets", "check"),
        ("import", "maya.json"),
        ("about",),
        ("where",),
    ],
    ids=" ".join,
)
def test_the_verbs_run_without_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("maya.json").write_text(json.dumps(MAYA), encoding="utf-8")
    loaded_by(tmp_path, "import", "maya.json")
    loaded = loaded_by(tmp_path, *arguments)
    assert "iep_tui" in loaded
    assert not loaded & {"textual", "rich"}
    if arguments[0] in ("export", "cases", "about", "where"):
        assert "tinydb" not in loaded, "who only reads needs no database"


# Who may import whom


def test_the_import_contracts_are_kept() -> None:
    run = "import sys; from importlinter.cli import lint_imports_command as run; sys.exit(run())"
    done = subprocess.run(
        [sys.executable, "-c", run, "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"[1-9]\d* kept, 0 broken", done.stdout)


def test_the_contracts_name_modules_that_exist() -> None:
    """A contract over a module that is no more would be kept by nothing."""
    contracts = packaging()["tool"]["importlinter"]["contracts"]
    keys = ("source_modules", "modules")
    named = {name for one in contracts for key in keys for name in one.get(key, ())}
    named |= {
        f"{container}.{name}"
        for one in contracts
        for container in one.get("containers", ())
        for names in one["layers"]
        for name in names.split(" | ")
    }
    assert len(named) > 10
    for name in named:
        path = ROOT.joinpath(*name.split("."))
        assert path.is_dir() or path.with_suffix(".py").is_file(), name


# The name of each module

#: Standard terms that only look like gerunds: a keyring holds keys, a wording is a text.
_NOUNS_IN_ING = {"keyring", "wording"}


def is_bare_gerund(stem: str) -> bool:
    return "_" not in stem and stem.endswith("ing") and stem not in _NOUNS_IN_ING


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_named_by_a_noun(path: Path) -> None:
    assert not is_bare_gerund(path.stem)
    assert not is_bare_gerund(path.parent.name)


def test_a_bare_gerund_is_noticed() -> None:
    assert [one for one in ("waiting", "sealing", "wording", "keyring", "shared_keyring") if is_bare_gerund(one)] == [
        "waiting",
        "sealing",
    ]


def test_no_two_modules_share_a_name() -> None:
    """A file name found by a search leads to one file."""
    stems = Counter(path.stem for path in MODULES if path.name != "__init__.py")
    assert [stem for stem, count in stems.items() if count > 1] == []


def test_only_the_extensions_import_private_modules_of_textual() -> None:
    """They are the modules to review when Textual is upgraded."""
    found = {
        str(path.parent.relative_to(ROOT / "iep_tui"))
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("textual._")
    }
    assert found == {"tui/textual_ext"}


# The purpose of each module

#: First words of a docstring that describes a question instead of the module.
_RIDDLES = {"What", "How", "Which", "Where", "Who", "Whose", "Whom", "When", "Whether", "Why"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_docstring_states_the_purpose(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert docstring is not None
    assert docstring.split()[0] not in _RIDDLES, docstring.split("\n")[0]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_says_its_reason_to_exist_in_a_sentence(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert docstring, "no docstring"
    first = docstring.split("\n\n")[0]
    assert first[0].isupper() or first.startswith(("iep-tui", '"', "`")), first
    assert first.endswith((".", ":")), first


def test_no_word_for_people_misses_the_translation() -> None:
    """A string with its values already in it can never be found by a translator."""
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("_", "ngettext", "N_")
        and node.args
        and isinstance(node.args[0], ast.JoinedStr | ast.BinOp)
    ]
    assert wrong == []


# The packaging


def packaging() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_the_terminal_is_pinned_exactly() -> None:
    dependencies: list[str] = packaging()["project"]["dependencies"]
    assert "textual==8.2.8" in dependencies
    for one in dependencies:
        assert re.search(r"==|<", one), f"{one} may jump to a version nobody has seen"


def test_no_file_names_a_place_to_install_from() -> None:
    """Where packages come from is the business of whoever installs: a mirror, a disk, a registry of a school."""
    place = re.compile(rb"(?i)index[-_]url|find[-_]links|pypi[.]|pythonhosted[.]")
    wrong = [str(path.relative_to(ROOT)) for path in files() if path != HERE and place.search(path.read_bytes())]
    assert wrong == []


@pytest.mark.parametrize("start", [["app.py"], ["-m", "iep_tui"], ["-c", "entry"]], ids=" ".join)
def test_every_way_to_start_it_is_the_same_program(tmp_path: Path, start: list[str]) -> None:
    if start[0] == "app.py":
        start = [str(ROOT / "app.py")]
    elif start[0] == "-c":
        assert packaging()["project"]["scripts"] == {"iep-tui": "iep_tui.cli.main:run"}
        start = ["-c", "import sys; from iep_tui.cli.main import run; sys.exit(run())"]
    done = subprocess.run(
        [sys.executable, *start, "--version"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, f"iep-tui {__version__}\n", "")
