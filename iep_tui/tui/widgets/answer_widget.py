"""Base of the answer widgets, and the message they send when the answer changes."""

from __future__ import annotations

from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget

from iep_tui.core.case_model import Value
from iep_tui.core.question_model import Question


class AnswerWidget(Vertical):
    """A widget for some kinds of answers: `show` fills it with a question and its value, and it posts `Edited` when
    `value` changed.

    It stays mounted for question after question, so that showing the next one is fast.
    """

    class Edited(Message):
        """The user changed the answer. The message carries no value: by the time it is handled, `value` may differ."""

    class Finished(Message):
        """The user finished this answer, with Enter on a short one."""

    def post_edited(self) -> None:
        """Post `Edited` straight to the screen; bubbling would take four steps for each key."""
        if self.is_attached:  # else the screen is being removed and has collected the value
            self.screen.post_message(self.Edited())

    def show(self, question: Question, value: Value, child: str) -> None:
        """Show this question's value, even of an unexpected type; `child` replaces {child}."""
        raise NotImplementedError

    def value(self) -> Value:
        """Return the answer as edited so far; parts the user did not touch are returned as they were shown."""
        raise NotImplementedError

    def first_focus(self) -> Widget:
        """Return the widget to focus when the question is shown."""
        raise NotImplementedError

    def hold(self, locked: bool) -> None:
        """Make the answer read-only, or editable again."""
        self.disabled = locked

    def close_form(self) -> bool:
        """Close an open form inside the widget; return False if there is none."""
        return False
