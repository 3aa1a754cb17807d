"""Compositor that renders only the widgets visible in the dirty region."""

from __future__ import annotations

from collections.abc import Iterable

from textual._compositor import ChopsUpdate, Compositor, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

#: A stretch of one row: where it begins, and where it ends.
_Span = tuple[int, int]


class VisibleOnlyCompositor(Compositor):
    """Textual asks every widget of the same page for all of its rows, and then drops those that are not drawn.

    A widget in front hides what stands behind it, so the first one that is seen in a place is the only one to be asked.
    It leans on how Textual 8 draws a part: `_dirty_regions` are the parts, `_get_renders` gives the widgets from front
    to back, each with its place, the clip to which it is cut, and the rows of what is left of it.
    """

    _wanted: dict[int, list[_Span]] | None = None

    def render_partial_update(self) -> ChopsUpdate | None:
        self._wanted = {}
        for y, first, last in self._regions_to_spans(self._dirty_regions):
            self._wanted.setdefault(y, []).append((first, last))
        try:
            return super().render_partial_update()
        finally:
            self._wanted = None

    def render_full_update(self, simplify: bool = False) -> LayoutUpdate:
        self._wanted = {y: [(0, self.size.width)] for y in range(self.size.height)}
        try:
            return super().render_full_update(simplify)
        finally:
            self._wanted = None

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        if self._wanted is None:
            yield from super()._get_renders(crop)
            return
        wanted = self._wanted
        for widget, (region, clip) in self.visible_widgets.items():
            x, y, width, height = region.intersection(clip)
            rows = [
                row
                for row in range(y, y + height)
                if any(first < x + width and last > x for first, last in wanted.get(row, ()))
            ]
            if not rows:
                continue
            part = Region(x, rows[0], width, rows[-1] + 1 - rows[0])
            for row in rows:
                left = _without(wanted[row], x, x + width)
                if left:
                    wanted[row] = left
                else:
                    del wanted[row]
            yield region, part, widget.render_lines(part.translate(-region.offset))
            if not wanted:
                return


def _without(spans: list[_Span], start: int, end: int) -> list[_Span]:
    """What is left of these stretches when the one from `start` to `end` is taken out."""
    left: list[_Span] = []
    for first, last in spans:
        if first < start:
            left.append((first, min(last, start)))
        if last > end:
            left.append((max(first, end), last))
    return left
