"""TextArea that redraws only the rows whose appearance changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Self

from textual.geometry import Region
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import TextArea
from textual.widgets.text_area import Selection


class IncrementalTextArea(TextArea):
    """Remembers a cache key for each row as drawn, and redraws only rows whose key changed. Textual redraws every row
    of a text area for each key press.

    Only for wrapped plain text: no syntax highlighting, suggestions or highlighted cursor line. Relies on private parts
    of Textual 8: a key press calls `_watch_selection` right before it refreshes the whole widget, and any other change
    of appearance refreshes it without that call; `_offset_to_line_info` of the wrapped document maps a row to a line
    and section; `_draw_cursor` is on while the cursor is drawn; `_matching_bracket_location` is the other bracket's
    position; `_set_theme` rebuilds the styles; `_recompute_cursor_offset` runs whenever a scroll bar appears or goes.
    """

    _only_moved = False
    _is_styled = False

    def __init__(self, **options: Any) -> None:
        #: Cache key of each row when it was last drawn.
        self._drawn_keys: dict[int, object] = {}
        super().__init__(**options)

    def _watch_selection(self, previous_selection: Selection, selection: Selection) -> None:
        super()._watch_selection(previous_selection, selection)
        self._only_moved = self.soft_wrap and not (self.suggestion or self.placeholder or self.highlight_cursor_line)

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        if not regions:
            only_moved, self._only_moved = self._only_moved, False
            if only_moved and repaint and not layout and not recompose and self._is_styled:
                regions = tuple(self._changed_rows())
                if not regions:
                    return self
            else:
                self._is_styled = False
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def _set_theme(self, theme: str) -> None:
        super()._set_theme(theme)
        self._is_styled = False  # the new theme has no styles yet

    def on_resize(self) -> None:
        """Redraw everything after rewrapping: Textual keeps old rows if their number stays the same."""
        self.refresh()

    def _changed_rows(self) -> Iterator[Region]:
        """Yield the rows whose appearance changed since they were drawn."""
        width, height = self.size
        for y in range(height):
            if y not in self._drawn_keys or self._drawn_keys[y] != self._row_key(y):
                yield Region(0, y, width, 1)

    def render_lines(self, crop: Region) -> list[Strip]:
        if self._is_styled:
            return ScrollView.render_lines(self, crop)  # skips TextArea's lookup of all styles
        self._is_styled = True
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        self._drawn_keys[y] = self._row_key(y)
        return super().render_line(y)

    def _row_key(self, y: int) -> object:
        """Return the cache key of row `y`: everything its rendering depends on except widget-wide style."""
        rows = self.wrapped_document._offset_to_line_info
        index = y + self.scroll_offset.y
        if not 0 <= index < len(rows):
            return None
        number, section = rows[index]
        line = self.document.get_line(number)
        breaks = self.wrapped_document.get_offsets(number)
        first = breaks[section - 1] if section else 0
        last = breaks[section] if section < len(breaks) else len(line) + 1  # room for a cursor after the last character

        def column_in_row(location: tuple[int, int] | None) -> int | None:
            """Return the location's column in this row, None outside of it."""
            if location is None or location[0] != number or not first <= location[1] < last:
                return None
            return location[1] - first

        selection = self.selection
        bracket = self._matching_bracket_location
        selected = None if selection.is_empty or not self._touches(selection, number) else selection
        return (
            line if "\t" in line else line[first:last],
            # The line number and the width reserved for it.
            (self.gutter_width, number if not section else None) if self.show_line_numbers else None,
            (self._draw_cursor, column_in_row(selection.end), bracket is not None and selection.is_empty),
            column_in_row(bracket),
            (selected, number, first) if selected else None,
        )

    def _recompute_cursor_offset(self) -> None:
        """Skip the computation while the cursor is in a line that no longer exists; Textual would crash.

        Undoing many lines removes the scroll bar before it moves the cursor; the offset is recomputed right after.
        """
        if self.cursor_location[0] < self.document.line_count:
            super()._recompute_cursor_offset()  # type: ignore[no-untyped-call]

    @staticmethod
    def _touches(selection: Selection, line: int) -> bool:
        return selection.start[0] <= line <= selection.end[0] or selection.end[0] <= line <= selection.start[0]

    def post_message(self, message: Message) -> bool:
        """Drop `SelectionChanged`: nobody handles it, and each would bubble through the whole screen."""
        return False if isinstance(message, TextArea.SelectionChanged) else super().post_message(message)
