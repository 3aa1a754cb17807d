"""HTML renderer: one self-contained page that loads nothing from the network."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Literal, TypeAlias

from iep_tui.documents.block_tree import (
    Document,
    HeadingBlock,
    Inlines,
    ListBlock,
    ListItem,
    ParagraphBlock,
    QuoteBlock,
    RuleBlock,
    Run,
    TableBlock,
    TreeBlock,
    inlines_text,
)
from iep_tui.documents.formats.label_punctuation import with_stop
from iep_tui.documents.formats.line_wrap import columns
from iep_tui.documents.formats.table_as_list import MAX_RENDERED_COLUMNS, table_as_list
from iep_tui.documents.formats.text_direction import language_is_rtl
from iep_tui.i18n import _, ngettext

#: How an empty box is drawn: one that can be ticked, or a sign for mail programs, which take fields out.
CheckboxCounter: TypeAlias = Literal["tick", "sign"]

#: Letters that stand side by side in a table on the narrowest window where it is drawn as one.
_ROOM = 56

_SIGN = '<span class="box" role="img" aria-label="{label}">☐</span>'


@cache
def _style() -> str:
    return Path(__file__).with_name("page.css").read_text(encoding="utf-8")


@cache
def _policy() -> str:
    """Nothing may be loaded, run, sent or framed; the one style is named by its sum (Content Security Policy 3)."""
    style = b64encode(sha256(_style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'"


def to_html(document: Document, *, boxes: CheckboxCounter = "tick") -> str:
    """The page as text; it is to be written in UTF-8. Every word of the document is escaped, none is an attribute's
    name, an address or a style."""
    direction = ' dir="rtl"' if language_is_rtl(document.lang) else ""
    return (
        "<!DOCTYPE html>\n"
        f'<html lang="{escape(document.lang)}"{direction}>\n'
        "<head>\n"
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy()}">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(document.title or _('Prep sheet'))}</title>\n"
        f"<style>{_style()}</style>\n"
        "</head>\n"
        "<body>\n"
        "<main>\n"
        f"{_blocks(document.blocks, boxes)}\n"
        "</main>\n"
        "</body>\n"
        "</html>\n"
    )


def _blocks(blocks: Iterable[TreeBlock], boxes: CheckboxCounter) -> str:
    """The blocks, a line each; rules in a row are one place to write in."""
    written: list[str] = []
    for ruled, some in groupby(blocks, key=lambda block: isinstance(block, RuleBlock)):
        if ruled:
            written.append(_lines(sum(1 for _rule in some)))
        else:
            written += (_block(block, boxes) for block in some)
    return "\n".join(written)


def _lines(count: int) -> str:
    said = ngettext("{count} empty line to write on", "{count} empty lines to write on", count).format(count=count)
    return f'<div class="lines" role="img" aria-label="{escape(said)}">{"<hr>" * count}</div>'


def _block(block: TreeBlock, boxes: CheckboxCounter) -> str:
    match block:
        case HeadingBlock(level, words):
            name = f"h{min(level, 6)}"
            return f'<{name} dir="auto">{_words(words)}</{name}>'
        case ParagraphBlock(words):
            return f'<p dir="auto">{_words(words)}</p>'
        case QuoteBlock(inside):
            return f"<blockquote>\n{_blocks(inside, boxes)}\n</blockquote>"
        case ListBlock(items, first):
            return _listing(items, first, boxes)
        case TableBlock(head, rows):
            many = len(head) > MAX_RENDERED_COLUMNS and any(any(row) for row in rows)
            return _block(table_as_list(block), boxes) if many else _table(head, rows)
        case RuleBlock():
            return _lines(1)


def _listing(items: tuple[ListItem, ...], first: int | None, boxes: CheckboxCounter) -> str:
    written = "\n".join(_item(item, boxes) for item in items)
    if first is not None:
        start = "" if first == 1 else f' start="{first}"'
        return f"<ol{start}>\n{written}\n</ol>"
    # Without its bullets a list is none to VoiceOver, unless its role says so.
    boxed = ' class="boxes" role="list"' if all(item.box for item in items) else ""
    return f"<ul{boxed}>\n{written}\n</ul>"


def _item(item: ListItem, boxes: CheckboxCounter) -> str:
    """One item; a box has the item's first paragraph for its name."""
    first = item.blocks[0] if item.blocks else None
    if not isinstance(first, ParagraphBlock):
        return f"<li>{_blocks(item.blocks, boxes)}</li>"
    if not item.box and len(item.blocks) == 1:
        return f'<li dir="auto">{_words(first.words)}</li>'
    if not item.box:
        return f"<li>\n{_blocks(item.blocks, boxes)}\n</li>"
    box = '<input type="checkbox">' if boxes == "tick" else _SIGN.format(label=escape(_("Box to tick")))
    rest = f"\n{_blocks(item.blocks[1:], boxes)}" if item.blocks[1:] else ""
    name = "label" if boxes == "tick" else "div"
    return f'<li dir="auto"><{name}>{box} <span>{_words(first.words)}</span></{name}>{rest}</li>'


def _table(head: tuple[Inlines, ...], rows: tuple[tuple[Inlines, ...], ...]) -> str:
    """The roles are told too: on a small screen the rows stand one under the other, and some readers then see no table.

    Each cell also knows its column's name, which is drawn before it there.
    """
    names = [inlines_text(words).replace("\n", " ") for words in head]
    labels = [f' data-label="{escape(with_stop(name))}"' if name else "" for name in names]
    whole = ' class="whole"' if _keeps_its_words((head, *rows)) else ""
    written = [
        f'<table{whole} role="table">',
        '<thead role="rowgroup">',
        f'<tr role="row">{"".join(map(_column, head))}</tr>',
        "</thead>",
        '<tbody role="rowgroup">',
        *(
            '<tr role="row">'
            + "".join(
                f'<td role="cell" dir="auto"{label}>{_words(cell)}</td>'
                for cell, label in zip(row, labels, strict=True)
            )
            + "</tr>"
            for row in rows
        ),
        "</tbody>",
        "</table>",
    ]
    return "\n".join(written)


def _keeps_its_words(rows: Iterable[tuple[Inlines, ...]]) -> bool:
    """Whether no word of a table needs to be cut for its columns to stand side by side."""
    longest = (
        max(columns(word) for cell in column for word in inlines_text(cell).split() or [""])
        for column in zip(*rows, strict=True)
    )
    return sum(longest) <= _ROOM


def _column(words: Inlines) -> str:
    if not words:
        return '<td role="cell"></td>'
    return f'<th scope="col" role="columnheader" dir="auto">{_words(words)}</th>'


def _words(words: Inlines) -> str:
    """Words with their breaks. Those after a label keep a direction of their own, or an Arabic answer to an English
    label would have its full stop at the wrong end."""
    parts = (_run(run, isolated=len(words) > 1) for run in words)
    return "".join(parts)


def _run(run: Run, *, isolated: bool) -> str:
    if run.strong:
        return f"<strong>{_lines_of(run.text)}</strong>"
    if not isolated:
        return _lines_of(run.text)
    return "<br>\n".join(map(_isolated, run.text.split("\n")))


def _isolated(line: str) -> str:
    """One line in a direction of its own. The space after the label stays outside, or it would go to the other end."""
    words = line.lstrip(" ")
    return line[: len(line) - len(words)] + (f"<bdi>{escape(words)}</bdi>" if words else "")


def _lines_of(text: str) -> str:
    return "<br>\n".join(map(escape, text.split("\n")))
