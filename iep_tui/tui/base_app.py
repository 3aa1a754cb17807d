"""Base of the app: library, store, clock and open case, without the screens, so that flows need not import the app."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Protocol

from iep_tui.sets.library import Library
from iep_tui.store.case_store import CaseStore
from iep_tui.store.settings import Settings
from iep_tui.tui.autolock import LockingApp

if TYPE_CHECKING:
    from iep_tui.core.glossary import Glossary
    from iep_tui.documents.outline_model import Outline
    from iep_tui.services.export import ExportRequest
    from iep_tui.services.session import CaseSession, Clock


class SheetExport(Protocol):
    """Builds, copies and saves the sheets of the open case."""

    def draw(self, request: ExportRequest, /) -> Outline: ...

    def copy(self, request: ExportRequest, /) -> None: ...

    async def save(self, request: ExportRequest, /) -> None: ...


class BaseApp(LockingApp):
    """State shared by the app and its flows. Flows receive this class instead of importing the app."""

    def __init__(self, library: Library, store: CaseStore, settings: Settings, clock: Clock) -> None:
        super().__init__()
        self.library = library
        self.store = store
        self.settings = settings
        self.clock = clock
        self.session: CaseSession | None = None
        self.sheets: SheetExport | None = None

    @functools.cached_property
    def glossary(self) -> Glossary:
        from iep_tui.core.glossary import Glossary

        return Glossary(self.library.catalogue.glossary)
