"""The HTML sheet in a real browser: no axe-core finding, no sideways scroll, no network request."""

from __future__ import annotations

import base64
import datetime
import io
import json
import re
from itertools import product
from pathlib import Path
from typing import Any

import pypdf
import pytest

from iep_tui.core.interview import Interview
from iep_tui.core.question_model import AUDIENCES
from iep_tui.documents import outline_model
from iep_tui.documents.formats.renderer import render
from iep_tui.documents.sheets.concerns_page import concerns_page
from iep_tui.documents.sheets.sheet_builder import build_sheet
from iep_tui.sets import library, library_loader
from iep_tui.store.interchange_format import decode_case

from ..hostile_corpus import MANY_COLUMNS, WORDS
from ..sample_case import MADE
from ..text_extraction import in_order, pieces
from .chromium import Browser

pytestmark = pytest.mark.browser

#: What axe-core looks for: WCAG 2.0 to 2.2 at A, AA and AAA, and its own rules of good practice.
TAGS = [f"wcag{version}{level}" for version in ("2", "21", "22") for level in ("a", "aa", "aaa")] + ["best-practice"]
#: Rules of these levels that are off unless asked for.
_ASKED_FOR = ("color-contrast-enhanced", "target-size")


def example() -> Interview:
    """The shipped example, with every question answered."""
    case = decode_case((library.language_folder(library.shipped_folder(), "en") / library.EXAMPLE).read_bytes())
    return Interview(library_loader.load_uncached("en").catalogue, case.latest.answers, datetime.date(2027, 3, 26))


def hostile() -> outline_model.Outline:
    """Every hostile text in every place, and a table wider than any paper."""
    blocks: list[outline_model.OutlineBlock] = [outline_model.Heading(1, "Prep sheet")]
    for name, words in WORDS.items():
        blocks += [
            outline_model.Heading(2, name),
            outline_model.Paragraph(words, words),
            outline_model.Quote(words),
            outline_model.Checks((words,)),
            outline_model.Fields((("Label", words),)),
            outline_model.Entries((((words, words),),)),
            outline_model.Table(("A", words), ((words, "b"),)),
        ]
    head = tuple(f"Column {number}" for number in range(MANY_COLUMNS))
    blocks += [
        outline_model.Table(head, (tuple("x" * number for number in range(MANY_COLUMNS)),)),
        outline_model.WritingLines(6),
    ]
    return outline_model.Outline("Prep sheet", "team", tuple(blocks))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The example for each reader, and a page of hostile words, as files."""
    folder = tmp_path_factory.mktemp("pages")
    case = example()
    sheets = {reader: build_sheet(case, reader, made=MADE) for reader in AUDIENCES} | {
        "concerns": concerns_page(case, made=MADE),
        "hostile": hostile(),
    }
    found = {}
    for name, sheet in sheets.items():
        found[name] = folder / f"{name}.html"
        found[name].write_bytes(render(sheet, "html", lang="en"))
    return found


NAMES = (*AUDIENCES, "concerns", "hostile")


def measured(page: Browser, axe: str) -> tuple[list[str], list[str]]:
    """The axe-core findings, and the rules that passed."""
    page.run(f"{axe};0")
    rules = {name: {"enabled": True} for name in _ASKED_FOR}
    options = {"runOnly": {"type": "tag", "values": TAGS}, "rules": rules}
    told: dict[str, Any] = page.run(
        f"axe.run(document, {json.dumps(options)}).then(found => ({{"
        " violations: found.violations.map(one => `${one.id}: ${one.nodes[0].html} ${one.nodes[0].failureSummary}`),"
        " passes: found.passes.map(one => one.id)}))"
    )
    return told["violations"], told["passes"]


@pytest.mark.parametrize(
    ("name", "width", "scheme"),
    [
        ("family", 320, "light"),
        ("family", 1200, "dark"),
        ("team", 320, "dark"),
        ("team", 1200, "light"),
        ("concerns", 320, "dark"),
        *product(("teachers", "hostile"), (320, 1200), ("light", "dark")),
    ],
)
def test_axe_finds_nothing(
    chromium: Browser, axe: str, pages: dict[str, Path], name: str, width: int, scheme: str
) -> None:
    chromium.open(pages[name], width=width, scheme=scheme)
    violations, passes = measured(chromium, axe)
    assert violations == []
    assert {"color-contrast", "color-contrast-enhanced", "landmark-one-main", "document-title", "html-has-lang"} <= set(
        passes
    )


def test_axe_would_find_it(chromium: Browser, axe: str, pages: dict[str, Path]) -> None:
    chromium.open(pages["family"], width=1200)
    chromium.run(
        "document.documentElement.removeAttribute('lang');"
        "document.querySelector('p').style.color = '#666';"
        "document.querySelector('label').replaceWith(document.querySelector('input')); 0"
    )
    violations, _passes = measured(chromium, axe)
    assert [one.partition(":")[0] for one in violations] == ["color-contrast-enhanced", "html-has-lang", "label"]


@pytest.mark.parametrize("width", [320, 640, 641, 700, 1200])
@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_cut_or_scrolls_sideways(chromium: Browser, pages: dict[str, Path], name: str, width: int) -> None:
    chromium.open(pages[name], width=width)
    wide = chromium.run(
        "[...document.querySelectorAll('body, body *')].filter(one => {"
        "  const room = one.getBoundingClientRect();"
        "  return !one.closest('thead') && (room.right > document.documentElement.clientWidth + 1 || room.left < 0);"
        "}).map(one => one.outerHTML.slice(0, 200))"
    )
    assert wide == []
    assert chromium.run("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_asked_of_the_network_and_no_script_runs(
    chromium: Browser, pages: dict[str, Path], name: str
) -> None:
    chromium.open(pages[name], width=1200)
    asked = [params["request"]["url"] for method, params in chromium.events if method == "Network.requestWillBeSent"]
    assert asked == [pages[name].as_uri()]
    assert not [one for one in chromium.events if one[0].startswith(("Log.", "Page.javascriptDialog"))]
    assert chromium.run("document.scripts.length") == 0


def test_the_style_is_the_one_the_policy_lets_in_and_no_other(chromium: Browser, pages: dict[str, Path]) -> None:
    chromium.open(pages["team"], width=1200)
    assert chromium.run("getComputedStyle(document.querySelector('main')).maxWidth") == "736px"
    chromium.run(
        "document.head.append(Object.assign(document.createElement('style'), {textContent: 'main{color:red}'}))"
    )
    assert chromium.run("getComputedStyle(document.querySelector('main')).color") == "rgb(27, 27, 27)"


def test_a_box_is_ticked_by_its_words_and_by_the_space_key(chromium: Browser, pages: dict[str, Path]) -> None:
    chromium.open(pages["team"], width=320)
    chromium.run("document.querySelector('label span').click()")
    assert chromium.run("document.querySelector('input').checked")
    chromium.run("document.querySelector('input').focus()")
    for kind in ("keyDown", "keyUp"):
        chromium.call("Input.dispatchKeyEvent", type=kind, key=" ", code="Space", windowsVirtualKeyCode=32, text=" ")
    assert not chromium.run("document.querySelector('input').checked")


def test_what_a_screen_reader_is_told_of_a_table_is_the_same_at_every_width(
    chromium: Browser, pages: dict[str, Path]
) -> None:
    told = []
    for width in (320, 1200):
        chromium.open(pages["team"], width=width)
        chromium.call("Accessibility.enable")
        nodes = chromium.call("Accessibility.getFullAXTree")["nodes"]
        roles = [one["role"]["value"] for one in nodes if not one["ignored"]]
        told.append([role for role in roles if role in ("table", "row", "columnheader", "cell")])
    assert told[0] == told[1]
    assert "columnheader" in told[0]


def test_each_box_is_told_with_its_words(chromium: Browser, pages: dict[str, Path]) -> None:
    chromium.open(pages["team"], width=320)
    chromium.call("Accessibility.enable")
    nodes = chromium.call("Accessibility.getFullAXTree")["nodes"]
    names = [one["name"]["value"] for one in nodes if not one["ignored"] and one["role"]["value"] == "checkbox"]
    assert len(names) == chromium.run("document.querySelectorAll('input').length") > 0
    assert all(names)


def test_on_paper_heads_are_repeated_rows_stay_whole_and_ink_is_black(
    chromium: Browser, pages: dict[str, Path]
) -> None:
    chromium.open(pages["team"], width=660, scheme="dark")
    features = [{"name": "prefers-color-scheme", "value": "dark"}]
    chromium.call("Emulation.setEmulatedMedia", media="print", features=features)
    style = "getComputedStyle(document.querySelector('{}')).{}"
    found = {
        (one, key): chromium.run(style.format(one, key))
        for one, key in [
            ("thead", "display"),
            ("thead", "position"),
            ("tr", "display"),
            ("tr", "breakInside"),
            ("h3", "breakAfter"),
            ("html", "color"),
            ("html", "backgroundColor"),
        ]
    }
    assert found == {
        ("thead", "display"): "table-header-group",
        ("thead", "position"): "static",
        ("tr", "display"): "table-row",
        ("tr", "breakInside"): "avoid",
        ("h3", "breakAfter"): "avoid",
        ("html", "color"): "rgb(27, 27, 27)",
        ("html", "backgroundColor"): "rgb(255, 255, 255)",
    }


def printed(page: Browser, where: Path, paper: tuple[float, float] = (8.5, 11)) -> list[str]:
    """The text of each printed page. `paper` is in inches."""
    page.open(where, width=1200)
    asked = {"preferCSSPageSize": True, "paperWidth": paper[0], "paperHeight": paper[1]}
    made = base64.b64decode(page.call("Page.printToPDF", **asked)["data"])
    return [one.extract_text() for one in pypdf.PdfReader(io.BytesIO(made)).pages]


@pytest.mark.parametrize("paper", [(8.5, 11), (8.27, 11.69)], ids=["letter", "a4"])
def test_the_teachers_page_is_one_page_of_paper(
    chromium: Browser, pages: dict[str, Path], paper: tuple[float, float]
) -> None:
    assert len(printed(chromium, pages["teachers"], paper)) == 1


def test_each_page_of_a_long_table_has_its_head_and_only_whole_rows(chromium: Browser, tmp_path: Path) -> None:
    rows = tuple((f"begin{number} " + "word " * 60 + f"end{number}", "a") for number in range(40))
    where = tmp_path / "long.html"
    blocks = (outline_model.Heading(1, "Prep sheet"), outline_model.Table(("What we saw", "Who"), rows))
    where.write_bytes(render(outline_model.Outline("Prep sheet", "team", blocks), "html", lang="en"))
    papers = printed(chromium, where)
    assert len(papers) > 3
    for words in papers:
        assert words.count("What we saw") == 1
        assert {one for one in range(40) if f"begin{one} " in words} == {
            one for one in range(40) if re.search(rf"end{one}\b", words)
        }


def test_an_arabic_answer_reads_from_the_right_and_one_in_english_from_the_left(
    chromium: Browser, tmp_path: Path
) -> None:
    arabic = "تقرأ كل يوم. (اسمها: سلمى)"
    blocks = (
        outline_model.Heading(1, "Prep sheet"),
        outline_model.Paragraph(arabic),
        outline_model.Paragraph("She reads."),
        outline_model.Paragraph(arabic, "Note"),
        outline_model.Checks((arabic, "Who?")),
    )
    where = tmp_path / "a.html"
    where.write_bytes(render(outline_model.Outline("Prep sheet", "team", blocks), "html", lang="en"))
    chromium.open(where, width=700)
    found = chromium.run("[...document.querySelectorAll('p, bdi')].map(one => getComputedStyle(one).direction)")
    assert found == ["rtl", "ltr", "ltr", "rtl"]
    at = "[...document.querySelectorAll('input')].map(one => one.getBoundingClientRect().left > innerWidth / 2)"
    assert chromium.run(at) == [True, False]


def test_the_words_a_browser_shows_are_the_words_of_the_sheet(chromium: Browser, pages: dict[str, Path]) -> None:
    chromium.open(pages["family"], width=1200)
    shown = "".join(chromium.run("document.querySelector('main').innerText").split())
    sheet = build_sheet(example(), "family", made=MADE)
    assert in_order([one for block in sheet.blocks for one in pieces(block)], shown) is None
