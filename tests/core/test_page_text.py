"""Plain text of a page: headings, paragraphs and lists, wrapped to fit."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from iep_tui.core.page_text import PAGE_TEXT_WIDTH, page_text
from iep_tui.core.question_model import Page, RichParagraph, Section, TextSpan


def para(text: str, form: str = "para") -> RichParagraph:
    return RichParagraph((TextSpan(text),), form)  # type: ignore[arg-type]


PAGE = Page(
    title="A plan",
    intro=(para("It is for {child}."),),
    sections=(
        Section("Who", (para("You."), para("The team", "item"), para("and others", "item"), para("All of them."))),
        Section("Steps", (para("Ask and go on asking until there is an answer", "step"), para("Wait", "step"))),
        Section("Nothing", ()),
    ),
)


def test_the_page_as_it_is_printed() -> None:
    assert page_text(PAGE, "your child", 30) == (
        "A plan\n======\n\nIt is for your child.\n\n"
        "Who\n---\n\nYou.\n\n- The team\n- and others\n\nAll of them.\n\n"
        "Steps\n-----\n\n1. Ask and go on asking until\n   there is an answer\n2. Wait\n\n"
        "Nothing\n-------\n"
    )


def test_stressed_words_stay_words() -> None:
    page = Page(title="T", intro=(RichParagraph((TextSpan("A "), TextSpan("504 plan", strong=True), TextSpan("."))),))
    assert page_text(page, "x") == "T\n=\n\nA 504 plan.\n"


@given(st.integers(-5, 200), st.lists(st.sampled_from(["word", "a", "longer-word", "34 CFR"]), min_size=1, max_size=40))
def test_no_line_is_wider_than_asked_nor_than_people_read(width: int, words: list[str]) -> None:
    page = Page(title="T", intro=(para(" ".join(words)), para(" ".join(words), "item")))
    assert max(map(len, page_text(page, "Maya", width).split("\n"))) <= max(20, min(width, PAGE_TEXT_WIDTH))
