"""Screens drawn at each stop, walked once however many tests look at them."""

from __future__ import annotations

import asyncio
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from iep_tui.sets import library, library_loader
from iep_tui.sets.library import Library
from tests.tui import sample_cases

from .screen_walk import STOPS, Walked, walk

#: What was drawn at the stop of this name: `walked("plan")`.
Walk = Callable[[str], Walked]


@pytest.fixture(scope="session")
def libraries(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Library]:
    """The shipped questions, and a set with one question of every kind."""
    where = tmp_path_factory.mktemp("questions")
    (where / "en").mkdir()
    (where / "en" / library.GLOSSARY).write_text(sample_cases.WORDS, encoding="utf-8")
    (where / "en" / "kinds.md").write_text(sample_cases.EVERY_KIND, encoding="utf-8")
    return {"shipped": library_loader.load_uncached(), "kinds": library_loader.load_uncached(shipped=where)}


@pytest.fixture(scope="session")
def walked(tmp_path_factory: pytest.TempPathFactory, libraries: dict[str, Library]) -> Walk:
    """A cached walk to one stop, shared by all tests and by parallel test processes."""
    ours = tmp_path_factory.getbasetemp()
    shared = ours.parent if ours.name.startswith("popen-") else ours
    stops = {stop.name: stop for stop in STOPS}
    known: dict[str, Walked] = {}

    def at(name: str) -> Walked:
        if name not in known:
            kept = Path(shared) / f"walked-{name}.pickle"
            with FileLock(f"{kept}.lock"):
                if not kept.is_file():
                    seen = asyncio.run(walk(stops[name], libraries, tmp_path_factory.mktemp(f"walk-{name}")))
                    kept.write_bytes(pickle.dumps(seen))
                known[name] = pickle.loads(kept.read_bytes())
        return known[name]

    return at
