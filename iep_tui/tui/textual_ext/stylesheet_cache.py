"""Stylesheet that is parsed again only when a color or a source changed."""

from __future__ import annotations

import copy
from pathlib import Path

from textual.app import App
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.css.types import CSSLocation

from iep_tui.tui.themes import DARK_THEME, LIGHT_THEME

#: What the screens bring with them, in the order in which a family may come to them.
LATER = ("question_screen.tcss", "case_screen.tcss", "overlay_screen.tcss")


class CachedStylesheet(Stylesheet):
    """Textual parses all styles for the theme when an app starts, throws away what it kept of that, and parses all
    again when the first widgets bring theirs. With the same variables each source's rules come out the same.

    It also parses a widget's own styles again as soon as another widget comes that is built on it, since that changes
    their place among the others (`tie_breaker`), and nothing else: a rule has its number times the depth it is nested
    in. So they are parsed for the number 1, and multiplied. Leans on `_parse_rules`, `_variables`, `_require_parse`.
    """

    _parsed_with: dict[str, str] | None = None

    def __init__(self, *, variables: dict[str, str] | None = None) -> None:
        super().__init__(variables=variables)
        self._placed: dict[tuple[CSSLocation, str], tuple[list[RuleSet], int, list[RuleSet]]] = {}

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

    def bring(self, name: str) -> None:
        """Read what some screens bring with them before one of them opens. It says nothing of those that are open."""
        path = str((Path(__file__).parents[1] / "screens" / name).resolve())
        if not self.has_source(path):
            self.read(path)
            self.reparse()

    def _parse_rules(
        self,
        css: str,
        read_from: CSSLocation,
        is_default_rules: bool = False,
        tie_breaker: int = 0,
        scope: str = "",
    ) -> list[RuleSet]:
        if not is_default_rules:
            return super()._parse_rules(css, read_from, is_default_rules, tie_breaker, scope)
        parsed = super()._parse_rules(css, read_from, is_default_rules, 1, scope)
        before, place, rules = self._placed.get((read_from, scope), (None, 0, []))
        if before is not parsed or place != tie_breaker:
            rules = [copy.copy(rule) for rule in parsed]
            for rule in rules:
                rule.tie_breaker *= tie_breaker
            self._placed[read_from, scope] = parsed, tie_breaker, rules
        return rules


class StyledApp(App[None]):
    """Begins in one of our two themes.

    Textual works out the colours of a theme of its own first, and of ours each time it asks; and a theme that is chosen
    before the start is taken over once more when it runs, with all styles applied again. Here colours are worked out
    once for a theme, and the program begins in its theme. Leans on `_refresh_truecolor_filter`, which Textual calls for
    a new theme.
    """

    _colours: dict[str, dict[str, str]] | None = None

    def begin_in(self, theme: str) -> None:
        """Before the program runs: its themes, and the one it begins in, "" for the one that was never chosen."""
        self._colours = {}
        for one in (LIGHT_THEME, DARK_THEME):
            self.register_theme(one)
        chosen = LIGHT_THEME if theme == LIGHT_THEME.name else DARK_THEME
        self.set_reactive(App.theme, chosen.name)
        for name, holds in (
            ("-dark-mode", chosen.dark),
            ("-light-mode", not chosen.dark),
            (f"-theme-{chosen.name}", True),
        ):
            self.set_class(holds, name, update=False)
        self._refresh_truecolor_filter(self.ansi_theme)
        self.stylesheet = CachedStylesheet(variables=self.get_css_variables())

    def get_css_variables(self) -> dict[str, str]:
        if self._colours is None:
            return {}  # no styles are read before `begin_in`
        if self.theme not in self._colours:
            self._colours[self.theme] = super().get_css_variables()
        self.theme_variables = self._colours[self.theme]
        return self.theme_variables
