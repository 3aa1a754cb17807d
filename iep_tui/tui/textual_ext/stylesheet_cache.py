"""Stylesheet that is parsed again only when a color or a source changed."""

from __future__ import annotations

import copy
from pathlib import Path

from textual.app import App
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.css.types import CSSLocation

from iep_tui.tui.themes import DARK_THEME, LIGHT_THEME

#: Stylesheets of the screens, in the order in which a family is likely to need them.
SCREEN_STYLESHEETS = ("question_screen.tcss", "case_screen.tcss", "overlay_screen.tcss")


class CachedStylesheet(Stylesheet):
    """Keeps parsed rules while the theme variables stay the same. Textual parses everything when an app starts, and
    again when the first widgets add their own styles.

    Textual also parses a widget's default styles again for each subclass, only to change their precedence: a rule's
    `tie_breaker` is the given one times the rule's nesting depth. Here they are parsed once with 1, and multiplied.
    Relies on `_parse_rules`, `_variables` and `_require_parse`.
    """

    _parsed_with: dict[str, str] | None = None

    def __init__(self, *, variables: dict[str, str] | None = None) -> None:
        super().__init__(variables=variables)
        #: By source and scope: the rules as parsed, the tie breaker, and copies of the rules with that tie breaker.
        self._ranked: dict[tuple[CSSLocation, str], tuple[list[RuleSet], int, list[RuleSet]]] = {}

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
            self.parse()  # parses only new sources

    def preload(self, name: str) -> None:
        """Parse a screen's stylesheet before the screen opens. Open screens are not restyled."""
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
        known, rank, rules = self._ranked.get((read_from, scope), (None, 0, []))
        if known is not parsed or rank != tie_breaker:
            rules = [copy.copy(rule) for rule in parsed]
            for rule in rules:
                rule.tie_breaker *= tie_breaker
            self._ranked[read_from, scope] = parsed, tie_breaker, rules
        return rules


class StyledApp(App[None]):
    """An app that starts in one of our two themes, and computes each theme's colors once.

    Textual computes the colors of its own default theme first, and ours on every request; and it applies all styles
    again for a theme set before the start. Relies on `_refresh_truecolor_filter`, which Textual calls for a new theme.
    """

    _colors: dict[str, dict[str, str]] | None = None

    def start_theme(self, name: str) -> None:
        """Register the themes and set the one called `name`, the dark one by default. Call it before the app runs."""
        self._colors = {}
        for available in (LIGHT_THEME, DARK_THEME):
            self.register_theme(available)
        theme = LIGHT_THEME if name == LIGHT_THEME.name else DARK_THEME
        self.set_reactive(App.theme, theme.name)
        for css_class, is_set in (
            ("-dark-mode", theme.dark),
            ("-light-mode", not theme.dark),
            (f"-theme-{theme.name}", True),
        ):
            self.set_class(is_set, css_class, update=False)
        self._refresh_truecolor_filter(self.ansi_theme)
        self.stylesheet = CachedStylesheet(variables=self.get_css_variables())

    def get_css_variables(self) -> dict[str, str]:
        if self._colors is None:
            return {}  # no styles are parsed before `start_theme`
        if self.theme not in self._colors:
            self._colors[self.theme] = super().get_css_variables()
        self.theme_variables = self._colors[self.theme]
        return self.theme_variables
