"""A data folder of the test's own, and a store in it."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from iep_tui.store.case_store import CaseStore


class FakeClock:
    """A clock that moves only on request."""

    def __init__(self) -> None:
        self.now = datetime.datetime(2027, 1, 3, 10, 0, tzinfo=datetime.UTC)

    def __call__(self) -> datetime.datetime:
        return self.now

    def passes(self, **duration: float) -> None:
        self.now += datetime.timedelta(**duration)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The data folder; absent until the store writes to it."""
    return tmp_path / "data"


@pytest.fixture
def store(home: Path, clock: FakeClock) -> CaseStore:
    return CaseStore(home, clock)
