"""A table rendered as a list of its rows."""

from __future__ import annotations

from iep_tui.documents.block_tree import ListBlock, ListItem, ParagraphBlock, Run, TableBlock
from iep_tui.documents.formats.table_as_list import table_as_list


def test_rows_become_items_and_what_says_nothing_is_left_away() -> None:
    head = ((Run("Service"),), (Run("Enough?"),), ())
    rows = (
        ((Run("Speech"),), (), (Run("Room 4"),)),
        ((), (), ()),
        ((), (Run("no"),), ()),
    )
    first = (Run("Service:", True), Run(" "), Run("Speech"), Run("\n"), Run("Room 4"))
    second = (Run("Enough?", True), Run(" "), Run("no"))
    assert table_as_list(TableBlock(head, rows)) == ListBlock(
        (ListItem((ParagraphBlock(first),)), ListItem((ParagraphBlock(second),)))
    )
