"""Progress within the current set, in one line."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from iep_tui.tui.themes import plain_content


class ProgressLine(Widget):
    """The set's name, a progress bar and a count such as "7 of 14", readable without color."""

    title: reactive[str] = reactive("")
    place: reactive[tuple[int, int]] = reactive((0, 0))
    words: reactive[str] = reactive("")

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return 1

    def render(self) -> Content:
        width = self.size.width
        at, total = self.place
        right = Content.styled(self.words, "$quiet")
        room_left = max(min(width // 2, width - right.cell_length - 2), 0)
        left = plain_content(self.title).stylize("bold $teal").truncate(room_left, ellipsis=True)
        room = width - left.cell_length - right.cell_length - 4
        if room < 6 or not total:
            gap = max(width - left.cell_length - right.cell_length, 1)
            return Content.assemble(left, " " * gap, right)
        full = round(room * at / total)
        return Content.assemble(
            left,
            "  ",
            Content.styled("━" * full, "$primary"),
            Content.styled("─" * (room - full), "$line"),
            "  ",
            right,
        )
