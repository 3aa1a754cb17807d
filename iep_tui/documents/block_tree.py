"""Neutral block tree parsed from a sheet's Markdown; input of the renderers."""

from __future__ import annotations

from typing import TypeAlias

import msgspec


class Run(msgspec.Struct, frozen=True):
    """A piece of text, bold or not. A "\\n" in `text` is a line break within the paragraph."""

    text: str
    strong: bool = False


#: The text of one paragraph, heading or cell.
Inlines: TypeAlias = tuple[Run, ...]


class HeadingBlock(msgspec.Struct, frozen=True):
    """`level` 1 is the sheet's title, 2 a section, 3 one question's answer."""

    level: int
    words: Inlines


class ParagraphBlock(msgspec.Struct, frozen=True):
    words: Inlines


class QuoteBlock(msgspec.Struct, frozen=True):
    """The family's own words, reproduced verbatim."""

    blocks: "tuple[TreeBlock, ...]"


class ListItem(msgspec.Struct, frozen=True):
    """One item of a list; `box` means that an empty checkbox comes before it."""

    blocks: "tuple[TreeBlock, ...]"
    box: bool = False


class ListBlock(msgspec.Struct, frozen=True):
    """A list; `first` is the number of its first item, None for bullets."""

    items: tuple[ListItem, ...]
    first: int | None = None


class TableBlock(msgspec.Struct, frozen=True):
    """A table. Every row has as many cells as `head`."""

    head: tuple[Inlines, ...]
    rows: tuple[tuple[Inlines, ...], ...]


class RuleBlock(msgspec.Struct, frozen=True):
    """A horizontal rule; on our sheets, a line to write on."""


TreeBlock: TypeAlias = HeadingBlock | ParagraphBlock | QuoteBlock | ListBlock | TableBlock | RuleBlock


class Document(msgspec.Struct, frozen=True):
    """A whole sheet.

    `title` is the text of its first heading; `lang` is the language of the program's own text in it.
    """

    title: str
    lang: str
    blocks: tuple[TreeBlock, ...]


def inlines_text(words: Inlines) -> str:
    """Return the plain text of a paragraph, heading or cell."""
    return "".join(run.text for run in words)
