"""Review screen: every question of the path with its answer, and filters."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from iep_tui.core.case_model import Answer
from iep_tui.core.interview import is_done
from iep_tui.core.kinds.base import plain_words
from iep_tui.core.question_model import Question
from iep_tui.core.review_filters import ReviewRow, marks, rows
from iep_tui.core.review_filters import filters as named_filters
from iep_tui.core.wording import answer_text, with_child
from iep_tui.i18n import N_, _
from iep_tui.services.session import CaseSession
from iep_tui.tui.keys import bindings
from iep_tui.tui.screens.case_screen import CaseScreen, ScreenExit
from iep_tui.tui.textual_ext.marked_option_list import MarkedOptionList
from iep_tui.tui.themes import plain_content
from iep_tui.tui.widgets.radio_row import RadioRow


class ReviewScreen(CaseScreen):
    """The answers that match a filter. Enter opens a question, which returns here."""

    PLACE = "review"
    TITLE = N_("review")
    BINDINGS: ClassVar[list[BindingType]] = bindings("review")

    def __init__(self, session: CaseSession, at: str = "", chosen: str = "all") -> None:
        super().__init__(session)
        self._at = at
        self.chosen = chosen
        self._ids: tuple[str, ...] = ()

    def body(self) -> ComposeResult:
        with Vertical(id="page"):
            yield RadioRow("", (), id="filter")
            yield Static(Content(""), id="say")
            yield MarkedOptionList(id="answers", compact=True, markup=False)

    async def on_mount(self) -> None:
        filters = self.query_one("#filter", RadioRow)
        filters.set_options(
            tuple(
                (name, f"{words} {len(self._rows(name))}")
                for name, words in named_filters(self.session.previous is not None)
            )
        )
        filters.chosen = self.chosen
        self._fill()
        self.query_one("#answers").focus()

    def _rows(self, chosen: str) -> list[ReviewRow]:
        return rows(self.session.interview, chosen, self.session.last_year)

    def _fill(self) -> None:
        rows = self._rows(self.chosen)
        self._ids = tuple(question_id for question_id, _question, _answer in rows)
        answers = self.query_one("#answers", OptionList)
        answers.set_options([Option(self._line(*row)) for row in rows])
        if rows:
            answers.highlighted = self._ids.index(self._at) if self._at in self._ids else 0
        words = ""
        if not rows:
            words = _("Nothing here.")
        elif self.chosen == "aside":
            words = _("These answers are kept, and on no sheet, while their question does not apply.")
        say = self.query_one("#say", Static)
        say.update(Content(words))
        say.set_class(not words, "-empty")

    def _line(self, question_id: str, question: Question | None, answer: Answer) -> Content:
        if question is None:
            title = plain_content(question_id)
            words = plain_content(plain_words(answer.value))
        else:
            title = plain_content(with_child(question.title, self.session.interview))
            words = plain_content(answer_text(question, answer.value, self.session.interview))
        tags = marks(question, answer)
        mark = "✓" if question is not None and is_done(question, answer) else "○"
        line = Content.assemble(f"{mark} ", title.stylize("bold"))
        if tags:
            line = Content.assemble(line, "  ", f"[{' · '.join(tags)}]")
        if words.plain:
            line = Content.assemble(line, "\n  ", words.truncate(400, ellipsis=True))
        return line

    def on_radio_row_chosen(self, event: RadioRow.Chosen) -> None:
        event.stop()
        self.chosen = event.value
        self._fill()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self.chosen != "aside":
            self.leave(ScreenExit("question", self._ids[event.option_index], back_to="review"))

    def action_up(self) -> None:
        self.leave(ScreenExit("plan"))
