"""Errors in a set as its author sees them: position, finding, and fix."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from iep_tui.core.text_sanitizer import clean_line
from iep_tui.i18n import _


class Problem(msgspec.Struct, frozen=True, order=True):
    """One mistake. `line` and `column` count from 1, the column in characters; `path` is what to call the file."""

    path: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{clean_line(self.path)}:{self.line}:{self.column}: {self.message}"


#: More mistakes than this in one file are no help to anyone, and a file made of mistakes must not keep us busy.
MAX_PROBLEMS = 500


class Problems:
    """The mistakes of one file, gathered while it is read. Reading stops where it is `full`."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._found: set[Problem] = set()

    def tell(self, line: int, column: int, message: str) -> None:
        """Add one mistake; the same one in the same place counts once."""
        if not self.full:
            self._found.add(Problem(self.path, line, column, message))

    @property
    def full(self) -> bool:
        return len(self._found) >= MAX_PROBLEMS

    def __len__(self) -> int:
        return len(self._found)

    def all(self) -> tuple[Problem, ...]:
        """Every mistake, in the order of the file."""
        found = sorted(self._found)
        if self.full:
            last = found[-1]
            found.append(Problem(self.path, last.line, last.column, _("There may be more mistakes. Mend these first.")))
        return tuple(found)


def quoted(word: str, longest: int = 60) -> str:
    """`word` in quotation marks for a message, on one line and cut where it is very long."""
    word = " ".join(clean_line(word).split())
    return f"“{word if len(word) <= longest else word[: longest - 1] + '…'}”"


def list_text(allowed: Iterable[str]) -> str:
    """What is allowed, in one row: "a, b, c"."""
    return ", ".join(allowed)


def nearest(found: str, allowed: Iterable[str]) -> str | None:
    """The allowed word that `found` was probably meant to be, or None."""
    import difflib  # only where something is wrong

    return next(iter(difflib.get_close_matches(found.lower()[:80], list(allowed), n=1, cutoff=0.6)), None)


def did_you_mean(found: str, allowed: Iterable[str]) -> str:
    """ " Did you mean “…”?" with a space before it, or "" where nothing allowed is near."""
    near = nearest(found, allowed)
    return _(" Did you mean {word}?").format(word=quoted(near)) if near else ""
