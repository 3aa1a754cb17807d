"""The empty screen at the bottom of the stack: never seen, and cheap."""

from __future__ import annotations

from textual.events import ScreenResume
from textual.screen import Screen


class RootScreen(Screen[None]):
    """Textual wants a first screen on its stack. Ours is empty: no other look in another size, none put on twice."""

    HORIZONTAL_BREAKPOINTS = []  # noqa: RUF012 - Textual declares it for instances
    VERTICAL_BREAKPOINTS = []  # noqa: RUF012

    def on_screen_resume(self, event: ScreenResume) -> None:
        event.refresh_styles = False
