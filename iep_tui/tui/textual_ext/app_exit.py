"""App exits: errors while leaving, crashes without a traceback, and the app's clipboard."""

from __future__ import annotations

import sys

from rich.text import Text
from textual.app import App
from textual.css.query import NoMatches
from textual.worker import WorkerFailed


class SafeExitApp(App[None]):
    """An app that ignores missing widgets while it exits, and reports a crash in one line.

    Overrides Textual's private `_handle_exception` and `_fatal_error`, since Textual has no public hook for a crash.
    """

    def _handle_exception(self, error: Exception) -> None:
        """Ignore a failed query by a screen that was still opening when the app exited; its widgets are gone."""
        reason = error.error if isinstance(error, WorkerFailed) else error
        # `_exit` is the only sign of an exit that is under way.
        if not (self._exit and isinstance(reason, NoMatches)):
            super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """Replace Textual's traceback, which would print answers that are in memory, with `crash_message`."""
        message = self.crash_message(sys.exc_info()[1])
        self.bell()
        # Textual prints these after it has restored the terminal; printing here would be lost with the screen.
        self._exit_renderables.append(Text(message))
        self._close_messages_no_wait()

    def crash_message(self, error: BaseException | None) -> str:
        """Save what can be saved, and return the line to print."""
        raise NotImplementedError


def clear_clipboard(app: App[None]) -> None:
    """Forget copied text, so that the next family cannot paste it. The terminal's own clipboard is left alone."""
    app._clipboard = ""  # `copy_to_clipboard("")` would also empty the terminal's
