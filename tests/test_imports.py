"""Import graph of the package: no cycles, including imports for type checkers and inside functions."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

Graph = dict[str, set[str]]


def module_paths(root: Path, package: str) -> dict[str, Path]:
    """The modules of a package by dotted name; a package itself stands for its `__init__`."""
    paths = {}
    for path in sorted((root / package).rglob("*.py")):
        name = ".".join(path.relative_to(root).with_suffix("").parts)
        paths[name.removesuffix(".__init__")] = path
    return paths


def import_graph(root: Path, package: str) -> Graph:
    """The modules that each module imports anywhere in its source, `if TYPE_CHECKING:` and function bodies included."""
    paths = module_paths(root, package)
    return {name: imported(name, path, paths) for name, path in paths.items()}


def imported(name: str, path: Path, modules: dict[str, Path]) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parents = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
                base = ".".join([*parents[: len(parents) - node.level + 1], *([base] if base else [])])
            for alias in node.names:
                member = f"{base}.{alias.name}"
                found.add(member if member in modules else base)
    return found & set(modules) - {name}


def find_cycle(graph: Graph) -> list[str]:
    """One import cycle, its first module repeated at the end; empty if there is none."""
    done: set[str] = set()

    def visit(module: str, trail: list[str]) -> list[str]:
        if module in trail:
            return [*trail[trail.index(module) :], module]
        if module not in done:
            for other in sorted(graph[module]):
                if cycle := visit(other, [*trail, module]):
                    return cycle
            done.add(module)
        return []

    return next((cycle for module in sorted(graph) if (cycle := visit(module, []))), [])


def test_no_module_imports_itself_through_others() -> None:
    graph = import_graph(ROOT, "iep_tui")
    assert len(graph) > 150
    assert "iep_tui.core.case_model" in graph["iep_tui.core.interview"]
    cycle = find_cycle(graph)
    assert cycle == [], " -> ".join(cycle)


@pytest.mark.parametrize(
    "back",
    [
        "from made_up import first",
        "from . import first",
        "from .first import name",
        "import made_up.first",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from made_up.first import name",
        "def later() -> None:\n    from made_up.first import name",
    ],
)
def test_a_cycle_is_found_in_every_form_of_import(tmp_path: Path, back: str) -> None:
    folder = tmp_path / "made_up"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    (folder / "first.py").write_text("from made_up.second import name\n")
    (folder / "second.py").write_text("from made_up import third\n")
    (folder / "third.py").write_text(f"{back}\n")
    cycle = find_cycle(import_graph(tmp_path, "made_up"))
    assert cycle == ["made_up.first", "made_up.second", "made_up.third", "made_up.first"]


def test_modules_that_share_a_dependency_are_no_cycle() -> None:
    assert find_cycle({"a": {"b", "c"}, "b": {"d"}, "c": {"d"}, "d": set()}) == []
