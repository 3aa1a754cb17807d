"""Home screen with its case list: the most recent at once, the others while it is already usable."""

from __future__ import annotations

import datetime
from time import monotonic
from typing import TYPE_CHECKING

from iep_tui.services.case_list import CaseList, CaseRow
from iep_tui.services.folder_notices import home_notice, lost_children
from iep_tui.store.errors import StoreError
from iep_tui.tui.screens.home_screen import FIRST_ROWS, HomeScreen, ListPart

if TYPE_CHECKING:
    from iep_tui.sets.library import Library
    from iep_tui.store.case_store import CaseStore

#: Children read in one go, and seconds it may take: the longest that a key waits.
_MAX_ROWS, _MAX_SECONDS = 200, 0.02
#: Seconds after which the index is saved, in case the person goes on before all rows are read.
_KEEP_AFTER = 2.0


def home_screen(store: CaseStore, library: Library, today: datetime.date, say: str) -> HomeScreen:
    """Return the first screen with the children in this store; it says why when the store cannot be read.

    With many children it first shows the most recent ones of the index, each checked against its file, and scans the
    folder while the screen is in use.
    """
    try:
        listing = CaseList(store, library.catalogue, today)
        first = listing.first(FIRST_ROWS)
        lost = () if first else lost_children(store, listing.ids())
        children = first or (*lost, *listing.children(FIRST_ROWS))
    except StoreError as error:
        return HomeScreen((), str(error))
    say = "\n".join(words for words in (say, home_notice(store)) if words)
    more = _RemainingRows(store, listing, lost, started=not first)
    return HomeScreen(children, say, total=len(lost) + listing.total, more=more.next)


class _RemainingRows:
    """The rows that the first screen was opened without, a part at a time.

    Unless `started`, the first part replaces the rows that are shown already.
    """

    def __init__(self, store: CaseStore, listing: CaseList, lost: tuple[CaseRow, ...], *, started: bool) -> None:
        self._store = store
        self._listing = listing
        self._lost = lost
        self._started = started
        self._ended = False
        self._saved_at = monotonic()

    def next(self) -> ListPart | None:
        """Return the next part, quickly enough for no key to wait; None after the last."""
        if self._ended:
            return None
        try:
            return self._next_rows() if self._started else self._first_rows()
        except StoreError as error:  # unreadable rows are not shown as if they were there
            self._ended = True
            return ListPart((), 0, anew=True, say=str(error))

    def _first_rows(self) -> ListPart:
        if not self._listing.look(_MAX_SECONDS):
            return ListPart((), self._listing.total)
        self._lost = lost_children(self._store, self._listing.ids())
        self._started = True
        return ListPart((*self._lost, *self._listing.children(FIRST_ROWS)), self._total, anew=True)

    def _next_rows(self) -> ListPart | None:
        rows = self._listing.children(_MAX_ROWS, _MAX_SECONDS)
        self._ended = not rows
        if self._ended or monotonic() - self._saved_at > _KEEP_AFTER:
            self._listing.keep()
            self._saved_at = monotonic()
        return ListPart(rows, self._total) if rows else None

    @property
    def _total(self) -> int:
        return len(self._lost) + len(self._listing)
