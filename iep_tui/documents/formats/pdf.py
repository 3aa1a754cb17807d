"""PDF renderer: a tagged PDF for screen readers (PDF/UA-1), drawn by typst from a fixed template.

The words go in as JSON and are only ever text; the template alone is code. Typst may read from one folder, which holds
nothing but that template, and has no packages, so nothing else is read or fetched. It runs in a child process
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
from iep_tui.documents.formats.table_layout import MAX_DRAWN_COLUMNS, as_listing, column_shares, needs_spacing
from iep_tui.documents.formats.text_direction import is_rtl, language_is_rtl
from iep_tui.i18n import _

_PAPERS = {"letter": "us-letter", "a4": "a4"}
_LANG = re.compile(r"(?P<lang>[A-Za-z]{2,3})(?:-[A-Za-z]{4})?(?:-(?P<region>[A-Za-z]{2}))?(?:-|$)")
#: A cell or an item with more characters may be parted between two pages; it could be longer than one.
_KEPT_WHOLE = 600
#: About how many characters of 11 points stand in a line across the page.
_LINE = 84
#: A word without a place to break, in scripts that have none of their own between letters.
_UNBROKEN = re.compile("[^\\s\u2e80-\uffff]+")
#: Letters a break may stand before: no mark, joiner or variant that belongs to the one before it.
_BREAK_BEFORE = re.compile(r"(?=[^\W_]|[!-/:-@\[-`{-~])")
#: How typst says which letters no font has, in the escapes of its own strings.
_MISSING = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-fA-F]+)\}")
#: The last letter that the fonts of typst have without a gap (the end of the extensions of Latin).
_LATIN = "\u024f"
#: Names can stand for signs only once they are known to be missing; more rounds than this find nothing new.
_ROUNDS = 4


def to_pdf(
    document: Document, *, paper: Paper, system_fonts: bool = True, progress: ProgressCallback = no_progress
) -> bytes:
    """The bytes of a tagged PDF on Letter or A4, the same for the same document, paper, language and fonts.

    An emoji or sign that no font has is told by its name in brackets. Raises `Unavailable`, in one line that says what
    to do instead, where typst is not installed and where the letters of a script are missing: no word is left out.
    `system_fonts` lets scripts that the fonts of typst lack be drawn with those of this computer. What `progress`
    raises ends the process that draws.
    """
    if find_spec("typst") is None:
        raise _not_installed()
    missing: frozenset[str] = frozenset()
    for _round in range(_ROUNDS):
        code, data = _typeset(json.dumps(_Sheet(document, paper, missing).data), system_fonts, progress)
        if code == typst_worker.TYPST_DONE:
            return data
        if code == typst_worker.TYPST_MISSING:
            raise _not_installed()
        if code != typst_worker.TYPST_REFUSED:
            break
        found = _missing(data.decode())
        if scripts := scripts_of(sorted(found)):
            words = _("No font on this computer has the letters of this script: {scripts}. Save a Word file instead.")
            raise Unavailable(words.format(scripts=", ".join(scripts)))
        if found <= missing:
            break
        missing |= found
    raise Unavailable(_("This sheet could not be drawn as a PDF. Save a Word file or a web page instead."))


def _typeset(sheet: str, system_fonts: bool, progress: ProgressCallback) -> tuple[int, bytes]:
    """A code of `typst_worker`, or another where its process died; and the PDF or what typst says."""
    asked = json.dumps({"sheet": sheet, "system_fonts": system_fonts}).encode()
    with contextlib.suppress(OSError):  # the computer lets no process be started
        if (answer := subprocess_worker.call("iep_tui.documents.formats.typst_worker", asked, progress)) is not None:
            return answer
    return subprocess_worker.WORKER_FAILED, b""


def _not_installed() -> Unavailable:
    words = _("For a PDF, install one more part, from the program's folder: {command}  Or print the web page.")
    return Unavailable(words.format(command=pdf_command()))


def _missing(diagnostic: str) -> frozenset[str]:
    """The characters that typst had no glyph for.

    It tells each part of a picture by itself, the 1 of a key with a 1 too; such letters of Latin are never missing.
    """
    texts = (_ESCAPED.sub(lambda one: chr(int(one[1], 16)), text) for text in _MISSING.findall(diagnostic))
    return frozenset(letter for text in texts for letter in re.sub(r"\\(.)", r"\1", text) if letter > _LATIN)


class _Sheet:
    """A document as the data of the template: each block a dictionary, each paragraph with its direction."""

    def __init__(self, document: Document, paper: Paper, missing: frozenset[str]) -> None:
        self._missing = missing
        self._rtl = language_is_rtl(document.lang)
        self._level = 0
        found = _LANG.match(document.lang)
        foot = re.split(r"(\{pages?\})", _("Page {page} of {pages}"))
        self.data: dict[str, Any] = {
            "title": self._safe(document.title).strip() or _("Prep sheet"),
            "paper": _PAPERS[paper],
            "lang": found["lang"].lower() if found else "en",
            "region": found["region"].upper() if found and found["region"] else None,
            "rtl": self._rtl,
            "foot": [piece for piece in foot if piece],
            "blocks": self._blocks(document.blocks, _LINE),
        }

    def _safe(self, text: str) -> str:
        return with_names(clean_text(text).replace("\t", "    "), self._missing)

    def _blocks(self, blocks: Sequence[TreeBlock], room: int) -> list[dict[str, Any]]:
        """`room` is how many characters a line has here."""
        written = [one for block in blocks if (one := self._block(block, room)) is not None]
        for one, after in pairwise(written):
            if one["kind"] == "rule":
                one["sticky"] = after["kind"] == "rule"
        return written

    def _block(self, block: TreeBlock, room: int) -> dict[str, Any] | None:
        match block:
            case HeadingBlock(level, words):
                # PDF/UA wants one step at a time, from 1.
                self._level = max(1, min(level, self._level + 1))
                return {"kind": "heading", "level": self._level, "words": self._words(words, room // 2)}
            case ParagraphBlock(words):
                return {"kind": "paragraph", "words": self._words(words, room)}
            case QuoteBlock(inside):
                return {"kind": "quote", "blocks": self._blocks(inside, room - 6)}
            case RuleBlock():
                return {"kind": "rule", "sticky": False}
            case ListBlock():
                return self._listing(block, room - 4)
            case TableBlock(head, _rows):
                return (
                    self._listing(as_listing(block), room - 4)
                    if len(head) > MAX_DRAWN_COLUMNS
                    else self._table(block, room)
                )

    def _listing(self, listing: ListBlock, room: int) -> dict[str, Any]:
        all_boxes = listing.first is None and all(item.box for item in listing.items)
        kind = "boxes" if all_boxes else "bullets" if listing.first is None else "numbers"
        first = listing.items[0].blocks[0] if listing.items and listing.items[0].blocks else None
        return {
            "kind": kind,
            "first": listing.first,
            "rtl": is_rtl(inlines_text(first.words), otherwise=self._rtl)
            if isinstance(first, ParagraphBlock)
            else self._rtl,
            "roomy": needs_spacing(listing),
            "items": [
                {"whole": _is_short(item), "blocks": self._blocks(_with_box(item, all_boxes), room)}
                for item in listing.items
            ],
        }

    def _table(self, table: TableBlock, room: int) -> dict[str, Any]:
        shares = column_shares(table)
        rooms = [max(1, int(share * room) - 2) for share in shares]
        return {
            "kind": "table",
            "shares": shares,
            "rtl": is_rtl("".join(map(inlines_text, table.head)), otherwise=self._rtl),
            "head": list(map(self._words, table.head, rooms)),
            "rows": [list(map(self._words, row, rooms)) for row in table.rows],
        }

    def _words(self, words: Inlines, room: int) -> dict[str, Any]:
        text = inlines_text(words)
        return {
            "runs": [[_pieces(self._safe(run.text), room), run.strong] for run in words],
            "rtl": is_rtl(text, otherwise=self._rtl),
            "long": len(text) > _KEPT_WHOLE,
        }


def _with_box(item: ListItem, drawn: bool) -> tuple[TreeBlock, ...]:
    """The item's blocks; where its list has other marks, an empty box to tick is the first of its words."""
    if drawn or not item.box:
        return item.blocks
    first, rest = (item.blocks[0], item.blocks[1:]) if item.blocks else (ParagraphBlock(()), ())
    if isinstance(first, ParagraphBlock):
        return (ParagraphBlock((Run("☐ "), *first.words)), *rest)
    return (ParagraphBlock((Run("☐"),)), *item.blocks)


def _is_short(item: ListItem) -> bool:
    """Whether this item is a paragraph of a few lines, which stays on one page."""
    one = item.blocks[0] if len(item.blocks) == 1 else None
    return isinstance(one, ParagraphBlock) and 0 < len(inlines_text(one.words)) <= _KEPT_WHOLE


def _pieces(text: str, room: int) -> list[str]:
    """`text` in pieces between which a line may break: line ends, and parts of words that are longer than a line."""
    pieces: list[str] = []
    for place, line in enumerate(text.split("\n")):
        pieces += ["\n"] * bool(place)
        start = 0
        for word in _UNBROKEN.finditer(line):
            if len(word[0]) > room:
                parts = [part for part in _BREAK_BEFORE.split(word[0]) if part]
                pieces += [line[start : word.start()] + parts[0], *parts[1:]]
                start = word.end()
        pieces.append(line[start:])
    return [piece for piece in pieces if piece]
