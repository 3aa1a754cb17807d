"""Passphrase prompt of the line-by-line mode; a terminal does not echo it."""

from __future__ import annotations

from iep_tui.core.progress_callback import Stopped
from iep_tui.i18n import _
from iep_tui.plain.base_view import Room
from iep_tui.services.passphrases import counted_words, deriving_words, finished_lines, finishing_words, stopped_words
from iep_tui.store.case_store import Store
from iep_tui.store.errors import StoreError


class UnlockRoom(Room):
    """The door of a sealed case."""

    def visit(self, store: Store, case_id: str, reason: str) -> bool:
        """Ask until the passphrase is right; False when the person goes back. What is typed here is never a command."""
        self.say(reason)
        while True:
            typed = self.ask_secret(_("Passphrase or recovery key. It is not shown. Enter alone goes back:"))
            if not typed:
                return False
            try:
                self._open(store, case_id, typed)
                self._finish(store)
            except Stopped:
                self.say(_("Stopped."))
            except StoreError as error:
                self.error(str(error))
            else:
                return True

    def _open(self, store: Store, case_id: str, words: str) -> None:
        """Make the keys known that these words open. WrongPassphrase; StoreError; Stopped, and nothing is known."""
        store.keys.learn(*self.at_length(lambda _step: store.sealing.opened_by(words, case_id), deriving_words()))

    def _finish(self, store: Store) -> None:
        """End a change of the passphrase for all that was killed half way, a whole case at a time. StoreError."""
        if not store.sealing.may_finish():
            return
        try:
            lines = self.at_length(
                lambda step: finished_lines(store, step),
                finishing_words(),
                counted=counted_words(),
                whole_steps=True,
            )
        except Stopped:
            lines = (stopped_words(),)
        self.say(*lines)
