"""Base of the views over all cases: the store, the question sets, and access to sealed cases."""

from __future__ import annotations

from iep_tui.core.glossary import Glossary
from iep_tui.i18n import _
from iep_tui.plain.base_view import View
from iep_tui.plain.line_io import LineIO
from iep_tui.plain.passphrase_view import PassphraseView
from iep_tui.services.session import Clock
from iep_tui.sets.library import Library
from iep_tui.store.case_store import CaseStore


class StoreView(View):
    """A view with access to every case on this computer."""

    def __init__(self, stream: LineIO, glossary: Glossary, store: CaseStore, library: Library, clock: Clock) -> None:
        super().__init__(stream, glossary, store.folder, library.about)
        self.store = store
        self.catalogue = library.catalogue
        self.clock = clock

    def opened(self, case_id: str) -> bool:
        """Ask for the case's passphrase if it is locked; True if the case can be read. "" stands for new cases."""
        if not self.store.sealing.is_locked(case_id):
            return True
        view = PassphraseView(self._stream, self._glossary, self._folder)
        return view.visit(self.store, case_id, _("This is sealed. It opens with its passphrase."))
