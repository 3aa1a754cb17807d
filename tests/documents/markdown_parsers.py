"""Markdown parsed into plain blocks by an independent parser, in every dialect that a reader may use."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TypeAlias

from markdown_it import MarkdownIt, presets
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

#: One block: its name and its words, its items (each of blocks), or its rows of cells.
Tree: TypeAlias = "tuple[str, str | list[list[Tree]] | list[list[str]]]"

#: Where stress begins and ends in the words of a block, and a box to tick off in a dialect that knows them.
STRONG, PLAIN, BOX = "\x02", "\x03", "\x04"

WITH_BOXES = "github, boxes and alerts"


def _dialects() -> dict[str, MarkdownIt]:
    tables = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    found = {
        "commonmark": MarkdownIt("commonmark"),
        "tables": tables,
        "notes": MarkdownIt("commonmark").enable("table").use(footnote_plugin).use(deflist_plugin),
    }
    if find_spec("linkify_it"):
        found["github"] = MarkdownIt("gfm-like")
        if "gfm_like2" in presets.__all__:
            found[WITH_BOXES] = MarkdownIt("gfm-like2")
    return found


DIALECTS = _dialects()


def read_back(markdown: str, dialect: str) -> list[Tree]:
    """The blocks of a document. Inline tokens other than text, breaks and emphasis appear as <token>."""
    return _blocks(SyntaxTreeNode(DIALECTS[dialect].parse(markdown)))


def _blocks(node: SyntaxTreeNode) -> list[Tree]:
    return [_block(child) for child in node.children]


def _block(node: SyntaxTreeNode) -> Tree:
    match node.type:
        case "heading":
            return node.tag, _words(node)
        case "paragraph":
            return "p", _words(node)
        case "blockquote":
            return "quote", [_blocks(node)]
        case "bullet_list" | "ordered_list":
            return node.tag, [_item(item) for item in node.children]
        case "table":
            rows = [row for part in node.children for row in part.children]
            return "table", [[_words(cell) for cell in row.children] for row in rows]
        case "hr":
            return "hr", ""
    return f"<{node.type}>", node.content


def _item(item: SyntaxTreeNode) -> list[Tree]:
    blocks = _blocks(item)
    if "checked" not in item.meta:
        return blocks
    name, words = blocks[0]
    return [(name, f"{BOX} {words}"), *blocks[1:]]


def _words(node: SyntaxTreeNode) -> str:
    inline = node.children[0] if node.children else None
    return "".join(_inline(child) for child in inline.children) if inline else ""


def _inline(node: SyntaxTreeNode) -> str:
    match node.type:
        case "text":
            return node.content
        case "hardbreak":
            return "\n"
        case "strong":
            return f"{STRONG}{''.join(map(_inline, node.children))}{PLAIN}"
    return f"<{node.type}>"
