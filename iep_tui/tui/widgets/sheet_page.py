"""A sheet of any length on the screen: its first lines at once, the rest in slices behind them."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

#: So many pieces of a sheet, and about so many letters, are laid out between two looks at the keys.
SLICE, SLICE_LETTERS = 80, 20_000
#: A piece of more letters comes in parts.
PART_LETTERS = 5_000


class SheetPage(VerticalScroll):
    """Pieces of a sheet, one below the other. Laying out 300 answers takes longer than going to the next question ten
    times: a window shows two dozen lines of them, and those are drawn before the others are even put into words."""

    class Wide(Message):
        """There is room of a width that was not known before: what is shown is to be wrapped to it."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, can_focus=False)
        self._first = Static(Content(""), id="preview")
        self._pieces: Iterator[Content] = iter(())
        self._wrapped_to = 0
        self._turn = 0

    def compose(self) -> ComposeResult:
        yield self._first

    @property
    def room(self) -> int:
        """How wide a line may be; 0 while that is not known."""
        return self._first.size.width

    def on_resize(self) -> None:
        self.call_after_refresh(self._look_at_the_width)

    def _look_at_the_width(self) -> None:
        if self.room != self._wrapped_to:
            self._wrapped_to = self.room
            self.post_message(self.Wide())

    def show(self, pieces: Iterator[Content]) -> None:
        """Show these pieces in the place of what is there. Each is a line or more; they are asked for as they come."""
        self._pieces = pieces = _in_parts(pieces)
        self._turn += 1
        self.remove_children(".more")
        first: list[Content] = []
        lines = 0
        while lines < self.size.height and (piece := next(pieces, None)) is not None:
            first.append(piece)
            lines += piece.plain.count("\n") + 1
        self._first.update(Content("\n").join(first))
        # Asked of the part itself: it says first that it has another size, and then that it waits until that is drawn.
        self._first.call_after_refresh(self._go_on, self._turn)

    async def _go_on(self, turn: int) -> None:
        """Add the next slice, unless something else was asked for by now."""
        slice_ = self._next_slice() if turn == self._turn and self.is_attached else []
        if slice_:
            part = Static(Content("\n").join(slice_), classes="more")
            await self.mount(part)
            part.call_after_refresh(self._go_on, turn)

    def _next_slice(self) -> list[Content]:
        found: list[Content] = []
        letters = 0
        while len(found) < SLICE and letters < SLICE_LETTERS and (piece := next(self._pieces, None)) is not None:
            found.append(piece)
            letters += len(piece)
        return found


def _in_parts(pieces: Iterator[Content]) -> Iterator[Content]:
    """The pieces, one that is long by itself as parts of some of its lines."""
    for piece in pieces:
        if len(piece) <= PART_LETTERS:
            yield piece
            continue
        found: list[Content] = []
        letters = 0
        for line in piece.split("\n", allow_blank=True):
            found.append(line)
            letters += len(line)
            if letters >= PART_LETTERS:
                yield Content("\n").join(found)
                found, letters = [], 0
        if found:
            yield Content("\n").join(found)
