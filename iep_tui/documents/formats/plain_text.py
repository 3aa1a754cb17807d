"""Plain-text renderer for e-mail: 72 columns, tables as lists, checkboxes as "[ ]"."""

from __future__ import annotations

from collections.abc import Iterable

from iep_tui.documents.block_tree import (
    Document,
    HeadingBlock,
    Inlines,
    ListBlock,
    ListItem,
    ParagraphBlock,
    QuoteBlock,
    RuleBlock,
    TableBlock,
    TreeBlock,
    inlines_text,
)
from iep_tui.documents.formats.label_punctuation import with_stop
from iep_tui.documents.formats.line_wrap import columns, wrapped
from iep_tui.documents.formats.table_as_list import table_as_list
from iep_tui.i18n import _

#: Leaves room for reply quoting (">") within the 78 columns recommended by RFC 5322.
WIDTH = 72

_UNDERLINES = {1: "=", 2: "-"}


def to_text(document: Document) -> str:
    """Return the text in lines of at most `WIDTH` columns, without trailing spaces. Longer web addresses stay whole."""
    lines = _blocks(document.blocks, WIDTH)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _blocks(blocks: Iterable[TreeBlock], width: int) -> list[str]:
    """Return the lines of the blocks, separated by blank lines. A level-3 heading is followed by its text directly."""
    lines: list[str] = []
    skip_blank = True
    for block in blocks:
        if not skip_blank:
            lines.append("")
        if isinstance(block, HeadingBlock) and block.level <= 2 and lines:
            lines.append("")
        lines += _block(block, width)
        skip_blank = isinstance(block, HeadingBlock) and block.level > 2
    return lines


def _block(block: TreeBlock, width: int) -> list[str]:
    match block:
        case HeadingBlock(level, words):
            underline = _UNDERLINES.get(level)
            if underline is None:
                return wrapped(with_stop(inlines_text(words)), width)
            lines = _paragraph(words, width)
            return [*lines, underline * min(max(map(columns, lines)), width)]
        case ParagraphBlock(words):
            return _paragraph(words, width)
        case QuoteBlock(inner):
            return [f"> {underline}" for underline in _blocks(inner, width - 2)]
        case ListBlock(items, first):
            return _list(items, first, width)
        case TableBlock():
            return _table(block, width)
        case RuleBlock():
            return ["_" * width]


def _paragraph(words: Inlines, width: int) -> list[str]:
    return [part for line in inlines_text(words).split("\n") for part in wrapped(line, width)]


def _list(items: tuple[ListItem, ...], first: int | None, width: int) -> list[str]:
    """Return the lines of a list. If an item has several lines, blank lines separate the items."""
    boxes = any(item.box for item in items)
    lines = [*wrapped(_("Boxes to check off:"), width), ""] if boxes else []
    separated = any(len(item.blocks) > 1 or "\n" in _first_text(item) for item in items)
    for index, item in enumerate(items):
        if index and separated:
            lines.append("")
        marker = ("" if boxes else "- ") if first is None else f"{first + index}. "
        marker += "[ ] " if item.box else ""
        first_line, *other_lines = _blocks(item.blocks, max(width - len(marker), 2)) or [""]
        lines += [f"{marker}{first_line}", *(f"{' ' * len(marker)}{line}" for line in other_lines)]
    return lines


def _first_text(item: ListItem) -> str:
    first = item.blocks[0] if item.blocks else None
    return inlines_text(first.words) if isinstance(first, ParagraphBlock) else ""


def _table(table: TableBlock, width: int) -> list[str]:
    """Return the rows as list items; for a table without rows, the column names."""
    row_list = table_as_list(table)
    if row_list.items:
        return _list(row_list.items, None, width)
    return wrapped(" | ".join(filter(None, map(inlines_text, table.head))), width)
