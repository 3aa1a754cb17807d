"""Base of the views over an open case: saving after each change, and navigation between views."""

from __future__ import annotations

from pathlib import Path

from iep_tui.core.case_model import Answer
from iep_tui.core.glossary import Glossary
from iep_tui.core.question_model import Page, Question, QuestionSet
from iep_tui.core.review_filters import filters
from iep_tui.core.wording import next_meeting_text, with_child
from iep_tui.i18n import _, ngettext
from iep_tui.plain.base_view import Destination, LeaveView, option_named
from iep_tui.plain.deadlines_view import date_lines
from iep_tui.plain.line_io import LineIO
from iep_tui.plain.line_prompter import LinePrompter, save_elsewhere
from iep_tui.plain.sheet_view_base import SheetViewBase
from iep_tui.plain.slash_commands import CommandScope
from iep_tui.services.flows.prompter import drive
from iep_tui.services.flows.take_over import take_over_case
from iep_tui.services.session import CaseSession, Clock, is_free
from iep_tui.store.case_store import CaseStore
from iep_tui.store.errors import StoreError


class CaseView(SheetViewBase):
    """A view with the commands that work anywhere in an open case."""

    places: tuple[CommandScope, ...] = ("case", "anywhere")

    def __init__(
        self,
        stream: LineIO,
        glossary: Glossary,
        session: CaseSession,
        clock: Clock,
        folder: Path,
        question_id: str = "",
        about: Page | None = None,
    ) -> None:
        super().__init__(stream, glossary, session, clock, folder, question_id, about)
        self.store: CaseStore | None = None
        self._announced_free = False
        self._handlers |= {
            "plan": lambda rest: self.leave(Destination("plan")),
            "home": lambda rest: self.leave(Destination("home")),
            "go": self._go,
            "review": self._review,
            "short": lambda rest: self._use_short_path(True),
            "all": lambda rest: self._use_short_path(False),
            "dates": lambda rest: self.say(*date_lines(self.session.interview)),
            "changes": lambda rest: self.say(self.session.notice or _("The questions are the ones you answered.")),
            "next meeting": self._next_meeting,
            "elsewhere": lambda rest: save_elsewhere(self, self.session, self._clock().date(), rest),
            "write": self._write,
        }

    # Changing and saving

    def change(self, question: Question, answer: Answer, *messages: str) -> bool:
        """Store a changed answer and save it. `messages` are said first, "Saved." only once it is on disk."""
        if self.session.read_only:
            self.error(_("Nothing was changed. {reason}").format(reason=self.session.read_only))
            return False
        changed = self.session.change(question, answer)
        self.say(*messages)
        if changed:
            self.save()
        else:
            self.say(_("No change."))
        return changed

    def save(self) -> bool:
        """Save to disk and say so, or say why that failed."""
        if self.session.file is None:
            self.say(_("Taken. This is an example: nothing of it is kept."))
            return True
        if self.session.save():
            self.say(_("Saved."))
            return True
        words = _("Not saved. {trouble} Your words are kept here, and we try again at the next step.")
        if self.session.is_replaced:
            words = _("Not saved. {trouble} It cannot be saved there.")
        self.error(words.format(trouble=self.session.trouble))
        self.say(_("/elsewhere saves them in another place."))
        return False

    def _write(self, rest: str) -> None:
        if self.store is None or not self.session.is_waiting:
            self.say(self.session.read_only or _("You are writing here already."))
        elif not is_free(self.store, self.session):
            self.say(self.session.read_only)
        else:
            try:
                drive(take_over_case(LinePrompter(self), self.store, self.session, confirmed=True))
            except StoreError as error:
                self.error(str(error))
                return
            self.say(self.session.read_only or _("You are writing here now, with everything the other window saved."))
            self.leave(Destination("question", self.question_id) if self.question_id else Destination("plan"))

    def before_asking(self) -> None:
        if self.store is not None and not self._announced_free and is_free(self.store, self.session):
            self._announced_free = True
            self.say(_("The other window is closed. /write goes on writing here, with everything it saved."))
        if self.session.unsaved and self.session.trouble:
            self.save()

    # Commands

    def _where(self, rest: str) -> None:
        if self.session.file is None:
            self.say(_("This is a made-up child: nothing of it is kept."))
            return
        super()._where(rest)
        if self.session.read_only:
            self.say(self.session.read_only)
        elif self.session.unsaved:
            self.error(_("Your latest changes are not saved yet. {trouble}").format(trouble=self.session.trouble))
        else:
            self.say(_("Everything is saved."))

    def _go(self, rest: str) -> None:
        question_set = self.find_set(rest)
        if question_set is None:
            self.error(_("There is no part {name}. /plan lists them by number.").format(name=f"“{rest}”"))
            return
        self.open_set(question_set)

    def open_set(self, question_set: QuestionSet) -> None:
        """Leave for the first open question of this set, or its first question."""
        interview = self.session.interview
        first = next((questions[0] for other, questions in interview.sets if other.id == question_set.id), None)
        question = interview.first_open(question_set.id) or first
        if question is not None:
            self.leave(Destination("question", question.id))

    def find_set(self, words: str) -> QuestionSet | None:
        """Find a set by its number on the plan, its id, or an unambiguous start of its title."""
        typed = words.strip().casefold()
        interview = self.session.interview
        sets = [question_set for question_set, _questions in interview.sets]
        for number, question_set in enumerate(sets, 1):
            if typed in (str(number), question_set.id.casefold()):
                return question_set
        matches = [
            question_set
            for question_set in sets
            if with_child(question_set.title, interview).casefold().startswith(typed)
        ]
        return matches[0] if typed and len(matches) == 1 else None

    def _review(self, rest: str) -> None:
        options = filters(self.session.previous is not None)
        name = option_named(options, rest) if rest else "all"
        if not name:
            names = ", ".join(option for option, _label in options)
            self.error(_("There is no filter {name}. The filters are: {names}.").format(name=f"“{rest}”", names=names))
            return
        self.leave(Destination("review", self.question_id, option=name))

    def _use_short_path(self, short: bool) -> None:
        self.session.use_short_path(short)
        count = len(self.session.interview.path)
        words = ngettext("There is now {count} question in all.", "There are now {count} questions in all.", count)
        self.say(_("The short path: core questions only.") if short else _("All questions."), words.format(count=count))

    def _next_meeting(self, rest: str) -> None:
        if self.session.read_only:
            self.error(_("Nothing was changed. {reason}").format(reason=self.session.read_only))
            return
        self.say(next_meeting_text())
        options = (("yes", _("Begin the next meeting")), ("no", _("Not now")))
        if self.choose(options, _("1 or 2:"), "no") == "yes":
            self.session.begin_next_meeting()
            self.save()
            raise LeaveView(Destination("plan"))
