"""Base of the question view: storing an answer, and messages about one that does not fit."""

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
    _rejected: str = ""

    @property
    def answer(self) -> Answer:
        return self.session.meeting.answers.of(self.question.id)

    @property
    def child(self) -> str:
        return child_text(self.session.interview)

    def put(self, value: Value, *messages: str) -> bool:
        """Store this value as the answer, then say `messages`; True if the answer changed."""
        return self.change(self.question, answered(self.answer, value), *messages)

    def say_trouble(self) -> bool:
        """If the answer does not fit, say why and that it is kept; True if so."""
        trouble = kinds.validation_message(self.question, self.answer.value)
        if trouble:
            self.error(_("{trouble} What you typed is kept. Press Enter alone to move on.").format(trouble=trouble))
        return bool(trouble)

    def hint_command(self, words: str) -> None:
        """If a command was typed without its slash, say that it was taken as an answer."""
        if is_command_name(words):
            self.say(_("This was taken as your answer. The command is /{name}").format(name=words.strip()))

    def reject(self, words: str, hint: str) -> None:
        """Say that these words are not a choice, what to type instead, and how to keep them as a note."""
        self._rejected = words.strip()
        self.error(_("{typed} is none of the choices. {how}").format(typed=f"“{self._rejected}”", how=hint))
        if not self._rejected.isdigit():
            self.say(_("/note keeps these words as a note, only for you."))
