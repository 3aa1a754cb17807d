"""Read-only window: notices that the writing window is closed, and offers to continue here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iep_tui.i18n import _
from iep_tui.services.session import CaseSession, is_free, take_over
from iep_tui.store.errors import StoreError
from iep_tui.tui.screens.case_screen import CaseScreen, ScreenExit
from iep_tui.tui.screens.confirm_and_input_dialogs import ChoiceDialog
from iep_tui.tui.screens.question_screen import QuestionScreen

if TYPE_CHECKING:
    from iep_tui.tui.base_app import BaseApp

#: Seconds between two looks. There are none while the case can be written.
CHECK_EVERY = 1.0


def watch_other_window(app: BaseApp, session: CaseSession) -> None:
    """Look now and then, until the case is left, whether the window that writes is gone, where this one only reads."""
    if not session.is_waiting:
        return

    def look() -> None:
        if app.session is not session:
            timer.stop()
            return
        # Over a dialog or a page nothing is asked: it would hide what the person is at.
        if isinstance(app.screen, CaseScreen) and is_free(app.store, session):
            timer.stop()
            app.run_worker(_offer(app, session), name="take-over")

    timer = app.set_interval(CHECK_EVERY, look)


async def _offer(app: BaseApp, session: CaseSession) -> None:
    screen = app.screen
    words = _("The other window is closed. You can go on writing here, with everything it saved.")
    answer = await app.push_screen_wait(ChoiceDialog(words, (("yes", _("Go on writing here")), ("no", _("Only read")))))
    if answer != "yes" or not isinstance(screen, CaseScreen):
        return
    try:
        taken = take_over(app.store, session)
    except StoreError as error:
        await app.push_screen_wait(ChoiceDialog(str(error), (("on", _("Go on")),)))
        return
    # The screen is drawn anew over what the file holds now.
    question = screen.question.id if isinstance(screen, QuestionScreen) else ""
    place = screen.PLACE if screen.PLACE in ("plan", "question", "review", "sheet", "dates") else "plan"
    said = session.notice if taken else session.read_only
    screen.leave(ScreenExit(place, question, say=said))
