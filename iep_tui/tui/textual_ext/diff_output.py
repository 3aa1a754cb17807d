"""Terminal output reduced to the cells that changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.cells import get_character_cell_size
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.geometry import Size
from textual.strip import Strip

#: A cell: its character and style. A row holds None for a cell with unknown contents.
_Cell = tuple[str, Style | None]
#: A part of one row: its first column, and its contents.
_Piece = tuple[int, Strip]

#: Up to this many unchanged cells between two changed ones are sent again: moving the cursor costs as many bytes.
_MAX_RESENT_CELLS = 6


class ScreenDiff:
    """The contents of the terminal: everything sent since it was last cleared or resized.

    A row with characters whose width terminals disagree on (wide, joined, zero-width) is sent as Textual would send it,
    until the whole screen is drawn again.
    """

    def __init__(self) -> None:
        self._size = Size(0, 0)
        self._rows: list[list[_Cell | None]] = []
        #: Rows with cells of uncertain width.
        self._uncertain: set[int] = set()

    def forget(self) -> None:
        """Discard the known contents: another program used the terminal, or its size changed."""
        self._size = Size(0, 0)

    def only_changes(self, update: CompositorUpdate, size: Size) -> CompositorUpdate:
        """Return an update that sends only changed cells. Inline and other updates are returned unchanged."""
        if isinstance(update, LayoutUpdate | ChopsUpdate):
            return _Changes(self, update, size)
        self.forget()
        return update

    def render(self, update: LayoutUpdate | ChopsUpdate, size: Size, console: Console) -> str:
        """Return the escape sequences for this update, and record it as shown."""
        whole = isinstance(update, LayoutUpdate) and update.region == size.region
        if self._size != size or whole:
            # Everything is sent again, which also repairs a garbled screen.
            self._size = size
            self._rows = [[None] * size.width for _row in range(size.height)]
            self._uncertain.clear()
        flowing = isinstance(update, LayoutUpdate)
        return "".join(self._row(y, pieces, console, flowing) for y, pieces in _pieces(update) if 0 <= y < size.height)

    def _row(self, y: int, pieces: list[_Piece], console: Console, flowing: bool) -> str:
        known = [None if y in self._uncertain else self._cells_within_row(x, strip) for x, strip in pieces]
        if None in known:
            self._uncertain.add(y)
            # As Textual does: pieces of a layout follow each other, those of a partial update each need a cursor move.
            return "".join(
                (_move_to(x, y) if number == 0 or not flowing else "") + strip.render(console)
                for number, (x, strip) in enumerate(pieces)
            )
        return "".join(
            self._piece(y, x, cells, console) for (x, _strip), cells in zip(pieces, known, strict=True) if cells
        )

    def _cells_within_row(self, x: int, strip: Strip) -> list[_Cell] | None:
        """Return the cells of a piece, or None if their columns are uncertain or outside of the row."""
        cells = _cells(strip)
        return cells if cells is not None and 0 <= x <= self._size.width - len(cells) else None

    def _piece(self, y: int, x: int, cells: list[_Cell], console: Console) -> str:
        row = self._rows[y]
        before = row[x : x + len(cells)]
        if before == cells:
            return ""
        row[x : x + len(cells)] = cells
        changed = [index for index, cell in enumerate(cells) if cell != before[index]]
        output = ""
        start = last = changed[0]
        for index in (*changed[1:], len(cells) + _MAX_RESENT_CELLS + 1):
            if index - last > _MAX_RESENT_CELLS:
                output += _move_to(x + start, y) + Strip(_segments(cells[start : last + 1])).render(console)
                start = index
            last = index
        return output


class _Changes(CompositorUpdate):
    """An update that sends only changed cells. Textual renders it once, when it is written."""

    def __init__(self, diff: ScreenDiff, update: LayoutUpdate | ChopsUpdate, size: Size) -> None:
        self._diff, self._update, self._size = diff, update, size

    def render_segments(self, console: Console) -> str:
        return self._diff.render(self._update, self._size, console)


def _pieces(update: LayoutUpdate | ChopsUpdate) -> Iterator[tuple[int, list[_Piece]]]:
    """Yield the rows of an update, each with its pieces from left to right, cropped to the region to draw."""
    if isinstance(update, LayoutUpdate):
        for y, strips in enumerate(update.strips, update.region.y):
            yield y, list(_adjacent(update.region.x, strips))
        return
    for y, first, last in update.spans:
        pieces: list[_Piece] = []
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is None or x > last or end <= first:
                continue
            pieces.append((x, strip if first <= x < last and end <= last else strip.crop(0, min(end, last) - x)))
        yield y, pieces


def _adjacent(x: int, strips: Iterable[Strip]) -> Iterator[_Piece]:
    for strip in strips:
        yield x, strip
        x += strip.cell_length


def _cells(strip: Strip) -> list[_Cell] | None:
    """Return the cells of a strip, or None if any character may not be exactly one cell wide."""
    cells: list[_Cell] = []
    for text, style, control in strip:
        if control or not _is_single_width(text):
            return None
        cells.extend([(character, style) for character in text])
    return cells


def _is_single_width(text: str) -> bool:
    if not text.isprintable():
        return False
    return text.isascii() or all(get_character_cell_size(character) == 1 for character in set(text))


def _segments(cells: list[_Cell]) -> list[Segment]:
    """Join neighboring cells of the same style."""
    segments: list[Segment] = []
    text, style = cells[0]
    for character, cell_style in cells[1:]:
        if cell_style is style or cell_style == style:
            text += character
        else:
            segments.append(Segment(text, style))
            text, style = character, cell_style
    segments.append(Segment(text, style))
    return segments


def _move_to(x: int, y: int) -> str:
    return f"\x1b[{y + 1};{x + 1}H"
