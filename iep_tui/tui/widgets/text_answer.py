"""Long answers: text, and lists with one entry per line."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static, TextArea

from iep_tui.core.case_model import Value
from iep_tui.core.kinds import kind_of
from iep_tui.core.kinds.base import plain_words
from iep_tui.core.question_model import Question
from iep_tui.i18n import _
from iep_tui.tui.textual_ext.text_fields import TextField
from iep_tui.tui.widgets.answer_widget import AnswerWidget


class TextAnswer(AnswerWidget):
    """An answer of any length."""

    numbered = False
    _question: Question | None = None
    _value: Value = None
    _shown_text = ""

    def compose(self) -> ComposeResult:
        yield TextField(classes="words", numbered=self.numbered)

    @property
    def field(self) -> TextField:
        return self.query_one(TextField)

    def show(self, question: Question, value: Value, child: str) -> None:
        self._question, self._value = question, value
        self.field.put(plain_words(value))
        self._shown_text = self.field.text

    def value(self) -> Value:
        if self._question is None or self.field.text == self._shown_text:
            return self._value
        return kind_of(self._question).read(self._question, self.field.text)

    def hold(self, locked: bool) -> None:
        # Read-only instead of disabled, so that the cursor keys can scroll a long text.
        self.field.read_only = locked
        if locked:
            self.field.move_cursor((0, 0))  # start reading at the top; editing starts at the end

    def first_focus(self) -> Widget:
        return self.field

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        if self._question is not None:
            self.post_edited()


class ListAnswer(TextAnswer):
    """A list with one entry per numbered line."""

    numbered = True

    def compose(self) -> ComposeResult:
        yield from super().compose()
        yield Static(Content(_("One on each line. Enter starts the next.")), classes="hint")
