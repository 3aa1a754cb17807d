"""Neutral block tree parsed from a sheet's Markdown; input of the renderers."""

from __future__ import annotations

from typing import TypeAlias

import msgspec


class Run(msgspec.Struct, frozen=True):
    """A piece of plain words, stressed or not. A "\\n" in `text` is a line break inside its paragraph."""

    text: str
    strong: bool = False


#: One paragraph's words, a heading's, or a cell's.
Inlines: TypeAlias = tuple[Run, ...]


class HeadingBlock(msgspec.Struct, frozen=True):
    """`level` 1 is the sheet's title, 2 a section, 3 one question's answer."""

    level: int
    words: Inlines


class ParagraphBlock(msgspec.Struct, frozen=True):
    words: Inlines


class QuoteBlock(msgspec.Struct, frozen=True):
    """The family's own words, to be copied as they are."""

    blocks: "tuple[TreeBlock, ...]"


class ListItem(msgspec.Struct, frozen=True):
    """One item of a list; `box` says that an empty box to tick stands before it."""

    blocks: "tuple[TreeBlock, ...]"
    box: bool = False


class ListBlock(msgspec.Struct, frozen=True):
    """A list; `first` is the number of its first item, None for one with bullets."""

    items: tuple[ListItem, ...]
    first: int | None = None


class TableBlock(msgspec.Struct, frozen=True):
    """`rows` have a cell for each one in `head`."""

    head: tuple[Inlines, ...]
    rows: tuple[tuple[Inlines, ...], ...]


class RuleBlock(msgspec.Struct, frozen=True):
    """A line across the page; on our sheets, a line to write on."""


TreeBlock: TypeAlias = HeadingBlock | ParagraphBlock | QuoteBlock | ListBlock | TableBlock | RuleBlock


class Document(msgspec.Struct, frozen=True):
    """A whole sheet. `title` is its first heading's words, `lang` the language of the program's own words in it."""

    title: str
    lang: str
    blocks: tuple[TreeBlock, ...]


def inlines_text(words: Inlines) -> str:
    """The plain words of a paragraph, a heading or a cell."""
    return "".join(run.text for run in words)
