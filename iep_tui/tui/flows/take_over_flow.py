"""Read-only window: notices that the writing window is closed, and offers to continue here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iep_tui.i18n import _
from iep_tui.services.session import Sitting, is_free, take_over
from iep_tui.store.errors import StoreError
from iep_tui.tui.screens.case_screen import CaseScreen, Go
from iep_tui.tui.screens.confirm_and_input_dialogs import AskScreen
from iep_tui.tui.screens.question_screen import QuestionScreen

if TYPE_CHECKING:
    from iep_tui.tui.base_app import BaseApp

#: Seconds between two looks. There are none while the case can be written.
LOOK_EVERY = 1.0


def wait_for_the_other(app: BaseApp, sitting: Sitting) -> None:
    """Look now and then, until the case is left, whether the window that writes is gone, where this one only reads."""
    if not sitting.is_waiting:
        return

    def look() -> None:
        if app.sitting is not sitting:
            timer.stop()
            return
        # Over a dialog or a page nothing is asked: it would hide what the person is at.
        if isinstance(app.screen, CaseScreen) and is_free(app.store, sitting):
            timer.stop()
            app.run_worker(_offer(app, sitting), name="take-over")

    timer = app.set_interval(LOOK_EVERY, look)


async def _offer(app: BaseApp, sitting: Sitting) -> None:
    screen = app.screen
    words = _("The other window is closed. You can go on writing here, with everything it saved.")
    answer = await app.push_screen_wait(AskScreen(words, (("yes", _("Go on writing here")), ("no", _("Only read")))))
    if answer != "yes" or not isinstance(screen, CaseScreen):
        return
    try:
        taken = take_over(app.store, sitting)
    except StoreError as error:
        await app.push_screen_wait(AskScreen(str(error), (("on", _("Go on")),)))
        return
    # The screen is drawn anew over what the file holds now.
    question = screen.question.id if isinstance(screen, QuestionScreen) else ""
    place = screen.PLACE if screen.PLACE in ("plan", "question", "review", "sheet", "dates") else "plan"
    said = sitting.notice if taken else sitting.read_only
    screen.leave(Go(place, question, say=said))
