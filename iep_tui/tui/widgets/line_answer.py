"""Short answers: a name, a date, a time or a number, with the interpreted value below."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from iep_tui.core import kinds
from iep_tui.core.case_model import Value
from iep_tui.core.question_model import KindName, Question
from iep_tui.i18n import N_, _
from iep_tui.tui.textual_ext.line_input import LineInput
from iep_tui.tui.themes import plain_content
from iep_tui.tui.widgets.answer_widget import AnswerWidget

_HINTS: dict[KindName, str] = {
    "date": N_("Write the month first, like 3/12/2027 or March 12, 2027."),
    "time": N_("Write it like 2:30 pm."),
    "number": N_("A number, in figures."),
}


class LineAnswer(AnswerWidget):
    """An answer of one line. A date or a time is shown in words as it is typed."""

    _question: Question | None = None
    _value: Value = None
    _shown_text = ""

    def compose(self) -> ComposeResult:
        yield LineInput()
        yield Static(Content(""), classes="hint")

    @property
    def field(self) -> LineInput:
        return self.query_one(LineInput)

    def show(self, question: Question, value: Value, child: str) -> None:
        self._question, self._value = question, value
        self.field.put(kinds.kind_of(question).field(question, value))
        self._shown_text = self.field.value
        self._show_interpreted(value)

    def value(self) -> Value:
        if self._question is None or self.field.value == self._shown_text:
            return self._value
        return kinds.kind_of(self._question).read(self._question, self.field.value)

    def first_focus(self) -> Widget:
        return self.field

    def _show_interpreted(self, value: Value) -> None:
        question = self._question
        if question is None:
            return
        hint = Content(_(_HINTS[question.kind])) if question.kind in _HINTS else Content("")
        if question.kind in ("date", "time") and not kinds.is_empty(question, value):
            words = kinds.display_value(question, value)
            hint = plain_content(words.summary) if words.fits else hint
        self.query_one(".hint", Static).update(hint)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._question is not None:
            value = self.value()
            self._show_interpreted(value)
            self.post_edited()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Finished())
