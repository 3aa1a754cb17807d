"""Scroll area for content of any length: the first lines are laid out at once, the rest in slices."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

#: Blocks and, roughly, characters laid out at a time, before pending keys are handled.
SLICE_PIECES, SLICE_CHARS = 80, 20_000
#: A block with more characters is split.
MAX_PIECE_CHARS = 5_000

#: More lines than any sheet has; scrolling this far means to the end.
TO_END = 100_000

#: Yields the blocks to show, from top to bottom, wrapped to a width in columns. Each has one line or more.
PieceSource = Callable[[int], Iterator[Content]]


class FirstLines(Static):
    """The lines that fill the first window. They are built when the layout asks for their height, so that they are part
    of the first frame and are never built for a wrong width.

    Relies on Textual 8 asking for the height before it draws, and on `_layout_cache`, where it caches the content.
    """

    def __init__(self, page: SlicedScroll) -> None:
        super().__init__(Content(""), id="preview")
        self._page = page
        self._content = Content("")
        self._built_width = 0

    def render(self) -> Content:
        return self._content

    def forget(self) -> None:
        """Discard the lines because the content changed."""
        self._built_width = 0
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        if width != self._built_width:
            self._built_width = width
            self._content = self._page.begin(width, viewport.height)
            self._layout_cache.clear()
        return self._content.get_height({}, width)


class SlicedScroll(VerticalScroll):
    """A scroll area that shows the first screenful at once and adds the rest in slices. Laying out a sheet of 300
    answers takes ten times as long as going to the next question, and a window shows two dozen of its lines."""

    def __init__(self, pieces: PieceSource, *, id: str | None = None) -> None:
        super().__init__(id=id, can_focus=False)
        self._source = pieces
        self._first = FirstLines(self)
        self._pieces: Iterator[Content] = iter(())
        #: Counts the contents shown; slices of an earlier one are dropped.
        self._generation = 0
        self._to_end = False

    def compose(self) -> ComposeResult:
        yield self._first

    def show(self, pieces: PieceSource) -> None:
        """Replace the content."""
        self._source = pieces
        self._to_end = False
        for part in self.query(".more"):
            part.display = False  # one reader's text must not show below another's, even briefly
        self._first.forget()

    def scroll_lines(self, lines: int) -> None:
        """Scroll by `lines`. Scrolling to the end also follows slices that are still to come."""
        self._to_end = lines >= TO_END
        self.scroll_relative(y=lines, animate=False)

    def begin(self, width: int, lines: int) -> Content:
        """Return the first `lines` lines or more, wrapped to `width`; the rest follows once they are drawn."""
        self._generation += 1
        self._pieces = _split_long(self._source(width))
        first: list[Content] = []
        count = 0
        while count < lines and (piece := next(self._pieces, None)) is not None:
            first.append(piece)
            count += piece.plain.count("\n") + 1
        # Called on the child, whose queue holds its resize first, so that it is drawn before the slices are added.
        self._first.call_after_refresh(self._add_slice, self._generation, is_first=True)
        return Content("\n").join(first)

    async def _add_slice(self, generation: int, *, is_first: bool = False) -> None:
        """Add the next slice, unless the content was replaced meanwhile."""
        if is_first and self.is_attached:
            await self.remove_children(".more")  # from another sheet or another width
        if self._to_end and generation == self._generation:
            self.scroll_end(animate=False)
        slice_ = self._next_slice() if generation == self._generation and self.is_attached else []
        if slice_:
            part = Static(Content("\n").join(slice_), classes="more")
            await self.mount(part)
            part.call_after_refresh(self._add_slice, generation)

    def _next_slice(self) -> list[Content]:
        pieces: list[Content] = []
        chars = 0
        while len(pieces) < SLICE_PIECES and chars < SLICE_CHARS and (piece := next(self._pieces, None)) is not None:
            pieces.append(piece)
            chars += len(piece)
        return pieces


def _split_long(pieces: Iterator[Content]) -> Iterator[Content]:
    """Yield the pieces, splitting a very long one between lines."""
    for piece in pieces:
        if len(piece) <= MAX_PIECE_CHARS:
            yield piece
            continue
        lines: list[Content] = []
        chars = 0
        for line in piece.split("\n", allow_blank=True):
            lines.append(line)
            chars += len(line)
            if chars >= MAX_PIECE_CHARS:
                yield Content("\n").join(lines)
                lines, chars = [], 0
        if lines:
            yield Content("\n").join(lines)
