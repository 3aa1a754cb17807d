"""Errors in a set as its author sees them: position, finding, and fix."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from iep_tui.core.text_sanitizer import clean_line
from iep_tui.i18n import _


class Problem(msgspec.Struct, frozen=True, order=True):
    """One mistake at a 1-based `line` and `column` (in characters); `path` is the file name to show."""

    path: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{clean_line(self.path)}:{self.line}:{self.column}: {self.message}"


#: Maximum number of mistakes per file: more would not help the author, and a file full of them would take long.
MAX_PROBLEMS = 500


class Problems:
    """Collects the mistakes of one file. Readers stop when it is `full`."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._problems: set[Problem] = set()

    def add(self, line: int, column: int, message: str) -> None:
        """Add a mistake; an identical one in the same place counts once."""
        if not self.full:
            self._problems.add(Problem(self.path, line, column, message))

    @property
    def full(self) -> bool:
        return len(self._problems) >= MAX_PROBLEMS

    def __len__(self) -> int:
        return len(self._problems)

    def all(self) -> tuple[Problem, ...]:
        """Return all mistakes in file order."""
        problems = sorted(self._problems)
        if self.full:
            last = problems[-1]
            problems.append(
                Problem(self.path, last.line, last.column, _("There may be more mistakes. Fix these first."))
            )
        return tuple(problems)


def quoted(word: str, longest: int = 60) -> str:
    """Quote `word` for a message: on one line, truncated to `longest` characters."""
    word = " ".join(clean_line(word).split())
    return f"“{word if len(word) <= longest else word[: longest - 1] + '…'}”"


def list_text(allowed: Iterable[str]) -> str:
    """Join the allowed words: "a, b, c"."""
    return ", ".join(allowed)


def nearest(word: str, allowed: Iterable[str]) -> str | None:
    """Return the allowed word most similar to `word`, or None."""
    import difflib  # slow to import; needed only for an error

    return next(iter(difflib.get_close_matches(word.lower()[:80], list(allowed), n=1, cutoff=0.6)), None)


def did_you_mean(word: str, allowed: Iterable[str]) -> str:
    """Return " Did you mean “…”?" with the nearest allowed word, or "" if none is near."""
    suggestion = nearest(word, allowed)
    return _(" Did you mean {word}?").format(word=quoted(suggestion)) if suggestion else ""
