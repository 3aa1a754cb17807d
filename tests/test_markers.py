"""Rules for test markers: `make test-fast` runs a part of every folder, and CI runs everything."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
MARKERS = {
    line.split(":")[0]
    for line in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pytest"]["ini_options"][
        "markers"
    ]
}
#: Markers that `make test-fast` leaves out.
LONG = set(re.findall(r"^LONG_TESTS = (.*)$", MAKEFILE, re.MULTILINE)[0].split(" or "))
#: Packages, each tested by the folder of the same name.
PACKAGES = ("core", "sets", "store", "documents", "services", "cli", "plain", "tui")
#: Folders whose tests all need a terminal, a browser, an installed wheel, or a long time.
ALL_LONG = {"terminal", "torture", "wheel", "documents/browser", "documents/word_schema"}
FOLDERS = sorted(
    {
        str(path.parent.relative_to(TESTS))
        for path in TESTS.rglob("test_*.py")
        if "node_modules" not in path.parts and path.parent != TESTS
    }
    - ALL_LONG
)


def marks(node: ast.AST) -> set[str]:
    """The names of the `pytest.mark` attributes in a piece of source."""
    return {
        one.attr
        for one in ast.walk(node)
        if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Attribute) and one.value.attr == "mark"
    }


def module_marks(tree: ast.Module) -> set[str]:
    found: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == ["pytestmark"]:
            found |= marks(node.value) | ({"terminal"} if "IN_A_TERMINAL" in ast.unparse(node.value) else set())
    return found


def fast_tests(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The test functions of a module that `make test-fast` runs, at least in part."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if module_marks(tree) & LONG:
        return []
    return [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
        and not {name for one in node.decorator_list if not is_parametrize(one) for name in marks(one)} & LONG
    ]


def is_parametrize(decorator: ast.expr) -> bool:
    """Whether a decorator is a `parametrize`, in which a mark is on single values only."""
    return "parametrize" in marks(decorator)


def asserts(node: ast.AST) -> bool:
    return any(isinstance(one, ast.Assert) for one in ast.walk(node))


def test_the_fast_run_leaves_out_registered_markers() -> None:
    assert {"slow", "sweep"} <= LONG <= MARKERS
    assert '-m "not ($(LONG_TESTS))"' in MAKEFILE


@pytest.mark.parametrize("folder", FOLDERS)
def test_each_folder_has_fast_tests_with_assertions(folder: str) -> None:
    found = [test for path in (TESTS / folder).glob("test_*.py") for test in fast_tests(path)]
    assert [test for test in found if asserts(test)], f"make test-fast runs no test of {folder}"


@pytest.mark.parametrize("package", PACKAGES)
def test_each_package_has_many_fast_tests(package: str) -> None:
    assert (ROOT / "iep_tui" / package).is_dir()
    assert sum(len(fast_tests(path)) for path in (TESTS / package).rglob("test_*.py")) >= 20


def test_every_package_is_listed() -> None:
    found = {path.name for path in (ROOT / "iep_tui").iterdir() if (path / "__init__.py").is_file()}
    assert found - set(PACKAGES) <= {"i18n"}


@pytest.mark.parametrize(
    ("module", "test"),
    [
        ("tui/test_diff_output.py", "test_the_terminal_shows_the_same"),
        ("plain/test_plain_app.py", "test_the_shipped_questions_can_be_walked_by_enter_alone"),
    ],
)
def test_a_walk_through_each_front_end_is_fast(module: str, test: str) -> None:
    assert test in {one.name for one in fast_tests(TESTS / module)}


def test_a_marked_module_and_a_marked_test_are_not_fast(tmp_path: Path) -> None:
    one, other = tmp_path / "test_one.py", tmp_path / "test_other.py"
    one.write_text("pytestmark = pytest.mark.slow\n\ndef test_a(): ...\n", encoding="utf-8")
    other.write_text(
        "@pytest.mark.sweep\ndef test_a(): ...\n\n"
        '@pytest.mark.parametrize("x", [1, pytest.param(2, marks=pytest.mark.sweep)])\ndef test_b(x): ...\n',
        encoding="utf-8",
    )
    assert [test.name for path in (one, other) for test in fast_tests(path)] == ["test_b"]


def test_the_whole_run_and_ci_choose_no_tests() -> None:
    """CI runs the README's test command: a filter there would leave tests out without notice."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"<!-- test-command -->\n.*\n(.*)\n", readme)
    commands += re.findall(r"^test:.*\n((?:\t.*\n)+)", MAKEFILE, re.MULTILINE)
    assert len(commands) == 2
    for command in commands:
        called = command.partition("-m pytest")[2]
        assert called, command
        assert not re.search(r"\s(-m|-k|--ignore\S*|--deselect\S*|tests/\S*)(\s|=|$)", called), command
    assert "test-command" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    for workflow in (ROOT / ".github" / "workflows").glob("*.yml"):
        assert "run: make test\n" in workflow.read_text(encoding="utf-8"), workflow.name
