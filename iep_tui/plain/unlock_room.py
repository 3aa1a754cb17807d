"""Where a passphrase is asked for, line by line; a terminal does not show it."""

from __future__ import annotations

from iep_tui.language import _
from iep_tui.plain.room import Room
from iep_tui.plain.stream import Ended
from iep_tui.seals import deriving_words, finished_lines
from iep_tui.store.cases import Store
from iep_tui.store.errors import StoreError


class UnlockRoom(Room):
    """The door of a sealed case."""

    def visit(self, store: Store, case_id: str, reason: str) -> bool:
        """Ask until the passphrase is right; False when the person goes back. What is typed here is never a command."""
        self.say(reason)
        while True:
            typed = self._stream.ask_secret(_("Passphrase or recovery key. It is not shown. Enter alone goes back:"))
            if typed is None:
                raise Ended
            if not typed:
                return False
            self.say(deriving_words())
            try:
                store.sealing.unlock(typed, case_id)
                self.say(*finished_lines(store))
            except StoreError as error:
                self.error(str(error))
            else:
                return True
