"""OptionList that marks the highlighted line with a character, not by color alone."""

from __future__ import annotations

from rich.segment import Segment
from textual._widget_navigation import Direction
from textual.strip import Strip
from textual.widgets import OptionList


class MarkedOptionList(OptionList):
    """Shows "▸" in the first cell of the highlighted option while it has the focus. Options leave that cell blank.

    Relies on `_move_page`, which handles Page Up and Page Down, and on `_index_to_line`, empty until the layout.
    """

    def _move_page(self, direction: Direction) -> None:
        """Ignore Page Up and Page Down until the list has been laid out; Textual would crash."""
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
