"""Scroll area for content of any length: the first lines are laid out at once, the rest in slices."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

#: So many pieces of a sheet, and about so many letters, are laid out between two looks at the keys.
SLICE, SLICE_LETTERS = 80, 20_000
#: A piece of more letters comes in parts.
PART_LETTERS = 5_000

#: More lines than any sheet has: to scroll by so many means to its end.
FAR = 100_000

#: Gives the pieces of what is shown, one below the other, wrapped to so many columns. Each is a line or more.
Pieces = Callable[[int], Iterator[Content]]


class FirstLines(Static):
    """As many lines as fill the window. They are put into words when the layout says how wide they may be: so they
    stand there when the screen is drawn for the first time, and are never made for a width that they will not have.

    It leans on Textual 8 asking for the height before it draws, and on `_layout_cache`, where it keeps the words.
    """

    def __init__(self, page: SlicedScroll) -> None:
        super().__init__(Content(""), id="preview")
        self._page = page
        self._words = Content("")
        self._wrapped_to = 0

    def render(self) -> Content:
        return self._words

    def forget(self) -> None:
        """Something else is to be shown."""
        self._wrapped_to = 0
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        if width != self._wrapped_to:
            self._wrapped_to = width
            self._words = self._page.begin(width, viewport.height)
            self._layout_cache.clear()
        return self._words.get_height({}, width)


class SlicedScroll(VerticalScroll):
    """Pieces of a sheet, one below the other. Laying out 300 answers takes longer than going to the next question ten
    times: a window shows two dozen lines of them, and those are drawn before the others are even put into words."""

    def __init__(self, pieces: Pieces, *, id: str | None = None) -> None:
        super().__init__(id=id, can_focus=False)
        self._make = pieces
        self._first = FirstLines(self)
        self._pieces: Iterator[Content] = iter(())
        self._turn = 0
        self._to_end = False

    def compose(self) -> ComposeResult:
        yield self._first

    def show(self, pieces: Pieces) -> None:
        """Show these pieces in the place of what is there."""
        self._make = pieces
        self._to_end = False
        for part in self.query(".more"):
            part.display = False  # nothing of one reader stands below what another gets, not for a moment
        self._first.forget()

    def scroll_lines(self, lines: int) -> None:
        """Scroll by so many lines. To the end means to the end of the sheet, also while that is not there yet."""
        self._to_end = lines >= FAR
        self.scroll_relative(y=lines, animate=False)

    def begin(self, width: int, lines: int) -> Content:
        """The first lines, wrapped to `width`; the rest follows when they are drawn."""
        self._turn += 1
        self._pieces = _in_parts(self._make(width))
        first: list[Content] = []
        count = 0
        while count < lines and (piece := next(self._pieces, None)) is not None:
            first.append(piece)
            count += piece.plain.count("\n") + 1
        # Asked of the part itself: it says first that it has another size, and then that it waits until that is drawn.
        self._first.call_after_refresh(self._go_on, self._turn, is_first=True)
        return Content("\n").join(first)

    async def _go_on(self, turn: int, *, is_first: bool = False) -> None:
        """Add the next slice, unless something else was asked for by now."""
        if is_first and self.is_attached:
            await self.remove_children(".more")  # of another sheet, or wrapped to another width
        if self._to_end and turn == self._turn:
            self.scroll_end(animate=False)
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
