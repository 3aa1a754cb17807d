"""Plain-text renderer for e-mail: 72 columns, tables as lists, boxes as characters and words."""

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

#: So that an answer with ">" before each line still fits the 78 columns that RFC 5322 asks for.
WIDTH = 72

_UNDERLINES = {1: "=", 2: "-"}


def to_text(document: Document) -> str:
    """The text: lines of at most `WIDTH` columns, but for longer web addresses, with no spaces at their ends."""
    lines = _blocks(document.blocks, WIDTH)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _blocks(blocks: Iterable[TreeBlock], width: int) -> list[str]:
    """The lines of some blocks, a blank one between them. An answer stands close under its question."""
    written: list[str] = []
    close = True
    for block in blocks:
        if not close:
            written.append("")
        if isinstance(block, HeadingBlock) and block.level <= 2 and written:
            written.append("")
        written += _block(block, width)
        close = isinstance(block, HeadingBlock) and block.level > 2
    return written


def _block(block: TreeBlock, width: int) -> list[str]:
    match block:
        case HeadingBlock(level, words):
            line = _UNDERLINES.get(level)
            if line is None:
                return wrapped(with_stop(inlines_text(words)), width)
            lines = _paragraph(words, width)
            return [*lines, line * min(max(map(columns, lines)), width)]
        case ParagraphBlock(words):
            return _paragraph(words, width)
        case QuoteBlock(inside):
            return [f"> {line}" for line in _blocks(inside, width - 2)]
        case ListBlock(items, first):
            return _listing(items, first, width)
        case TableBlock():
            return _table(block, width)
        case RuleBlock():
            return ["_" * width]


def _paragraph(words: Inlines, width: int) -> list[str]:
    return [part for line in inlines_text(words).split("\n") for part in wrapped(line, width)]


def _listing(items: tuple[ListItem, ...], first: int | None, width: int) -> list[str]:
    """The items under their first word; if one has several lines of its own, a blank line stands between them."""
    boxes = any(item.box for item in items)
    written = [*wrapped(_("Boxes to check off:"), width), ""] if boxes else []
    apart = any(len(item.blocks) > 1 or "\n" in _said(item) for item in items)
    for place, item in enumerate(items):
        if place and apart:
            written.append("")
        lead = ("" if boxes else "- ") if first is None else f"{first + place}. "
        lead += "[ ] " if item.box else ""
        start, *others = _blocks(item.blocks, max(width - len(lead), 2)) or [""]
        written += [f"{lead}{start}", *(f"{' ' * len(lead)}{line}" for line in others)]
    return written


def _said(item: ListItem) -> str:
    first = item.blocks[0] if item.blocks else None
    return inlines_text(first.words) if isinstance(first, ParagraphBlock) else ""


def _table(table: TableBlock, width: int) -> list[str]:
    """The rows as items; of a table without any, the names of its columns."""
    rows = table_as_list(table)
    if rows.items:
        return _listing(rows.items, None, width)
    return wrapped(" | ".join(filter(None, map(inlines_text, table.head))), width)
