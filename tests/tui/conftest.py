"""A home of the test's own, a stopped clock, and sample children, from none to many."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import pytest

from iep_tui.core.case_model import Answer, Case, Value
from iep_tui.sets import library, library_loader
from iep_tui.sets.library import Library
from iep_tui.store.case_store import CaseStore
from iep_tui.store.settings import Settings
from iep_tui.tui.app import PrepApp
from iep_tui.tui.flows import export_flow

from . import sample_cases
from .sample_cases import CHILD, NOW


class Clock:
    """A clock that moves only on request."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime.datetime:
        return self.now


class MakeLibrary(Protocol):
    def __call__(self, *sets: str, words: str = sample_cases.WORDS) -> Library: ...


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with a place for documents; screen paths are short and constant."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(export_flow, "documents_folder", lambda: Path("Documents"))
    (tmp_path / "Documents").mkdir()
    return tmp_path


@pytest.fixture
def home(folder: Path) -> Path:
    """The data folder; absent until the program writes to it."""
    return Path("data")


@pytest.fixture
def store(home: Path, clock: Clock) -> CaseStore:
    return CaseStore(home, clock)


@pytest.fixture
def disk(store: CaseStore) -> Callable[[str], Answer]:
    """The stored answer to a question of the child's latest meeting."""
    return lambda question_id: store.read(CHILD).latest.answers.of(question_id)


@pytest.fixture(scope="session")
def shipped() -> Library:
    """The shipped questions."""
    return library_loader.load_uncached()


@pytest.fixture(scope="session")
def make_library(tmp_path_factory: pytest.TempPathFactory) -> MakeLibrary:
    """Reads question sets of a test; each only once."""
    known: dict[tuple[str, ...], Library] = {}

    def make(*sets: str, words: str = sample_cases.WORDS) -> Library:
        if (*sets, words) not in known:
            where = tmp_path_factory.mktemp("questions")
            (where / "en").mkdir()
            (where / "en" / library.GLOSSARY).write_text(words, encoding="utf-8")
            for number, text in enumerate(sets):
                (where / "en" / f"set-{number}.md").write_text(text, encoding="utf-8")
            found = library_loader.load_uncached(shipped=where)
            assert not found.problems, "\n".join(map(str, found.problems))
            known[(*sets, words)] = found
        return known[(*sets, words)]

    return make


@pytest.fixture
def kinds(make_library: MakeLibrary) -> Library:
    """One question of every kind."""
    return make_library(sample_cases.EVERY_KIND)


class MakeApp(Protocol):
    def __call__(self, library: Library, case: Case | None = None) -> PrepApp: ...


@pytest.fixture
def make_app(store: CaseStore, home: Path, clock: Clock) -> Iterator[MakeApp]:
    """The program over a library, with a child in its home or none; closed after the test."""
    made: list[PrepApp] = []

    def make(library: Library, case: Case | None = None) -> PrepApp:
        if case is not None:
            store.add(case)
        app = PrepApp(library, store, Settings(home), clock)
        app.animation_level = "none"
        made.append(app)
        return app

    yield make
    for app in made:
        if app.session is not None:
            app.session.close()


@pytest.fixture
def empty(make_app: MakeApp, shipped: Library) -> PrepApp:
    """The program on its first day."""
    return make_app(shipped)


@pytest.fixture
def make_family(make_app: MakeApp, kinds: Library) -> Callable[..., PrepApp]:
    """The program with one child, an answer to every kind of question but where the test says otherwise, left at
    the question `place`."""

    def make(place: str = "", **answers: Answer | Value) -> PrepApp:
        changed = {name.replace("_", "-"): one for name, one in answers.items()}
        given = {name: one for name, one in (sample_cases.EVERY_ANSWER | changed).items() if one is not None}
        return make_app(kinds, sample_cases.case(given, place))

    return make


@pytest.fixture
def family(make_family: Callable[..., PrepApp]) -> PrepApp:
    return make_family()


@pytest.fixture
def hostile(make_app: MakeApp, make_library: MakeLibrary) -> PrepApp:
    """A child whose every answer, in a set whose every text, tries to act as markup or a code."""
    nasty = sample_cases.NASTY + sample_cases.STEERING
    answers: dict[str, Answer | Value] = {
        "child-name": Answer(nasty, "answered", note=nasty),
        "h-text": f"# {nasty}\n\n- {nasty}",
        "h-one": {"other": nasty},
        "h-several": [nasty, "press"],
        "h-table": [{"a": nasty, "n": nasty, "y": nasty, nasty: nasty}],
        "h-goals": [{"need": nasty, "skill": f"learn {nasty}", "by": nasty}],
        "h-list": [nasty, nasty],
        "h-date": nasty,
        nasty: nasty,
    }
    library = make_library(sample_cases.HOSTILE, words=sample_cases.HOSTILE_WORDS)
    return make_app(library, sample_cases.case(answers, "child-name", answers))
