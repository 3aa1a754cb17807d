"""Read-only window: watch for the end of the writing window, and offer to continue here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iep_tui.core.progress_callback import Cancelled
from iep_tui.services.session import CaseSession, is_free
from iep_tui.store.errors import StoreError
from iep_tui.tui.screens.case_screen import CaseScreen, ScreenExit
from iep_tui.tui.screens.question_screen import QuestionScreen

if TYPE_CHECKING:
    from iep_tui.tui.flows.hosts import TakeOverHost

#: Seconds between checks. There are none while the case can be written.
CHECK_EVERY = 1.0


def watch_other_window(host: TakeOverHost, session: CaseSession) -> None:
    """Check until the case is left whether its other window has closed. Does nothing where this window can write."""
    if not session.is_waiting:
        return

    def check() -> None:
        if host.session is not session:
            timer.stop()
            return
        # Over a dialog or a page nothing is asked: it would hide what the person is doing.
        if isinstance(host.screen, CaseScreen) and is_free(host.store, session):
            timer.stop()
            host.run_worker(_offer(host, session), name="take-over")

    timer = host.set_interval(CHECK_EVERY, check)


async def _offer(host: TakeOverHost, session: CaseSession) -> None:
    screen = host.screen
    from iep_tui.services.flows.take_over import take_over_case
    from iep_tui.tui.flows.textual_prompter import TextualPrompter

    prompter = TextualPrompter(host)
    try:
        line = await take_over_case(prompter, host.store, session)
    except Cancelled:
        return
    except StoreError as error:
        await prompter.tell(str(error))
        return
    if not isinstance(screen, CaseScreen):
        return
    # Show the screen again with the answers that are in the file now.
    question = screen.question.id if isinstance(screen, QuestionScreen) else ""
    place = screen.PLACE if screen.PLACE in ("plan", "question", "review", "sheet", "dates") else "plan"
    screen.leave(ScreenExit(place, question, say=line))
