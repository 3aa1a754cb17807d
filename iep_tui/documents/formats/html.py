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

#: Style of empty checkboxes: clickable, or a character for mail programs, which remove form fields.
CheckboxStyle: TypeAlias = Literal["tick", "sign"]

#: Characters that fit side by side in the narrowest window that shows tables as tables.
_TABLE_CHARS = 56

_BOX_SIGN = '<span class="box" role="img" aria-label="{label}">☐</span>'


@cache
def _style() -> str:
    return Path(__file__).with_name("page.css").read_text(encoding="utf-8")


@cache
def _policy() -> str:
    """Return a Content Security Policy that allows only the page's own style, identified by its hash."""
    style = b64encode(sha256(_style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'"


def to_html(document: Document, *, boxes: CheckboxStyle = "tick") -> str:
    """Return the page as text, to be written as UTF-8.

    All document text is escaped, and none of it becomes an attribute name, address or style.
    """
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


def _blocks(blocks: Iterable[TreeBlock], boxes: CheckboxStyle) -> str:
    """Return the blocks, one per line; consecutive rules form one writing area."""
    html: list[str] = []
    for are_rules, group in groupby(blocks, key=lambda block: isinstance(block, RuleBlock)):
        if are_rules:
            html.append(_writing_area(sum(1 for _rule in group)))
        else:
            html += (_block(block, boxes) for block in group)
    return "\n".join(html)


def _writing_area(count: int) -> str:
    label = ngettext("{count} blank line to write on", "{count} blank lines to write on", count).format(count=count)
    return f'<div class="lines" role="img" aria-label="{escape(label)}">{"<hr>" * count}</div>'


def _block(block: TreeBlock, boxes: CheckboxStyle) -> str:
    match block:
        case HeadingBlock(level, words):
            heading_tag = f"h{min(level, 6)}"
            return f'<{heading_tag} dir="auto">{_inlines(words)}</{heading_tag}>'
        case ParagraphBlock(words):
            return f'<p dir="auto">{_inlines(words)}</p>'
        case QuoteBlock(inner):
            return f"<blockquote>\n{_blocks(inner, boxes)}\n</blockquote>"
        case ListBlock(items, first):
            return _list(items, first, boxes)
        case TableBlock(head, rows):
            as_list = len(head) > MAX_RENDERED_COLUMNS and any(any(row) for row in rows)
            return _block(table_as_list(block), boxes) if as_list else _table(head, rows)
        case RuleBlock():
            return _writing_area(1)


def _list(items: tuple[ListItem, ...], first: int | None, boxes: CheckboxStyle) -> str:
    written = "\n".join(_item(item, boxes) for item in items)
    if first is not None:
        start = "" if first == 1 else f' start="{first}"'
        return f"<ol{start}>\n{written}\n</ol>"
    # VoiceOver does not announce a list without bullets unless it has an explicit role.
    boxed = ' class="boxes" role="list"' if all(item.box for item in items) else ""
    return f"<ul{boxed}>\n{written}\n</ul>"


def _item(item: ListItem, boxes: CheckboxStyle) -> str:
    """Return one item; the first paragraph of an item with a box is the box's label."""
    first = item.blocks[0] if item.blocks else None
    if not isinstance(first, ParagraphBlock):
        return f"<li>{_blocks(item.blocks, boxes)}</li>"
    if not item.box and len(item.blocks) == 1:
        return f'<li dir="auto">{_inlines(first.words)}</li>'
    if not item.box:
        return f"<li>\n{_blocks(item.blocks, boxes)}\n</li>"
    box = '<input type="checkbox">' if boxes == "tick" else _BOX_SIGN.format(label=escape(_("Box to tick")))
    rest = f"\n{_blocks(item.blocks[1:], boxes)}" if item.blocks[1:] else ""
    wrapper = "label" if boxes == "tick" else "div"
    return f'<li dir="auto"><{wrapper}>{box} <span>{_inlines(first.words)}</span></{wrapper}>{rest}</li>'


def _table(head: tuple[Inlines, ...], rows: tuple[tuple[Inlines, ...], ...]) -> str:
    """Return a table with explicit roles and column names on every cell.

    On small screens CSS puts the cells below each other: some screen readers then need the roles to see a table, and
    each cell shows its column's name.
    """
    column_names = [inlines_text(words).replace("\n", " ") for words in head]
    labels = [f' data-label="{escape(with_stop(name))}"' if name else "" for name in column_names]
    table_class = ' class="whole"' if _fits_without_breaking_words((head, *rows)) else ""
    html = [
        f'<table{table_class} role="table">',
        '<thead role="rowgroup">',
        f'<tr role="row">{"".join(map(_column, head))}</tr>',
        "</thead>",
        '<tbody role="rowgroup">',
        *(
            '<tr role="row">'
            + "".join(
                f'<td role="cell" dir="auto"{label}>{_inlines(cell)}</td>'
                for cell, label in zip(row, labels, strict=True)
            )
            + "</tr>"
            for row in rows
        ),
        "</tbody>",
        "</table>",
    ]
    return "\n".join(html)


def _fits_without_breaking_words(rows: Iterable[tuple[Inlines, ...]]) -> bool:
    """Return True if all columns fit side by side without cutting a word."""
    column_widths = (
        max(columns(word) for cell in column for word in inlines_text(cell).split() or [""])
        for column in zip(*rows, strict=True)
    )
    return sum(column_widths) <= _TABLE_CHARS


def _column(words: Inlines) -> str:
    if not words:
        return '<td role="cell"></td>'
    return f'<th scope="col" role="columnheader" dir="auto">{_inlines(words)}</th>'


def _inlines(words: Inlines) -> str:
    """Return text with its line breaks; text after a label gets its own direction.

    Otherwise an Arabic answer to an English label would have its full stop at the wrong end.
    """
    parts = (_run(run, isolated=len(words) > 1) for run in words)
    return "".join(parts)


def _run(run: Run, *, isolated: bool) -> str:
    if run.strong:
        return f"<strong>{_lines_of(run.text)}</strong>"
    if not isolated:
        return _lines_of(run.text)
    return "<br>\n".join(map(_isolated, run.text.split("\n")))


def _isolated(line: str) -> str:
    """Return one line with its own direction. The space after the label stays outside, so that it does not move."""
    words = line.lstrip(" ")
    return line[: len(line) - len(words)] + (f"<bdi>{escape(words)}</bdi>" if words else "")


def _lines_of(text: str) -> str:
    return "<br>\n".join(map(escape, text.split("\n")))
