"""Passphrase prompt of the line-by-line mode; a terminal does not echo it."""

from __future__ import annotations

from iep_tui.core.progress_callback import Cancelled
from iep_tui.i18n import _
from iep_tui.plain.base_view import View
from iep_tui.services.passphrases import counted_text, deriving_text, finished_lines, finishing_text, stopped_text
from iep_tui.store.case_store import CaseStore
from iep_tui.store.errors import StoreError


class PassphraseView(View):
    """The door of a sealed case."""

    def visit(self, store: CaseStore, case_id: str, reason: str) -> bool:
        """Ask until the passphrase is right; False when the person goes back. What is typed here is never a command."""
        self.say(reason)
        while True:
            typed = self.ask_secret(_("Passphrase or recovery key. It is not shown. Enter alone goes back:"))
            if not typed:
                return False
            try:
                self._open(store, case_id, typed)
                self._finish(store)
            except Cancelled:
                self.say(_("Stopped."))
            except StoreError as error:
                self.error(str(error))
            else:
                return True

    def _open(self, store: CaseStore, case_id: str, words: str) -> None:
        """Make the keys known that these words open. WrongPassphrase; StoreError; Stopped, and nothing is known."""
        store.keys.learn(*self.run_job(lambda _step: store.sealing.ring_key_for(words, case_id), deriving_text()))

    def _finish(self, store: CaseStore) -> None:
        """End a change of the passphrase for all that was killed half way, a whole case at a time. StoreError."""
        if not store.sealing.may_finish():
            return
        try:
            lines = self.run_job(
                lambda step: finished_lines(store, step),
                finishing_text(),
                counted=counted_text(),
                whole_steps=True,
            )
        except Cancelled:
            lines = (stopped_text(),)
        self.say(*lines)
