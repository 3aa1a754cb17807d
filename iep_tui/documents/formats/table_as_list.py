"""Table as a list, for formats too narrow for columns: one item per row, one labeled line per cell."""

from __future__ import annotations

from iep_tui.documents.block_tree import Inlines, ListBlock, ListItem, ParagraphBlock, Run, TableBlock, inlines_text
from iep_tui.documents.formats.label_punctuation import with_stop

#: Maximum number of columns drawn as a table.
MAX_RENDERED_COLUMNS = 8


def table_as_list(table: TableBlock) -> ListBlock:
    """Return the table as a list of its non-empty rows, leaving out empty cells."""
    return ListBlock(tuple(item for row in table.rows if (item := _item(table.head, row)) is not None))


def _item(head: tuple[Inlines, ...], row: tuple[Inlines, ...]) -> ListItem | None:
    runs: list[Run] = []
    for label, words in zip(head, row, strict=True):
        if words:
            name = inlines_text(label)
            lead = [Run(with_stop(name), True), Run(" ")] if name else []
            runs += [*([Run("\n")] if runs else []), *lead, *words]
    return ListItem((ParagraphBlock(tuple(runs)),)) if runs else None
