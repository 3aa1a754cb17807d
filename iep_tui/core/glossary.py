"""Glossary: find the terms used in a text, or search for a term."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from iep_tui.core.question_model import Term


class Glossary:
    """The terms of a catalogue, indexed by every name they have."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = tuple(sorted(terms, key=lambda term: term.name.casefold()))
        self._by_name: dict[str, Term] = {}
        for term in self.terms:
            for name in (term.name, *term.also):
                self._by_name.setdefault(name.casefold(), term)

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        """Compiled on first use: the first screen shows no terms."""
        names = sorted(self._by_name, key=len, reverse=True)
        # An "s" may follow: "goals" is the term "goal".
        return re.compile(r"\b(" + "|".join(map(re.escape, names)) + r")(?:s|es)?\b") if names else None

    def within(self, text: str) -> tuple[Term, ...]:
        """Return the terms in `text`, in order of first use, each once."""
        if self._pattern is None:
            return ()
        terms = (self._by_name[match[1]] for match in self._pattern.finditer(text.casefold()))
        return tuple(dict.fromkeys(terms))

    def search(self, words: str) -> tuple[Term, ...]:
        """Return the terms whose names or meaning contain `words`.

        Names that start with `words` come first, then names that contain it, then meanings. Blank `words` match all.
        """
        needle = words.strip().casefold()
        if not needle:
            return self.terms
        ranked: list[tuple[int, Term]] = []
        for term in self.terms:
            names = [name.casefold() for name in (term.name, *term.also)]
            if any(name.startswith(needle) for name in names):
                ranked.append((0, term))
            elif any(needle in name for name in names):
                ranked.append((1, term))
            elif needle in term.meaning.casefold():
                ranked.append((2, term))
        return tuple(term for _rank, term in sorted(ranked, key=lambda pair: pair[0]))
