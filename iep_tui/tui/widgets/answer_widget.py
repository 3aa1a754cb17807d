"""Base of the answer widgets, and the message they send when the answer changes."""

from __future__ import annotations

from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget

from iep_tui.core.case_model import Value
from iep_tui.core.question_model import Question


class AnswerWidget(Vertical):
    """A widget for some kinds of answers: `show` puts a question and its value in, `Edited` says `value` changed.

    One stays mounted and serves one question after another, so that the next question costs no mounting.
    """

    class Edited(Message):
        """The person changed the answer: `value` tells to what. The message carries no value, since by the time it is
        read a later one may have been taken."""

    class Finished(Message):
        """The person is done with this answer (Enter on a short one) and goes on."""

    def post_edited(self) -> None:
        """Say so to the screen itself: from one part of it to the next it would take four steps for each key."""
        if self.is_attached:  # a screen that goes has taken the words that stood here
            self.screen.post_message(self.Edited())

    def show(self, question: Question, value: Value, child: str) -> None:
        """Show this question's value, whatever shape it has; `child` takes the place of {child}."""
        raise NotImplementedError

    def value(self) -> Value:
        """The answer as it stands in the widget now, key for key; what nobody touched comes back as it was shown."""
        raise NotImplementedError

    def first_focus(self) -> Widget:
        """What takes the focus when the question comes up."""
        raise NotImplementedError

    def hold(self, locked: bool) -> None:
        """Let the answer be read and not changed, or be changed again."""
        self.disabled = locked

    def close_form(self) -> bool:
        """Close a form that stands open inside; False when there is none."""
        return False
