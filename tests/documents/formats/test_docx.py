"""Word files: the parts that Word, LibreOffice and screen readers need, and no trace of the author."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from iep_tui.core.text_sanitizer import clean_text
from iep_tui.documents.block_tree import (
    Document,
    HeadingBlock,
    ListBlock,
    ListItem,
    ParagraphBlock,
    QuoteBlock,
    RuleBlock,
    Run,
    TableBlock,
    TreeBlock,
)
from iep_tui.documents.formats.docx import to_docx
from iep_tui.documents.formats.table_layout import MAX_DRAWN_COLUMNS, column_shares

from ..file_inspection import (
    W14,
    W,
    bullets,
    converted,
    document,
    names,
    paragraph,
    paragraphs,
    part,
    pdf_pages,
    quote,
    run_text,
    table,
    words,
)
from ..hostile_strategies import texts
from ..privacy.test_visible_answers import calls

SERVICES = table(("Service", "Minutes"), ("Speech", "30"), ("Reading", "20"))
SHEET = document(
    HeadingBlock(1, words("Prep sheet: Maya R.")),
    paragraph("The yearly review"),
    HeadingBlock(2, words("Goals")),
    HeadingBlock(3, words("What we ask for")),
    bullets("Rest", "Quiet"),
    bullets("one", "two", first=1),
    paragraph("between"),
    bullets("five", "six", first=5),
    quote("Maya loses the last hour.\nMost days.", "We ask for ten minutes."),
    SERVICES,
    bullets("Who pays?", "Who drives?", box=True),
    RuleBlock(),
    RuleBlock(),
    paragraph("Made with iep-tui"),
)


def made(*blocks: TreeBlock, lang: str = "en", paper: Any = "letter") -> bytes:
    return to_docx(document(*blocks, lang=lang), paper=paper)


def body(*blocks: TreeBlock, lang: str = "en") -> Any:
    return part(made(*blocks, lang=lang))


def styled(root: Any) -> list[tuple[str, str]]:
    return [(style, text.split("\t")[-1]) for style, text in paragraphs(root)]


def test_each_block_has_its_own_style() -> None:
    assert styled(part(to_docx(SHEET, paper="letter"))) == [
        ("Heading1", "Prep sheet: Maya R."),
        ("Normal", "The yearly review"),
        ("Heading2", "Goals"),
        ("Heading3", "What we ask for"),
        ("ListBullet", "Rest"),
        ("ListBullet", "Quiet"),
        ("ListNumber", "one"),
        ("ListNumber", "two"),
        ("Normal", "between"),
        ("ListNumber", "five"),
        ("ListNumber", "six"),
        ("Quote", "Maya loses the last hour.\nMost days."),
        ("Quote", "We ask for ten minutes."),
        ("TableWords", "Service"),
        ("TableWords", "Minutes"),
        ("TableWords", "Speech"),
        ("TableWords", "30"),
        ("TableWords", "Reading"),
        ("TableWords", "20"),
        ("BoxToTick", "Who pays?"),
        ("BoxToTick", "Who drives?"),
        ("LineToWriteOn", ""),
        ("LineToWriteOn", ""),
        ("Normal", "Made with iep-tui"),
    ]


def test_every_style_that_is_used_is_there_under_the_name_that_word_knows() -> None:
    file = to_docx(SHEET, paper="letter")
    styles = {one.get(f"{W}styleId"): one for one in part(file, "word/styles.xml").iter(f"{W}style")}
    assert {style for style, _words in paragraphs(part(file))} <= set(styles)
    named = {id: one.find(f"{W}name").get(f"{W}val") for id, one in styles.items()}
    assert named["Heading1"] == "heading 1"
    assert named["ListBullet"] == "List Bullet"
    assert named["ListNumber"] == "List Number"
    assert named["Quote"] == "Quote"
    for level in (1, 2, 3):
        look = styles[f"Heading{level}"].find(f"{W}pPr")
        assert look.find(f"{W}outlineLvl").get(f"{W}val") == str(level - 1)
        assert look.find(f"{W}keepNext") is not None


def test_python_docx_reads_it_back() -> None:
    read = docx.Document(io.BytesIO(to_docx(SHEET, paper="letter")))
    assert [one.text for one in read.paragraphs if one.style and one.style.name == "Heading 2"] == ["Goals"]
    assert [[cell.text for cell in row.cells] for row in read.tables[0].rows] == [
        ["Service", "Minutes"],
        ["Speech", "30"],
        ["Reading", "20"],
    ]
    assert read.core_properties.title == "Prep sheet: Maya R."


def test_stress_and_line_breaks_are_inside_their_paragraph() -> None:
    root = body(ParagraphBlock((Run("Grade:", True), Run(" Third\nor\tfourth"))))
    ((style, text),) = paragraphs(root)
    assert (style, text) == ("Normal", "Grade: Third\nor\tfourth")
    bold = [run_text(run) for run in root.iter(f"{W}r") if run.find(f"{W}rPr/{W}b") is not None]
    assert bold == ["Grade:"]


def test_each_numbered_list_counts_anew_from_its_own_first_number() -> None:
    file = made(bullets("a", "b", first=1), paragraph("x"), bullets("c", first=7), bullets("d"))
    used = [one.get(f"{W}val") for one in part(file).iter(f"{W}numId")]
    assert used[0] == used[1]
    assert used[0] != used[2]
    numbers = {one.get(f"{W}numId"): one for one in part(file, "word/numbering.xml").iter(f"{W}num")}
    firsts = [numbers[used[place]].find(f".//{W}startOverride").get(f"{W}val") for place in (0, 2)]
    assert firsts == ["1", "7"]


def test_a_list_in_a_list_is_one_level_deeper_and_further_paragraphs_stand_under_the_words() -> None:
    inner = ListBlock((ListItem((paragraph("inner"),)),))
    root = body(ListBlock((ListItem((paragraph("outer"), paragraph("more"), inner)),)))
    assert paragraphs(root) == [("ListBullet", "outer"), ("ListContinue", "more"), ("ListBullet", "inner")]
    assert [one.get(f"{W}val") for one in root.iter(f"{W}ilvl")] == ["1"]


def test_a_box_can_be_ticked_and_is_named() -> None:
    root = body(bullets("Who pays?", "Who drives?", box=True))
    boxes = list(root.iter(f"{W14}checkbox"))
    assert [box.find(f"{W14}checked").get(f"{W14}val") for box in boxes] == ["0", "0"]
    assert [one.get(f"{W}val") for one in root.iter(f"{W}alias")] == ["Box to tick"] * 2
    assert len({one.get(f"{W}val") for one in root.iter(f"{W}id")}) == 2
    assert [run_text(one) for one in root.iter(f"{W}sdtContent")] == ["☐", "☐"]
    font = next(root.iter(f"{W}sdtContent")).find(f".//{W}rFonts").get(f"{W}ascii")
    assert font == boxes[0].find(f"{W14}uncheckedState").get(f"{W14}font") == "MS Gothic"
    assert "w14" in root.get("{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable")


def test_word_ticks_boxes_only_in_a_file_of_its_own_time() -> None:
    (mode,) = part(made(), "word/settings.xml").iter(f"{W}compatSetting")
    assert (mode.get(f"{W}name"), mode.get(f"{W}val")) == ("compatibilityMode", "15")


def test_a_tables_head_is_repeated_and_no_row_is_parted() -> None:
    root = body(SERVICES)
    rows = list(root.iter(f"{W}tr"))
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, False, False]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    look = root.find(f".//{W}tblPr")
    assert look.find(f"{W}tblStyle").get(f"{W}val") == "TableGrid"
    assert look.find(f"{W}tblLook").get(f"{W}firstRow") == "1"
    styles = part(made(), "word/styles.xml")
    borders = styles.find(f".//{W}style[@{W}styleId='TableGrid']//{W}tblBorders")
    assert {one.get(f"{W}val") for one in borders} == {"single"}
    assert len(borders) == 6


def test_a_row_that_is_longer_than_a_page_may_be_parted() -> None:
    root = body(table(("What",), ("long " * 2_000,)))
    assert [row.find(f"{W}trPr/{W}cantSplit") is not None for row in root.iter(f"{W}tr")] == [True, False]


def test_two_tables_stay_two_and_none_is_the_last_thing() -> None:
    root = body(SERVICES, SERVICES)
    kinds = [etree.QName(one).localname for one in root.find(f"{W}body")]
    assert kinds == ["tbl", "p", "tbl", "p", "sectPr"]


def test_columns_fill_the_page_and_follow_their_words() -> None:
    given_table = table(
        ("Who", "What they will do"), ("Mom", "Tells how reading goes at our house, and asks about June")
    )
    narrow, wide = column_shares(given_table)
    assert narrow + wide == pytest.approx(1)
    assert 0.1 < narrow < 0.3
    root = body(given_table)
    grid = [int(one.get(f"{W}w")) for one in root.iter(f"{W}gridCol")]
    assert 10_220 <= sum(grid) <= 10_224
    assert grid == [int(one.get(f"{W}w")) for one in next(root.iter(f"{W}tr")).iter(f"{W}tcW")]


def test_a_column_keeps_its_longest_word_whole_before_others_get_more() -> None:
    log = table(
        ("Week of", "Service", "Promised", "How we know"),
        (
            "Monday 15 March 2027",
            "Reading, in the small group",
            "4 times",
            "The reading teacher told us so at the door, " * 3,
        ),
    )
    shares = column_shares(log)
    assert sum(shares) == pytest.approx(1)
    assert 92 * shares[2] >= len("Promised") + 3
    assert shares[3] == max(shares)


def test_a_table_too_wide_for_paper_becomes_its_labelled_parts() -> None:
    many = MAX_DRAWN_COLUMNS + 30
    wide = table(tuple(f"head{place}" for place in range(many)), tuple(f"cell{place}" for place in range(many)))
    root = body(wide)
    assert root.find(f".//{W}tbl") is None
    assert paragraphs(root) == [("ListNumber", "\n".join(f"head{place}: cell{place}" for place in range(many)))]


def test_words_from_right_to_left_are_marked_by_their_first_letter() -> None:
    root = body(paragraph("مايا (Maya) تغني"), paragraph("Maya"), table(("اسم", "x"), ("مايا", "Maya")))
    first, second, *cells = root.iter(f"{W}p")
    assert [one.find(f"{W}pPr/{W}bidi") is not None for one in (first, second)] == [True, False]
    pieces = [(run_text(run), run.find(f"{W}rPr/{W}rtl") is not None) for run in first.iter(f"{W}r")]
    assert pieces == [("مايا (", True), ("Maya", False), (") تغني", True)]
    assert root.find(f".//{W}tblPr/{W}bidiVisual") is not None
    assert [run_text(one) for one in cells[:4]] == ["اسم", "x", "مايا", "Maya"]


def test_hebrew_is_not_spelled_as_arabic() -> None:
    root = body(paragraph("She says שלום and مرحبا"))
    told = {run_text(run): run.find(f"{W}rPr/{W}lang") for run in root.iter(f"{W}r")}
    assert told["שלום"].get(f"{W}bidi") == "he-IL"
    assert told["مرحبا"] is None


def test_a_sheet_in_a_language_from_right_to_left_begins_there() -> None:
    file = made(paragraph("12"), lang="ar")
    assert part(file).find(f".//{W}sectPr/{W}bidi") is not None
    assert part(file).find(f".//{W}pPr/{W}bidi") is not None
    assert part(file, "word/styles.xml").find(f".//{W}lang").get(f"{W}bidi") == "ar"


@pytest.mark.parametrize(
    ("lang", "paper", "told", "size"),
    [
        ("en", "letter", "en-US", ("12240", "15840")),
        ("en", "a4", "en-GB", ("11906", "16838")),
        ("fr-CA", "a4", "fr-CA", ("11906", "16838")),
    ],
)
def test_language_and_paper(lang: str, paper: Any, told: str, size: tuple[str, str]) -> None:
    file = made(paragraph("x"), lang=lang, paper=paper)
    assert part(file, "word/styles.xml").find(f".//{W}docDefaults//{W}lang").get(f"{W}val") == told
    paper_size = part(file).find(f".//{W}pgSz")
    assert (paper_size.get(f"{W}w"), paper_size.get(f"{W}h")) == size


def test_nothing_is_said_about_who_made_it_where_or_when() -> None:
    file = to_docx(SHEET, paper="letter")
    assert sorted(names(file)) == [
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "word/_rels/document.xml.rels",
        "word/document.xml",
        "word/footer1.xml",
        "word/numbering.xml",
        "word/settings.xml",
        "word/styles.xml",
    ]
    told = {etree.QName(one).localname: one.text for one in part(file, "docProps/core.xml")}
    assert told == {"title": "Prep sheet: Maya R.", "language": "en-US"}
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        everything = b"".join(map(archive.read, archive.namelist()))
    assert b"python-docx" not in everything
    assert b"rsid" not in everything
    assert b'TargetMode="External"' not in everything


def test_the_same_sheet_is_the_same_bytes() -> None:
    assert to_docx(SHEET, paper="letter") == to_docx(SHEET, paper="letter")


def test_pages_are_numbered_by_word_itself() -> None:
    foot = part(made(), "word/footer1.xml")
    assert [one.get(f"{W}instr") for one in foot.iter(f"{W}fldSimple")] == ["PAGE", "NUMPAGES"]
    assert "".join(one.text for one in foot.iter(f"{W}t")) == "Page 1 of 1"


def test_a_title_longer_than_the_format_takes_is_cut_there_and_whole_in_the_sheet() -> None:
    long = "Prep sheet: " + "Maya " * 100
    file = to_docx(Document(long, "en", (HeadingBlock(1, words(long)),)), paper="letter")
    assert part(file, "docProps/core.xml")[0].text == long[:255]
    assert paragraphs(part(file)) == [("Heading1", long)]


@pytest.mark.slow
@settings(max_examples=200)
@given(st.lists(texts, max_size=4), st.text(max_size=30))
def test_any_words_are_words(some: list[str], anything: str) -> None:
    """Straight from a tree that nothing has cleaned: the XML is sound and says what was said."""
    given_words = [*some, anything + "\x00\ud800\ufffe\u202e"]
    root = body(*(paragraph(text) for text in given_words), table(tuple(given_words), tuple(given_words)))
    found = [text for style, text in paragraphs(root) if style in ("Normal", "TableWords")]
    wanted = list(map(clean_text, given_words))
    assert found == wanted * 3


def test_twice_the_answers_take_twice_the_work() -> None:
    def sheet(many: int) -> Document:
        return document(*(block for one in range(many) for block in (HeadingBlock(3, words(f"{one}")), SERVICES)))

    once = calls(lambda: to_docx(sheet(20), paper="letter"))
    twice = calls(lambda: to_docx(sheet(40), paper="letter"))
    assert once < twice < 2.1 * once


def test_libreoffice_opens_it_whole(tmp_path: Path) -> None:
    text = " ".join(" ".join(pdf_pages(converted(to_docx(SHEET, paper="letter"), tmp_path))).split())
    for said in (
        "Prep sheet: Maya R. The yearly review Goals What we ask for",
        "1. one 2. two between 5. five 6. six",
        "Maya loses the last hour. Most days. We ask for ten minutes.",
        "Service Minutes Speech 30 Reading 20",
        "Who pays?",
        "Page 1 of 1",
    ):
        assert said in text


def test_a_heading_never_ends_a_page(tmp_path: Path) -> None:
    blocks: list[TreeBlock] = []
    for number in range(60):
        blocks += [HeadingBlock(2, words(f"Part {number}")), HeadingBlock(3, words(f"Head {number}")), SERVICES]
    pages = pdf_pages(converted(made(*blocks), tmp_path))
    assert len(pages) > 3
    for page in pages:
        assert "Reading 20" in page.strip().rsplit("\n", 2)[-2] + page.strip().rsplit("\n", 2)[-1]


def test_a_quote_holds_lists_and_a_list_holds_tables() -> None:
    root = body(QuoteBlock((bullets("said"), paragraph("so"))), ListBlock((ListItem((paragraph("row"), SERVICES)),)))
    assert [style for style, _ in paragraphs(root)][:3] == ["ListBullet", "Quote", "ListBullet"]
    assert root.find(f".//{W}tblInd") is not None


def test_an_item_that_begins_with_something_else_has_its_mark_and_its_words() -> None:
    root = body(ListBlock((ListItem((QuoteBlock((paragraph("said"),)),)), ListItem(())), first=1))
    assert paragraphs(root) == [("ListNumber", ""), ("ListContinue", "said"), ("ListNumber", "")]


def test_a_table_without_rows_has_its_head() -> None:
    assert paragraphs(body(TableBlock((words("What"),), ())))[0] == ("TableWords", "What")
