"""List entry: a name with a description below it, wrapped with a hanging indent."""

from __future__ import annotations

from textual.content import Content
from textual.css.styles import RulesMap
from textual.geometry import Spacing
from textual.strip import Strip
from textual.style import Style
from textual.visual import Padding, RenderOptions, Visual

#: Indent of the description below the name.
INDENT = Spacing(left=2)


class ListEntry(Visual):
    """A bold name with an indented description below it."""

    def __init__(self, name: Content, about: Content) -> None:
        self.parts: tuple[Visual, ...] = (name.stylize("bold"), Padding(about, INDENT))
        #: Width at which both parts take one line; 0 if unknown.
        breaks = any(sign in name.plain + about.plain for sign in "\n\t")
        self._unwrapped_width = 0 if breaks else max(name.cell_length, about.cell_length + INDENT.width)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return max(part.get_optimal_width(rules, container_width) for part in self.parts)

    def get_height(self, rules: RulesMap, width: int) -> int:
        if 0 < self._unwrapped_width <= width:  # fast path: a list asks for the height of all its options
            return len(self.parts)
        return sum(part.get_height(rules, width) for part in self.parts)

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        strips = [strip for part in self.parts for strip in part.render_strips(width, None, style, options)]
        return strips[:height]
