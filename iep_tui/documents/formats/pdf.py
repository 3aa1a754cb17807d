"""PDF renderer: a tagged PDF for screen readers (PDF/UA-1), drawn by typst from a fixed template.

Text is passed as JSON and never becomes code; only the template is code. Typst can read a single folder, which holds
nothing but that template, and has no packages, so it reads and fetches nothing else. It runs in a child process
(`typst_worker.py`), which can be stopped.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Sequence
from importlib.util import find_spec
from itertools import pairwise
from typing import Any

from iep_tui.core.progress_callback import ProgressCallback, no_progress
from iep_tui.core.text_sanitizer import clean_text
from iep_tui.documents import subprocess_worker
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
from iep_tui.documents.formats import typst_worker
from iep_tui.documents.formats.availability import Unavailable, pdf_command
from iep_tui.documents.formats.missing_glyphs import scripts_of, with_names
from iep_tui.documents.formats.paper_size import Paper
from iep_tui.documents.formats.table_layout import MAX_DRAWN_COLUMNS, column_shares, needs_spacing, rows_as_list
from iep_tui.documents.formats.text_direction import is_rtl, language_is_rtl
from iep_tui.i18n import _

_PAPERS = {"letter": "us-letter", "a4": "a4"}
_LANG = re.compile(r"(?P<lang>[A-Za-z]{2,3})(?:-[A-Za-z]{4})?(?:-(?P<region>[A-Za-z]{2}))?(?:-|$)")
#: A longer cell or item, in characters, may be split between two pages.
_MAX_UNSPLIT_CHARS = 600
#: Approximate number of 11-point characters in a line across the page.
_LINE_CHARS = 84
#: A word in a script whose lines cannot break between letters.
_UNBROKEN = re.compile("[^\\s\u2e80-\uffff]+")
#: Positions where a long word may break: never before a combining mark, joiner or variation selector.
_BREAK_BEFORE = re.compile(r"(?=[^\W_]|[!-/:-@\[-`{-~])")
#: Typst's message about characters that no font has, with its string escapes.
_MISSING = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-fA-F]+)\}")
#: Typst's fonts have every letter up to this one (the end of Latin Extended-B).
_LAST_LATIN = "\u024f"
#: Each round replaces the symbols found missing so far; more rounds than this find nothing new.
_MAX_ROUNDS = 4


def to_pdf(
    document: Document, *, paper: Paper, system_fonts: bool = True, progress: ProgressCallback = no_progress
) -> bytes:
    """Return the bytes of a tagged PDF, identical for the same document, paper, language and fonts.

    An emoji or symbol that no font has is replaced by its name in brackets. Raises `Unavailable`, with one line of
    advice, if typst is not installed or the letters of a script are missing: no text is ever dropped. `system_fonts`
    allows this computer's fonts for scripts that typst's own fonts lack. An exception from `progress` stops the child
    process.
    """
    if find_spec("typst") is None:
        raise _not_installed()
    missing: frozenset[str] = frozenset()
    for _round in range(_MAX_ROUNDS):
        code, data = _typeset(json.dumps(_Sheet(document, paper, missing).data), system_fonts, progress)
        if code == typst_worker.TYPST_DONE:
            return data
        if code == typst_worker.TYPST_MISSING:
            raise _not_installed()
        if code != typst_worker.TYPST_REFUSED:
            break
        newly_missing = _missing_characters(data.decode())
        if scripts := scripts_of(sorted(newly_missing)):
            message = _(
                "No font on this computer has the letters of this script: {scripts}. "
                "Save the sheet as a Word file instead."
            )
            raise Unavailable(message.format(scripts=", ".join(scripts)))
        if newly_missing <= missing:
            break
        missing |= newly_missing
    raise Unavailable(_("This sheet could not be made into a PDF. Save it as a Word file or a web page instead."))


def _typeset(sheet: str, system_fonts: bool, progress: ProgressCallback) -> tuple[int, bytes]:
    """Return an exit code of `typst_worker`, or another if its process died; and the PDF or typst's error message."""
    request = json.dumps({"sheet": sheet, "system_fonts": system_fonts}).encode()
    with contextlib.suppress(OSError):  # no process can be started
        if (reply := subprocess_worker.call("iep_tui.documents.formats.typst_worker", request, progress)) is not None:
            return reply
    return subprocess_worker.WORKER_FAILED, b""


def _not_installed() -> Unavailable:
    message = _("For a PDF, install one more part, from the program's folder: {command}  Or print the web page.")
    return Unavailable(message.format(command=pdf_command()))


def _missing_characters(diagnostic: str) -> frozenset[str]:
    """Return the characters that typst had no glyph for.

    Typst reports each part of an emoji separately, such as the digit of a keycap; Latin characters are never missing.
    """
    texts = (_ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) for text in _MISSING.findall(diagnostic))
    return frozenset(letter for text in texts for letter in re.sub(r"\\(.)", r"\1", text) if letter > _LAST_LATIN)


class _Sheet:
    """A document as template data: each block a dictionary, each paragraph with its direction."""

    def __init__(self, document: Document, paper: Paper, missing: frozenset[str]) -> None:
        self._missing = missing
        self._rtl = language_is_rtl(document.lang)
        self._level = 0
        lang = _LANG.match(document.lang)
        footer = re.split(r"(\{pages?\})", _("Page {page} of {pages}"))
        self.data: dict[str, Any] = {
            "title": self._safe(document.title).strip() or _("Prep sheet"),
            "paper": _PAPERS[paper],
            "lang": lang["lang"].lower() if lang else "en",
            "region": lang["region"].upper() if lang and lang["region"] else None,
            "rtl": self._rtl,
            "foot": [piece for piece in footer if piece],
            "blocks": self._blocks(document.blocks, _LINE_CHARS),
        }

    def _safe(self, text: str) -> str:
        return with_names(clean_text(text).replace("\t", "    "), self._missing)

    def _blocks(self, blocks: Sequence[TreeBlock], line_chars: int) -> list[dict[str, Any]]:
        """Convert the blocks; `line_chars` is the number of characters that fit in a line here."""
        converted = [data for block in blocks if (data := self._block(block, line_chars)) is not None]
        for current, following in pairwise(converted):
            if current["kind"] == "rule":
                current["sticky"] = following["kind"] == "rule"
        return converted

    def _block(self, block: TreeBlock, line_chars: int) -> dict[str, Any] | None:
        match block:
            case HeadingBlock(level, words):
                # PDF/UA requires heading levels without gaps, from 1.
                self._level = max(1, min(level, self._level + 1))
                return {"kind": "heading", "level": self._level, "words": self._inlines(words, line_chars // 2)}
            case ParagraphBlock(words):
                return {"kind": "paragraph", "words": self._inlines(words, line_chars)}
            case QuoteBlock(inner):
                return {"kind": "quote", "blocks": self._blocks(inner, line_chars - 6)}
            case RuleBlock():
                return {"kind": "rule", "sticky": False}
            case ListBlock():
                return self._list(block, line_chars - 4)
            case TableBlock(head, _rows):
                return (
                    self._list(rows_as_list(block), line_chars - 4)
                    if len(head) > MAX_DRAWN_COLUMNS
                    else self._table(block, line_chars)
                )

    def _list(self, listing: ListBlock, line_chars: int) -> dict[str, Any]:
        all_boxes = listing.first is None and all(item.box for item in listing.items)
        kind = "boxes" if all_boxes else "bullets" if listing.first is None else "numbers"
        first_block = listing.items[0].blocks[0] if listing.items and listing.items[0].blocks else None
        return {
            "kind": kind,
            "first": listing.first,
            "rtl": is_rtl(inlines_text(first_block.words), otherwise=self._rtl)
            if isinstance(first_block, ParagraphBlock)
            else self._rtl,
            "roomy": needs_spacing(listing),
            "items": [
                {"whole": _is_short(item), "blocks": self._blocks(_with_box(item, all_boxes), line_chars)}
                for item in listing.items
            ],
        }

    def _table(self, table: TableBlock, line_chars: int) -> dict[str, Any]:
        shares = column_shares(table)
        column_chars = [max(1, int(share * line_chars) - 2) for share in shares]
        return {
            "kind": "table",
            "shares": shares,
            "rtl": is_rtl("".join(map(inlines_text, table.head)), otherwise=self._rtl),
            "head": list(map(self._inlines, table.head, column_chars)),
            "rows": [list(map(self._inlines, row, column_chars)) for row in table.rows],
        }

    def _inlines(self, words: Inlines, line_chars: int) -> dict[str, Any]:
        text = inlines_text(words)
        return {
            "runs": [[_pieces(self._safe(run.text), line_chars), run.strong] for run in words],
            "rtl": is_rtl(text, otherwise=self._rtl),
            "long": len(text) > _MAX_UNSPLIT_CHARS,
        }


def _with_box(item: ListItem, drawn: bool) -> tuple[TreeBlock, ...]:
    """Return the item's blocks, with a box character before its text if the list itself draws no boxes."""
    if drawn or not item.box:
        return item.blocks
    first, rest = (item.blocks[0], item.blocks[1:]) if item.blocks else (ParagraphBlock(()), ())
    if isinstance(first, ParagraphBlock):
        return (ParagraphBlock((Run("☐ "), *first.words)), *rest)
    return (ParagraphBlock((Run("☐"),)), *item.blocks)


def _is_short(item: ListItem) -> bool:
    """Return True if this item is one short paragraph, which must stay on one page."""
    block = item.blocks[0] if len(item.blocks) == 1 else None
    return isinstance(block, ParagraphBlock) and 0 < len(inlines_text(block.words)) <= _MAX_UNSPLIT_CHARS


def _pieces(text: str, line_chars: int) -> list[str]:
    """Split `text` at line ends and inside words longer than a line, where a line may break."""
    pieces: list[str] = []
    for index, line in enumerate(text.split("\n")):
        pieces += ["\n"] * bool(index)
        start = 0
        for word in _UNBROKEN.finditer(line):
            if len(word[0]) > line_chars:
                parts = [part for part in _BREAK_BEFORE.split(word[0]) if part]
                pieces += [line[start : word.start()] + parts[0], *parts[1:]]
                start = word.end()
        pieces.append(line[start:])
    return [piece for piece in pieces if piece]
