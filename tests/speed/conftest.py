"""A long question set, a family at its beginning, and a count of disk operations."""

from __future__ import annotations

import datetime
import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from iep_tui.core.case_model import Answer, Answers, Case, Meeting
from iep_tui.sets import library_loader
from iep_tui.store import disk
from iep_tui.store.case_store import CaseStore
from iep_tui.store.settings import Settings
from iep_tui.tui.app import PrepApp

MANY = 40
NOW = datetime.datetime(2027, 3, 3, 10, 0, tzinfo=datetime.UTC)
CHILD = "maya-case"
SET = """---
set: many
version: 1
stage: before
order: 10
minutes: 20
---

# Many

{#child-name kind=line core=yes}
## What is the name of your child?
"""


def set_words() -> str:
    """The source of a set of `MANY` text questions, all on the short path."""
    asked = (f"\n{{#q-{number} kind=text core=yes}}\n## How is part {number} of the day?\n" for number in range(MANY))
    return SET + "".join(asked)


def family(place: str, answers: int = 0, case_id: str = CHILD) -> Case:
    """A child whose family is at the question `place`, with some of the questions answered."""
    given = {f"q-{number}": Answer(f"Words {number}", "answered") for number in range(answers)}
    given["child-name"] = Answer("Maya", "answered")
    return Case(case_id, (Meeting("first", "2027-01-03", Answers(given), place),))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def store(home: Path) -> CaseStore:
    return CaseStore(home, lambda: NOW)


@pytest.fixture
def app(tmp_path: Path, store: CaseStore, home: Path) -> Iterator[PrepApp]:
    """The program over the long set, with a family at its third question."""
    folder = tmp_path / "shipped" / "en"
    folder.mkdir(parents=True)
    (folder / "many.md").write_text(set_words(), encoding="utf-8")
    found = library_loader.load_uncached(shipped=tmp_path / "shipped")
    assert not found.problems
    store.add(family("q-2"))
    program = PrepApp(found, store, Settings(home), lambda: NOW)
    yield program
    if program.session is not None:
        program.session.close()


@pytest.fixture
def on_disk(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Calls of each `store.disk` function from here on."""
    counted: Counter[str] = Counter()

    def counting(name: str, act: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            counted[name] += 1
            return act(*arguments)

        return call

    for name in ("flush", "sync_folder", "replace", "open_new"):
        monkeypatch.setattr(disk, name, counting(name, getattr(disk, name)))
    return counted


#: What a program asks the system for, among what the store does with files.
CALLS = "open read write close fsync stat lstat fstat access scandir replace unlink link fchmod mkdir"


@pytest.fixture
def on_system(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Calls of each `os` function in this process from here on."""
    counted: Counter[str] = Counter()

    def counting(name: str, act: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            counted[name] += 1
            return act(*arguments, **named)

        return call

    for name in CALLS.split():
        if hasattr(os, name):
            monkeypatch.setattr(os, name, counting(name, getattr(os, name)))
    return counted
