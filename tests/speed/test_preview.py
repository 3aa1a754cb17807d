"""A long sheet: its first lines are drawn before the rest is put into words, and every line of it once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator

import pytest
from textual.content import Content
from textual.widgets import Static

from iep_tui.core.case_model import Answer
from iep_tui.documents.outline_model import Heading, Outline, Paragraph, Quote
from iep_tui.tui.app import PrepApp
from iep_tui.tui.screens.sheet_screen import SheetScreen
from iep_tui.tui.textual_ext.sliced_scroll import SLICE_CHARS, TO_END, SlicedScroll
from iep_tui.tui.widgets.sheet_preview import preview_content

from .conftest import MANY
from .test_screen import at, open_question, until


async def test_the_first_lines_come_first(app: PrepApp, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    drawn: list[int] = []
    widths: list[int] = []
    outlines: list[Outline] = []

    def noted(outline: Outline, width: int) -> Iterator[Content]:
        widths.append(width)
        outlines.append(outline)
        for piece in preview_content(outline, width):
            asked.append(piece.plain)
            yield piece

    display = PrepApp._display

    def watched(self: PrepApp, screen: object, renderable: object) -> None:
        drawn.append(len(asked))
        display(self, screen, renderable)  # type: ignore[arg-type]

    monkeypatch.setattr("iep_tui.tui.screens.sheet_screen.preview_content", noted)
    monkeypatch.setattr(PrepApp, "_display", watched)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_question(pilot, app)
        assert at(app) == "q-2"
        assert app.session is not None
        for question in app.session.interview.path:
            app.session.change(question, Answer(f"All about {question.id}.", "answered", "team"))
        await pilot.press("f9")
        last = f"All about q-{MANY - 1}."
        await until(pilot, lambda: isinstance(app.screen, SheetScreen) and last in asked, "the sheet")
        await until(pilot, lambda: drawn[-1] == len(asked), "the end of it, drawn")
        assert len(outlines) == 1, "made once"
        assert widths == [app.screen.query_one("#preview").size.width], "never for a width that it will not have"
        whole = [piece.plain for piece in preview_content(outlines[0], widths[0])]
        assert asked == whole, "each piece once"
        first = next(count for count in drawn if count)
        assert first <= 24 < len(whole), "no more than a window holds comes before the first lines are drawn"
        parts = [part.render() for part in app.screen.query_one(SlicedScroll).query(Static)]
        assert "\n".join(str(part) for part in parts) == "\n".join(whole)


@pytest.mark.parametrize("kind", [Paragraph, Quote])
async def test_one_answer_of_a_whole_book_comes_in_slices_too(
    app: PrepApp, kind: Callable[[str], Paragraph | Quote]
) -> None:
    book = "\n\n".join("She needs ten quiet minutes before she can start. " * 20 for _page in range(60))
    outline = Outline("T", "team", (Heading(1, "Prep sheet"), kind(book), Paragraph("The end.")))
    page = SlicedScroll(lambda width: preview_content(outline, width))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.screen.mount(page)
        await until(pilot, lambda: "The end." in str([*page.query(Static)][-1].render()), "the end")
        parts = [str(part.render()) for part in page.query(Static)]
        assert max(map(len, parts)) < 2 * SLICE_CHARS
        assert "\n".join(parts) == "\n".join(
            piece.plain for piece in preview_content(outline, page.query_one("#preview").size.width)
        )


async def test_the_end_is_the_end_of_the_sheet_also_before_it_is_there(app: PrepApp) -> None:
    lines = Outline("T", "team", tuple(Paragraph(f"Line {number}.") for number in range(600)))
    page = SlicedScroll(lambda width: preview_content(lines, width))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.screen.mount(page)
        while not page.query(".more"):
            await asyncio.sleep(0)
        assert len(page.query(Static)) < 5, "the rest is still to come"
        page.scroll_lines(TO_END)
        await until(pilot, lambda: page.scroll_y == page.max_scroll_y > 1_000, "the end")
        last = [*page.query(Static)][-1]
        assert "Line 599." in str(last.render())
        assert last.region.bottom <= page.region.bottom, "in view"
        page.scroll_lines(-TO_END)
        await until(pilot, lambda: page.scroll_y == 0, "the start")
        await pilot.pause()
        assert page.scroll_y == 0
