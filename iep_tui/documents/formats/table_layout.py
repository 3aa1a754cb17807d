"""Table and list layout on paper: column widths, the column limit, spacing between items."""

from __future__ import annotations

from iep_tui.documents.block_tree import ListBlock, ListItem, ParagraphBlock, Run, TableBlock, TreeBlock, inlines_text
from iep_tui.i18n import _

#: With more columns than this, each has room for about two letters on Letter paper.
MAX_DRAWN_COLUMNS = 10
#: In characters: minimum column width, maximum width requested for one word, and page width.
_MIN_COLUMN, _MAX_WORD, _PAGE_WIDTH = 8, 46, 92
#: Extra characters for a cell's borders and a bold header.
_CELL_PADDING = 4


def rows_as_list(table: TableBlock) -> ListBlock:
    """Return the rows as a numbered list, each cell after its column name. Empty cells are left out."""
    return ListBlock(tuple(ListItem((ParagraphBlock(_parts(table, row)),)) for row in table.rows), first=1)


def _parts(table: TableBlock, row: tuple[tuple[Run, ...], ...]) -> tuple[Run, ...]:
    runs: list[Run] = []
    for head, cell in zip(table.head, row, strict=True):
        if inlines_text(cell).strip():
            label = _("{label}:").format(label=inlines_text(head)) + " " if inlines_text(head).strip() else ""
            runs += [Run("\n")] * bool(runs) + [Run(label, strong=True)] * bool(label) + list(cell)
    return tuple(runs) or (Run(_("(nothing filled in)")),)


def column_shares(table: TableBlock) -> list[float]:
    """Return each column's share of the width; the shares add up to 1.

    Each column fits its longest word if possible; the remaining space goes to columns with longer lines.
    """
    texts = [[inlines_text(cell) for cell in column] for column in zip(table.head, *table.rows, strict=True)]
    longest_words = [max((len(word) for cell in column for word in cell.split()), default=0) for column in texts]
    longest_lines = [max((len(line) for cell in column for line in cell.split("\n")), default=0) for column in texts]
    min_widths = [min(max(word + _CELL_PADDING, _MIN_COLUMN), _MAX_WORD) for word in longest_words]
    full_widths = [max(low, line + _CELL_PADDING) for low, line in zip(min_widths, longest_lines, strict=True)]
    widths: list[float] = [*full_widths]
    if sum(full_widths) > _PAGE_WIDTH:
        # The square root gives a column with ten times the text about three times the space.
        weights = [(full - low) ** 0.5 for low, full in zip(min_widths, full_widths, strict=True)]
        spare = max(0, _PAGE_WIDTH - sum(min_widths)) / (sum(weights) or 1)
        widths = [low + spare * weight for low, weight in zip(min_widths, weights, strict=True)]
    return [width / sum(widths) for width in widths]


def needs_spacing(listing: ListBlock) -> bool:
    """Return True if an item has several lines, so that items need more space between them than lines do."""
    return any(len(item.blocks) > 1 or any(map(_has_lines, item.blocks)) for item in listing.items)


def _has_lines(block: TreeBlock) -> bool:
    return not isinstance(block, ParagraphBlock) or any("\n" in run.text for run in block.words)
