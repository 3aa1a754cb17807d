"""Root screen: the empty, never visible bottom of the screen stack."""

from __future__ import annotations

from textual.events import ScreenResume
from textual.screen import Screen


class RootScreen(Screen[None]):
    """An empty screen, because Textual needs one at the bottom of its stack. Skips breakpoints and restyling."""

    HORIZONTAL_BREAKPOINTS = []  # noqa: RUF012 - Textual declares it for instances
    VERTICAL_BREAKPOINTS = []  # noqa: RUF012

    def on_screen_resume(self, event: ScreenResume) -> None:
        event.refresh_styles = False
