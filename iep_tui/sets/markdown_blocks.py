"""A set's Markdown as a tree of blocks with positions, and checks of the text in them."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from iep_tui.core.question_model import CHILD_PLACEHOLDER, RichParagraph, TextSpan
from iep_tui.i18n import _
from iep_tui.sets.problems import Problems, quoted

_BRACES = re.compile(r"\{[^{}\n]*\}?|\}")
_HTML = re.compile(r"<!--|<(?:/\s*)?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>\n]*)?/?>")
_PICTURE = re.compile(r"!\[[^\]\n]{0,200}\]\(")
_OTHER_LINK = re.compile(r"(?<![!\\])\[[^\]\n]{0,200}\]\((?! {0,3}<?https?://)[^)\n]{0,500}\)", re.IGNORECASE)
_FENCE = re.compile(r"^(?:```|~~~)", re.MULTILINE)
_TABLE_ROW = re.compile(r"^\|", re.MULTILINE)
_TIGHT_HEADING = re.compile(r"^#{1,6}(?=[^\s#0-9])|^#{7,}", re.MULTILINE)
_LOOSE_CHOICE = re.compile(r"^(?:[-*+] {0,3})?(?:\( {0,3}[xX]? {0,3}\)|\[ {0,3}[xX]? {0,3}\](?!\())", re.MULTILINE)


class PlacedText(msgspec.Struct, frozen=True):
    """A run of text: its source (`raw`), its parsed `spans`, and the position of each source line.

    Line ends inside are newlines in `raw` and in the spans. `line` and `columns` (one per line) count from 1.
    """

    raw: str
    spans: tuple[TextSpan, ...]
    line: int
    columns: tuple[int, ...]

    @property
    def text(self) -> str:
        """The text on one line, without Markdown."""
        return " ".join("".join(span.text for span in self.spans).split())

    def place(self, offset: int) -> tuple[int, int]:
        """Return the line and column of the character at `offset` in `raw`."""
        row = self.raw.count("\n", 0, offset)
        start = self.raw.rfind("\n", 0, offset) + 1
        return self.line + row, self.columns[min(row, len(self.columns) - 1)] + offset - start


class SourceBlock(msgspec.Struct, frozen=True):
    """One block: a heading of `level`, a paragraph, a list of `items`, a quote of `blocks`, a table, or other."""

    form: Literal["heading", "para", "list", "quote", "table", "rule", "other"]
    line: int
    level: int = 0
    words: PlacedText | None = None
    ordered: bool = False
    items: tuple[tuple[SourceBlock, ...], ...] = ()
    blocks: tuple[SourceBlock, ...] = ()
    head: tuple[PlacedText, ...] = ()
    rows: tuple[tuple[PlacedText, ...], ...] = ()


def start_of(block: SourceBlock) -> tuple[int, int]:
    """Return the line and column where the text of a block starts, or else the start of its line."""
    if block.words is not None:
        return block.words.place(0)
    inside = next((part for item in block.items for part in item), None) or next(iter(block.blocks), None)
    if inside is not None:
        line, column = start_of(inside)
        return (line, column) if line == block.line else (block.line, 1)
    return block.head[0].place(0) if block.head else (block.line, 1)


def paragraph(words: PlacedText, form: Literal["para", "item", "step"] = "para") -> RichParagraph:
    """Convert to a paragraph of the model, with spaces for line ends."""
    spans: list[TextSpan] = []
    for span in words.spans:
        text = span.text.replace("\n", " ")
        if spans and spans[-1].strong == span.strong:
            text = spans.pop().text + text
        spans.append(TextSpan(text, span.strong))
    return RichParagraph(tuple(spans), form)


def check_words(words: PlacedText, problems: Problems) -> bool:
    """Report everything that is not part of the question language; return True if there is nothing."""
    before = len(problems)
    for brace in _BRACES.finditer(words.raw):
        if problems.full:
            break
        if brace[0] != CHILD_PLACEHOLDER:
            message = _("{found}: only {child} may be in braces here. Remove the braces.")
            problems.add(*words.place(brace.start()), message.format(found=quoted(brace[0]), child=CHILD_PLACEHOLDER))
    for tag in _HTML.finditer(words.raw):
        message = _("HTML is not part of a set: {found} would be shown as it is. Remove it.")
        problems.add(*words.place(tag.start()), message.format(found=quoted(tag[0])))
    for picture in _PICTURE.finditer(words.raw):
        problems.add(*words.place(picture.start()), _("A set has no pictures. Say in words what it shows."))
    for link in _OTHER_LINK.finditer(words.raw):
        message = _("A link goes to a web address: [words](https://…). Change {found} or make it plain words.")
        problems.add(*words.place(link.start()), message.format(found=quoted(link[0])))
    return len(problems) == before


def is_lost_body(words: PlacedText) -> bool:
    """Return whether this paragraph was meant as choices or a table."""
    return bool(_TABLE_ROW.search(words.raw) or _LOOSE_CHOICE.search(words.raw))


def check_paragraph(words: PlacedText, problems: Problems) -> bool:
    """Report a paragraph that was meant as another block (code, table, heading or choice) or has faulty text.

    Return True if nothing was reported.
    """
    for pattern, message in (
        (_FENCE, _("Code blocks are not part of a set. Remove this line.")),
        (
            _TABLE_ROW,
            _(
                "This does not read as a table. Its header row and the row |---| under it need the same number of "
                "columns, each row on one line."
            ),
        ),
        (_TIGHT_HEADING, _("A heading needs a space after its # signs: “# Title” or “## Question”.")),
        (_LOOSE_CHOICE, _("A choice is an item of a list: “- ( ) Label {value}”, with the spaces.")),
    ):
        match = pattern.search(words.raw)
        if match:
            problems.add(*words.place(match.start()), message)
            return False
    return check_words(words, problems)
