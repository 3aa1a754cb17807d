"""Parser of a sheet's Markdown into the block tree that the other formats are rendered from.

Supports only what our own sheets contain: headings, paragraphs, quotes, lists with checkboxes, tables, rules, bold text
and hard line breaks. HTML is off. Links and pictures cannot occur, since all user text is escaped; should one appear,
its text is kept and its address dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

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

#: An empty checkbox as written by `documents/formats/markdown.py`. "[ ]" in user text has a backslash before it.
_BOX = "[ ] "


@cache
def _parser() -> MarkdownIt:
    """CommonMark with tables; strikethrough and links of bare addresses stay off."""
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def read_blocks(markdown: str, *, lang: str = "en") -> Document:
    """Parse a sheet written by `to_markdown`; `lang` is the language of the program's own text in it."""
    blocks = _blocks(SyntaxTreeNode(_parser().parse(markdown)).children)
    title = next((inlines_text(block.words) for block in blocks if isinstance(block, HeadingBlock)), "")
    return Document(title, lang, blocks)


def _blocks(nodes: Iterable[SyntaxTreeNode]) -> tuple[TreeBlock, ...]:
    return tuple(block for node in nodes if (block := _block(node)) is not None)


def _block(node: SyntaxTreeNode) -> TreeBlock | None:
    match node.type:
        case "heading":
            return HeadingBlock(int(node.tag[1:]), _inlines(node))
        case "blockquote":
            return QuoteBlock(_blocks(node.children))
        case "bullet_list":
            return ListBlock(tuple(map(_item, node.children)))
        case "ordered_list":
            return ListBlock(tuple(map(_item, node.children)), int(node.attrs.get("start", 1)))
        case "table":
            head, *rows = (tuple(map(_inlines, row.children)) for part in node.children for row in part.children)
            return TableBlock(head, tuple(rows))
        case "hr":
            return RuleBlock()
        case "paragraph":
            return ParagraphBlock(_inlines(node))
    words = node.content.rstrip("\n")
    return ParagraphBlock((Run(words),)) if words else None


def _item(node: SyntaxTreeNode) -> ListItem:
    first = node.children[0] if node.children else None
    box = first is not None and first.type == "paragraph" and _source(first).startswith(_BOX)
    blocks = _blocks(node.children)
    if box and isinstance(blocks[0], ParagraphBlock):
        start, *rest = blocks[0].words
        words = (Run(start.text.removeprefix(_BOX), start.strong), *rest)
        blocks = (ParagraphBlock(words), *blocks[1:])
    return ListItem(blocks, box)


def _source(node: SyntaxTreeNode) -> str:
    """Return a paragraph's Markdown source, with its backslashes."""
    return node.children[0].content if node.children else ""


def _inlines(node: SyntaxTreeNode) -> Inlines:
    """Return the text of a heading, paragraph or cell; adjacent pieces of equal weight become one run."""
    pieces = _pieces(node.children[0].children) if node.children else ()
    by_weight = groupby((run for run in pieces if run.text), key=lambda run: run.strong)
    return tuple(Run("".join(run.text for run in runs), strong) for strong, runs in by_weight)


def _pieces(nodes: Iterable[SyntaxTreeNode], strong: bool = False) -> Iterator[Run]:
    for node in nodes:
        match node.type:
            case "hardbreak":
                yield Run("\n", strong)
            case "softbreak":
                yield Run(" ", strong)
            case "strong":
                yield from _pieces(node.children, True)
            case _ if node.children:
                yield from _pieces(node.children, strong)
            case _:
                yield Run(node.content, strong)
