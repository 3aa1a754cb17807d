"""The recipes of docs/how-to-add.md, each applied to a copy of the checkout, and its commands run there."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "how-to-add.md"

#: Parts of the checkout that a recipe may change or need.
COPIED = (
    *("app.py", "pyproject.toml", "Makefile", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "LICENSE"),
    *("iep_tui", "questions", "tests", "docs", "benchmarks"),
)
_LEFT_OUT = shutil.ignore_patterns("__pycache__", "node_modules", ".*_cache", ".hypothesis")

#: A block between fences, or the heading of a section outside of one.
_BLOCK_OR_HEADING = re.compile(r"^```(?P<info>.*)\n(?P<text>(?:.*\n)*?)```$|^## (?P<heading>.+)$", re.MULTILINE)


class Step(NamedTuple):
    """One block of a recipe: a file to write, a change of a file, or commands to run.

    `kind` is "new", "diff" or "sh"; `path` is that of the file.
    """

    kind: str
    path: str
    text: str


def recipes() -> dict[str, list[Step]]:
    """The steps of each recipe, by its heading."""
    found: dict[str, list[Step]] = {}
    heading = ""
    for match in _BLOCK_OR_HEADING.finditer(PAGE.read_text(encoding="utf-8")):
        if match["heading"]:
            heading = match["heading"]
        elif step := _step(match["info"], match["text"]):
            found.setdefault(heading, []).append(step)
    return found


def _step(info: str, text: str) -> Step | None:
    first, _, path = info.strip().partition(" ")
    if first == "diff":
        return Step("diff", path, text)
    if first == "sh":
        return Step("sh", "", text)
    return Step("new", path, text) if path else None


def changed(text: str, diff: str) -> str:
    """The text after a change: the lines of `diff` without "+" are found once, and replaced by those without "-"."""
    lines = [line or " " for line in diff.splitlines()]
    assert {line[0] for line in lines} <= {" ", "+", "-"}, "a line of a diff begins with a space, + or -"
    before = [line[1:] for line in lines if line[0] != "+"]
    after = [line[1:] for line in lines if line[0] != "-"]
    assert before != after, "nothing is changed"
    there = text.splitlines()
    places = [at for at in range(len(there)) if there[at : at + len(before)] == before]
    assert len(places) == 1, f"found {len(places)} times:\n" + "\n".join(before)
    there[places[0] : places[0] + len(before)] = after
    return "".join(f"{line}\n" for line in there)


def apply(step: Step, checkout: Path) -> None:
    """Make the step in the checkout; a command that fails is an error with its output."""
    path = checkout / step.path
    if step.kind == "new":
        assert not path.exists(), f"{step.path} exists already"
        path.parent.mkdir(exist_ok=True)
        path.write_text(step.text, encoding="utf-8")
    elif step.kind == "diff":
        path.write_text(changed(path.read_text(encoding="utf-8"), step.text), encoding="utf-8")
    else:
        for line in step.text.splitlines():
            run(line, checkout)


def run(line: str, checkout: Path) -> None:
    words = shlex.split(line)
    settings = {}
    while "=" in words[0]:
        name, _, value = words.pop(0).partition("=")
        settings[name] = value
    program, *arguments = words
    assert program == "python", f"a recipe's command is a call of python: {line}"
    environment = {
        **os.environ,
        **settings,
        "IEP_TUI_HOME": str(checkout.parent / "data"),
        "PYTHONPATH": str(checkout),
        "PYTEST_ADDOPTS": "-p no:cacheprovider",
    }
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=checkout,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the checkout."""
    copy = tmp_path / "checkout"
    copy.mkdir()
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=_LEFT_OUT)
        else:
            shutil.copy2(ROOT / name, copy / name)
    return copy


RECIPES = recipes()


@pytest.mark.slow
@pytest.mark.parametrize("heading", RECIPES)
def test_a_recipe_works_as_it_is_written(heading: str, checkout: Path) -> None:
    python = []
    for step in RECIPES[heading]:
        apply(step, checkout)
        if step.path.endswith(".py"):
            python.append(step.path)
    if python:
        run(shlex.join(["python", "-m", "ruff", "check", "--no-cache", *python]), checkout)
        run(shlex.join(["python", "-m", "ruff", "format", "--no-cache", "--check", *python]), checkout)


def test_every_recipe_that_is_promised_is_there() -> None:
    assert {
        "A kind of answer",
        "A format",
        "A screen command",
        "A question set",
        "A deadline",
        "A state",
        "A command of the command line",
        "A migration",
    } <= RECIPES.keys()
    for heading, steps in RECIPES.items():
        assert steps[-1].kind == "sh", f"{heading} ends with commands that show that it works"


def test_a_change_that_does_not_fit_the_file_is_noticed() -> None:
    assert changed("a\nb\nc\n", " b\n+x\n") == "a\nb\nx\nc\n"
    assert changed("a\nb\n", "-a\n+x\n") == "x\nb\n"
    for text, diff in [("a\nb\n", "-c\n+x\n"), ("a\na\n", "-a\n+x\n"), ("a\n", " a\n"), ("a\n", "a\n")]:
        with pytest.raises(AssertionError):
            changed(text, diff)
