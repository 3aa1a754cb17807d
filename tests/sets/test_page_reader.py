"""Pages in files: the result for a valid one, and the messages for a broken one."""

from __future__ import annotations

from pathlib import Path

import pytest

from iep_tui.core.question_model import Page, RichParagraph, Section, TextSpan
from iep_tui.sets.set_reader import read_page

HERE = Path(__file__).parent / "pages"
BROKEN = sorted((HERE / "broken").glob("*.md"))


def words(text: str) -> tuple[TextSpan, ...]:
    return (TextSpan(text),)


def test_a_page_as_it_is_read() -> None:
    page, problems = read_page((HERE / "good.md").read_bytes(), path="good.md")
    assert problems == ()
    assert page == Page(
        title="What is it?",
        intro=(RichParagraph((TextSpan("A plan for {child}, with "), TextSpan("stress", True), TextSpan("."))),),
        sections=(
            Section(
                "Who",
                (
                    RichParagraph(words("You"), "item"),
                    RichParagraph(words("The team"), "item"),
                    RichParagraph(words("Ask"), "step"),
                    RichParagraph(words("Wait"), "step"),
                ),
            ),
            Section("Nothing more", ()),
        ),
        checked="2026-11-24",
    )


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.name)
def test_tells_what_the_text_beside_it_says(path: Path) -> None:
    messages = [str(one) for one in read_page(path.read_bytes(), path=path.name)[1]]
    assert messages == path.with_suffix(".txt").read_text("utf-8").splitlines()
    assert messages


def test_a_page_without_a_title_is_none() -> None:
    assert read_page((HERE / "broken" / "untitled.md").read_bytes(), path="untitled.md")[0] is None


@pytest.mark.parametrize("data", [b"\xff\xfe", b"\x1b[31m", b"x" * 1_000_001, b""])
def test_a_file_of_anything_is_told_and_does_no_harm(data: bytes) -> None:
    page, problems = read_page(data, path="any.md")
    assert page is None
    assert problems
