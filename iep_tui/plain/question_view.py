"""Question view: shows one question, asks for its answer and runs its commands."""

from __future__ import annotations

from typing import Literal, cast

import msgspec

from iep_tui.core import kinds
from iep_tui.core.answer_transitions import carried_over, marked, skipped
from iep_tui.core.case_model import AnswerState
from iep_tui.core.interview import effective_share
from iep_tui.core.question_model import Audience, Question
from iep_tui.core.wording import audience_options, revision_text
from iep_tui.i18n import _
from iep_tui.plain.answer_input import ask_answer
from iep_tui.plain.answer_view import AnswerView
from iep_tui.plain.base_view import Destination, LeaveView, option_named
from iep_tui.plain.question_lines import answer_lines, audience_text, example_lines, question_lines, why_lines
from iep_tui.plain.slash_commands import GivenCommand


class QuestionView(AnswerView):
    """A view of one question.

    `back_to` decides what follows it: the next question, or the review with the filter `review_filter`.
    """

    places = ("question", "parts", "case", "anywhere")
    back_to: Literal["plan", "review"] = "plan"
    review_filter: str = ""

    def visit(self, question: Question, back_to: Literal["plan", "review"], review_filter: str) -> Destination:
        """Ask this question until the family leaves it, and return the next destination."""
        self.question, self.back_to, self.review_filter = question, back_to, review_filter
        self.question_id = question.id
        self._handlers |= {
            "next": lambda rest: self.leave(self._next_destination()),
            "back": self._back,
            "skip": self._skip,
            "not sure": lambda rest: self._mark("unsure"),
            "ask": lambda rest: self._mark("ask"),
            "note": self._note,
            "who": self._who,
            "example": lambda rest: self.say(*example_lines(self.question, self.session.interview)),
            "why": lambda rest: self.say(*why_lines(self.question, self._glossary)),
            "keep": self._keep,
            "again": lambda rest: self.say(*question_lines(self.session, self.question)),
            "undo": self._undo,
            "redo": self._redo,
            "earlier": self._earlier,
            "clear": self._clear,
        }
        self.session.set_position(question.id)
        if self.session.unsaved and not self.session.trouble and not self.session.save():
            self.save()
        self.say("", *question_lines(self.session, question))
        try:
            ask_answer(self)
        except LeaveView as leave:
            return leave.destination
        return self._next_destination()

    # Commands

    def _next_destination(self) -> Destination:
        """Return the destination after this question."""
        if self.back_to == "review":
            return Destination("review", option=self.review_filter)
        question = self.session.interview.next(self.question.id)
        if question is not None:
            return Destination("question", question.id)
        self.say(_("That was the last question on this path."))
        return Destination("plan")

    def _back(self, rest: str) -> None:
        question = self.session.interview.back(self.question.id)
        if question is not None:
            self.leave(Destination("question", question.id, self.back_to, self.review_filter))
        self.say(_("This is the first question."))

    def _skip(self, rest: str) -> None:
        if self.answer.state == "open":
            self.change(self.question, skipped(self.answer), _("Left for later."))
        self.leave(self._next_destination())

    def _mark(self, state: AnswerState) -> None:
        before = self.answer
        name = _("not sure") if state == "unsure" else _("ask the school")
        words = _("Marked: {mark}.") if before.state != state else _("The mark is taken back: {mark}.")
        self.change(self.question, marked(self.question, before, state), words.format(mark=name))
        if before.state != state:
            self.leave(self._next_destination())

    def _note(self, rest: str) -> None:
        words = rest or self._rejected
        self._rejected = ""
        if words:
            self._add_note(words)
            return
        self.say(_("A note, only for you. It is on no sheet for others."))
        if self.answer.note:
            self.say(_("Your note now: {note}").format(note=self.answer.note))
            self.say(_("What you type is added. /clear empties it."))
        while True:
            line = self.ask_line(_("Your note, or an empty line to go back to the question:"), ("clear",))
            if isinstance(line, GivenCommand):
                self.change(self.question, msgspec.structs.replace(self.answer, note=""), _("The note is empty."))
            elif line.blank:
                return
            else:
                self._add_note(line.text)

    def _add_note(self, words: str) -> None:
        note = f"{self.answer.note}\n{words}" if self.answer.note else words
        self.change(self.question, msgspec.structs.replace(self.answer, note=note), _("Added to your note."))

    def _who(self, rest: str) -> None:
        options = audience_options()
        current = effective_share(self.question, self.answer)
        if rest:
            share = option_named(options, rest)
            if not share:
                names = ", ".join(name for name, _label in options)
                self.error(
                    _("There is no reader {name}. The readers are: {names}.").format(name=f"“{rest}”", names=names)
                )
                return
        else:
            self.say(_("Who may read this answer?"))
            share = self.choose(options, _("Number, or Enter to leave it so:"), current)
        changed = msgspec.structs.replace(self.answer, share=cast(Audience, share))
        self.change(self.question, changed, audience_text(self.question, changed))

    def _keep(self, rest: str) -> None:
        previous = self.session.last_year(self.question)
        if previous is None:
            self.say(_("There is no answer from a meeting before."))
        elif not kinds.is_empty(self.question, self.answer.value):
            self.error(_("This question has an answer already. /clear empties it, then /keep takes the last one over."))
        else:
            self.change(self.question, carried_over(self.answer, previous), _("Taken over from the last meeting."))

    def _undo(self, rest: str) -> None:
        self._report_history_move(self.session.undo(self.question), _("The last change is undone."))

    def _redo(self, rest: str) -> None:
        self._report_history_move(self.session.redo(self.question), _("The change you undid is redone."))

    def _report_history_move(self, changed: bool, message: str) -> None:
        if self.session.read_only:
            self.error(_("Nothing was changed. {reason}").format(reason=self.session.read_only))
        elif not changed:
            self.say(_("There is nothing more to take back here."))
        else:
            self.say(message)
            self.save()
            self.say_answer()

    def _earlier(self, rest: str) -> None:
        """List earlier answers by date, or restore the one with this number."""
        revisions = self.session.earlier(self.question)
        if not revisions:
            self.say(_("There is no earlier answer to this question."))
            return
        number = rest.strip().removesuffix(".")
        if not number:
            self.say(_("Earlier answers, the newest first:"))
            for place, revision in enumerate(revisions, 1):
                text = revision_text(self.question, revision, self.session.interview, self._clock().tzinfo)
                self.say(f"{place}. {text}")
            self.say(_("/earlier and a number brings one back. The current answer is kept too."))
        elif number.isascii() and number.isdigit() and 0 < int(number) <= len(revisions):
            changed = self.session.take_back(self.question, revisions[int(number) - 1])
            self._report_history_move(changed, _("This earlier answer is your answer again."))
        else:
            self.error(_("There is no earlier answer {number}. /earlier lists them.").format(number=f"“{rest}”"))

    def say_answer(self) -> None:
        lines = list(answer_lines(self.question, self.answer.value, self.session.interview))
        self.say(*lines or [_("There is no answer now.")])

    def _clear(self, rest: str) -> None:
        if kinds.is_empty(self.question, self.answer.value):
            self.say(_("There is no answer to empty."))
            return
        kind = kinds.kind_of(self.question)
        value = kind.read(self.question, "") if kind.is_typed else None
        self.put(value, _("The answer is empty now. Type /undo to bring it back."))
