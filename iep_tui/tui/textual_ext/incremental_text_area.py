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
    """Textual draws all rows of a field anew for each key in it: every one is cut out of its whole paragraph, styled,
    framed and compared. Here each row is remembered as it was drawn, and one where nothing is different is left alone.

    For wrapped words without a language: no highlights, no suggestion, no line that is marked because the cursor is in
    it. It leans on what Textual 8 does between itself: `_watch_selection` comes right before the refresh of the whole
    field that a key leads to, any other change of looks refreshes it without that; `_offset_to_line_info` of the
    wrapped document says which part of which line stands in a row, `_draw_cursor` whether the cursor is drawn,
    `_matching_bracket_location` where the other bracket stands; `_set_theme` makes the styles it draws with anew;
    `_recompute_cursor_offset` looks for the row of the cursor whenever a scroll bar comes or goes.
    """

    _only_moved = False
    _is_styled = False

    def __init__(self, **options: Any) -> None:
        #: By row of the field: everything its looks depend on, as it was when it was last drawn.
        self._drawn: dict[int, object] = {}
        super().__init__(**options)

    def _watch_selection(self, previous_selection: Selection, selection: Selection) -> None:
        super()._watch_selection(previous_selection, selection)
        self._only_moved = self.soft_wrap and not (self.suggestion or self.placeholder or self.highlight_cursor_line)

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        if not regions:
            only_moved, self._only_moved = self._only_moved, False
            if only_moved and repaint and not layout and not recompose and self._is_styled:
                regions = tuple(self._changed())
                if not regions:
                    return self
            else:
                self._is_styled = False
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def _set_theme(self, theme: str) -> None:
        super()._set_theme(theme)
        self._is_styled = False  # a copy of the theme that knows no style yet

    def on_resize(self) -> None:
        """Wrapped to another width, it is drawn anew: Textual leaves the rows as they were where their number stays."""
        self.refresh()

    def _changed(self) -> Iterator[Region]:
        """The rows that look otherwise than they were drawn."""
        width, height = self.size
        for y in range(height):
            if y not in self._drawn or self._drawn[y] != self._looks(y):
                yield Region(0, y, width, 1)

    def render_lines(self, crop: Region) -> list[Strip]:
        if self._is_styled:
            return ScrollView.render_lines(self, crop)  # the styles are looked up again only when they may be others
        self._is_styled = True
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        self._drawn[y] = self._looks(y)
        return super().render_line(y)

    def _looks(self, y: int) -> object:
        """Everything the looks of row `y` depend on, but what makes the whole field look otherwise."""
        rows = self.wrapped_document._offset_to_line_info
        place = y + self.scroll_offset.y
        if not 0 <= place < len(rows):
            return None
        number, section = rows[place]
        line = self.document.get_line(number)
        cuts = self.wrapped_document.get_offsets(number)
        first = cuts[section - 1] if section else 0
        last = cuts[section] if section < len(cuts) else len(line) + 1  # the cursor may stand behind the last character

        def here(location: tuple[int, int] | None) -> int | None:
            """Where in this row that is."""
            if location is None or location[0] != number or not first <= location[1] < last:
                return None
            return location[1] - first

        selection = self.selection
        bracket = self._matching_bracket_location
        chosen = None if selection.is_empty or not self._touches(selection, number) else selection
        return (
            line if "\t" in line else line[first:last],
            # A number at the left, and the room for it.
            (self.gutter_width, number if not section else None) if self.show_line_numbers else None,
            (self._draw_cursor, here(selection.end), bracket is not None and selection.is_empty),
            here(bracket),
            (chosen, number, first) if chosen else None,
        )

    def _recompute_cursor_offset(self) -> None:
        """Undoing many lines takes the scroll bar away before the cursor is put back: then it stands in a line that is
        no more, and Textual ends the program. Where it comes to stand is reckoned right after."""
        if self.cursor_location[0] < self.document.line_count:
            super()._recompute_cursor_offset()  # type: ignore[no-untyped-call]

    @staticmethod
    def _touches(selection: Selection, line: int) -> bool:
        return selection.start[0] <= line <= selection.end[0] or selection.end[0] <= line <= selection.start[0]

    def post_message(self, message: Message) -> bool:
        """Where the cursor stands is nobody's business here: told, it would go up through every part of the screen."""
        return False if isinstance(message, TextArea.SelectionChanged) else super().post_message(message)
