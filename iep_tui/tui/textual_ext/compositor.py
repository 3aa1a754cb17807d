"""Compositor that renders only the widgets visible in the dirty region."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from textual._compositor import ChopsUpdate, Compositor, LayoutUpdate
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip

#: A span of one row: its first column, and the column after its last.
_Span = tuple[int, int]


class VisibleOnlyCompositor(Compositor):
    """Renders only the visible rows of a widget. Textual renders every widget in full and drops what is hidden.

    Relies on how Textual 8 draws an update: `_dirty_regions` are the regions to draw; `_get_renders` yields the widgets
    from front to back, each with its region, its clipped region, and the strips of the latter.
    """

    #: The spans still to be drawn, by row; None outside of an update.
    _pending: dict[int, list[_Span]] | None = None

    def render_partial_update(self) -> ChopsUpdate | None:
        self._pending = {}
        for y, first, last in self._regions_to_spans(self._dirty_regions):
            self._pending.setdefault(y, []).append((first, last))
        try:
            return super().render_partial_update()
        finally:
            self._pending = None

    def render_full_update(self, simplify: bool = False) -> LayoutUpdate:
        self._pending = {y: [(0, self.size.width)] for y in range(self.size.height)}
        try:
            return super().render_full_update(simplify)
        finally:
            self._pending = None

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        if self._pending is None:
            yield from super()._get_renders(crop)
            return
        pending = self._pending
        for widget, (region, clip) in self.visible_widgets.items():
            x, y, width, height = region.intersection(clip)
            rows = [
                row
                for row in range(y, y + height)
                if any(first < x + width and last > x for first, last in pending.get(row, ()))
            ]
            if not rows:
                continue
            part = Region(x, rows[0], width, rows[-1] + 1 - rows[0])
            for row in rows:
                remaining = _subtract(pending[row], x, x + width)
                if remaining:
                    pending[row] = remaining
                else:
                    del pending[row]
            yield region, part, widget.render_lines(part.translate(-region.offset))
            if not pending:
                return


def _subtract(spans: list[_Span], start: int, end: int) -> list[_Span]:
    """Return the spans without the columns from `start` to `end`."""
    remaining: list[_Span] = []
    for first, last in spans:
        if first < start:
            remaining.append((first, min(last, start)))
        if last > end:
            remaining.append((max(first, end), last))
    return remaining


def use_visible_only_compositor(screen: Screen[Any]) -> None:
    """Draw `screen` with `VisibleOnlyCompositor`. Textual has no public way to choose a screen's compositor."""
    screen._compositor = VisibleOnlyCompositor()
