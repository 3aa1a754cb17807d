"""The line-by-line program: navigation between views, and a shutdown that loses nothing."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable
from typing import TypeVar

from iep_tui.core.glossary import Glossary
from iep_tui.core.progress_callback import Cancelled
from iep_tui.i18n import _
from iep_tui.plain.base_view import Destination, LeaveView, View
from iep_tui.plain.case_view import CaseView
from iep_tui.plain.home_view import HomeView
from iep_tui.plain.line_io import InputEnded, LeaveNow, LineIO
from iep_tui.plain.line_prompter import save_elsewhere, unlock_case
from iep_tui.plain.plan_and_review_views import plan, read_sheet, review
from iep_tui.plain.question_view import QuestionView
from iep_tui.plain.sheet_view_base import LastExport
from iep_tui.services.case_list import CaseRow, case_rows
from iep_tui.services.crash_report import crash_text, write_report
from iep_tui.services.folder_notices import home_notice, lost_children, opening_text
from iep_tui.services.session import CaseSession, Clock, close_session, made_up_child, new_case, open_case
from iep_tui.sets.library import Library
from iep_tui.store.case_store import CaseStore
from iep_tui.store.errors import CaseSealed, StoreError
from iep_tui.store.settings import Settings

PLAIN_OK, PLAIN_FAILED = 0, 1
#: Empty lines that push what was said out of sight, whatever the size of the window.
LINES_TO_HIDE = 200

CaseViewType = TypeVar("CaseViewType", bound=CaseView)


class PlainApp:
    """The line-by-line mode over a library, a store and a clock."""

    def __init__(self, library: Library, store: CaseStore, clock: Clock, stream: LineIO) -> None:
        self.library = library
        self.store = store
        self.clock = clock
        self.stream = stream
        self.glossary = Glossary(library.catalogue.glossary)
        self.session: CaseSession | None = None
        self._desk = LastExport()
        stream.watch(self._idle_after)

    def _idle_after(self) -> float:
        """Seconds until it locks by itself: once a passphrase was given, as on the screen."""
        return Settings(self.store.home).lock_after * 60.0 if self.store.keys else 0.0

    def run(self, case_id: str = "") -> int:
        """Walk until the family quits or the lines end; the exit code. Whatever happens, what was typed is saved."""
        code = PLAIN_OK
        try:
            self._walk(case_id)
        except LeaveNow:
            return self._vanish()
        except InputEnded as ended:
            code = 128 + ended.signal if ended.signal else PLAIN_OK
        except Exception as error:  # noqa: BLE001 - the usual report would print the answers in memory
            saved = self._rescue_whatever_happens()
            report = write_report(self.store.home, error, self.clock())
            sys.stderr.write(crash_text(error, saved=saved, report=report) + "\n")
            return PLAIN_FAILED
        return self._end(code)

    def _end(self, code: int) -> int:
        session = self.session
        saved, trouble = self._rescue(), session.trouble if session else ""
        try:
            if saved:
                self.stream.say(_("Your answers are in {folder}").format(folder=self.store.folder))
            else:
                words = _("Error: your last words could not be saved. {trouble}")
                self.stream.say(words.format(trouble=trouble))
        except InputEnded:
            pass  # nobody listens any more
        return code if saved else code or PLAIN_FAILED

    def _vanish(self) -> int:
        """Push everything out of sight, then save; no word stays on the screen. A save that fails keeps nobody here."""
        with contextlib.suppress(InputEnded):  # nobody listens any more
            self._say(*[""] * LINES_TO_HIDE)
        self._rescue()
        return PLAIN_OK

    def _rescue_whatever_happens(self) -> bool:
        try:
            return self._rescue()
        except Exception:  # noqa: BLE001 - what is broken may be broken here too
            return False

    def _rescue(self) -> bool:
        """Everything typed goes to the disk, whatever happened; whether it is there now."""
        session, self.session = self.session, None
        if session is None:
            return True
        saved = session.save()
        close_session(self.store, session)
        return saved

    # The way through the rooms

    def _walk(self, case_id: str) -> None:
        self._say(
            _("IEP meeting preparation, line by line."),
            _("A command begins with a slash. /help lists the commands, /quit saves and ends."),
            _("/leave now pushes everything off the screen and ends at once."),
            _("An answer that begins with a slash is typed with two."),
            *(_("Error: {trouble}").format(trouble=problem) for problem in self.library.problems[:5]),
        )
        begin: Callable[[], CaseSession] | None = None
        if case_id:
            begin = self._opening(case_id)
        is_new = False
        while True:
            if begin is None:
                home = HomeView(self.stream, self.glossary, self.store, self.library, self.clock)
                try:
                    chosen = home.visit(self._children())
                except LeaveView as leave:
                    if leave.go.place != "lock":
                        return
                    self._lock()
                    continue
                if chosen == "again":
                    continue
                is_new = chosen == "new"
                case_id = chosen.case_id if isinstance(chosen, CaseRow) else ""
                begin = self._beginning(chosen)
            try:
                self.session = begin()
                self._desk = LastExport()
            except CaseSealed as error:
                view = View(self.stream, self.glossary, self.store.folder)
                if not unlock_case(view, self.store, case_id, str(error)):
                    begin = None
                continue
            except StoreError as error:
                self._say(_("Error: {trouble}").format(trouble=error))
                begin = None
                continue
            begin = None
            place = self._visit(self.session, is_new).place
            if place == "quit":
                return
            close_session(self.store, self.session)
            self.session = None
            is_new = False
            if place == "lock":
                self._lock()

    def _lock(self) -> None:
        """Forget every key, and push what was said out of sight."""
        self.store.keys.forget()
        self._say(*[""] * LINES_TO_HIDE, _("Locked. Sealed cases ask for their passphrase again."))

    def _children(self) -> tuple[CaseRow, ...]:
        try:
            if said := home_notice(self.store):
                self._say(said)
            today = self.clock().date()
            found, many = View(self.stream, self.glossary, self.store.folder).run_job(
                lambda step: case_rows(self.store, self.library.catalogue, today, step),
                _("The list of children is being read."),
                counted=_("{done:,} of {total:,} are read."),
                whole_steps=True,
            )
            if len(found) < many:
                words = _("Stopped. The list has {done:,} of {total:,}, those that changed last.")
                self._say(words.format(done=len(found), total=many))
            return (*found, *lost_children(self.store))
        except Cancelled:
            return ()
        except StoreError as error:
            self._say(_("Error: {trouble}").format(trouble=error))
            return ()

    def _say(self, *lines: str) -> None:
        for line in lines:
            self.stream.say(line)

    def _opening(self, case_id: str) -> Callable[[], CaseSession]:
        return lambda: open_case(self.store, self.library.catalogue, self.clock, case_id)

    def _beginning(self, chosen: CaseRow | str) -> Callable[[], CaseSession]:
        if isinstance(chosen, CaseRow):
            return self._opening(chosen.case_id)
        if chosen == "example":
            return lambda: made_up_child(self.library, self.clock)
        return lambda: new_case(self.store, self.library.catalogue, self.clock)

    def _visit(self, session: CaseSession, is_new: bool) -> Destination:
        """Everything that happens with one child, until the family goes home or quits."""
        if session.read_only:
            self._say(session.read_only, _("You can look at everything. Nothing will be changed."))
        if said := opening_text(self.store, session):
            self._say(said)
        if session.file is None:
            self._say(_("This is a made-up child: look around and try things. Nothing of it is kept."))
        place = session.initial_question(is_new)
        go = Destination("question", place) if place else Destination("plan")
        while True:
            if go.place in ("home", "quit", "lock"):
                if self._may_leave(session):
                    return go
                go = Destination("plan")
            go = self._enter(session, go)

    def _enter(self, session: CaseSession, go: Destination) -> Destination:
        """One room; where the family goes from it."""
        if go.place == "question":
            question = session.question(go.question_id)
            if question is None:
                return Destination("plan")
            return self._room(QuestionView, session, go.question_id).visit(question, go.back_to, go.what)
        room = self._room(CaseView, session, go.question_id)
        try:
            if go.place == "review":
                return review(room, go)
            if go.place == "sheet":
                return read_sheet(room, go)
            return plan(room)
        except LeaveView as leave:
            return leave.go

    def _room(self, kind: type[CaseViewType], session: CaseSession, here: str) -> CaseViewType:
        room = kind(self.stream, self.glossary, session, self.clock, self.store.folder, here, about=self.library.about)
        room.desk = self._desk
        room.store = self.store
        return room

    def _may_leave(self, session: CaseSession) -> bool:
        """Save; words that cannot be saved are asked about first."""
        room = View(self.stream, self.glossary, self.store.folder)
        options: tuple[tuple[str, str], ...] = (
            ("again", _("Try again")),
            ("stay", _("Stay here")),
            ("go", _("Leave without saving them")),
            ("elsewhere", _("Save them somewhere else")),
        )
        while not session.save():
            prompt = _("1, 2, 3 or 4. Enter tries again:")
            if session.is_replaced:  # no retry can succeed
                options, prompt = options[-3:], _("1, 2 or 3:")
            room.error(_("Your last words are not saved yet. {trouble}").format(trouble=session.trouble))
            try:
                answer = room.choose(options, prompt)
                if answer == "elsewhere":
                    save_elsewhere(room, session, self.clock().date())
            except LeaveView:  # asked to quit once more
                continue
            if answer in ("stay", "go"):
                return answer == "go"
        return True
