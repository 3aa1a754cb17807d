"""The program with one made-up child, for tests that press keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from iep_tui.core.case_model import Answer, Value
from iep_tui.sets.library import Library
from iep_tui.store.case_store import CaseStore
from iep_tui.store.open_case import OpenCase
from iep_tui.store.settings import Settings
from iep_tui.tui.app import PrepApp
from tests.tui import sample_cases
from tests.tui.conftest import Clock

#: `make_family("a-text", a_text="Words")`: left at this question, with these answers beside those of every kind.
Family = Callable[..., PrepApp]
LockIt = Callable[[], OpenCase]


@pytest.fixture
def store(tmp_path: Path) -> CaseStore:
    return CaseStore(tmp_path / "data", Clock())


@pytest.fixture
def store_lock(store: CaseStore) -> LockIt:
    """The child's case, open in another window."""
    return lambda: store.open(sample_cases.CHILD)


@pytest.fixture
def make_family(
    tmp_path: Path, store: CaseStore, libraries: dict[str, Library], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Family]:
    monkeypatch.chdir(tmp_path)
    made: list[PrepApp] = []

    def make(place: str = "", **answers: Any) -> PrepApp:
        given: dict[str, Answer | Value] = sample_cases.EVERY_ANSWER | {
            name.replace("_", "-"): one for name, one in answers.items()
        }
        store.add(sample_cases.case(given, place))
        made.append(PrepApp(libraries["kinds"], store, Settings(tmp_path / "data"), Clock()))
        return made[-1]

    yield make
    for app in made:
        if app.session is not None:
            app.session.close()
