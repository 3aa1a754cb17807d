"""The text of a sheet in each format, in reading order, extracted by third-party readers."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable
from email.message import EmailMessage
from html.parser import HTMLParser

from iep_tui.documents import outline_model
from iep_tui.documents.formats.markdown_escape import tidy

from . import file_inspection
from .markdown_parsers import PLAIN, STRONG, Tree, read_back


def squeezed(text: str) -> str:
    """Text without the effects of wrapping and quoting: white space, and ">" before quoted email lines."""
    return "".join(letter for letter in text if not letter.isspace() and letter != ">")


def in_order(pieces: list[str], text: str) -> str | None:
    """The first of `pieces` missing from `text` after its predecessor, or None."""
    text, at = squeezed(text), 0
    for piece in pieces:
        found = text.find(squeezed(piece), at)
        if found < 0:
            return piece
        at = found + len(squeezed(piece))
    return None


def pieces(block: outline_model.OutlineBlock, *, stacked: bool = False) -> list[str]:
    """Every text of one block, as a reader should find it. `stacked` tables repeat the column before each cell."""
    match block:
        case outline_model.Heading(text=text) | outline_model.Quote(text=text):
            found = [text]
        case outline_model.Paragraph(text, label):
            found = [label, text]
        case outline_model.Bullets(items) | outline_model.Numbered(items) | outline_model.Checks(items):
            found = [*items]
        case outline_model.Table(head, rows) if stacked and any(tidy(cell) for row in rows for cell in row):
            beside = [zip(head, row, strict=True) for row in rows]
            found = [words for row in beside for name, cell in row if tidy(cell) for words in (name, cell)]
        case outline_model.Table(head, rows):
            found = [*head, *(cell for row in rows for cell in row)]
        case outline_model.Fields(pairs):
            found = [words for pair in pairs for words in pair]
        case outline_model.Entries(entries):
            found = [words for pairs in entries for pair in pairs for words in pair]
        case outline_model.WritingLines():
            found = []
    return [tidy(one) for one in found if tidy(one)]


def of_markdown(data: bytes) -> str:
    blocks = read_back(data.decode(), "tables")
    return _of_trees(blocks).replace(STRONG, "").replace(PLAIN, "")


def _of_trees(trees: list[Tree]) -> str:
    said: list[str] = []
    for name, inside in trees:
        if isinstance(inside, str):
            said.append(inside)
        elif name == "table":
            said += [cell for row in inside for cell in row if isinstance(cell, str)]
        else:
            said += [_of_trees([one for one in item if not isinstance(one, str)]) for item in inside]
    return "\n".join(said)


class Page(HTMLParser):
    """A parsed web page: the text in `main`, and each element with its attributes, in order."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.others: list[str] = []
        self.title = ""
        self.style = ""
        self.words = ""
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert not self._open, self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        assert len(dict(attrs)) == len(attrs)
        if tag not in ("meta", "br", "hr", "input"):
            self._open.append(tag)
        elif tag != "input":
            self.words += "\n"

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "main" in self._open:
            self.words += data
        elif "title" in self._open:
            self.title += data
        elif "style" in self._open:
            self.style += data
        else:
            assert not data.strip(), data

    def handle_comment(self, data: str) -> None:
        self.others.append(data)

    def handle_decl(self, decl: str) -> None:
        self.others.append(decl)

    def handle_pi(self, data: str) -> None:
        self.others.append(data)

    def unknown_decl(self, data: str) -> None:
        self.others.append(data)


def of_html(data: bytes) -> str:
    return Page(data.decode()).words


def of_text(data: bytes) -> str:
    return data.decode()


def parsed_mail(data: bytes) -> EmailMessage:
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def of_mail(data: bytes) -> str:
    """The subject, the plain text, and then the text of the HTML part."""
    message = parsed_mail(data)
    text, page = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert page is not None
    return f"{message['Subject']}\n{text.get_content()}\n{Page(page.get_content()).words}"


def of_docx(data: bytes) -> str:
    return "\n".join(words for _style, words in file_inspection.paragraphs(file_inspection.part(data)))


def of_pdf(data: bytes) -> str:
    return "\n".join(file_inspection.pdf_pages(data))


#: The reader of each format's words. Every format needs one: a test fails for a format that is not here.
EXTRACTORS: dict[str, Callable[[bytes], str]] = {
    "md": of_markdown,
    "html": of_html,
    "txt": of_text,
    "eml": of_mail,
    "docx": of_docx,
    "pdf": of_pdf,
}
#: Formats that have no tables: each cell stands behind its column's name.
STACKED = ("txt", "eml")
