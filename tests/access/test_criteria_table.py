"""The accessibility table in the documents: every criterion has a test, and each test names its criterion."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
#: The criteria of WCAG 2.2 that mean something in a terminal.
CRITERIA = re.findall(
    r"\S+",
    "1.1.1 1.3.1 1.3.2 1.4.1 1.4.3 1.4.6 1.4.10 1.4.11 2.1.1 2.1.2 2.1.4 2.2.1 2.3.3 2.4.2 2.4.3 2.4.7 2.4.11 2.5.8 "
    "3.1.1 3.2.3 3.2.6 3.3.1 3.3.2 3.3.3 3.3.4 3.3.7 4.1.2",
)
_ROW = re.compile(r"^\| (\d\.\d\.\d+) [^|]+\|[^|]+\| `([^`]+)::(\w+)` \|$", re.MULTILINE)
ROWS = _ROW.findall((ROOT / "docs" / "accessibility.md").read_text("utf-8"))


def docstrings(path: Path) -> dict[str, str]:
    tree = ast.parse(path.read_text("utf-8"))
    return {
        one.name: ast.get_docstring(one) or ""
        for one in tree.body
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def test_every_criterion_is_in_the_table() -> None:
    assert sorted({criterion for criterion, _path, _name in ROWS}) == sorted(CRITERIA)


@pytest.mark.parametrize(("criterion", "path", "name"), ROWS)
def test_each_test_of_the_table_exists_and_names_its_criterion(criterion: str, path: str, name: str) -> None:
    assert name.startswith("test_")
    words = docstrings(ROOT / path).get(name, "")
    assert words.startswith("WCAG 2.2 "), f"{path} has no such test, or it does not say what it stands for"
    assert criterion in re.findall(r"\d\.\d\.\d+", words.split(":")[0])
