"""Body of a Word document: the block tree as WordprocessingML (ECMA-376 part 1, 17.2 to 17.9).

Built with lxml and not with python-docx's own paragraphs: those look a style up for each, which takes seconds for
a long case. Words only ever become the text of an element.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, TypeAlias

from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from lxml import etree

from iep_tui.core.text_sanitizer import clean_text
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
from iep_tui.documents.formats.table_layout import MAX_DRAWN_COLUMNS, as_listing, column_shares, needs_spacing
from iep_tui.documents.formats.text_direction import by_direction, is_rtl, language_is_rtl
from iep_tui.i18n import _

Element: TypeAlias = Any

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

#: The lists of `numbering`: bullets, and numbers from 1; each further one is a list with numbers of its own.
BULLET_LIST_ID, NUMBERED_LIST_ID = 1, 2
#: Word's deepest level, counted from 0, and how far each is set in, in twips (a twentieth of a point).
_DEEPEST, INDENT_STEP = 8, 360
#: The highest number that Word lets a list begin with.
_LAST_NUMBER = 32_767
#: Room below the items of a list whose items have several lines, and above what follows a table or a line, in twips.
_ROOMY, _ABOVE = 100, 120
#: A block with more characters than this may be parted between two pages.
_KEPT_WHOLE = 600
#: What is not Arabic, the language that the styles give to words from right to left.
_HEBREW = re.compile("[\u0590-\u05ff\ufb1d-\ufb4f]")
_PIECES = re.compile(r"([\n\t])")

#: What each number of a list is called in the body, and the number of its first item.
NumberedLists: TypeAlias = "list[tuple[int, int]]"


def tag(name: str) -> str:
    """The full name of an element or attribute of Word's, "w14:…" included."""
    prefix, _colon, local = name.rpartition(":")
    return f"{{{_W14}}}{local}" if prefix == "w14" else f"{{{_W}}}{local}"


def add(parent: Element, name: str, **attributes: str | int) -> Element:
    """A new last child of `parent`; attributes are in the namespace of its name."""
    space = _W14 if name.startswith("w14:") else _W
    return etree.SubElement(parent, tag(name), {f"{{{space}}}{key}": str(one) for key, one in attributes.items()})


def new_root(name: str) -> Element:
    """An empty part's outermost element, with the namespaces that our parts use."""
    words = f'<w:{name} xmlns:w="{_W}" xmlns:w14="{_W14}" xmlns:r="{_R}" xmlns:mc="{_MC}" mc:Ignorable="w14"/>'
    return parse_xml(words)


def add_words(paragraph: Element, words: Inlines | Sequence[Run], *, rtl: bool) -> None:
    """Runs of words: stressed or not, of one direction each, with their line breaks."""
    for run in words:
        for piece, piece_rtl in by_direction(clean_text(run.text), rtl=rtl):
            part = add(paragraph, "r")
            if run.strong or piece_rtl:
                look = add(part, "rPr")
                if run.strong:
                    add(look, "b")
                    add(look, "bCs")
                if piece_rtl:
                    add(look, "rtl")
                    if _HEBREW.search(piece):
                        add(look, "lang", bidi="he-IL")
            for text in _PIECES.split(piece):
                if text == "\n":
                    add(part, "br")
                elif text == "\t":
                    add(part, "tab")
                elif text:
                    add(part, "t").text = text
                    part[-1].set(qn("xml:space"), "preserve")


class DocxBody:
    """Writes the blocks of one document one after another into `root`; `lists` are the numbered lists it began."""

    def __init__(self, document: Document, width: int) -> None:
        """`width` is the room between the margins in twips."""
        self.root = new_root("document")
        self.lists: NumberedLists = []
        self._body = add(self.root, "body")
        self._width = width
        self._rtl = language_is_rtl(document.lang)
        self._boxes = 0
        #: A table was the last thing written: another one would become part of it, and a body may not end with it.
        self._after_table = False
        #: What was written last has no room of its own below it.
        self._needs_room = False
        self._blocks(document.blocks, depth=0, quoted=False)
        if self._after_table:
            self._paragraph("AfterTable")

    def section(self) -> Element:
        """The element for the paper, the margins and the foot, which ends the body."""
        return add(self._body, "sectPr")

    def _blocks(self, blocks: Sequence[TreeBlock], *, depth: int, quoted: bool) -> None:
        for place, block in enumerate(blocks):
            match block:
                case HeadingBlock(level, words):
                    self._words(f"Heading{min(max(level, 1), 3)}", words)
                case ParagraphBlock(words):
                    self._plain(words, depth, quoted)
                case QuoteBlock(inside):
                    self._blocks(inside, depth=depth, quoted=True)
                case ListBlock():
                    self._listing(block, depth, quoted)
                case TableBlock(head, _rows):
                    if len(head) > MAX_DRAWN_COLUMNS:
                        self._listing(as_listing(block), depth, quoted)
                    else:
                        self._table(block, depth)
                case RuleBlock():
                    follows = place + 1 < len(blocks) and isinstance(blocks[place + 1], RuleBlock)
                    self._paragraph("LineToWriteOn", keep_next=follows)
                    self._needs_room = not follows

    def _plain(self, words: Inlines, depth: int, quoted: bool) -> None:
        if depth:
            self._words("ListContinue", words, indent=INDENT_STEP * depth + (240 if quoted else 0))
        else:
            self._words("Quote" if quoted else "Normal", words)

    def _listing(self, listing: ListBlock, depth: int, quoted: bool) -> None:
        number = BULLET_LIST_ID
        if listing.first is not None:
            number = NUMBERED_LIST_ID + 1 + len(self.lists)
            self.lists.append((number, min(max(listing.first, 0), _LAST_NUMBER)))
        after = _ROOMY if needs_spacing(listing) else None
        for item in listing.items:
            self._item(item, number, depth, quoted, after)

    def _item(self, item: ListItem, number: int, depth: int, quoted: bool, after: int | None) -> None:
        """One item: the first paragraph has the mark, what follows is set in as far as its words."""
        first, rest = (item.blocks[0], item.blocks[1:]) if item.blocks else (ParagraphBlock(()), ())
        if not isinstance(first, ParagraphBlock):
            first, rest = ParagraphBlock(()), item.blocks
        level = min(depth, _DEEPEST)
        indent = INDENT_STEP * (level + 1) + (240 if quoted else 0)
        rtl = is_rtl(inlines_text(first.words), otherwise=self._rtl)
        kept = len(inlines_text(first.words)) <= _KEPT_WHOLE
        if item.box:
            moved = indent if indent != INDENT_STEP else None
            paragraph = self._paragraph("BoxToTick", rtl=rtl, indent=moved, hanging=INDENT_STEP, after=after)
            self._box(paragraph)
        else:
            style = "ListBullet" if number == BULLET_LIST_ID else "ListNumber"
            listed = (level, number) if level or number != BULLET_LIST_ID else None
            moved = indent if quoted else None
            paragraph = self._paragraph(
                style, rtl=rtl, listed=listed, indent=moved, hanging=INDENT_STEP, keep_lines=kept, after=after
            )
        add_words(paragraph, first.words, rtl=rtl)
        self._blocks(rest, depth=level + 1, quoted=quoted)

    def _box(self, paragraph: Element) -> None:
        """A box that Word ticks on a click; on paper and elsewhere it is the character ☐."""
        self._boxes += 1
        control = add(paragraph, "sdt")
        about = add(control, "sdtPr")
        add(about, "alias", val=_("Box to tick"))
        add(about, "id", val=self._boxes)
        box = add(about, "w14:checkbox")
        add(box, "w14:checked", val=0)
        add(box, "w14:checkedState", val="2612", font="MS Gothic")
        add(box, "w14:uncheckedState", val="2610", font="MS Gothic")
        run = add(add(control, "sdtContent"), "r")
        add(add(run, "rPr"), "rFonts", ascii="MS Gothic", hAnsi="MS Gothic", eastAsia="MS Gothic", hint="eastAsia")
        add(run, "t").text = "☐"
        add(add(paragraph, "r"), "tab")

    def _table(self, table: TableBlock, depth: int) -> None:
        if self._after_table:
            self._paragraph("AfterTable")
        inset = INDENT_STEP * depth
        width = self._width - inset
        widths = [int(share * width) for share in column_shares(table)]
        rtl = is_rtl("".join(map(inlines_text, table.head)), otherwise=self._rtl)
        written = add(self._body, "tbl")
        about = add(written, "tblPr")
        add(about, "tblStyle", val="TableGrid")
        if rtl:
            add(about, "bidiVisual")
        add(about, "tblW", w=sum(widths), type="dxa")
        if inset:
            add(about, "tblInd", w=inset, type="dxa")
        add(about, "tblLayout", type="fixed")
        add(about, "tblLook", val="0620", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1)
        grid = add(written, "tblGrid")
        for one in widths:
            add(grid, "gridCol", w=one)
        for row in (table.head, *table.rows):
            head = row is table.head
            line = add(written, "tr")
            look = add(line, "trPr")
            if max(len(inlines_text(cell)) for cell in row) <= _KEPT_WHOLE:
                add(look, "cantSplit")
            if head:
                add(look, "tblHeader")
            for one, cell in zip(widths, row, strict=True):
                place = add(line, "tc")
                add(add(place, "tcPr"), "tcW", w=one, type="dxa")
                cell_rtl = is_rtl(inlines_text(cell), otherwise=rtl)
                paragraph = self._paragraph("TableWords", rtl=cell_rtl, keep_next=head, into=place)
                add_words(paragraph, [Run(each.text, True) for each in cell] if head else cell, rtl=cell_rtl)
        self._after_table = self._needs_room = True

    def _words(self, style: str, words: Inlines, *, indent: int | None = None) -> None:
        rtl = is_rtl(inlines_text(words), otherwise=self._rtl)
        add_words(self._paragraph(style, rtl=rtl, indent=indent), words, rtl=rtl)

    def _paragraph(
        self,
        style: str,
        *,
        rtl: bool = False,
        listed: tuple[int, int] | None = None,
        indent: int | None = None,
        hanging: int = 0,
        keep_next: bool = False,
        keep_lines: bool = False,
        after: int | None = None,
        into: Element = None,
    ) -> Element:
        """A paragraph; `listed` is its level and its list's number. Word wants what it says in this very order."""
        paragraph = add(self._body if into is None else into, "p")
        look = add(paragraph, "pPr")
        if style != "Normal":
            add(look, "pStyle", val=style)
        if keep_next:
            add(look, "keepNext")
        if keep_lines:
            add(look, "keepLines")
        if listed:
            numbers = add(look, "numPr")
            add(numbers, "ilvl", val=listed[0])
            add(numbers, "numId", val=listed[1])
        if rtl:
            add(look, "bidi")
        room = {} if after is None else {"after": after}
        if into is None:
            if self._needs_room and style not in ("AfterTable", "Heading1", "Heading2", "Heading3"):
                room["before"] = _ABOVE
            self._after_table = self._needs_room = False
        if room:
            add(look, "spacing", **room)
        if indent is not None:
            add(look, "ind", left=indent, **({"hanging": hanging} if hanging else {}))
        if not len(look):
            paragraph.remove(look)
        return paragraph
