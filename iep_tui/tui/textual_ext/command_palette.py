"""Command palette with a fix for a crash in Textual's own when keys come fast."""

from __future__ import annotations

from textual.command import CommandList, CommandPalette


class SafeCommandPalette(CommandPalette):
    """Textual looks up a page of commands in a list that has not been laid out yet, and ends the program.

    It leans on `_action_command_list`, to which every key for the list goes, and on `_index_to_line` of the list, which
    is empty until the list has a place on the screen.
    """

    def _action_command_list(self, action: str) -> None:
        if self.query_one(CommandList)._index_to_line or not action.startswith("page"):
            super()._action_command_list(action)
