"""A sheet or a page as lines to be read aloud, with headings announced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from iep_tui.core.question_model import CHILD_PLACEHOLDER, Page, RichParagraph
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
from iep_tui.i18n import _, ngettext


def sheet_lines(outline: Outline) -> Iterator[str]:
    """Yield the whole sheet in the order of its file."""
    for block in outline.blocks:
        yield from _block_lines(block)


def page_lines(page: Page, child: str) -> Iterator[str]:
    """Yield a page of information; `child` replaces {child}."""
    yield _("Title: {text}").format(text=page.title.replace(CHILD_PLACEHOLDER, child))
    yield from para_lines(page.intro, child)
    for section in page.sections:
        yield _("Heading: {text}").format(text=section.title.replace(CHILD_PLACEHOLDER, child))
        yield from para_lines(section.paras, child)


def para_lines(paras: Iterable[RichParagraph], child: str) -> Iterator[str]:
    """Yield each paragraph as one line, with steps numbered."""
    step = 0
    for para in paras:
        step = step + 1 if para.form == "step" else 0
        words = para.text.replace(CHILD_PLACEHOLDER, child)
        yield f"{step}. {words}" if step else words


def _block_lines(block: OutlineBlock) -> Iterator[str]:
    match block:
        case Heading(level=1, text=text):
            yield _("Title: {text}").format(text=text)
        case Heading(level=2, text=text):
            yield _("Heading: {text}").format(text=text)
        case Heading(text=text):
            yield _("Smaller heading: {text}").format(text=text)
        case Paragraph(text=text, label=label):
            yield from _labeled_lines((label, text))
        case Quote(text=text):
            yield _("Quote:")
            yield from _text_lines(text)
            yield _("End of quote.")
        case Bullets(items=items) | Numbered(items=items):
            for number, item in enumerate(items, 1):
                yield from _text_lines(f"{number}. {item}")
        case Checks(items=items):
            for item in items:
                yield from _text_lines(_("To tick off: {words}").format(words=item))
        case Fields(pairs=pairs):
            for pair in pairs:
                yield from _labeled_lines(pair)
        case Entries(entries=entries):
            for number, entry in enumerate(entries, 1):
                yield f"{number}."
                for pair in entry:
                    yield from _labeled_lines(pair)
        case Table(head=head, rows=rows):
            yield from _table_lines(head, rows)
        case WritingLines(count=count):
            yield ngettext("{count} blank line to write on.", "{count} blank lines to write on.", count).format(
                count=count
            )


def _labeled_lines(pair: Pair) -> Iterator[str]:
    label, words = pair
    if not label:
        yield from _text_lines(words)
        return
    mark = label if label.endswith(("?", ".", ":")) else f"{label}:"
    yield from _text_lines(f"{mark} {words}")


def _table_lines(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for number, row in enumerate(rows, 1):
        cells = "; ".join(f"{name}: {cell}" for name, cell in zip(head, row, strict=True) if cell)
        yield from _text_lines(_("Row {number}. {cells}").format(number=number, cells=cells))


def _text_lines(words: str) -> Iterator[str]:
    """Yield the lines of a text, without blank ones."""
    yield from (line for line in words.split("\n") if line.strip())
