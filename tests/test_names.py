"""One idea, one name: no two public classes or constants of one name, and docstrings that say what a thing is."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "iep_tui").rglob("*.py"))

#: Names that several modules may define, each with its reason.
SHARED_NAMES: dict[str, str] = {
    "KIND": "each kind of answer declares itself under this name, which the registry looks up",
}

#: First words that make a riddle of a docstring.
RIDDLES = re.compile(r"(What|How|Which|Where|Who|Whom|Whose|When)\b")


def defined_names(tree: ast.Module) -> Iterator[str]:
    """The public classes and constants that a module defines at its top level."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield node.name
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        for target in targets:
            yield from (name.id for name in ast.walk(target) if isinstance(name, ast.Name))


def definitions(sources: dict[str, str]) -> dict[str, set[str]]:
    """The modules that define each public class or constant, by its name."""
    found: dict[str, set[str]] = defaultdict(set)
    for module, source in sources.items():
        for name in defined_names(ast.parse(source)):
            if not name.startswith("_"):
                found[name].add(module)
    return found


def package_sources() -> dict[str, str]:
    return {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in MODULES}


def test_no_two_public_classes_or_constants_have_one_name() -> None:
    twice = {name: sorted(modules) for name, modules in definitions(package_sources()).items() if len(modules) > 1}
    assert {name: modules for name, modules in twice.items() if name not in SHARED_NAMES} == {}
    assert set(SHARED_NAMES) <= set(twice), "an exception that nothing needs"


def test_a_name_that_two_modules_define_is_found() -> None:
    sources = {
        "a.py": "class Row: ...\nMAX = 1\n_X = 2",
        "b.py": "class Row: ...\nMAX: int = 2\n_X = 3",
        "c.py": "x = 1",
    }
    assert {name for name, modules in definitions(sources).items() if len(modules) > 1} == {"Row", "MAX"}


def docstrings(path: Path) -> Iterator[tuple[str, str]]:
    """Each docstring of a module, with the name of what it describes."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and (
            words := ast.get_docstring(node)
        ):
            yield getattr(node, "name", "module"), words


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_docstring_begins_with_a_question_word(path: Path) -> None:
    assert [name for name, words in docstrings(path) if RIDDLES.match(words)] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_short_enough_to_be_one_thing(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 350


def test_a_riddle_is_found() -> None:
    assert RIDDLES.match("What the case says.")
    assert not RIDDLES.match("Return whether the case is open.")
    assert not RIDDLES.match("Whatever was typed.")


FLOWS = sorted([*(ROOT / "iep_tui" / "services").rglob("*.py"), *(ROOT / "iep_tui" / "tui" / "flows").rglob("*.py")])
#: The whole app, under any of its names.
WHOLE_APPS = {"App", "BaseApp", "PrepApp", "LockingApp", "PlainApp"}


def names_used(source: str) -> set[str]:
    """The names that annotations and code of a module use."""
    tree = ast.parse(source)
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_flow_or_service_receives_the_whole_app(path: Path) -> None:
    assert names_used(path.read_text(encoding="utf-8")) & WHOLE_APPS == set()


def test_a_flow_that_receives_the_whole_app_is_found() -> None:
    assert names_used("def run(app: BaseApp, act: str) -> None: ...") & WHOLE_APPS == {"BaseApp"}
