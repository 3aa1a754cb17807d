"""Command palette with a fix for a crash in Textual's own when keys come fast."""

from __future__ import annotations

from textual.command import CommandList, CommandPalette


class SafeCommandPalette(CommandPalette):
    """Ignores Page Up and Page Down until the list has been laid out; Textual's own crashes on them.

    Relies on `_action_command_list`, which receives every key for the list, and on the list's `_index_to_line`, which
    is empty until the layout.
    """

    def _action_command_list(self, action: str) -> None:
        if self.query_one(CommandList)._index_to_line or not action.startswith("page"):
            super()._action_command_list(action)
