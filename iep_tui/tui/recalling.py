"""What an answer was before, shown over its question by the program, and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iep_tui.core.telling import step_words
from iep_tui.tui.screens.recall import RecallScreen

if TYPE_CHECKING:
    from iep_tui.tui.app import PrepApp
    from iep_tui.tui.screens.question import QuestionScreen


async def recall(app: PrepApp, screen: QuestionScreen) -> None:
    """Let the person choose an earlier answer to the question on the screen, and put it there."""
    sitting, question = screen.sitting, screen.question
    steps = sitting.earlier(question)
    zone = app.clock().tzinfo
    lines = tuple(step_words(question, step, sitting.interview, zone) for step in steps)
    place = await app.push_screen_wait(RecallScreen(lines, sitting.read_only))
    if 0 <= place < len(steps) and screen.question is question and sitting.take_back(question, steps[place]):
        screen.show_again()
