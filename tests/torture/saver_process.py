"""Shared parts of this folder's tests: a case, a process that saves it, and the state of the disk."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from iep_tui.core.case_model import Answer, Answers, Case, Meeting
from iep_tui.store.case_store import CaseStore

from .conftest import ROOT

CASE = "torture-case"


def begin(home: Path, words: str = "old") -> None:
    answers = Answers({"child-name": Answer("Maya", "answered"), "words": Answer(words, "answered")})
    CaseStore(home).add(Case(CASE, (Meeting("torture-meeting", "2027-01-03", answers),)))


def words_on_disk(home: Path) -> object:
    return CaseStore(home).read(CASE).latest.answers.of("words").value


class Saver:
    """A process that has the case open, or could not open it; `said` is its first line."""

    def __init__(self, home: Path, process: subprocess.Popen[str]) -> None:
        self.home = home
        self.process = process
        self.said = self._hear()

    def save(self, words: str) -> bool:
        """Save these words; return whether the process reported success."""
        assert self.process.stdin is not None
        self.process.stdin.write(words + "\n")
        self.process.stdin.flush()
        return self._hear() == "saved"

    def _hear(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()


@contextmanager
def saver(home: Path, *under: str) -> Iterator[Saver]:
    """A saver of its own, under another program such as strace, ended with the block."""
    command = [*under, sys.executable, "-m", "tests.torture.saver", str(home), CASE]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Saver(home, process)
        finally:
            assert process.stdin is not None
            process.stdin.close()
            process.wait()
