"""One open case: its screens, from opening it until the family goes home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iep_tui.core.wording import next_meeting_text
from iep_tui.i18n import _
from iep_tui.services.folder_notices import opening_text
from iep_tui.services.session import CaseSession, made_up_child, new_case, open_case
from iep_tui.tui.flows.take_over_flow import watch_other_window
from iep_tui.tui.screens.case_screen import ScreenExit
from iep_tui.tui.screens.confirm_and_input_dialogs import ChoiceDialog
from iep_tui.tui.screens.plan_screen import PlanScreen
from iep_tui.tui.screens.question_screen import QuestionScreen

if TYPE_CHECKING:
    from iep_tui.services.export import ExportRequest
    from iep_tui.tui.flows.hosts import CaseHost, HomeHost
    from iep_tui.tui.screens.home_screen import HomeChoice


def open_session(host: HomeHost, chosen: HomeChoice) -> CaseSession:
    """Open the case chosen at home, a new one, or the made-up child. StoreError; CaseSealed while it is locked."""
    if chosen.act == "open":
        return open_case(host.store, host.library.catalogue, host.clock, chosen.case_id)
    if chosen.act == "example":
        return made_up_child(host.library, host.clock)
    return new_case(host.store, host.library.catalogue, host.clock)


async def walk_case(host: CaseHost, session: CaseSession, is_new: bool) -> None:
    """Show the screens of a case until the family goes home. Modules of later screens are loaded on the way."""
    place = session.initial_question(is_new)
    request: ExportRequest | None = None
    notice = opening_text(host.store, session)
    go = ScreenExit("question", place, say=notice) if place else ScreenExit("plan", say=notice)
    filter_name = "all"
    watch_other_window(host, session)
    while go.place != "home":
        if go.place == "plan":
            go = await host.push_screen_wait(PlanScreen(session, go.say))
        elif go.place == "question":
            go = await _ask(host, session, go)
        elif go.place == "review":
            from iep_tui.tui.screens.review_screen import ReviewScreen

            review = ReviewScreen(session, go.question_id, filter_name)
            go = await host.push_screen_wait(review)
            filter_name = review.chosen
        elif go.place == "dates":
            from iep_tui.tui.screens.deadlines_screen import DeadlinesScreen

            go = await host.push_screen_wait(DeadlinesScreen(session))
        elif go.place == "sheet":
            from iep_tui.services.export import ExportRequest
            from iep_tui.tui.flows.export_flow import SheetExporter
            from iep_tui.tui.screens.sheet_screen import SheetScreen

            host.sheets = host.sheets or SheetExporter(host, session)
            sheet = SheetScreen(session, host.sheets.draw, request or ExportRequest())
            go = await host.push_screen_wait(sheet)
            request = sheet.request
        else:
            go = await _next_meeting(host, session)
        if not host.save() and go.place == "home" and not await host.may_leave():
            go = ScreenExit("plan")


async def _ask(host: CaseHost, session: CaseSession, go: ScreenExit) -> ScreenExit:
    question = session.question(go.question_id)
    if question is None:
        return ScreenExit("plan")
    return await host.push_screen_wait(QuestionScreen(session, question, host.glossary, go))


async def _next_meeting(host: CaseHost, session: CaseSession) -> ScreenExit:
    answers = (("yes", _("Begin the next meeting")), ("no", _("Not now")))
    if await host.push_screen_wait(ChoiceDialog(next_meeting_text(), answers)) == "yes":
        session.begin_next_meeting()
    return ScreenExit("plan")
