"""Glossary lookup: terms that occur in a text, and search for a term."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from iep_tui.core.question_model import Term


class Glossary:
    """The terms of a catalogue, by their names and their other names."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = tuple(sorted(terms, key=lambda term: term.name.casefold()))
        self._by_name: dict[str, Term] = {}
        for term in self.terms:
            for name in (term.name, *term.also):
                self._by_name.setdefault(name.casefold(), term)

    @cached_property
    def _found(self) -> re.Pattern[str] | None:
        """Made when a text is first looked at: the first screen has none of them."""
        names = sorted(self._by_name, key=len, reverse=True)
        # An "s" may follow: "goals" is the term "goal".
        return re.compile(r"\b(" + "|".join(map(re.escape, names)) + r")(?:s|es)?\b") if names else None

    def within(self, text: str) -> tuple[Term, ...]:
        """The terms that `text` uses, in the order it uses them, each once."""
        if self._found is None:
            return ()
        found = (self._by_name[match[1]] for match in self._found.finditer(text.casefold()))
        return tuple(dict.fromkeys(found))

    def search(self, words: str) -> tuple[Term, ...]:
        """The terms whose names or meanings hold `words`: names first, and names that start with them before others."""
        wanted = words.strip().casefold()
        if not wanted:
            return self.terms
        ranked: list[tuple[int, Term]] = []
        for term in self.terms:
            names = [name.casefold() for name in (term.name, *term.also)]
            if any(name.startswith(wanted) for name in names):
                ranked.append((0, term))
            elif any(wanted in name for name in names):
                ranked.append((1, term))
            elif wanted in term.meaning.casefold():
                ranked.append((2, term))
        return tuple(term for _rank, term in sorted(ranked, key=lambda pair: pair[0]))
