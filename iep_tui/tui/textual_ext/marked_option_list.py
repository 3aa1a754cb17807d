"""OptionList that marks the highlighted line with a character, not by color alone."""

from __future__ import annotations

from rich.segment import Segment
from textual._widget_navigation import Direction
from textual.strip import Strip
from textual.widgets import OptionList


class MarkedOptionList(OptionList):
    """With the focus, the line at the cursor begins with "▸". Every option keeps its first cell free for it."""

    def _move_page(self, direction: Direction) -> None:
        """A page up or down, by `page_up` and `page_down`; before the list has a place on the screen there is none."""
        if self._index_to_line:
            super()._move_page(direction)

    def render_line(self, y: int) -> Strip:
        strip = super().render_line(y)
        if not self.has_focus or self.highlighted is None or not strip.cell_length:
            return strip
        if self.scroll_offset.y + y != self._index_to_line.get(self.highlighted):
            return strip
        first = next(iter(strip.crop(0, 1)), Segment(" "))
        return Strip.join([Strip([Segment("▸", first.style)], 1), strip.crop(1)])
