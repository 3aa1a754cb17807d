"""HTML sheets: one self-contained file, in which a person's text never becomes markup."""

from __future__ import annotations

import hashlib
from base64 import b64encode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iep_tui.documents import outline_model
from iep_tui.documents.formats.html import to_html
from iep_tui.documents.formats.markdown import to_markdown
from iep_tui.documents.formats.markdown_escape import tidy
from iep_tui.documents.formats.markdown_reader import read_blocks

from ..hostile_corpus import WORDS
from ..text_extraction import Page
from .test_markdown import blocks, tables

#: Every element of a page with the attributes it may have.
ALLOWED: dict[str, str] = {
    **dict.fromkeys(("head", "title", "style", "body", "main", "blockquote", "strong", "br", "hr", "label"), ""),
    **dict.fromkeys(("h1", "h2", "h3", "p", "bdi", "li"), "dir"),
    **dict.fromkeys(("thead", "tbody", "tr"), "role"),
    "html": "lang dir",
    "meta": "charset http-equiv content name",
    "ul": "class role",
    "ol": "start",
    "input": "type",
    "div": "class role aria-label",
    "span": "class role aria-label",
    "table": "role class",
    "th": "scope role dir",
    "td": "role dir data-label",
}


def page(*sheet: outline_model.OutlineBlock, lang: str = "en") -> str:
    return to_html(read_blocks(to_markdown(outline_model.Outline("Prep sheet", "team", sheet)), lang=lang))


def body(*sheet: outline_model.OutlineBlock) -> str:
    return page(*sheet).split("<main>\n")[1].split("\n</main>")[0]


def test_each_block() -> None:
    assert (
        body(
            outline_model.Heading(1, "Prep sheet: Maya & co"),
            outline_model.Fields((("Grade", "Third\ngrade"), ("", "no label"))),
            outline_model.Quote("One line\nand another.\n\nA paragraph."),
            outline_model.Numbered(("Art",)),
            outline_model.Checks(("Who goes?", "What\n\nthen?")),
            outline_model.Bullets(("One\n\ntwo",)),
            outline_model.Table(("Service", "Enough?", ""), (("Speech <b>", "yes", "x"), ("", "", ""))),
            outline_model.WritingLines(2),
            outline_model.Paragraph("Ask her aunt.", "Our note"),
            outline_model.WritingLines(1),
        )
        == """\
<h1 dir="auto">Prep sheet: Maya &amp; co</h1>
<ul>
<li dir="auto"><strong>Grade:</strong> <bdi>Third</bdi><br>
<bdi>grade</bdi></li>
<li dir="auto">no label</li>
</ul>
<blockquote>
<p dir="auto">One line<br>
and another.</p>
<p dir="auto">A paragraph.</p>
</blockquote>
<ol>
<li dir="auto">Art</li>
</ol>
<ul class="boxes" role="list">
<li dir="auto"><label><input type="checkbox"> <span>Who goes?</span></label></li>
<li dir="auto"><label><input type="checkbox"> <span>What</span></label>
<p dir="auto">then?</p></li>
</ul>
<ul>
<li>
<p dir="auto">One</p>
<p dir="auto">two</p>
</li>
</ul>
<table class="whole" role="table">
<thead role="rowgroup">
<tr role="row"><th scope="col" role="columnheader" dir="auto">Service</th>\
<th scope="col" role="columnheader" dir="auto">Enough?</th><td role="cell"></td></tr>
</thead>
<tbody role="rowgroup">
<tr role="row"><td role="cell" dir="auto" data-label="Service:">Speech &lt;b&gt;</td>\
<td role="cell" dir="auto" data-label="Enough?">yes</td><td role="cell" dir="auto">x</td></tr>
<tr role="row"><td role="cell" dir="auto" data-label="Service:"></td>\
<td role="cell" dir="auto" data-label="Enough?"></td><td role="cell" dir="auto"></td></tr>
</tbody>
</table>
<div class="lines" role="img" aria-label="2 blank lines to write on"><hr><hr></div>
<p dir="auto"><strong>Our note:</strong> <bdi>Ask her aunt.</bdi></p>
<div class="lines" role="img" aria-label="1 blank line to write on"><hr></div>"""
    )


def test_a_list_that_begins_later_keeps_its_numbers() -> None:
    assert '<ol start="7">' in to_html(read_blocks("7. seven\n"))


def test_in_a_mail_a_box_is_a_sign() -> None:
    mail = to_html(read_blocks("- [ ] Who?\n"), boxes="sign")
    assert "<input" not in mail
    assert "<label" not in mail
    assert '<span class="box" role="img" aria-label="Box to tick">☐</span> <span>Who?</span>' in mail


def test_the_head() -> None:
    read = Page(page(outline_model.Heading(1, "Prep sheet: <Maya>"), lang="es"))
    assert read.title == "Prep sheet: <Maya>"
    assert read.elements[0] == ("html", {"lang": "es"})
    assert ("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}) in read.elements
    assert [name for name, _ in read.elements].count("main") == 1


def test_the_page_of_a_language_written_from_the_right_begins_there() -> None:
    assert Page(page(lang="ar")).elements[0] == ("html", {"lang": "ar", "dir": "rtl"})


def test_a_page_without_words_has_a_title() -> None:
    assert Page(to_html(read_blocks(""))).title


def test_nothing_may_be_loaded_and_the_style_is_the_one_that_is_named() -> None:
    read = Page(page(outline_model.Paragraph("a")))
    (policy,) = (one["content"] for name, one in read.elements if name == "meta" and "http-equiv" in one)
    style = b64encode(hashlib.sha256(read.style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'"
    assert "://" not in page()
    assert "url(" not in read.style
    assert "@import" not in read.style


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_words_in_every_place_add_no_element_and_no_attribute(words: str) -> None:
    check(
        outline_model.Heading(1, words),
        outline_model.Paragraph(words, words),
        outline_model.Quote(words),
        outline_model.Checks((words,)),
        outline_model.Entries((((words, words),),)),
        outline_model.Table((words, "b"), ((words, words),)),
    )


@settings(max_examples=100, deadline=None)
@given(st.lists(blocks | tables, max_size=5).map(tuple))
def test_no_words_add_an_element_or_an_attribute(sheet: tuple[outline_model.OutlineBlock, ...]) -> None:
    check(*sheet)


def check(*sheet: outline_model.OutlineBlock) -> None:
    read = Page(page(*sheet))
    assert read.others == ["DOCTYPE html"]
    for name, attributes in read.elements:
        assert set(attributes) <= set(ALLOWED[name].split()), (name, attributes)
        for key in ("role", "class", "scope", "type", "dir"):
            assert attributes.get(key) in _VALUES, (name, attributes)
    names = [name for name, _attributes in read.elements]
    assert names.count("style") == names.count("main") == names.count("title") == 1
    boxes = [item for block in sheet if isinstance(block, outline_model.Checks) for item in block.items if tidy(item)]
    assert names.count("input") == len(boxes)


_VALUES = (
    *(None, "auto", "col", "checkbox", "whole", "boxes", "lines", "list"),
    *("table", "rowgroup", "row", "cell", "columnheader", "img"),
)
