"""How a table fits on paper: how wide each column is, and what stands for one that is too wide for a page."""

from __future__ import annotations

from iep_tui.language import _
from iep_tui.sheet.blocks import Item, Listing, Paragraph, Run, Table, words_text

#: More columns than this are strips of two letters on Letter paper.
MOST_COLUMNS = 10
#: In characters: no column is narrower, none asks for more for one word, and this is what a page is wide.
_NARROWEST, _WIDEST, _PAGE = 8, 46, 92


def as_listing(table: Table) -> Listing:
    """The rows one under another, each part after the name of its column. Parts nobody filled in are left away."""
    return Listing(tuple(Item((Paragraph(_parts(table, row)),)) for row in table.rows), first=1)


def _parts(table: Table, row: tuple[tuple[Run, ...], ...]) -> tuple[Run, ...]:
    words: list[Run] = []
    for head, cell in zip(table.head, row, strict=True):
        if words_text(cell).strip():
            label = _("{label}:").format(label=words_text(head)) + " " if words_text(head).strip() else ""
            words += [Run("\n")] * bool(words) + [Run(label, strong=True)] * bool(label) + list(cell)
    return tuple(words) or (Run(_("(nothing filled in)")),)


def column_shares(table: Table) -> list[float]:
    """How much of the width each column gets, 0 to 1 and 1 in all: as its words ask, but no column starves.

    The longest word of a column is kept whole as far as there is room; what is left goes to columns with more words.
    """
    texts = [[words_text(cell) for cell in column] for column in zip(table.head, *table.rows, strict=True)]
    words = [max((len(word) for cell in column for word in cell.split()), default=0) for column in texts]
    lines = [max((len(line) for cell in column for line in cell.split("\n")), default=0) for column in texts]
    least = [min(max(one + 2, _NARROWEST), _WIDEST) for one in words]
    wanted: list[float] = [max(low, one + 2) for low, one in zip(least, lines, strict=True)]
    if sum(wanted) > _PAGE:
        # The square root lets a column with ten times the words have about three times the room.
        wanted = [max(low, min(one, 4 * _WIDEST) ** 0.5 * 4) for low, one in zip(least, lines, strict=True)]
    return [one / sum(wanted) for one in wanted]
