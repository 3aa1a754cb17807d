"""The first screen with its children: the last changed at once, the others while it can be used already."""

from __future__ import annotations

import datetime
from time import monotonic

from iep_tui.children import Child, Listing
from iep_tui.notices import home_notice, lost_children
from iep_tui.sets.library import Library
from iep_tui.store.cases import Store
from iep_tui.store.errors import StoreError
from iep_tui.tui.screens.home import FIRST, HomeScreen

#: How many children are looked at in one go, and for how many seconds at most: no key waits longer than that.
_MOST, _SECONDS = 200, 0.02
#: Seconds after which what was read so far is kept, should the person go on before all is known.
_KEEP_AFTER = 2.0


def home_screen(store: Store, library: Library, today: datetime.date, say: str) -> HomeScreen:
    """The first screen over the children in this store; when it cannot be read, the screen says why."""
    try:
        listing = Listing(store, library.catalogue, today)
        lost = lost_children(store)
    except StoreError as error:
        return HomeScreen((), str(error))

    kept_at = monotonic()

    def more() -> tuple[Child, ...]:
        nonlocal kept_at
        found = listing.children(_MOST, _SECONDS)
        if not found or monotonic() - kept_at > _KEEP_AFTER:
            listing.keep()
            kept_at = monotonic()
        return found

    say = "\n".join(words for words in (say, home_notice(store)) if words)
    return HomeScreen((*lost, *listing.children(FIRST)), say, total=len(lost) + len(listing), more=more)
