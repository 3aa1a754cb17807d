"""The words of a file: every kind read back, and files that are made to do harm refused in one line."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from iep_tui.documents.formats.renderer import render
from iep_tui.documents.privacy import file_text as module
from iep_tui.documents.privacy import pdf_text
from iep_tui.documents.privacy.file_text import UnreadableFile, file_text
from iep_tui.documents.sheets.sheet_builder import build_sheet

from ..sample_case import MADE, maya


def package(*parts: tuple[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, text in parts:
            whole.writestr(name, text)
    return packed.getvalue()


def part(body: str) -> str:
    return f'<w:document xmlns:w="urn:w"><w:body>{body}</w:body></w:document>'


def words(data: bytes, name: str) -> list[str]:
    return file_text(data, name).split()


@pytest.mark.parametrize("format", ["md", "txt", "html", "docx", "eml", "pdf"])
def test_every_format_of_ours_is_read_back(format: str) -> None:
    made = build_sheet(maya(), "team", made=MADE)
    text = " ".join(words(render(made, format, lang="en"), f"sheet.{format}"))
    for shared in ("Maya R.", "Text mom after 3", "A calm way back into class", "52 words a minute", "5 times a week"):
        assert shared in text


def test_what_a_file_is_shows_in_its_bytes_not_in_its_name() -> None:
    made = build_sheet(maya(), "team", made=MADE)
    assert "Lincoln" in file_text(render(made, "docx", lang="en"), "sheet.md")
    assert words(b"<!DOCTYPE html><html><p>One<b>two</b></html>", "page.txt") == ["Onetwo"]


def test_a_page_gives_its_hidden_words_too() -> None:
    page = (
        b'<html><p title="in a title">seen</p><!-- in a comment --><script>"in a script"</script>&amp; <br>end</html>'
    )
    assert {"in a title", " in a comment ", '"in a script"'} <= {*file_text(page, "a.html").split("\n")}


def test_a_word_file_gives_its_notes_comments_and_properties_too() -> None:
    struck = part(
        "<w:p><w:r><w:t>In </w:t><w:t>one</w:t><w:delText> struck</w:delText></w:r></w:p><w:p><w:t>next</w:t></w:p>"
    )
    data = package(
        ("word/document.xml", struck),
        ("word/comments.xml", part("<w:p><w:t>a comment</w:t></w:p>")),
        ("docProps/core.xml", "<a><title>The title</title><creator>Rosa</creator></a>"),
        ("word/media/picture.png", "no words"),
    )
    text = file_text(data, "a.docx")
    assert "In one struck\nnext" in text
    assert "a comment" in text
    assert "The title\nRosa" in text
    assert "no words" not in text


def test_a_mail_gives_its_head_its_texts_and_what_hangs_on_it() -> None:
    mail = EmailMessage()
    mail["Subject"] = "About Zoë"
    mail.set_content("the text")
    mail.add_alternative("<p>the page</p>", subtype="html")
    word = package(("word/document.xml", part("<w:p><w:t>the file</w:t></w:p>")))
    mail.add_attachment(word, maintype="application", subtype="octet-stream", filename="named.docx")
    text = file_text(bytes(mail), "a.eml")
    for one in ("About Zoë", "the text", "the page", "the file", "named.docx"):
        assert one in text


# Harm

BOMB = package(("word/document.xml", part(f"<w:p><w:t>{'a' * 80_000_000}</w:t></w:p>")))
MANY = package(*((f"word/{number}.xml", "<a/>") for number in range(1_001)))
LAUGHS = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>' + part("<w:p><w:t>&b;</w:t></w:p>")
FETCHES = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><a>&a;</a>'


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        pytest.param(b"a" * (module.MAX_CHECKED_BYTES + 1), "a.md", "too large", id="a large file"),
        pytest.param(b"a " * 9_000_000, "a.md", "too large", id="many words"),
        pytest.param(BOMB, "a.docx", "too large", id="a bomb"),
        pytest.param(MANY, "a.docx", "too large", id="many parts"),
        pytest.param(package(("word/document.xml", LAUGHS)), "a.docx", "entities", id="entities"),
        pytest.param(package(("word/document.xml", FETCHES)), "a.docx", "entities", id="a file of this computer"),
        pytest.param(package(("word/document.xml", "<a><b></a>")), "a.docx", "damaged", id="broken XML"),
        pytest.param(package(("word/document.xml", "<a/>"))[:60], "a.docx", "damaged", id="a cut file"),
        pytest.param(package(("xl/sheet.xml", "<a/>")), "a.xlsx", "cannot be checked. It has", id="a spreadsheet"),
        pytest.param(b"PK\x03\x04" + bytes(500), "a.docx", "damaged", id="zeros"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(50), "a.png", "cannot be checked. It has", id="a picture"),
        pytest.param(b"%PDF-1.7\n" + b"garbage" * 20, "a.pdf", "damaged", id="a broken PDF"),
    ],
)  # fmt: skip
def test_a_file_made_to_do_harm_is_refused_in_one_line(data: bytes, name: str, says: str) -> None:
    with pytest.raises(UnreadableFile) as told:
        file_text(data, name)
    assert says in str(told.value)
    assert "\n" not in str(told.value)


def test_mails_in_mails_have_a_bottom() -> None:
    data = b"deep inside"
    for _level in range(6):
        mail = EmailMessage()
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename="a.eml")
        data = bytes(mail)
    with pytest.raises(UnreadableFile, match="too large"):
        file_text(data, "a.eml")


@pytest.mark.parametrize(
    ("code", "says"),
    [
        (pdf_text.PDF_READER_MISSING, "pip --python"),
        (pdf_text.PDF_LOCKED, "password"),
        (pdf_text.PDF_TOO_LARGE, "too large"),
        (pdf_text.PDF_DAMAGED, "damaged"),
    ],
)
def test_a_pdf_without_words_says_why(monkeypatch: pytest.MonkeyPatch, code: int, says: str) -> None:
    monkeypatch.setattr(pdf_text, "pdf_text", lambda data, progress: (code, ""))
    with pytest.raises(UnreadableFile, match=says):
        file_text(b"%PDF-1.7", "a.pdf")


def test_a_pdf_that_hangs_its_reader_ends_that_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_text, "MAX_PDF_SECONDS", 0.05)
    assert pdf_text.pdf_text(render(build_sheet(maya(), "team", made=MADE), "pdf", lang="en")) == (
        pdf_text.PDF_TOO_LARGE,
        "",
    )


def test_a_locked_pdf_is_told(tmp_path: Path) -> None:
    import pikepdf

    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(tmp_path / "a.pdf", encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(UnreadableFile, match="password"):
        file_text((tmp_path / "a.pdf").read_bytes(), "a.pdf")
