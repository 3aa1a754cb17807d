"""Base of the question view: the answer as it is asked for, changed and rejected, without the commands."""

from __future__ import annotations

from iep_tui.core import kinds
from iep_tui.core.answer_transitions import answered
from iep_tui.core.case_model import Answer, Value
from iep_tui.core.question_model import Question
from iep_tui.core.wording import child_text
from iep_tui.i18n import _
from iep_tui.plain.case_view import CaseView
from iep_tui.plain.slash_commands import is_command_name


class AnswerView(CaseView):
    """A view with one question whose answer is asked for."""

    question: Question
    _refused: str = ""

    @property
    def answer(self) -> Answer:
        return self.session.meeting.answers.of(self.question.id)

    @property
    def child(self) -> str:
        return child_text(self.session.interview)

    def put(self, value: Value, *said: str) -> bool:
        """Take this value as the answer; whether there was something to take."""
        return self.change(self.question, answered(self.answer, value), *said)

    def say_trouble(self) -> bool:
        """Say why the answer does not fit, if it does not, and that it is kept; whether it was so."""
        trouble = kinds.validation_message(self.question, self.answer.value)
        if trouble:
            self.error(_("{trouble} What you typed is kept. Enter goes on.").format(trouble=trouble))
        return bool(trouble)

    def hint_command(self, words: str) -> None:
        """Tell who typed a command's name without its slash that it was taken as an answer."""
        if is_command_name(words):
            self.say(_("This was taken as your answer. The command is /{name}").format(name=words.strip()))

    def refuse(self, words: str, how: str) -> None:
        """Say that these words are no answer here, and how to keep them in spite of it."""
        self._refused = words.strip()
        self.error(_("{typed} is none of the choices. {how}").format(typed=f"“{self._refused}”", how=how))
        if not self._refused.isdigit():
            self.say(_("/note keeps these words as a note, only for you."))
