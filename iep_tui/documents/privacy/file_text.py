"""Text extraction from an exported file of any format, including everything a reader could find in it.

The file is untrusted: its size, its parts and their sizes are bounded, XML may declare nothing, and nothing in it
is run, fetched or followed.
"""

from __future__ import annotations

import email
import email.policy
import html
import io
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from html.parser import HTMLParser
from xml.parsers import expat

from iep_tui.core.progress_callback import ProgressCallback, no_progress
from iep_tui.documents.formats.availability import pdf_command
from iep_tui.documents.privacy import pdf_text
from iep_tui.i18n import _

#: Bytes of a file, bytes of what is packed in it, letters of all its words, parts of one, mails in mails.
MAX_CHECKED_BYTES = 20_000_000
MAX_UNPACKED_BYTES = 60_000_000
MAX_CHECKED_CHARS = 5_000_000
MAX_FILE_PARTS = 1_000
MAX_NESTED_FILES = 3


class UnreadableFile(Exception):
    """The file's words cannot be had. The message is one line for a person."""


def file_text(data: bytes, name: str, progress: ProgressCallback = no_progress) -> str:
    """The words of a Markdown, text, web, Word, PDF or mail file; what it is shows in its bytes, then in its name.

    Unread, in one line, for everything else, and for what is too large, damaged or made to do harm. What `progress`
    raises ends it, and the process that reads a PDF.
    """
    words = _words(data, name, 0, progress)
    if len(words) > MAX_CHECKED_CHARS:
        raise _too_large()
    return words


def _words(data: bytes, name: str, depth: int, progress: ProgressCallback) -> str:
    if len(data) > MAX_CHECKED_BYTES or depth > MAX_NESTED_FILES:
        raise _too_large()
    ending = name.rpartition(".")[2].casefold()
    if data.startswith(b"PK\x03\x04"):
        return _of_word(data)
    if b"%PDF-" in data[:1024]:
        return _of_pdf(data, progress)
    if ending == "eml":
        return _of_mail(data, depth, progress)
    text = _text(data)
    start = text[:2000].lstrip("\ufeff \t\r\n").casefold()
    if ending in ("html", "htm") or start.startswith(("<!doctype html", "<html")):
        return _of_page(text)
    return html.unescape(text)


def _text(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if b"\x00" in data:
        raise UnreadableFile(_("This is no file that can be checked: Markdown, text, web page, Word, PDF or e-mail."))
    return data.decode("utf-8-sig", "replace")


def _too_large() -> UnreadableFile:
    return UnreadableFile(_("The file is too large to be checked."))


def _damaged() -> UnreadableFile:
    return UnreadableFile(_("The file is damaged, or is not what it says it is."))


# Web pages


class _Page(HTMLParser):
    """All words of a page: those that are seen, those in attributes and those in comments."""

    #: Elements inside a line: they part no words.
    _INSIDE = frozenset(
        (
            "a",
            "abbr",
            "b",
            "bdi",
            "bdo",
            "code",
            "em",
            "font",
            "i",
            "mark",
            "s",
            "small",
            "span",
            "strong",
            "sub",
            "sup",
            "u",
            "wbr",
        )
    )
    _WITHOUT_WORDS = frozenset(("style", "script"))

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[str] = []
        self.unseen: list[str] = []
        self._skipping = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._skipping = tag in self._WITHOUT_WORDS
        if tag not in self._INSIDE:
            self.seen.append("\n")
        self.unseen += (value for _name, value in attrs if value)

    def handle_endtag(self, tag: str) -> None:
        self._skipping = False
        if tag not in self._INSIDE:
            self.seen.append("\n")

    def handle_data(self, data: str) -> None:
        (self.unseen if self._skipping else self.seen).append(data)

    def handle_comment(self, data: str) -> None:
        self.unseen.append(data)


def _of_page(text: str) -> str:
    page = _Page()
    page.feed(text)
    page.close()
    return "\n".join(["".join(page.seen), *page.unseen])


# Word


def _of_word(data: bytes) -> str:
    """The words of every part of the package: the text, its notes and comments, what was struck out, its properties."""
    found: list[str] = []
    room = MAX_UNPACKED_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            if len(parts) > MAX_FILE_PARTS:
                raise _too_large()
            if not any(one.filename.startswith("word/") for one in parts):
                raise UnreadableFile(
                    _("This is no file that can be checked: Markdown, text, web page, Word, PDF or e-mail.")
                )
            for one in parts:
                if not one.filename.casefold().endswith((".xml", ".rels")):
                    continue
                with package.open(one) as part:
                    unpacked = part.read(room + 1)
                room -= len(unpacked)
                if room < 0:
                    raise _too_large()
                found.append(_of_xml(unpacked, properties=not one.filename.startswith("word/")))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise _damaged() from error
    return "\n".join(found)


def _of_xml(data: bytes, *, properties: bool) -> str:
    """The words in one part: of a text those in its runs, of properties all. No declarations, no entities."""
    found: list[str] = []
    inside: list[str] = []
    reader = expat.ParserCreate(namespace_separator=" ")

    def refuse(*_declared: object) -> None:
        raise UnreadableFile(_("The file holds what no Word file needs (XML entities). It was not read."))

    def start(name: str, _attributes: object) -> None:
        local = name.rpartition(" ")[2]
        inside.append(local)
        if local in ("tab", "br", "cr"):
            found.append(" ")
        elif local in ("noBreakHyphen", "softHyphen"):
            found.append("-" if local == "noBreakHyphen" else "")

    def end(name: str) -> None:
        inside.pop()
        if properties or name.rpartition(" ")[2] in ("p", "tc"):
            found.append("\n")

    def words(data: str) -> None:
        if properties or inside[-1] in ("t", "delText", "instrText"):
            found.append(data)

    reader.StartDoctypeDeclHandler = refuse
    reader.EntityDeclHandler = refuse
    reader.StartElementHandler = start
    reader.EndElementHandler = end
    reader.CharacterDataHandler = words
    try:
        reader.Parse(data, True)
    except expat.ExpatError as error:
        raise _damaged() from error
    return "".join(found)


# PDF


def _of_pdf(data: bytes, progress: ProgressCallback) -> str:
    code, words = pdf_text.pdf_text(data, progress)
    if code == pdf_text.PDF_READER_MISSING:
        words = _("To check a PDF, install one more part, from the program's folder: {command}")
        raise UnreadableFile(words.format(command=pdf_command()))
    if code == pdf_text.PDF_LOCKED:
        raise UnreadableFile(_("The PDF is locked with a password, so its words cannot be checked."))
    if code == pdf_text.PDF_TOO_LARGE:
        raise _too_large()
    if code != pdf_text.PDF_DONE:
        raise _damaged()
    return words


# Mail


def _of_mail(data: bytes, depth: int, progress: ProgressCallback) -> str:
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        return "\n".join(_of_message(message, depth, progress))
    except UnreadableFile:
        raise
    except (LookupError, ValueError, AttributeError, TypeError, RecursionError) as error:
        raise _damaged() from error


def _of_message(message: EmailMessage, depth: int, progress: ProgressCallback) -> Iterator[str]:
    yield from (str(value) for value in message.values())
    for number, part in enumerate(message.walk()):
        progress(0, 0)
        if number > MAX_FILE_PARTS:
            raise _too_large()
        if part.is_multipart():
            continue
        name = part.get_filename() or ""
        yield name
        content = part.get_payload(decode=True)
        data = content if isinstance(content, bytes) else b""
        kind = part.get_content_type()
        if kind == "text/html":
            yield _of_page(data.decode("utf-8", "replace"))
        elif kind.startswith("text/"):
            yield data.decode(part.get_content_charset("utf-8"), "replace")
        elif data and not kind.startswith(("image/", "audio/", "video/", "font/")):
            yield _words(data, name, depth + 1, progress)
