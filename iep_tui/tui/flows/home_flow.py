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

#: How many children are looked at in one go, and for how many seconds at most: no key waits longer than that.
_MOST, _SECONDS = 200, 0.02
#: Seconds after which what was read so far is kept, should the person go on before all is known.
_KEEP_AFTER = 2.0


def home_screen(store: CaseStore, library: Library, today: datetime.date, say: str) -> HomeScreen:
    """The first screen over the children in this store; when it cannot be read, the screen says why.

    With many children it shows those that had changed last as the index has them, each held against its file; the
    folder is looked through while it can be used, and then the list is what was found there.
    """
    try:
        listing = CaseList(store, library.catalogue, today)
        first = listing.first(FIRST_ROWS)
        lost = () if first else lost_children(store, listing.ids())
        children = first or (*lost, *listing.children(FIRST_ROWS))
    except StoreError as error:
        return HomeScreen((), str(error))
    say = "\n".join(words for words in (say, home_notice(store)) if words)
    more = _Others(store, listing, lost, begun=not first)
    return HomeScreen(children, say, total=len(lost) + listing.total, more=more.next)


class _Others:
    """The children that the first screen was opened without, a part at a time. With `begun` the first are shown as they
    are, else the first part begins the list anew."""

    def __init__(self, store: CaseStore, listing: CaseList, lost: tuple[CaseRow, ...], *, begun: bool) -> None:
        self._store = store
        self._listing = listing
        self._lost = lost
        self._begun = begun
        self._ended = False
        self._kept_at = monotonic()

    def next(self) -> ListPart | None:
        """The next part, in no more time than a key may wait; None after the last."""
        if self._ended:
            return None
        try:
            return self._rest() if self._begun else self._beginning()
        except StoreError as error:  # what is not there to be read is not shown as if it were
            self._ended = True
            return ListPart((), 0, anew=True, say=str(error))

    def _beginning(self) -> ListPart:
        if not self._listing.look(_SECONDS):
            return ListPart((), self._listing.total)
        self._lost = lost_children(self._store, self._listing.ids())
        self._begun = True
        return ListPart((*self._lost, *self._listing.children(FIRST_ROWS)), self._total, anew=True)

    def _rest(self) -> ListPart | None:
        found = self._listing.children(_MOST, _SECONDS)
        self._ended = not found
        if self._ended or monotonic() - self._kept_at > _KEEP_AFTER:
            self._listing.keep()
            self._kept_at = monotonic()
        return ListPart(found, self._total) if found else None

    @property
    def _total(self) -> int:
        return len(self._lost) + len(self._listing)
