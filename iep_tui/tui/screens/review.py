"""Every question on the path with its answer, and filters for what still needs a look."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from iep_tui.core import kinds
from iep_tui.core.answers import Answer
from iep_tui.core.interview import effective_share, is_done
from iep_tui.core.kinds.base import plain_words
from iep_tui.core.model import Question
from iep_tui.language import _
from iep_tui.sitting import Sitting
from iep_tui.tui.keys import bindings
from iep_tui.tui.looks import plain
from iep_tui.tui.screens.base import CaseScreen, Go, with_child
from iep_tui.tui.widgets.chooser import Chooser


class ReviewScreen(CaseScreen):
    """Enter opens a question, and comes back here."""

    PLACE = "review"
    BINDINGS: ClassVar[list[BindingType]] = bindings("review")

    def __init__(self, sitting: Sitting, at: str = "", chosen: str = "all") -> None:
        super().__init__(sitting)
        self._at = at
        self.chosen = chosen
        self._ids: tuple[str, ...] = ()

    def body(self) -> ComposeResult:
        with Vertical(id="page"):
            yield Chooser("", (), id="filter")
            yield Static(Content(""), id="say")
            yield OptionList(id="answers", compact=True, markup=False)

    async def on_mount(self) -> None:
        filters = self.query_one("#filter", Chooser)
        filters.set_options(
            tuple(
                (name, f"{words} {len(self._rows(name))}")
                for name, words in (
                    ("all", _("All")),
                    ("open", _("Not answered")),
                    ("unsure", _("Not sure")),
                    ("ask", _("Ask the school")),
                    ("family", _("Only us")),
                    ("changed", _("Changed since last meeting")),
                    ("aside", _("Set aside")),
                )
                if name != "changed" or self.sitting.previous is not None
            )
        )
        filters.chosen = self.chosen
        self._fill()
        self.query_one("#answers").focus()

    def _rows(self, chosen: str) -> list[tuple[str, Question | None, Answer]]:
        """The questions of one filter, each with its answer."""
        interview = self.sitting.interview
        if chosen == "aside":
            return [(one, interview.catalogue.question(one), answer) for one, answer in interview.set_aside()]
        rows: list[tuple[str, Question | None, Answer]] = []
        for question in interview.live if chosen != "open" else interview.path:
            answer = interview.answers.of(question.id)
            if self._wanted(chosen, question, answer):
                rows.append((question.id, question, answer))
        return rows

    def _wanted(self, chosen: str, question: Question, answer: Answer) -> bool:
        if chosen == "open":
            return not is_done(question, answer)
        if chosen in ("unsure", "ask"):
            return answer.state == chosen
        if chosen == "family":
            return effective_share(question, answer) == "family" and not kinds.is_empty(question, answer.value)
        if chosen == "changed":
            last = self.sitting.last_year(question)
            return answer.value != (last.value if last else None) and not kinds.is_empty(question, answer.value)
        return True

    def _fill(self) -> None:
        rows = self._rows(self.chosen)
        self._ids = tuple(one for one, _question, _answer in rows)
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
            title = plain(question_id)
            words = plain(plain_words(answer.value))
        else:
            title = plain(with_child(question.title, self.sitting.interview))
            words = plain(kinds.shown(question, answer.value).summary)
        marks = [mark for mark in (_state_words(answer), self._private(question, answer)) if mark]
        mark = "✓" if question is not None and is_done(question, answer) else "○"
        line = Content.assemble(f"{mark} ", title.stylize("bold"))
        if marks:
            line = Content.assemble(line, "  ", f"[{' · '.join(marks)}]")
        if words.plain:
            line = Content.assemble(line, "\n  ", words.truncate(400, ellipsis=True))
        return line

    def _private(self, question: Question | None, answer: Answer) -> str:
        share = effective_share(question, answer) if question is not None else answer.share
        empty = question is not None and kinds.is_empty(question, answer.value)
        return _("only us") if share == "family" and not empty else ""

    def on_chooser_chosen(self, event: Chooser.Chosen) -> None:
        event.stop()
        self.chosen = event.value
        self._fill()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self.chosen != "aside":
            self.leave(Go("question", self._ids[event.option_index], back_to="review"))

    def action_up(self) -> None:
        self.leave(Go("plan"))


def _state_words(answer: Answer) -> str:
    return {"unsure": _("not sure"), "ask": _("ask the school"), "skipped": _("for later")}.get(answer.state, "")
