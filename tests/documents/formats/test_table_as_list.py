"""A table as a list of its rows."""

from __future__ import annotations

from iep_tui.documents.block_tree import Item, Listing, Paragraph, Run, Table
from iep_tui.documents.formats.table_as_list import stacked


def test_rows_become_items_and_what_says_nothing_is_left_away() -> None:
    head = ((Run("Service"),), (Run("Enough?"),), ())
    rows = (
        ((Run("Speech"),), (), (Run("Room 4"),)),
        ((), (), ()),
        ((), (Run("no"),), ()),
    )
    first = (Run("Service:", True), Run(" "), Run("Speech"), Run("\n"), Run("Room 4"))
    second = (Run("Enough?", True), Run(" "), Run("no"))
    assert stacked(Table(head, rows)) == Listing((Item((Paragraph(first),)), Item((Paragraph(second),))))
