"""Email drafts: a draft has only the content that it is meant to send."""

from __future__ import annotations

import re
from email.message import EmailMessage

import msgspec
import pytest

from iep_tui.core.question_model import AUDIENCES, Audience
from iep_tui.documents import outline_model
from iep_tui.documents.block_tree import Document
from iep_tui.documents.formats import email
from iep_tui.documents.formats.email import subject, to_email
from iep_tui.documents.formats.html import to_html
from iep_tui.documents.formats.markdown import to_markdown
from iep_tui.documents.formats.markdown_reader import read_blocks
from iep_tui.documents.formats.plain_text import to_text
from iep_tui.documents.sheets.concerns_page import concerns_page
from iep_tui.documents.sheets.sheet_builder import build_sheet

from ..hostile_corpus import WORDS
from ..sample_case import MADE, interview, maya, said
from ..text_extraction import parsed_mail

#: Stands for the Word file: bytes of every kind, the ends of lines of both systems among them.
WORD = b"PK\x03\x04" + bytes(range(256)) + b"\r\n.\r\n--\n"


@pytest.fixture(autouse=True)
def word(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Word file of a few bytes; other tests check its content."""
    monkeypatch.setattr(email, "to_docx", lambda _document, paper: WORD + paper.encode())


def drawn(sheet: outline_model.Outline) -> tuple[bytes, Document]:
    document = read_blocks(to_markdown(sheet))
    return to_email(sheet, document, paper="a4"), document


def read(sheet: outline_model.Outline) -> EmailMessage:
    return parsed_mail(drawn(sheet)[0])


@pytest.mark.parametrize("reader", AUDIENCES)
def test_text_page_and_word_are_in_it(reader: Audience) -> None:
    data, document = drawn(build_sheet(maya(), reader, made=MADE))
    message = parsed_mail(data)
    text, page = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert text.get_content().replace("\r\n", "\n") == to_text(document)
    assert page is not None
    assert page.get_content().replace("\r\n", "\n") == to_html(document, boxes="sign")
    assert page.get_content_type() == "text/html"
    (word,) = message.iter_attachments()
    assert word.get_content() == WORD + b"a4"
    assert word.get_content_type() == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        word.get_content_type(),
    ]


def test_it_is_a_draft_and_has_no_header_more() -> None:
    message = read(build_sheet(maya(), "team", made=MADE))
    assert {name: str(words) for name, words in message.items() if name != "Content-Type"} == {
        "Subject": "Prep sheet for our meeting on 12 March 2027",
        "X-Unsent": "1",
        "MIME-Version": "1.0",
    }


def test_neither_subject_nor_file_name_names_the_child() -> None:
    for reader in AUDIENCES:
        message = read(build_sheet(maya(), reader, made=MADE))
        (word,) = message.iter_attachments()
        assert "Maya" not in f"{message['Subject']} {word.get_filename()}"
    (word,) = read(build_sheet(maya(), "team", made=MADE)).iter_attachments()
    assert word.get_filename() == "prep-sheet-2027-03-12-team.docx"


@pytest.mark.parametrize(
    ("reader", "day", "expected"),
    [
        ("family", "2027-03-12", "Prep sheet for our meeting on 12 March 2027"),
        ("team", None, "Prep sheet for our meeting"),
        ("team", "soon", "Prep sheet for our meeting"),
        ("teachers", "2027-03-12", "One page for teachers, before our meeting on 12 March 2027"),
        ("teachers", None, "One page for teachers"),
    ],
)
def test_subjects(reader: Audience, day: str | None, expected: str) -> None:
    case = maya()
    answers = {question.id.replace("-", "_"): case.answers.of(question.id) for question in case.live}
    answers["meeting_date"] = said(day, share="teachers") if day else said(None, "skipped")
    assert subject(build_sheet(interview(*case.catalogue.sets, **answers), reader, made=MADE)) == expected


def test_the_concerns_page_has_a_subject_and_a_name_of_its_own() -> None:
    message = read(concerns_page(maya(), made=MADE))
    (word,) = message.iter_attachments()
    assert message["Subject"] == "Parent concerns for our meeting on 12 March 2027"
    assert word.get_filename() == "parent-concerns-2027-03-12.docx"


def test_the_day_is_not_told_to_whom_it_is_not_shared_with() -> None:
    message = read(build_sheet(maya(), "teachers", made=MADE))
    (word,) = message.iter_attachments()
    assert "2027" not in f"{message['Subject']} {word.get_filename()}"


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_no_words_make_a_header_or_a_part(words: str) -> None:
    blocks = (
        outline_model.Heading(1, words),
        outline_model.Paragraph(words, words),
        outline_model.Quote(words),
        outline_model.Bullets((words,)),
    )
    message = read(outline_model.Outline(words, "team", blocks))
    assert sorted(message.keys()) == ["Content-Type", "MIME-Version", "Subject", "X-Unsent"]
    assert len(list(message.walk())) == 5
    assert not [part.defects for part in message.walk() if part.defects]


@pytest.mark.parametrize("quote", ["é字 " * 900, "She reads · é.", "https://a.example/" + "a" * 3000, "plain"])
def test_its_lines_are_as_mail_asks(quote: str) -> None:
    """RFC 5322, 2.1.1: CRLF at each end and nowhere else, 998 letters at most; and 7 bits, which every server takes."""
    data, _document = drawn(outline_model.Outline("a", "team", (outline_model.Quote(quote),)))
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", data)
    assert max(map(len, data.split(b"\r\n"))) <= 998
    assert data.isascii()


def test_the_same_sheet_gives_the_same_bytes_and_another_one_other_boundaries() -> None:
    sheet = build_sheet(maya(), "team", made=MADE)
    once, again = drawn(sheet)[0], drawn(sheet)[0]
    assert once == again
    other = drawn(msgspec.structs.replace(sheet, blocks=sheet.blocks[:-1]))[0]
    assert parsed_mail(once).get_boundary() != parsed_mail(other).get_boundary()
