"""Rule: tests use Textual's private names only through `tests/textual_private.py`."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
import textual

TESTS = Path(__file__).resolve().parent
HELPER = TESTS / "textual_private.py"
MODULES = sorted(path for path in TESTS.rglob("*.py") if path != HELPER and "node_modules" not in path.parts)


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__") and name != "_"


def members(tree: ast.AST) -> Iterator[str]:
    """The private methods and attributes that the classes of a module define or assign."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield from filter(is_private, [node.attr])
        elif isinstance(node, ast.ClassDef):
            for part in node.body:
                if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef):
                    yield from filter(is_private, [part.name])
                elif isinstance(part, ast.Assign | ast.AnnAssign):
                    targets = part.targets if isinstance(part, ast.Assign) else [part.target]
                    yield from (one.id for one in targets if isinstance(one, ast.Name) and is_private(one.id))


def members_below(folder: Path) -> set[str]:
    return {name for path in folder.rglob("*.py") for name in members(ast.parse(path.read_text(encoding="utf-8")))}


@cache
def textual_names() -> frozenset[str]:
    """Textual's private members, without those that our own classes outside the terminal UI have too."""
    package = TESTS.parent / "iep_tui"
    ours = {
        name
        for folder in package.iterdir()
        if folder.is_dir() and folder.name != "tui"
        for name in members_below(folder)
    }
    return frozenset(members_below(Path(textual.__file__).parent) - ours)


def _imported_modules(tree: ast.AST) -> set[str]:
    return {
        (one.asname or one.name).split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for one in node.names
    }


def _own_members(tree: ast.AST) -> dict[ast.AST, set[str]]:
    """For each node inside a class, the private members that the class itself defines."""
    found: dict[ast.AST, set[str]] = {}
    for made in ast.walk(tree):
        if isinstance(made, ast.ClassDef):
            own = set(members(made))
            found |= dict.fromkeys(ast.walk(made), own)
    return found


def private_uses(source: str, names: Iterable[str]) -> list[str]:
    """The places where `source` uses a private name of Textual's, as "line: name".

    A use is an import from a private module, an import of a private name, an attribute of any object but a module, and
    the name as a string, as `monkeypatch.setattr` takes it. A class may use its own members of the same name on `self`
    and `cls`, unless it overrides Textual's through `super()`.
    """
    tree = ast.parse(source)
    names, modules, own = set(names), _imported_modules(tree), _own_members(tree)
    found: list[tuple[int, str]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "textual":
            parts = [*(node.module or "").split("."), *(one.name for one in node.names)]
            found += [(node.lineno, part) for part in parts if is_private(part)]
        elif isinstance(node, ast.Import):
            found += [(node.lineno, one.name) for one in node.names if one.name.startswith("textual._")]
        elif isinstance(node, ast.Attribute) and node.attr in names:
            owner = node.value.id if isinstance(node.value, ast.Name) else ""
            is_own = owner in ("self", "cls") and node.attr in own.get(node, ())
            if owner not in modules and not is_own:
                found.append((node.lineno, node.attr))
        elif isinstance(node, ast.Constant) and node.value in names:
            found.append((node.lineno, str(node.value)))
    return [f"{line}: {name}" for line, name in sorted(found)]


@pytest.mark.slow
@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(TESTS)))
def test_a_test_uses_no_private_name_of_textual(path: Path) -> None:
    assert private_uses(path.read_text(encoding="utf-8"), textual_names()) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("source", "uses"),
    [
        ("from textual._compositor import Compositor", ["1: _compositor"]),
        ("import textual._compositor", ["1: textual._compositor"]),
        ("from textual.keys import _character_to_key", ["1: _character_to_key"]),
        ("driver = app._driver", ["1: _driver"]),
        ("strips = person.app.screen._compositor.render_strips()", ["1: _compositor"]),
        ('monkeypatch.setattr(PrepApp, "_display", watched)', ["1: _display"]),
        ("class Mine(App):\n    def draw(self):\n        return self._batch_count", ["3: _batch_count"]),
        ("class Mine(App):\n    def _display(self):\n        super()._display()", ["3: _display"]),
        ("class Mine:\n    _driver = 1\n    def at(self):\n        return self._driver", []),
        ("import os\nos._exit(0)", []),
        ("app.screen.focused.id", []),
    ],
)
def test_each_kind_of_use_is_noticed(source: str, uses: list[str]) -> None:
    assert private_uses(source, textual_names()) == uses


def test_each_helper_names_what_it_replaces() -> None:
    """A reader learns from the docstring which private name it is, and why no public one does."""
    tree = ast.parse(HELPER.read_text(encoding="utf-8"))
    helpers = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)]
    assert len(helpers) > 10
    for helper in helpers:
        docstring = ast.get_docstring(helper) or ""
        assert docstring.startswith("`_"), helper.name
        used = ast.get_source_segment(HELPER.read_text(encoding="utf-8"), helper) or ""
        for name in docstring.split(":")[0].replace(" and others", "").split(", "):
            assert name.strip("`") in used.replace(docstring, ""), helper.name
