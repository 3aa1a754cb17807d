"""Text extraction from an exported file of any format, including text that a reader might not see at first.

The file is untrusted: its size, number of parts and unpacked size are limited, XML must not declare anything, and
nothing in it is run, fetched or followed.
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

#: Limits: bytes of the file, unpacked bytes, characters of text, parts, and levels of nested e-mails.
MAX_CHECKED_BYTES = 20_000_000
MAX_UNPACKED_BYTES = 60_000_000
MAX_CHECKED_CHARS = 5_000_000
MAX_FILE_PARTS = 1_000
MAX_NESTED_FILES = 3


class UnreadableFile(Exception):
    """The file's text cannot be extracted. The message is one line for display."""


def file_text(data: bytes, name: str, progress: ProgressCallback = no_progress) -> str:
    """Extract the text of a Markdown, text, HTML, Word, PDF or e-mail file; content, then name, decides the format.

    UnreadableFile, with a one-line message, for other formats and for files that are too large, damaged or malicious.
    An exception from `progress` stops the extraction and the process that reads a PDF.
    """
    words = _extract(data, name, 0, progress)
    if len(words) > MAX_CHECKED_CHARS:
        raise _too_large_error()
    return words


def _extract(data: bytes, name: str, depth: int, progress: ProgressCallback) -> str:
    if len(data) > MAX_CHECKED_BYTES or depth > MAX_NESTED_FILES:
        raise _too_large_error()
    ending = name.rpartition(".")[2].casefold()
    if data.startswith(b"PK\x03\x04"):
        return _from_word(data)
    if b"%PDF-" in data[:1024]:
        return _from_pdf(data, progress)
    if ending == "eml":
        return _from_email(data, depth, progress)
    text = _decode(data)
    start = text[:2000].lstrip("\ufeff \t\r\n").casefold()
    if ending in ("html", "htm") or start.startswith(("<!doctype html", "<html")):
        return _from_html(text)
    return html.unescape(text)


def _decode(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if b"\x00" in data:
        raise UnreadableFile(
            _("This file cannot be checked. It has to be Markdown, text, web page, Word, PDF or e-mail.")
        )
    return data.decode("utf-8-sig", "replace")


def _too_large_error() -> UnreadableFile:
    return UnreadableFile(_("The file is too large to be checked."))


def _damaged_error() -> UnreadableFile:
    return UnreadableFile(_("The file is damaged, or is not what it says it is."))


# Web pages


class _Page(HTMLParser):
    """Collects all text of a page: visible text, attribute values and comments."""

    #: Inline elements, which do not separate words.
    _INLINE = frozenset(
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
    _INVISIBLE = frozenset(("style", "script"))

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.visible: list[str] = []
        self.hidden: list[str] = []
        self._in_invisible = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_invisible = tag in self._INVISIBLE
        if tag not in self._INLINE:
            self.visible.append("\n")
        self.hidden += (value for _name, value in attrs if value)

    def handle_endtag(self, tag: str) -> None:
        self._in_invisible = False
        if tag not in self._INLINE:
            self.visible.append("\n")

    def handle_data(self, data: str) -> None:
        (self.hidden if self._in_invisible else self.visible).append(data)

    def handle_comment(self, data: str) -> None:
        self.hidden.append(data)


def _from_html(text: str) -> str:
    page = _Page()
    page.feed(text)
    page.close()
    return "\n".join(["".join(page.visible), *page.hidden])


# Word


def _from_word(data: bytes) -> str:
    """Return the text of every part of the package: body, notes, comments, deleted text, properties."""
    texts: list[str] = []
    bytes_left = MAX_UNPACKED_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            if len(parts) > MAX_FILE_PARTS:
                raise _too_large_error()
            if not any(member.filename.startswith("word/") for member in parts):
                raise UnreadableFile(
                    _("This file cannot be checked. It has to be Markdown, text, web page, Word, PDF or e-mail.")
                )
            for member in parts:
                if not member.filename.casefold().endswith((".xml", ".rels")):
                    continue
                with package.open(member) as part:
                    unpacked = part.read(bytes_left + 1)
                bytes_left -= len(unpacked)
                if bytes_left < 0:
                    raise _too_large_error()
                texts.append(_from_xml(unpacked, properties=not member.filename.startswith("word/")))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise _damaged_error() from error
    return "\n".join(texts)


def _from_xml(data: bytes, *, properties: bool) -> str:
    """Return the text of one part: its text runs or, for properties, everything.

    Declarations and entities are refused.
    """
    texts: list[str] = []
    open_elements: list[str] = []
    reader = expat.ParserCreate(namespace_separator=" ")

    def refuse(*_declared: object) -> None:
        raise UnreadableFile(_("The file has something no Word file needs (XML entities). It was not read."))

    def start(name: str, _attributes: object) -> None:
        local = name.rpartition(" ")[2]
        open_elements.append(local)
        if local in ("tab", "br", "cr"):
            texts.append(" ")
        elif local in ("noBreakHyphen", "softHyphen"):
            texts.append("-" if local == "noBreakHyphen" else "")

    def end(name: str) -> None:
        open_elements.pop()
        if properties or name.rpartition(" ")[2] in ("p", "tc"):
            texts.append("\n")

    def words(data: str) -> None:
        if properties or open_elements[-1] in ("t", "delText", "instrText"):
            texts.append(data)

    reader.StartDoctypeDeclHandler = refuse
    reader.EntityDeclHandler = refuse
    reader.StartElementHandler = start
    reader.EndElementHandler = end
    reader.CharacterDataHandler = words
    try:
        reader.Parse(data, True)
    except expat.ExpatError as error:
        raise _damaged_error() from error
    return "".join(texts)


# PDF


def _from_pdf(data: bytes, progress: ProgressCallback) -> str:
    code, text = pdf_text.pdf_text(data, progress)
    if code == pdf_text.PDF_READER_MISSING:
        text = _("To check a PDF, install one more part, from the program's folder: {command}")
        raise UnreadableFile(text.format(command=pdf_command()))
    if code == pdf_text.PDF_LOCKED:
        raise UnreadableFile(_("The PDF is locked with a password, so its words cannot be checked."))
    if code == pdf_text.PDF_TOO_LARGE:
        raise _too_large_error()
    if code != pdf_text.PDF_DONE:
        raise _damaged_error()
    return text


# Mail


def _from_email(data: bytes, depth: int, progress: ProgressCallback) -> str:
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        return "\n".join(_message_texts(message, depth, progress))
    except UnreadableFile:
        raise
    except (LookupError, ValueError, AttributeError, TypeError, RecursionError) as error:
        raise _damaged_error() from error


def _message_texts(message: EmailMessage, depth: int, progress: ProgressCallback) -> Iterator[str]:
    yield from (str(value) for value in message.values())
    for number, part in enumerate(message.walk()):
        progress(0, 0)
        if number > MAX_FILE_PARTS:
            raise _too_large_error()
        if part.is_multipart():
            continue
        name = part.get_filename() or ""
        yield name
        content = part.get_payload(decode=True)
        data = content if isinstance(content, bytes) else b""
        kind = part.get_content_type()
        if kind == "text/html":
            yield _from_html(data.decode("utf-8", "replace"))
        elif kind.startswith("text/"):
            yield data.decode(part.get_content_charset("utf-8"), "replace")
        elif data and not kind.startswith(("image/", "audio/", "video/", "font/")):
            yield _extract(data, name, depth + 1, progress)
