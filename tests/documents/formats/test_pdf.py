"""PDF sheets: tagged for screen readers, complete or explained, and made without reading any file."""

from __future__ import annotations

import io
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings

from iep_tui.core.interview import Interview, effective_share, is_done
from iep_tui.core.question_model import AUDIENCES, may_read
from iep_tui.core.text_sanitizer import clean_text
from iep_tui.documents import subprocess_worker
from iep_tui.documents.block_tree import HeadingBlock, ListBlock, ListItem, RuleBlock, TreeBlock
from iep_tui.documents.formats import typst_worker
from iep_tui.documents.formats.availability import Unavailable
from iep_tui.documents.formats.pdf import to_pdf
from iep_tui.documents.formats.renderer import render
from iep_tui.documents.formats.table_layout import MAX_DRAWN_COLUMNS
from iep_tui.documents.sheets.sheet_builder import build_sheet

from ..file_inspection import bullets, document, paragraph, pdf_pages, quote, table, words
from ..hostile_corpus import WORDS
from ..hostile_strategies import latin_texts
from ..privacy.test_visible_answers import calls, cases
from ..sample_case import MADE, maya
from ..text_extraction import in_order, pieces, squeezed

SERVICES = table(("Service", "Minutes"), ("Speech", "30"), ("Reading", "20"))
SHEET = (
    HeadingBlock(1, words("Prep sheet: Maya R.")),
    paragraph("The yearly review"),
    HeadingBlock(2, words("Goals")),
    HeadingBlock(3, words("What we ask for")),
    bullets("Rest", "Quiet"),
    bullets("five", "six", first=5),
    quote("Maya loses the last hour.\nMost days."),
    SERVICES,
    bullets("Who pays?", "Who drives?", box=True),
    RuleBlock(),
    RuleBlock(),
)


def made(*blocks: TreeBlock, lang: str = "en", paper: Any = "letter", system_fonts: bool = False) -> bytes:
    """A PDF with the fonts that every computer has: those inside typst."""
    return to_pdf(document(*blocks, lang=lang), paper=paper, system_fonts=system_fonts)


def opened(file: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(file))


def elements(pdf: pikepdf.Pdf) -> list[str]:
    """The kinds of all elements of the structure tree, in reading order."""

    def below(node: Any) -> Iterator[str]:
        if isinstance(node, pikepdf.Array):
            for one in node:
                yield from below(one)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                yield str(node.S).removeprefix("/")
            if "/K" in node:
                yield from below(node.K)

    return list(below(pdf.Root.StructTreeRoot.K))


def read(file: bytes) -> str:
    """The words of all pages, without the numbers at their feet."""
    return "\n".join(re.sub(r"\s*Page \d+ of \d+\s*$", "", page) for page in pdf_pages(file))


def test_a_screen_reader_finds_title_language_and_structure() -> None:
    pdf = opened(made(*SHEET, lang="es-MX"))
    assert bool(pdf.Root.MarkInfo.Marked)
    assert str(pdf.Root.Lang) == "es-MX"
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert str(pdf.docinfo["/Title"]) == "Prep sheet: Maya R."
    with pdf.open_metadata() as about:
        assert about["pdfuaid:part"] == "1"
    found = elements(pdf)
    for kind, many in {
        "H1": 1,
        "H2": 1,
        "H3": 1,
        "L": 3,
        "LI": 6,
        "BlockQuote": 1,
        "Table": 1,
        "TH": 2,
        "TD": 4,
    }.items():
        assert (kind, found.count(kind)) == (kind, many)
    assert found.index("H1") < found.index("H2") < found.index("L") < found.index("BlockQuote") < found.index("Table")


def test_words_are_read_in_their_order() -> None:
    assert " ".join(read(made(*SHEET)).split()) == (
        "Prep sheet: Maya R. The yearly review Goals What we ask for • Rest • Quiet 5. five 6. six "
        "Maya loses the last hour. Most days. Service Minutes Speech 30 Reading 20 ☐ Who pays? ☐ Who drives?"
    )


def test_every_font_is_inside_and_nothing_leads_out() -> None:
    pdf = opened(made(*SHEET, paragraph("https://a.example javascript:alert(1)")))
    fonts = [
        one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"
    ]
    assert len(fonts) >= 2
    assert all("/FontFile2" in one or "/FontFile3" in one for one in fonts)
    for one in pdf.objects:
        if isinstance(one, pikepdf.Dictionary):
            assert not {"/URI", "/JS", "/JavaScript", "/Launch", "/EmbeddedFiles", "/OpenAction"} & set(one.keys())
            assert one.get("/Subtype") != "/Link"


def test_nothing_is_said_about_who_made_it_where_or_when() -> None:
    file = made(*SHEET)
    pdf = opened(file)
    assert set(pdf.docinfo.keys()) <= {"/Title", "/Creator", "/Producer"}
    assert not re.search(rb"D:\d{8}|CreateDate|ModifyDate", file)
    assert file == made(*SHEET)


@pytest.mark.parametrize(("paper", "size"), [("letter", (612, 792)), ("a4", (595, 842))])
def test_paper(paper: Any, size: tuple[int, int]) -> None:
    pdf = opened(made(*SHEET, paper=paper))
    box = pdf.pages[0].mediabox
    assert (round(float(box[2])), round(float(box[3]))) == size


def test_pages_are_numbered_and_a_tables_head_is_on_each() -> None:
    pages = pdf_pages(made(*SHEET, table(("What", "When"), *((f"row {one}", "day") for one in range(120)))))
    assert [page.split("\n")[-1] for page in pages] == [
        f"Page {one} of {len(pages)}" for one in range(1, len(pages) + 1)
    ]
    assert len(pages) > 2
    assert all("What When" in page for page in pages)


def test_a_heading_never_ends_a_page() -> None:
    blocks: list[TreeBlock] = [HeadingBlock(1, words("Sheet"))]
    for number in range(60):
        blocks += [HeadingBlock(2, words(f"Part {number}")), HeadingBlock(3, words(f"Head {number}")), paragraph("End")]
    pages = pdf_pages(made(*blocks))
    assert len(pages) > 3
    assert {page.split("\n")[-2] for page in pages} == {"End"}


def test_levels_go_one_step_at_a_time() -> None:
    found = elements(
        opened(made(HeadingBlock(3, words("First")), HeadingBlock(2, words("Next")), HeadingBlock(6, words("Deep"))))
    )
    assert [one for one in found if re.fullmatch(r"H\d", one)] == ["H1", "H2", "H3"]


def test_a_sheet_without_words_has_a_title() -> None:
    file = to_pdf(document(title="  "), paper="letter", system_fonts=False)
    pdf = opened(file)
    assert str(pdf.docinfo["/Title"]) == "Prep sheet"


def test_boxes_among_other_items_are_drawn_too() -> None:
    mixed = ListBlock(
        (ListItem((paragraph("told"),)), ListItem((paragraph("asked"),), True), ListItem((), True)), first=3
    )
    assert read(made(HeadingBlock(1, words("T")), mixed)).split() == ["T", "3.", "told", "4.", "☐", "asked", "5.", "☐"]


@pytest.mark.slow
def test_long_words_break_inside_the_page_and_their_cell() -> None:
    long = "https://school.example/" + "x" * 500
    file = made(
        HeadingBlock(1, words("T")), paragraph("*" * 1000), table(("Where", "What"), (long, long)), bullets(long)
    )
    text = squeezed(read(file))
    assert "*" * 1000 in text
    assert text.count(squeezed(long)) == 3
    right = 612 - 45
    for x in places(file):
        assert x < right


def places(file: bytes) -> list[float]:
    """Where on the page each piece of text ends, in points from the left; too far right is off the paper."""
    from pypdf import PdfReader

    found: list[float] = []

    def visit(text: str, _user: Any, matrix: list[float], _font: Any, size: float) -> None:
        # Half of the size is a fair width for a letter: nothing here hangs on a point more or less.
        found.append(matrix[4] + len(text.strip()) * size * 0.2)

    for page in PdfReader(io.BytesIO(file)).pages:
        page.extract_text(visitor_text=visit)
    return found


def test_a_table_too_wide_for_paper_becomes_its_labelled_parts() -> None:
    many = MAX_DRAWN_COLUMNS + 30
    head = tuple(f"head{place}" for place in range(many))
    file = made(HeadingBlock(1, words("T")), table(head, tuple(f"cell{place}" for place in range(many))))
    assert "Table" not in elements(opened(file))
    assert in_order([f"head{place}: cell{place}" for place in range(many)], read(file)) is None


def test_an_emoji_without_a_font_is_told_by_its_name() -> None:
    text = read(made(HeadingBlock(1, words("T 😀")), paragraph("Good 👩🏽\u200d🏫 day"), bullets("🇲🇽")))
    assert "T [grinning face]" in text
    assert "Good [woman, medium skin, school] day" in text
    assert "[flag MX]" in text


@pytest.mark.parametrize(("text", "script"), [("她每天", "Chinese or Japanese"), ("한국", "Korean")])
def test_a_script_without_a_font_is_told_in_one_line_with_what_to_do(text: str, script: str) -> None:
    with pytest.raises(Unavailable) as told:
        made(HeadingBlock(1, words("T")), paragraph(f"{text} 😀"))
    assert script in str(told.value)
    assert "Word" in str(told.value)
    assert "\n" not in str(told.value)


def test_right_to_left_words_are_all_there() -> None:
    file = made(HeadingBlock(1, words("T")), paragraph("تقرأ ابنتي كل يوم"), table(("اسم", "x"), ("سلمى", "y")))
    assert sorted(squeezed(read(file))) == sorted(squeezed("T تقرأ ابنتي كل يوم اسم x سلمى y"))


#: Words in letters that the fonts of typst have not.
NO_FONT = ("chinese", "thai")


@pytest.mark.parametrize("name", NO_FONT)
def test_hostile_words_in_letters_without_a_font_are_refused(name: str) -> None:
    with pytest.raises(Unavailable, match="No font on this computer"):
        made(HeadingBlock(1, words("T")), paragraph(WORDS[name]))


@pytest.mark.sweep
@pytest.mark.parametrize("name", [name for name in WORDS if name not in NO_FONT])
def test_hostile_words_come_out_as_they_are(name: str) -> None:
    """Pictures by their names. Letters that turn, join or change places are found in an order of their own."""
    text = clean_text(WORDS[name])
    file = made(
        HeadingBlock(1, words("T")), HeadingBlock(2, words(text)), paragraph(text), table((text, "b"), (text, "c"))
    )
    found = squeezed(read(file))
    if name == "emoji":
        assert found.count(squeezed("[woman, medium skin, school]")) == 4
    elif re.search("[\u0900-\u097f]", text):
        assert set(found) == set(squeezed("T" + text + "bc"))
    elif re.search("[\u0590-\u06ff\u200f]", text):
        assert sorted(found) == sorted(squeezed("T" + text * 4 + "bc").replace("\u200f", ""))
    else:
        assert found.count(squeezed(text)) == 4


@pytest.mark.slow
@settings(max_examples=25)
@given(cases(latin_texts))
def test_a_reader_gets_every_shared_answer_in_order_and_no_other(
    given_case: tuple[Interview, dict[str, tuple[str, str]]],
) -> None:
    case, marks = given_case
    for reader in AUDIENCES:
        sheet = build_sheet(case, reader, made=MADE)
        text = read(render(sheet, "pdf", lang="en"))
        assert in_order([one for block in sheet.blocks for one in pieces(block)], text) is None
        found = squeezed(text)
        no_room = {one.question_id for one in sheet.left_out if "no room" in one.reason}
        for one in case.live:
            answer = case.answers.of(one.id)
            mark, note = marks[one.id]
            shared = may_read(effective_share(one, answer), reader) and is_done(one, answer)
            assert shared or mark not in found
            assert not shared or one.id in no_room or mark in found
            assert (note in found) == (reader == "family")


def test_twice_the_answers_take_twice_the_work() -> None:
    def sheet(many: int) -> list[TreeBlock]:
        return [
            block for one in range(many) for block in (HeadingBlock(2, words(f"{one}")), SERVICES, bullets("x" * 100))
        ]

    once, twice = calls(lambda: made(*sheet(20))), calls(lambda: made(*sheet(40)))
    assert once < twice < 2.1 * once


def test_it_opens_no_file_but_the_template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("do not read me")
    monkeypatch.chdir(tmp_path)
    calls = f'#read("{secret}") #read("secret.txt") #read("/secret.txt") #image("secret.txt") #include "sheet.typ"'
    text = read(made(HeadingBlock(1, words("T")), paragraph(calls), bullets(f'"+read("{secret}")+"')))
    assert "do not read me" not in text
    assert squeezed(calls) in squeezed(text)


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed: system calls cannot be watched")
def test_word_and_pdf_open_no_connection_and_no_file_that_words_name(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("do not read me")
    code = """
from iep_tui.documents.block_tree import *
from iep_tui.documents.formats.docx import to_docx
from iep_tui.documents.formats.pdf import to_pdf
calls = '#read("secret.txt") #import "@preview/cetz:0.3.0": * http://a.example/x.png <!ENTITY x SYSTEM "secret.txt">'
sheet = Document("T", "en", (HeadingBlock(1, (Run("T"),)), ParagraphBlock((Run(calls),))))
print(len(to_docx(sheet, paper="letter")), len(to_pdf(sheet, paper="letter", system_fonts=False)))
"""
    log = tmp_path / "calls.txt"
    done = subprocess.run(
        ["strace", "-f", "-e", "trace=%file,%network", "-o", str(log), sys.executable, "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    if "ptrace" in done.stderr:
        pytest.skip("this system lets no process be watched (ptrace)")
    assert done.returncode == 0, done.stderr
    watched = log.read_text()
    assert "sheet.typ" in watched
    assert not re.search(r"\b(socket|connect|sendto)\(", watched)
    assert "secret.txt" not in watched
    assert "cetz" not in watched
    made_here = [line for line in watched.splitlines() if "O_CREAT" in line and "__pycache__" not in line]
    assert made_here == [], "no file is left anywhere, nor was there for a moment"


def test_the_made_up_childs_sheets_are_drawn() -> None:
    for reader in AUDIENCES:
        pdf = opened(render(build_sheet(maya(), reader, made=MADE), "pdf", lang="en"))
        found = elements(pdf)
        assert found.count("H1") == 1
        assert len(pdf.pages) == 1 or reader != "teachers"


def test_without_the_extra_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(Unavailable) as told:
        made(*SHEET)
    assert f'pip --python {shlex.quote(sys.prefix)} install ".[pdf]"' in str(told.value)
    assert "web page" in str(told.value)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (typst_worker.TYPST_REFUSED, b"error: PDF/UA-1 error: something else"),
        (subprocess_worker.WORKER_FAILED, b""),
        (-9, b"half a PDF"),
    ],
)
def test_a_failure_that_nobody_knows_is_one_line_too(monkeypatch: pytest.MonkeyPatch, code: int, said: bytes) -> None:
    monkeypatch.setattr(subprocess_worker, "call", lambda *_given: subprocess_worker.WorkerReply(code, said))
    with pytest.raises(Unavailable, match="could not be made into a PDF"):
        made(*SHEET)


def test_where_no_process_can_be_started_one_line_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nothing/here")
    with pytest.raises(Unavailable, match="could not be made into a PDF"):
        made(*SHEET)
