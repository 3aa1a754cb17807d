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

#: A cell: its character and how it looks. None for one we know nothing of.
_Cell = tuple[str, Style | None]
#: A part of one row: where it begins, and what stands there.
_Piece = tuple[int, Strip]

#: So many cells that stand there already are sent again between two that do not: to move costs as much.
_GAP = 6


class ScreenDiff:
    """What the terminal shows, as far as we know: it is what was sent since it was last cleared or changed its size.

    A row with characters that terminals disagree on (wide, joined, of no width) is sent as Textual would, until the
    whole of it is drawn anew without them: where a cell of such a row stands is the terminal's secret.
    """

    def __init__(self) -> None:
        self._size = Size(0, 0)
        self._rows: list[list[_Cell | None]] = []
        self._odd: set[int] = set()

    def forget(self) -> None:
        """Know nothing any more: the terminal was used by someone else, or has another size."""
        self._size = Size(0, 0)

    def only_changes(self, update: CompositorUpdate, size: Size) -> CompositorUpdate:
        """The same update, that sends nothing twice; any other kind than those for a whole terminal as it is."""
        if isinstance(update, LayoutUpdate | ChopsUpdate):
            return _Changes(self, update, size)
        self.forget()
        return update

    def render(self, update: LayoutUpdate | ChopsUpdate, size: Size, console: Console) -> str:
        """What to write for this update; from here on the terminal is taken to show it."""
        whole = isinstance(update, LayoutUpdate) and update.region == size.region
        if self._size != size or whole:
            # All of it is sent then: whatever went wrong before is right again.
            self._size = size
            self._rows = [[None] * size.width for _row in range(size.height)]
            self._odd.clear()
        flowing = isinstance(update, LayoutUpdate)
        return "".join(self._row(y, pieces, console, flowing) for y, pieces in _pieces(update) if 0 <= y < size.height)

    def _row(self, y: int, pieces: list[_Piece], console: Console, flowing: bool) -> str:
        known = [None if y in self._odd else self._known(x, strip) for x, strip in pieces]
        if None in known:
            self._odd.add(y)
            # As Textual does it: the parts of a layout follow each other, those of a change each stand in their place.
            return "".join(
                (_move_to(x, y) if number == 0 or not flowing else "") + strip.render(console)
                for number, (x, strip) in enumerate(pieces)
            )
        return "".join(
            self._piece(y, x, cells, console) for (x, _strip), cells in zip(pieces, known, strict=True) if cells
        )

    def _known(self, x: int, strip: Strip) -> list[_Cell] | None:
        """The cells of a part that lies within its row; None when nobody knows which they are."""
        cells = _cells(strip)
        return cells if cells is not None and 0 <= x <= self._size.width - len(cells) else None

    def _piece(self, y: int, x: int, cells: list[_Cell], console: Console) -> str:
        row = self._rows[y]
        before = row[x : x + len(cells)]
        if before == cells:
            return ""
        row[x : x + len(cells)] = cells
        changed = [place for place, cell in enumerate(cells) if cell != before[place]]
        written = ""
        start = last = changed[0]
        for place in (*changed[1:], len(cells) + _GAP + 1):
            if place - last > _GAP:
                written += _move_to(x + start, y) + Strip(_segments(cells[start : last + 1])).render(console)
                start = place
            last = place
        return written


class _Changes(CompositorUpdate):
    """An update that sends only what is new. It is asked for its words when they are written, and only then."""

    def __init__(self, sent: ScreenDiff, update: LayoutUpdate | ChopsUpdate, size: Size) -> None:
        self._sent, self._update, self._size = sent, update, size

    def render_segments(self, console: Console) -> str:
        return self._sent.render(self._update, self._size, console)


def _pieces(update: LayoutUpdate | ChopsUpdate) -> Iterator[tuple[int, list[_Piece]]]:
    """The rows of an update, each with its parts from left to right, cut to what is to be drawn."""
    if isinstance(update, LayoutUpdate):
        for y, strips in enumerate(update.strips, update.region.y):
            yield y, list(_one_after_another(update.region.x, strips))
        return
    for y, first, last in update.spans:
        pieces: list[_Piece] = []
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is None or x > last or end <= first:
                continue
            pieces.append((x, strip if first <= x < last and end <= last else strip.crop(0, min(end, last) - x)))
        yield y, pieces


def _one_after_another(x: int, strips: Iterable[Strip]) -> Iterator[_Piece]:
    for strip in strips:
        yield x, strip
        x += strip.cell_length


def _cells(strip: Strip) -> list[_Cell] | None:
    """The cells of a strip; None when it holds anything but characters that are one cell wide everywhere."""
    cells: list[_Cell] = []
    for text, style, control in strip:
        if control or not _is_simple(text):
            return None
        cells.extend([(character, style) for character in text])
    return cells


def _is_simple(text: str) -> bool:
    if not text.isprintable():
        return False
    return text.isascii() or all(get_character_cell_size(character) == 1 for character in set(text))


def _segments(cells: list[_Cell]) -> list[Segment]:
    """Cells of one look together."""
    segments: list[Segment] = []
    text, style = cells[0]
    for character, look in cells[1:]:
        if look is style or look == style:
            text += character
        else:
            segments.append(Segment(text, style))
            text, style = character, look
    segments.append(Segment(text, style))
    return segments


def _move_to(x: int, y: int) -> str:
    return f"\x1b[{y + 1};{x + 1}H"
