"""Sheet preview: the outline as Textual content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from textual.content import Content

from iep_tui.documents.outline_model import (
    Bullets,
    Checks,
    Entries,
    Fields,
    Heading,
    Numbered,
    Outline,
    OutlineBlock,
    Pair,
    Paragraph,
    Quote,
    Table,
    WritingLines,
)
from iep_tui.i18n import _
from iep_tui.tui.themes import plain_content

#: Tables whose columns would be narrower are drawn as labeled lines, since words would break.
MIN_COLUMN_WIDTH = 9


def preview_content(outline: Outline, width: int) -> Iterator[Content]:
    """Yield the sheet's blocks, wrapped to `width` columns.

    A blank line separates them, or two before a level 1 or 2 heading.
    """
    width = max(width, 20)
    for number, block in enumerate(outline.blocks):
        if number:
            yield Content("")
            if isinstance(block, Heading) and block.level <= 2:
                yield Content("")
        yield _draw(block, width)


def _draw(block: OutlineBlock, width: int) -> Content:
    match block:
        case Heading(level=1, text=text):
            return plain_content(text).stylize("bold $teal")
        case Heading(level=2, text=text):
            return plain_content(text).stylize("bold underline $teal")
        case Heading(text=text):
            return plain_content(text).stylize("bold")
        case Paragraph(text=text, label=label):
            return _labelled((label, text))
        case Quote(text=text):
            return _hung("▌ ", plain_content(text), width, "$tan")
        case Bullets(items=items):
            return _items(("• " for _item in items), items, width)
        case Numbered(items=items):
            return _items((f"{number}. " for number in range(1, len(items) + 1)), items, width)
        case Checks(items=items):
            return _items(("[ ] " for _item in items), items, width)
        case Fields(pairs=pairs):
            return Content("\n").join(_labelled(pair) for pair in pairs)
        case Entries(entries=entries):
            return _entries(entries, width)
        case Table(head=head, rows=rows):
            return _table(head, rows, width)
        case WritingLines(count=count):
            return Content("\n").join(Content.styled("_" * min(width, 60), "$quiet") for _line in range(count))


def _labelled(pair: Pair) -> Content:
    label, words = pair
    if not label:
        return plain_content(words)
    mark = label if label.endswith(("?", ".", ":")) else f"{label}:"
    gap = "\n" if "\n" in words else " "
    return Content.assemble(plain_content(mark).stylize("bold"), gap, plain_content(words))


def _hung(lead: str, words: Content, width: int, style: str = "", rest: str | None = None) -> Content:
    """Wrap `words` with a hanging indent: `lead` before the first line, `rest` or `lead` before the others."""
    room = max(width - len(lead), 8)
    lines = [wrapped for line in words.split("\n") for wrapped in (line.wrap(room) or [Content("")])]
    leads = [lead] + [lead if rest is None else rest] * (len(lines) - 1)
    return Content("\n").join(
        Content.assemble(Content.styled(prefix, style) if style else prefix, line)
        for prefix, line in zip(leads, lines, strict=True)
    )


def _items(leads: Iterable[str], items: Sequence[str], width: int) -> Content:
    return Content("\n").join(
        _hung(lead, plain_content(item), width, "$tan", rest=" " * len(lead))
        for lead, item in zip(leads, items, strict=True)
    )


def _entries(entries: Sequence[Sequence[Pair]], width: int) -> Content:
    drawn: list[Content] = []
    for number, pairs in enumerate(entries, 1):
        lead = f"{number}. "
        words = Content("\n").join(_labelled(pair) for pair in pairs)
        drawn.append(_hung(lead, words, width, "$tan", rest=" " * len(lead)))
    return Content("\n\n").join(drawn)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> Content:
    gap = 2
    room = width - gap * (len(head) - 1)
    if not head or room // len(head) < MIN_COLUMN_WIDTH:
        labelled = [[(name, cell) for name, cell in zip(head, row, strict=True) if cell] for row in rows]
        return _entries(labelled, width)
    widths = _column_widths(head, rows, room)
    lines = _table_row([plain_content(name).stylize("bold") for name in head], widths, gap)
    lines.append(Content.styled("─" * (sum(widths) + gap * (len(widths) - 1)), "$line"))
    for row in rows:
        lines.extend(_table_row([plain_content(cell) for cell in row], widths, gap))
    return Content("\n").join(lines)


def _column_widths(head: Sequence[str], rows: Sequence[Sequence[str]], room: int) -> list[int]:
    """Return column widths: each as wide as its contents, then the widest reduced until all fit into `room`."""
    cells = [[name, *(row[place] for row in rows)] for place, name in enumerate(head)]
    widths = [max(max(plain_content(cell).cell_length for cell in column), 3) for column in cells]
    while sum(widths) > room:
        widths[widths.index(max(widths))] -= 1
    return widths


def _table_row(cells: Sequence[Content], widths: Sequence[int], gap: int) -> list[Content]:
    wrapped = [cell.wrap(width) or [Content("")] for cell, width in zip(cells, widths, strict=True)]
    height = max(len(lines) for lines in wrapped)
    drawn: list[Content] = []
    for number in range(height):
        parts: list[Content] = []
        for lines, width in zip(wrapped, widths, strict=True):
            line = lines[number] if number < len(lines) else Content("")
            parts.append(line.truncate(width, pad=True))
        drawn.append(Content(" " * gap).join(parts).rstrip())
    return drawn


def left_out_text(outline: Outline) -> str:
    """Return the answers that this sheet leaves out, one per line, for the family only."""
    line = _("{title} ({reason})")
    return "\n".join(line.format(title=answer.title, reason=answer.reason) for answer in outline.left_out)
