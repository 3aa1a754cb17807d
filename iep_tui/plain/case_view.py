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
    """Over the case itself; the room of a question has more."""

    places: tuple[CommandScope, ...] = ("case", "anywhere")

    def __init__(
        self,
        stream: LineIO,
        glossary: Glossary,
        session: CaseSession,
        clock: Clock,
        folder: Path,
        here: str = "",
        about: Page | None = None,
    ) -> None:
        super().__init__(stream, glossary, session, clock, folder, here, about)
        self.store: CaseStore | None = None
        self._told_free = False
        self._orders |= {
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

    def change(self, question: Question, answer: Answer, *said: str) -> bool:
        """Take a changed answer and save it. `said` is told first; "Saved." only once it is on the disk."""
        if self.session.read_only:
            self.error(_("Nothing was changed. {reason}").format(reason=self.session.read_only))
            return False
        changed = self.session.change(question, answer)
        self.say(*said)
        if changed:
            self.save()
        else:
            self.say(_("No change."))
        return changed

    def save(self) -> bool:
        """Put everything on the disk and say so, or say why not."""
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
            self.leave(Destination("question", self.here) if self.here else Destination("plan"))

    def before_asking(self) -> None:
        if self.store is not None and not self._told_free and is_free(self.store, self.session):
            self._told_free = True
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
            self.error(_("Your last words are not saved yet. {trouble}").format(trouble=self.session.trouble))
        else:
            self.say(_("Everything is saved."))

    def _go(self, rest: str) -> None:
        one = self.set_named(rest)
        if one is None:
            self.error(_("There is no part {name}. /plan lists them by number.").format(name=f"“{rest}”"))
            return
        self.go_to(one)

    def go_to(self, one: QuestionSet) -> None:
        """To the first question of this part that is open, or its first."""
        interview = self.session.interview
        first = next((questions[0] for each, questions in interview.sets if each.id == one.id), None)
        question = interview.first_open(one.id) or first
        if question is not None:
            self.leave(Destination("question", question.id))

    def set_named(self, words: str) -> QuestionSet | None:
        """The part that was meant: by its number on the plan, its id, or the start of its name."""
        wanted = words.strip().casefold()
        interview = self.session.interview
        sets = [one for one, _questions in interview.sets]
        for number, one in enumerate(sets, 1):
            if wanted in (str(number), one.id.casefold()):
                return one
        found = [one for one in sets if with_child(one.title, interview).casefold().startswith(wanted)]
        return found[0] if wanted and len(found) == 1 else None

    def _review(self, rest: str) -> None:
        known = filters(self.session.previous is not None)
        name = option_named(known, rest) if rest else "all"
        if not name:
            names = ", ".join(one for one, _label in known)
            self.error(_("There is no filter {name}. There are: {names}.").format(name=f"“{rest}”", names=names))
            return
        self.leave(Destination("review", self.here, what=name))

    def _use_short_path(self, short: bool) -> None:
        self.session.use_short_path(short)
        count = len(self.session.interview.path)
        words = ngettext("{count} question is asked now.", "{count} questions are asked now.", count)
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
