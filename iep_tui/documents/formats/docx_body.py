"""Body of a Word document: the block tree as WordprocessingML (ECMA-376 part 1, 17.2 to 17.9).

Built with lxml because python-docx's own paragraphs look up a style each, which takes seconds for a long case. User
text only ever becomes the text of an element.
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
from iep_tui.documents.formats.table_layout import MAX_DRAWN_COLUMNS, column_shares, needs_spacing, rows_as_list
from iep_tui.documents.formats.text_direction import by_direction, is_rtl, language_is_rtl
from iep_tui.i18n import _

Element: TypeAlias = Any

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

#: List ids in the numbering part: bullets, and numbers from 1. Higher ids are lists that count separately.
BULLET_LIST_ID, NUMBERED_LIST_ID = 1, 2
#: Word's deepest list level, counted from 0, and the indent per level in twips (a twentieth of a point).
_MAX_LEVEL, INDENT_STEP = 8, 360
#: Highest start number that Word accepts for a list.
_MAX_START_NUMBER = 32_767
#: In twips: space below list items of several lines, and above a paragraph that follows a table or rule.
_SPACE_AFTER_ITEM, _SPACE_BEFORE = 100, 120
#: A longer block, in characters, may be split between two pages.
_MAX_UNSPLIT_CHARS = 600
#: Hebrew letters, which need a language tag: the styles mark right-to-left text as Arabic.
_HEBREW = re.compile("[\u0590-\u05ff\ufb1d-\ufb4f]")
_PIECES = re.compile(r"([\n\t])")

#: (list id, number of its first item) of each numbered list.
NumberedLists: TypeAlias = "list[tuple[int, int]]"


def tag(name: str) -> str:
    """Return the qualified name of a WordprocessingML element or attribute, including "w14:…"."""
    prefix, _colon, local = name.rpartition(":")
    return f"{{{_W14}}}{local}" if prefix == "w14" else f"{{{_W}}}{local}"


def add(parent: Element, name: str, **attributes: str | int) -> Element:
    """Append a child to `parent`, with its attributes in the namespace of `name`."""
    namespace = _W14 if name.startswith("w14:") else _W
    return etree.SubElement(
        parent, tag(name), {f"{{{namespace}}}{key}": str(value) for key, value in attributes.items()}
    )


def new_root(name: str) -> Element:
    """Create the root element of a part, with the namespaces that our parts use."""
    xml = f'<w:{name} xmlns:w="{_W}" xmlns:w14="{_W14}" xmlns:r="{_R}" xmlns:mc="{_MC}" mc:Ignorable="w14"/>'
    return parse_xml(xml)


def add_words(paragraph: Element, words: Inlines | Sequence[Run], *, rtl: bool) -> None:
    """Append runs for `words`, split by weight and direction, with their line breaks."""
    for run in words:
        for piece, piece_rtl in by_direction(clean_text(run.text), rtl=rtl):
            element = add(paragraph, "r")
            if run.strong or piece_rtl:
                properties = add(element, "rPr")
                if run.strong:
                    add(properties, "b")
                    add(properties, "bCs")
                if piece_rtl:
                    add(properties, "rtl")
                    if _HEBREW.search(piece):
                        add(properties, "lang", bidi="he-IL")
            for text in _PIECES.split(piece):
                if text == "\n":
                    add(element, "br")
                elif text == "\t":
                    add(element, "tab")
                elif text:
                    add(element, "t").text = text
                    element[-1].set(qn("xml:space"), "preserve")


class DocxBody:
    """Builds `root` from the blocks of one document; `lists` are its numbered lists."""

    def __init__(self, document: Document, width: int) -> None:
        """Build the body. `width` is the space between the margins in twips."""
        self.root = new_root("document")
        self.lists: NumberedLists = []
        self._body = add(self.root, "body")
        self._width = width
        self._rtl = language_is_rtl(document.lang)
        self._boxes = 0
        #: The last block is a table: Word would merge it with a second one, and a body may not end with a table.
        self._after_table = False
        #: The last block has no space below it.
        self._needs_space = False
        self._blocks(document.blocks, depth=0, quoted=False)
        if self._after_table:
            self._paragraph("AfterTable")

    def section(self) -> Element:
        """Append and return the section element, which ends the body and holds paper, margins and footer."""
        return add(self._body, "sectPr")

    def _blocks(self, blocks: Sequence[TreeBlock], *, depth: int, quoted: bool) -> None:
        for index, block in enumerate(blocks):
            match block:
                case HeadingBlock(level, words):
                    self._text_paragraph(f"Heading{min(max(level, 1), 3)}", words)
                case ParagraphBlock(words):
                    self._plain(words, depth, quoted)
                case QuoteBlock(inner):
                    self._blocks(inner, depth=depth, quoted=True)
                case ListBlock():
                    self._list(block, depth, quoted)
                case TableBlock(head, _rows):
                    if len(head) > MAX_DRAWN_COLUMNS:
                        self._list(rows_as_list(block), depth, quoted)
                    else:
                        self._table(block, depth)
                case RuleBlock():
                    rule_follows = index + 1 < len(blocks) and isinstance(blocks[index + 1], RuleBlock)
                    self._paragraph("LineToWriteOn", keep_next=rule_follows)
                    self._needs_space = not rule_follows

    def _plain(self, words: Inlines, depth: int, quoted: bool) -> None:
        if depth:
            self._text_paragraph("ListContinue", words, indent=INDENT_STEP * depth + (240 if quoted else 0))
        else:
            self._text_paragraph("Quote" if quoted else "Normal", words)

    def _list(self, listing: ListBlock, depth: int, quoted: bool) -> None:
        number = BULLET_LIST_ID
        if listing.first is not None:
            number = NUMBERED_LIST_ID + 1 + len(self.lists)
            self.lists.append((number, min(max(listing.first, 0), _MAX_START_NUMBER)))
        after = _SPACE_AFTER_ITEM if needs_spacing(listing) else None
        for item in listing.items:
            self._item(item, number, depth, quoted, after)

    def _item(self, item: ListItem, number: int, depth: int, quoted: bool, after: int | None) -> None:
        """Append one item: its first paragraph has the marker, the rest is indented to match."""
        first, rest = (item.blocks[0], item.blocks[1:]) if item.blocks else (ParagraphBlock(()), ())
        if not isinstance(first, ParagraphBlock):
            first, rest = ParagraphBlock(()), item.blocks
        level = min(depth, _MAX_LEVEL)
        indent = INDENT_STEP * (level + 1) + (240 if quoted else 0)
        rtl = is_rtl(inlines_text(first.words), otherwise=self._rtl)
        keep_lines = len(inlines_text(first.words)) <= _MAX_UNSPLIT_CHARS
        if item.box:
            changed_indent = indent if indent != INDENT_STEP else None
            paragraph = self._paragraph("BoxToTick", rtl=rtl, indent=changed_indent, hanging=INDENT_STEP, after=after)
            self._box(paragraph)
        else:
            style = "ListBullet" if number == BULLET_LIST_ID else "ListNumber"
            list_position = (level, number) if level or number != BULLET_LIST_ID else None
            changed_indent = indent if quoted else None
            paragraph = self._paragraph(
                style,
                rtl=rtl,
                list_position=list_position,
                indent=changed_indent,
                hanging=INDENT_STEP,
                keep_lines=keep_lines,
                after=after,
            )
        add_words(paragraph, first.words, rtl=rtl)
        self._blocks(rest, depth=level + 1, quoted=quoted)

    def _box(self, paragraph: Element) -> None:
        """Append a clickable Word checkbox, which shows as the character ☐ on paper and in other programs."""
        self._boxes += 1
        control = add(paragraph, "sdt")
        properties = add(control, "sdtPr")
        add(properties, "alias", val=_("Box to tick"))
        add(properties, "id", val=self._boxes)
        box = add(properties, "w14:checkbox")
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
        indent = INDENT_STEP * depth
        width = self._width - indent
        widths = [int(share * width) for share in column_shares(table)]
        rtl = is_rtl("".join(map(inlines_text, table.head)), otherwise=self._rtl)
        table_element = add(self._body, "tbl")
        properties = add(table_element, "tblPr")
        add(properties, "tblStyle", val="TableGrid")
        if rtl:
            add(properties, "bidiVisual")
        add(properties, "tblW", w=sum(widths), type="dxa")
        if indent:
            add(properties, "tblInd", w=indent, type="dxa")
        add(properties, "tblLayout", type="fixed")
        add(properties, "tblLook", val="0620", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1)
        grid = add(table_element, "tblGrid")
        for column_width in widths:
            add(grid, "gridCol", w=column_width)
        for row in (table.head, *table.rows):
            is_head = row is table.head
            row_element = add(table_element, "tr")
            row_properties = add(row_element, "trPr")
            if max(len(inlines_text(cell)) for cell in row) <= _MAX_UNSPLIT_CHARS:
                add(row_properties, "cantSplit")
            if is_head:
                add(row_properties, "tblHeader")
            for column_width, cell in zip(widths, row, strict=True):
                cell_element = add(row_element, "tc")
                add(add(cell_element, "tcPr"), "tcW", w=column_width, type="dxa")
                cell_rtl = is_rtl(inlines_text(cell), otherwise=rtl)
                paragraph = self._paragraph("TableWords", rtl=cell_rtl, keep_next=is_head, into=cell_element)
                add_words(paragraph, [Run(run.text, True) for run in cell] if is_head else cell, rtl=cell_rtl)
        self._after_table = self._needs_space = True

    def _text_paragraph(self, style: str, words: Inlines, *, indent: int | None = None) -> None:
        rtl = is_rtl(inlines_text(words), otherwise=self._rtl)
        add_words(self._paragraph(style, rtl=rtl, indent=indent), words, rtl=rtl)

    def _paragraph(
        self,
        style: str,
        *,
        rtl: bool = False,
        list_position: tuple[int, int] | None = None,
        indent: int | None = None,
        hanging: int = 0,
        keep_next: bool = False,
        keep_lines: bool = False,
        after: int | None = None,
        into: Element = None,
    ) -> Element:
        """Append a paragraph; `list_position` is (level, list id).

        Word requires the properties in exactly this order.
        """
        paragraph = add(self._body if into is None else into, "p")
        properties = add(paragraph, "pPr")
        if style != "Normal":
            add(properties, "pStyle", val=style)
        if keep_next:
            add(properties, "keepNext")
        if keep_lines:
            add(properties, "keepLines")
        if list_position:
            numbers = add(properties, "numPr")
            add(numbers, "ilvl", val=list_position[0])
            add(numbers, "numId", val=list_position[1])
        if rtl:
            add(properties, "bidi")
        spacing = {} if after is None else {"after": after}
        if into is None:
            if self._needs_space and style not in ("AfterTable", "Heading1", "Heading2", "Heading3"):
                spacing["before"] = _SPACE_BEFORE
            self._after_table = self._needs_space = False
        if spacing:
            add(properties, "spacing", **spacing)
        if indent is not None:
            add(properties, "ind", left=indent, **({"hanging": hanging} if hanging else {}))
        if not len(properties):
            paragraph.remove(properties)
        return paragraph
