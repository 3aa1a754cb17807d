"""Markdown renderer: readable as it is, with exactly one way to parse it back."""

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

#: A line to write on: long enough to be seen as one, and a rule to whoever reads the Markdown.
_RULED = "_" * 60


def sheet(interview: Interview, reader: Audience, *, made: datetime.date) -> str:
    """The sheet for one reader as Markdown. `made` is the day to put at its foot."""
    return to_markdown(build_sheet(interview, reader, made=made))


def to_markdown(outline: Outline) -> str:
    """The outline's blocks as Markdown, a blank line between them. What was left out is not in it."""
    written: list[str] = []
    last_list = ""
    for block in outline.blocks:
        marker = _marker(block, last_list)
        words = _block(block, marker)
        if words:
            written.append(words)
            last_list = marker
    return "\n\n".join(written) + "\n"


#: The markers of each kind of list. Two lists in a row take turns, or they would be one.
_MARKERS: dict[type[OutlineBlock], tuple[str, str]] = {
    **dict.fromkeys((Numbered, Entries), (".", ")")),
    **dict.fromkeys((Bullets, Checks, Fields), ("-", "*")),
}


def _marker(block: OutlineBlock, last: str) -> str:
    """The list marker of a block, "" when it is no list."""
    first, second = _MARKERS.get(type(block), ("", ""))
    return second if last == first else first


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
        case WritingLines(many):
            return "\n\n".join([_RULED] * many)


def _labelled(label: str, text: str) -> str:
    """Words with a label before them, stressed."""
    label = one_line(label) if label else ""
    if not label:
        return escape(text)
    stop = with_stop(label)[len(label) :]
    return f"**{escape_line(label)}{stop}** {escape(text, at_start=False)}".rstrip()


def _checked(text: str) -> str:
    """Words with an empty box before them. GitHub reads what follows a box as if it began a line."""
    return f"[ ] {words}" if (words := escape(text)) else ""


def _entry(pairs: tuple[Pair, ...]) -> str:
    """The parts of one thing, a line each; a part of several paragraphs keeps them."""
    return "\\\n".join(words for pair in pairs if (words := _labelled(*pair)))


def _list(leads: Iterable[str], items: Iterable[str]) -> str:
    """The items that say something, each behind its lead, their further lines under their first word."""
    written: list[str] = []
    for lead, item in zip(cycle(leads), filter(None, items)):
        room = " " * len(lead)
        first, *rest = item.split("\n")
        written.append("\n".join([f"{lead}{first}", *(f"{room}{line}".rstrip() for line in rest)]))
    return "\n".join(written)


def _table(head: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> str:
    """A table with its columns lined up, so that it reads as one before it is rendered too."""
    if not head:
        return ""
    many = max(map(len, (head, *rows)))
    lines = [[escape_cell(cell) for cell in row] + [""] * (many - len(row)) for row in (head, *rows)]
    widths = [max(3, *(len(line[place]) for line in lines)) for place in range(many)]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    )
