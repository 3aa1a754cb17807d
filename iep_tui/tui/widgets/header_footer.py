"""Header and footer: title, save status, and the most important keys."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

from iep_tui.tui.keys import Command, label
from iep_tui.tui.themes import plain_content

if TYPE_CHECKING:
    from iep_tui.services.session import SaveStatus

_COLORS = {"saved": "$saved", "typing": "$quiet", "trouble": "bold $trouble", "reading": "$warn", "example": "$warn"}


class CaseHeader(Widget):
    """One line: child and meeting at the left, save status at the right. Only the left part is shortened."""

    heading: reactive[str] = reactive("")
    status: reactive[SaveStatus | None] = reactive(None)

    def render(self) -> Content:
        status = self.status
        right = Content.styled(status.words, _COLORS[status.kind]) if status else Content("")
        room = max(self.size.width - right.cell_length - 2, 0)
        parts = plain_content(self.heading).plain.split(" · ")
        while len(parts) > 1 and Content(" · ".join(parts)).cell_length > room:
            parts.pop()  # drop a whole part rather than truncating a word
        left = Content(" · ".join(parts)).stylize("bold").truncate(room, ellipsis=True)
        return Content.assemble(left, " " * (self.size.width - left.cell_length - right.cell_length), right)


class KeyFooter(Widget):
    """Footer with the screen's key bindings, which are also clickable.

    In a narrow window, the highest-weighted ones are kept.
    """

    def __init__(self, commands: Iterable[Command]) -> None:
        super().__init__()
        self.commands = tuple(command for command in commands if command.weight)

    def render(self) -> Content:
        shown = self._fitting(self.size.width)
        pieces: list[Content] = []
        for command in shown:
            action = Style.from_meta({"@click": f"screen.run_command('{command.action}')"})
            pieces.append(
                Content.assemble(Content.styled(command.shown_key, "bold $key"), " ", Content(label(command))).stylize(
                    action
                )
            )
        return Content("  ").join(pieces)

    def _fitting(self, width: int) -> tuple[Command, ...]:
        """Return the commands that fit into `width`, in the footer's order."""
        fitting: list[Command] = []
        used = 0
        for command in sorted(self.commands, key=lambda command: -command.weight):
            length = len(command.shown_key) + 1 + Content(label(command)).cell_length
            if used + length > width:
                continue
            used += length + 2
            fitting.append(command)
        return tuple(command for command in self.commands if command in fitting)
