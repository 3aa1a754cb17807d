"""Flow over one case: from opening it until the family goes home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iep_tui.core.wording import next_meeting_words
from iep_tui.i18n import _
from iep_tui.services.folder_notices import opening_words
from iep_tui.services.session import Sitting, made_up_child, new_case, open_case
from iep_tui.tui.flows.take_over_flow import wait_for_the_other
from iep_tui.tui.screens.case_screen import Go
from iep_tui.tui.screens.confirm_and_input_dialogs import AskScreen
from iep_tui.tui.screens.plan_screen import PlanScreen
from iep_tui.tui.screens.question_screen import QuestionScreen

if TYPE_CHECKING:
    from iep_tui.services.export import Wanted
    from iep_tui.tui.base_app import BaseApp
    from iep_tui.tui.screens.home_screen import Chosen


def sit_down(app: BaseApp, chosen: Chosen) -> Sitting:
    """Open the case that was chosen at home, begin one, or make one up. StoreError; Sealed while it is locked."""
    if chosen.act == "open":
        return open_case(app.store, app.library.catalogue, app.clock, chosen.case_id)
    if chosen.act == "example":
        return made_up_child(app.library, app.clock)
    return new_case(app.store, app.library.catalogue, app.clock)


async def visit(app: BaseApp, sitting: Sitting, is_new: bool) -> None:
    """Walk the screens over this case until the family goes home. What no family sees first is loaded on the way."""
    place = sitting.first_place(is_new)
    wanted: Wanted | None = None
    say = opening_words(app.store, sitting)
    go = Go("question", place, say=say) if place else Go("plan", say=say)
    chosen = "all"
    wait_for_the_other(app, sitting)
    while go.place != "home":
        if go.place == "plan":
            go = await app.push_screen_wait(PlanScreen(sitting, go.say))
        elif go.place == "question":
            go = await _ask(app, sitting, go)
        elif go.place == "review":
            from iep_tui.tui.screens.review_screen import ReviewScreen

            review = ReviewScreen(sitting, go.question_id, chosen)
            go = await app.push_screen_wait(review)
            chosen = review.chosen
        elif go.place == "dates":
            from iep_tui.tui.screens.deadlines_screen import DatesScreen

            go = await app.push_screen_wait(DatesScreen(sitting))
        elif go.place == "sheet":
            from iep_tui.services.export import Wanted
            from iep_tui.tui.flows.export_flow import Sheets
            from iep_tui.tui.screens.sheet_screen import SheetScreen

            app.sheets = app.sheets or Sheets(app, sitting)
            sheet = SheetScreen(sitting, app.sheets.draw, wanted or Wanted())
            go = await app.push_screen_wait(sheet)
            wanted = sheet.wanted
        else:
            go = await _next_meeting(app, sitting)
        if not app.save() and go.place == "home" and not await app.may_leave():
            go = Go("plan")


async def _ask(app: BaseApp, sitting: Sitting, go: Go) -> Go:
    question = sitting.question(go.question_id)
    if question is None:
        return Go("plan")
    return await app.push_screen_wait(QuestionScreen(sitting, question, app.glossary, go))


async def _next_meeting(app: BaseApp, sitting: Sitting) -> Go:
    answers = (("yes", _("Begin the next meeting")), ("no", _("Not now")))
    if await app.push_screen_wait(AskScreen(next_meeting_words(), answers)) == "yes":
        sitting.begin_next_meeting()
    return Go("plan")
