"""The styles of the program, parsed again only when a colour or a source is another one."""

from __future__ import annotations

from textual.css.stylesheet import Stylesheet


class Styles(Stylesheet):
    """Textual parses all styles for the theme when an app starts, throws away what it kept of that, and parses all
    again when the first widgets bring theirs. With the same variables each source's rules come out the same."""

    _parsed_with: dict[str, str] | None = None

    def set_variables(self, variables: dict[str, str]) -> None:
        if variables != self._variables:
            super().set_variables(variables)

    def parse(self) -> None:
        super().parse()
        self._parsed_with = self._variables

    def reparse(self) -> None:
        if self._parsed_with not in (None, self._variables):
            super().reparse()
            self._parsed_with = self._variables
        elif self._require_parse or self._parsed_with is None:
            self.parse()  # what is new is read; the rest was kept
