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
#: Number of empty lines that scroll all output out of sight in a window of any size.
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
        self._last_export = LastExport()
        stream.watch(self._idle_after)

    def _idle_after(self) -> float:
        """Seconds of idleness before locking, as in the full-screen program; 0 while no passphrase was given."""
        return Settings(self.store.home).lock_after * 60.0 if self.store.keys else 0.0

    def run(self, case_id: str = "") -> int:
        """Run until the family quits or the input ends; return the exit code. Answers are saved even after a crash."""
        code = PLAIN_OK
        try:
            self._navigate(case_id)
        except LeaveNow:
            return self._clear_and_save()
        except InputEnded as ended:
            code = 128 + ended.signal if ended.signal else PLAIN_OK
        except Exception as error:  # noqa: BLE001 - the usual traceback could print answers
            saved = self._save_after_crash()
            report = write_report(self.store.home, error, self.clock())
            sys.stderr.write(crash_text(error, saved=saved, report=report) + "\n")
            return PLAIN_FAILED
        return self._finish(code)

    def _finish(self, code: int) -> int:
        session = self.session
        saved, trouble = self._save_and_close(), session.trouble if session else ""
        try:
            if saved:
                self.stream.say(_("Your answers are in {folder}").format(folder=self.store.folder))
            else:
                words = _("Error: your latest changes could not be saved. {trouble}")
                self.stream.say(words.format(trouble=trouble))
        except InputEnded:
            pass  # the output is closed
        return code if saved else code or PLAIN_FAILED

    def _clear_and_save(self) -> int:
        """Clear the screen, then save. A failed save does not keep the program open."""
        with contextlib.suppress(InputEnded):  # the output is closed
            self._say(*[""] * LINES_TO_HIDE)
        self._save_and_close()
        return PLAIN_OK

    def _save_after_crash(self) -> bool:
        try:
            return self._save_and_close()
        except Exception:  # noqa: BLE001 - the cause of the crash may break saving too
            return False

    def _save_and_close(self) -> bool:
        """Save and close the session; True if everything is on disk."""
        session, self.session = self.session, None
        if session is None:
            return True
        saved = session.save()
        close_session(self.store, session)
        return saved

    # Navigation

    def _navigate(self, case_id: str) -> None:
        self._say(
            _("IEP meeting preparation, line by line."),
            _("A command begins with a slash. /help lists the commands, /quit saves and ends."),
            _("/leave now pushes everything off the screen and ends at once."),
            _("An answer that begins with a slash is typed with two."),
            *(_("Error: {trouble}").format(trouble=problem) for problem in self.library.problems[:5]),
        )
        open_chosen: Callable[[], CaseSession] | None = None
        if case_id:
            open_chosen = self._opener(case_id)
        is_new = False
        while True:
            if open_chosen is None:
                home = HomeView(self.stream, self.glossary, self.store, self.library, self.clock)
                try:
                    chosen = home.visit(self._children())
                except LeaveView as leave:
                    if leave.destination.place != "lock":
                        return
                    self._lock()
                    continue
                if chosen == "again":
                    continue
                is_new = chosen == "new"
                case_id = chosen.case_id if isinstance(chosen, CaseRow) else ""
                open_chosen = self._opener_of(chosen)
            try:
                self.session = open_chosen()
                self._last_export = LastExport()
            except CaseSealed as error:
                view = View(self.stream, self.glossary, self.store.folder)
                if not unlock_case(view, self.store, case_id, str(error)):
                    open_chosen = None
                continue
            except StoreError as error:
                self._say(_("Error: {trouble}").format(trouble=error))
                open_chosen = None
                continue
            open_chosen = None
            place = self._visit(self.session, is_new).place
            if place == "quit":
                return
            close_session(self.store, self.session)
            self.session = None
            is_new = False
            if place == "lock":
                self._lock()

    def _lock(self) -> None:
        """Forget every key and clear the screen."""
        self.store.keys.forget()
        self._say(*[""] * LINES_TO_HIDE, _("Locked. Sealed answers ask for their passphrase again."))

    def _children(self) -> tuple[CaseRow, ...]:
        try:
            if notice := home_notice(self.store):
                self._say(notice)
            today = self.clock().date()
            rows, total = View(self.stream, self.glossary, self.store.folder).run_job(
                lambda step: case_rows(self.store, self.library.catalogue, today, step),
                _("Reading the list of children…"),
                counted=_("Read {done:,} of {total:,}."),
                whole_steps=True,
            )
            if len(rows) < total:
                words = _("Stopped. The list has {done:,} of {total:,}, those that changed last.")
                self._say(words.format(done=len(rows), total=total))
            return (*rows, *lost_children(self.store))
        except Cancelled:
            return ()
        except StoreError as error:
            self._say(_("Error: {trouble}").format(trouble=error))
            return ()

    def _say(self, *lines: str) -> None:
        for line in lines:
            self.stream.say(line)

    def _opener(self, case_id: str) -> Callable[[], CaseSession]:
        return lambda: open_case(self.store, self.library.catalogue, self.clock, case_id)

    def _opener_of(self, chosen: CaseRow | str) -> Callable[[], CaseSession]:
        if isinstance(chosen, CaseRow):
            return self._opener(chosen.case_id)
        if chosen == "example":
            return lambda: made_up_child(self.library, self.clock)
        return lambda: new_case(self.store, self.library.catalogue, self.clock)

    def _visit(self, session: CaseSession, is_new: bool) -> Destination:
        """Visit the views of one child until the family goes home, quits or locks; return that destination."""
        if session.read_only:
            self._say(session.read_only, _("You can look at everything. Nothing will be changed."))
        if notice := opening_text(self.store, session):
            self._say(notice)
        if session.file is None:
            self._say(_("This is a made-up child: look around and try things. Nothing of it is kept."))
        question_id = session.initial_question(is_new)
        destination = Destination("question", question_id) if question_id else Destination("plan")
        while True:
            if destination.place in ("home", "quit", "lock"):
                if self._may_leave(session):
                    return destination
                destination = Destination("plan")
            destination = self._enter(session, destination)

    def _enter(self, session: CaseSession, destination: Destination) -> Destination:
        """Visit one view and return the next destination."""
        if destination.place == "question":
            question = session.question(destination.question_id)
            if question is None:
                return Destination("plan")
            return self._view(QuestionView, session, destination.question_id).visit(
                question, destination.back_to, destination.option
            )
        view = self._view(CaseView, session, destination.question_id)
        try:
            if destination.place == "review":
                return review(view, destination)
            if destination.place == "sheet":
                return read_sheet(view, destination)
            return plan(view)
        except LeaveView as leave:
            return leave.destination

    def _view(self, kind: type[CaseViewType], session: CaseSession, question_id: str) -> CaseViewType:
        view = kind(
            self.stream, self.glossary, session, self.clock, self.store.folder, question_id, about=self.library.about
        )
        view.last_export = self._last_export
        view.store = self.store
        return view

    def _may_leave(self, session: CaseSession) -> bool:
        """Save before leaving; if that fails, ask. True if the family may leave."""
        view = View(self.stream, self.glossary, self.store.folder)
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
            view.error(_("Your latest changes are not saved yet. {trouble}").format(trouble=session.trouble))
            try:
                answer = view.choose(options, prompt)
                if answer == "elsewhere":
                    save_elsewhere(view, session, self.clock().date())
            except LeaveView:  # the family asked to quit once more
                continue
            if answer in ("stay", "go"):
                return answer == "go"
        return True
