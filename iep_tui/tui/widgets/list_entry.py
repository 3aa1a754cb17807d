"""List entry: a name with a description below it, wrapped with a hanging indent."""

from __future__ import annotations

from textual.content import Content
from textual.css.styles import RulesMap
from textual.geometry import Spacing
from textual.strip import Strip
from textual.style import Style
from textual.visual import Padding, RenderOptions, Visual

#: Columns that the line about a name stands to the right of it.
INDENT = Spacing(left=2)


class ListEntry(Visual):
    """The name, bold, and below it what is about it, indented in all its lines."""

    def __init__(self, name: Content, about: Content) -> None:
        self.parts: tuple[Visual, ...] = (name.stylize("bold"), Padding(about, INDENT))
        #: How wide it must be for one line each; 0 where that cannot be told.
        breaks = any(sign in name.plain + about.plain for sign in "\n\t")
        self._whole = 0 if breaks else max(name.cell_length, about.cell_length + INDENT.width)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return max(part.get_optimal_width(rules, container_width) for part in self.parts)

    def get_height(self, rules: RulesMap, width: int) -> int:
        if 0 < self._whole <= width:  # a list asks this of every line that it has, seen or not
            return len(self.parts)
        return sum(part.get_height(rules, width) for part in self.parts)

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        strips = [strip for part in self.parts for strip in part.render_strips(width, None, style, options)]
        return strips[:height]
