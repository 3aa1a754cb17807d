"""Earlier answers to a question: list them over its screen, and restore one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iep_tui.core.wording import revision_text
from iep_tui.i18n import _
from iep_tui.tui.screens.pick_dialog import PickDialog

if TYPE_CHECKING:
    from iep_tui.tui.flows.hosts import ClockHost
    from iep_tui.tui.screens.question_screen import QuestionScreen


async def choose_earlier_answer(host: ClockHost, screen: QuestionScreen) -> None:
    """Let the person choose an earlier answer to the question on the screen, and restore it."""
    session, question = screen.session, screen.question
    revisions = session.earlier(question)
    zone = host.clock().tzinfo
    lines = tuple(revision_text(question, revision, session.interview, zone) for revision in revisions)
    if not lines:
        hint = _("There is no earlier answer to this question.")
    else:
        hint = session.read_only or _("Enter takes one back. The current answer is kept too.")
    dialog = PickDialog(_("Earlier answers"), hint, lines, may_pick=not session.read_only)
    place = await host.push_screen_wait(dialog)
    if 0 <= place < len(revisions) and screen.question is question and session.take_back(question, revisions[place]):
        screen.show_again()
