"""Table and list layout on paper: column widths, the column limit, spacing between items."""

from __future__ import annotations

from iep_tui.documents.block_tree import ListBlock, ListItem, ParagraphBlock, Run, TableBlock, TreeBlock, inlines_text
from iep_tui.i18n import _

#: More columns than this are strips of two letters on Letter paper.
MAX_DRAWN_COLUMNS = 10
#: In characters: no column is narrower, none asks for more for one word, and this is what a page is wide.
_NARROWEST, _WIDEST, _PAGE = 8, 46, 92
#: What a cell's frame takes, and a head in bold, in characters.
_ROUND = 4


def as_listing(table: TableBlock) -> ListBlock:
    """The rows one under another, each part after the name of its column. Parts nobody filled in are left away."""
    return ListBlock(tuple(ListItem((ParagraphBlock(_parts(table, row)),)) for row in table.rows), first=1)


def _parts(table: TableBlock, row: tuple[tuple[Run, ...], ...]) -> tuple[Run, ...]:
    words: list[Run] = []
    for head, cell in zip(table.head, row, strict=True):
        if inlines_text(cell).strip():
            label = _("{label}:").format(label=inlines_text(head)) + " " if inlines_text(head).strip() else ""
            words += [Run("\n")] * bool(words) + [Run(label, strong=True)] * bool(label) + list(cell)
    return tuple(words) or (Run(_("(nothing filled in)")),)


def column_shares(table: TableBlock) -> list[float]:
    """How much of the width each column gets, 0 to 1 and 1 in all.

    Each keeps its longest word whole as far as there is room; what is left goes to those whose lines are longer.
    """
    texts = [[inlines_text(cell) for cell in column] for column in zip(table.head, *table.rows, strict=True)]
    words = [max((len(word) for cell in column for word in cell.split()), default=0) for column in texts]
    lines = [max((len(line) for cell in column for line in cell.split("\n")), default=0) for column in texts]
    least = [min(max(one + _ROUND, _NARROWEST), _WIDEST) for one in words]
    whole = [max(low, one + _ROUND) for low, one in zip(least, lines, strict=True)]
    given: list[float] = [*whole]
    if sum(whole) > _PAGE:
        # The square root lets a column with ten times the words have about three times the room.
        asked = [(one - low) ** 0.5 for low, one in zip(least, whole, strict=True)]
        spare = max(0, _PAGE - sum(least)) / (sum(asked) or 1)
        given = [low + spare * one for low, one in zip(least, asked, strict=True)]
    return [one / sum(given) for one in given]


def needs_spacing(listing: ListBlock) -> bool:
    """Whether an item has more lines than one, so that its list needs more room between items than between lines."""
    return any(len(item.blocks) > 1 or any(map(_has_lines, item.blocks)) for item in listing.items)


def _has_lines(block: TreeBlock) -> bool:
    return not isinstance(block, ParagraphBlock) or any("\n" in run.text for run in block.words)
