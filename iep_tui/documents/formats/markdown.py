"""Markdown renderer: readable as source, with exactly one way to parse it back."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from itertools import count, cycle

from iep_tui.core.interview import Interview
from iep_tui.core.question_model import Audience
from iep_tui.documents.formats.label_punctuation import with_stop
from iep_tui.documents.formats.markdown_escape import escape, escape_cell, escape_line, one_line, tidy
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
from iep_tui.documents.sheets.sheet_builder import build_sheet

__all__ = ["escape", "escape_cell", "escape_line", "sheet", "tidy", "to_markdown"]

#: A line to write on, visible as such in the source and parsed as a rule.
_WRITING_LINE = "_" * 60


def sheet(interview: Interview, reader: Audience, *, made: datetime.date) -> str:
    """Return the sheet for one reader as Markdown. `made` is the date in its last line."""
    return to_markdown(build_sheet(interview, reader, made=made))


def to_markdown(outline: Outline) -> str:
    """Return the outline's blocks as Markdown, separated by blank lines. Nothing in `left_out` appears."""
    paragraphs: list[str] = []
    last_list = ""
    for block in outline.blocks:
        marker = _marker(block, last_list)
        text = _block(block, marker)
        if text:
            paragraphs.append(text)
            last_list = marker
    return "\n\n".join(paragraphs) + "\n"


#: The markers of each kind of list. Consecutive lists alternate, because Markdown would merge them.
_MARKERS: dict[type[OutlineBlock], tuple[str, str]] = {
    **dict.fromkeys((Numbered, Entries), (".", ")")),
    **dict.fromkeys((Bullets, Checks, Fields), ("-", "*")),
}


def _marker(block: OutlineBlock, previous: str) -> str:
    """Return the list marker of a block, or "" if it is not a list."""
    first, second = _MARKERS.get(type(block), ("", ""))
    return second if previous == first else first


def _block(block: OutlineBlock, marker: str) -> str:
    match block:
        case Heading(level, text):
            words = escape_line(text)
            return f"{'#' * level} {words}" if words else ""
        case Paragraph(text, label):
            return _labelled(label, text)
        case Quote(text):
            return "\n".join(f"> {line}".rstrip() for line in escape(text).split("\n")) if tidy(text) else ""
        case Bullets(items):
            return _list([f"{marker} "], map(escape, items))
        case Numbered(items):
            return _list((f"{number}{marker} " for number in count(1)), map(escape, items))
        case Checks(items):
            return _list([f"{marker} "], map(_checked, items))
        case Fields(pairs):
            return _list([f"{marker} "], (_labelled(*pair) for pair in pairs))
        case Entries(entries):
            return _list((f"{number}{marker} " for number in count(1)), map(_entry, entries))
        case Table(head, rows):
            return _table(head, rows)
        case WritingLines(line_count):
            return "\n\n".join([_WRITING_LINE] * line_count)


def _labelled(label: str, text: str) -> str:
    """Return text after its label in bold."""
    label = one_line(label) if label else ""
    if not label:
        return escape(text)
    punctuation = with_stop(label)[len(label) :]
    return f"**{escape_line(label)}{punctuation}** {escape(text, at_start=False)}".rstrip()


def _checked(text: str) -> str:
    """Return text after an empty checkbox. GitHub parses it like the start of a line, so it is escaped as one."""
    return f"[ ] {escaped}" if (escaped := escape(text)) else ""


def _entry(pairs: tuple[Pair, ...]) -> str:
    """Return the parts of one entry, one per line. Parts may have several paragraphs."""
    return "\\\n".join(part for pair in pairs if (part := _labelled(*pair)))


def _list(markers: Iterable[str], items: Iterable[str]) -> str:
    """Return the non-empty items, each after its marker, with further lines indented to match."""
    formatted: list[str] = []
    for marker, item in zip(cycle(markers), filter(None, items)):
        indent = " " * len(marker)
        first, *rest = item.split("\n")
        formatted.append("\n".join([f"{marker}{first}", *(f"{indent}{line}".rstrip() for line in rest)]))
    return "\n".join(formatted)


def _table(head: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> str:
    """Return a table with aligned columns, so that the source is readable too."""
    if not head:
        return ""
    column_count = max(map(len, (head, *rows)))
    lines = [[escape_cell(cell) for cell in row] + [""] * (column_count - len(row)) for row in (head, *rows)]
    widths = [max(3, *(len(line[column]) for line in lines)) for column in range(column_count)]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    )
