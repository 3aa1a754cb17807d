"""A simulated person at plain mode, with a home of the test's own and a stopped clock."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from iep_tui.core.case_model import Answer, Case, Value
from iep_tui.plain import sheet_view_base
from iep_tui.plain.plain_app import PlainApp
from iep_tui.sets import library, library_loader
from iep_tui.sets.library import Library
from iep_tui.store.case_store import CaseStore

from . import sample_cases
from .sample_cases import CHILD, NOW


class Person:
    """A simulated line stream: prepared input lines, and `heard` with every output line, prompts marked.

    A line may be a function: it is called when its turn comes, and gives the line to type.
    """

    def __init__(self, *lines: str | Callable[[], str]) -> None:
        self._lines = list(lines)
        self.heard: list[str] = []
        self.code: int | None = None
        self.idle_after: Callable[[], float] = lambda: 0

    def say(self, line: str) -> None:
        self.heard.append(line)

    def ask(self, prompt: str) -> str | None:
        self.heard.append(f"> {prompt}")
        if not self._lines:
            return None
        line = self._lines.pop(0)
        return line if isinstance(line, str) else line()

    def ask_secret(self, prompt: str) -> str | None:
        self.heard.append("(not shown)")
        return self.ask(prompt)

    def watch(self, idle_after: Callable[[], float]) -> None:
        self.idle_after = idle_after

    def remark(self, line: str) -> None:
        """Ignore remarks for a person at a terminal, which depend on timing."""

    @contextlib.contextmanager
    def stoppable(self) -> Iterator[None]:
        yield

    @property
    def said(self) -> str:
        """All output, one line each."""
        return "\n".join(self.heard)

    def heard_of(self, words: str) -> int:
        """The number of lines with these words."""
        return sum(words in line for line in self.heard)

    @property
    def left(self) -> int:
        """The number of prepared lines that no prompt has read."""
        return len(self._lines)


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime.datetime:
        return self.now


#: Types these lines at a program over a library: `talk("1", "/quit", at=MAYA)`.
Talk = Callable[..., Person]
Disk = Callable[[str], Answer]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(autouse=True)
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The default folder for sheets; also the working directory."""
    folder = tmp_path / "documents"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sheet_view_base, "documents_folder", lambda: folder)
    return folder


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> CaseStore:
    return CaseStore(tmp_path / "data", clock)


@pytest.fixture
def disk(store: CaseStore) -> Disk:
    """The stored answer to a question of the child's latest meeting."""
    return lambda question_id: store.read(CHILD).latest.answers.of(question_id)


@pytest.fixture(scope="session")
def make_library(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Library]:
    def make(*sets: str, words: str = sample_cases.WORDS) -> Library:
        where = tmp_path_factory.mktemp("questions")
        (where / "en").mkdir()
        (where / "en" / library.GLOSSARY).write_text(words, encoding="utf-8")
        for number, text in enumerate(sets):
            (where / "en" / f"set-{number}.md").write_text(text, encoding="utf-8")
        found = library_loader.load_uncached(shipped=where)
        assert not found.problems, "\n".join(map(str, found.problems))
        return found

    return make


@pytest.fixture(scope="session")
def kinds(make_library: Callable[..., Library]) -> Library:
    """One question of every kind, and a second set."""
    return make_library(sample_cases.EVERY_KIND, sample_cases.LATER)


@pytest.fixture(scope="session")
def shipped() -> Library:
    return library_loader.load_uncached()


@pytest.fixture
def talk(store: CaseStore, clock: Clock, kinds: Library) -> Talk:
    """Type lines at the program and listen. `case` is put in the home first, and opened unless `at_home`."""

    def start(
        *lines: str | Callable[[], str], case: Case | None = None, at_home: bool = False, library: Library = kinds
    ) -> Person:
        if case is not None and CHILD not in store.ids():
            store.add(case)
        person = Person(*lines)
        program = PlainApp(library, store, clock, person)
        person.code = program.run(CHILD if case is not None and not at_home else "")
        return person

    return start


@pytest.fixture
def at_question(talk: Talk) -> Callable[..., Person]:
    """Type lines at one question of a child; `given` are the earlier answers."""

    def start(question_id: str, *lines: str | Callable[[], str], **given: Answer | Value) -> Person:
        answers = {name.replace("_", "-"): one for name, one in given.items()}
        return talk(*lines, case=sample_cases.case({"child-name": "Maya R.", **answers}, question_id))

    return start
