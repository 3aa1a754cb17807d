"""Header and footer: title, save status, and the keys that matter here."""

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

_COLOURS = {"saved": "$saved", "typing": "$quiet", "trouble": "bold $trouble", "reading": "$warn", "example": "$warn"}


class CaseHeader(Widget):
    """One line: the child and the meeting at the left, whether it is saved at the right.

    The right part is drawn from `status` alone and is never cut for the sake of the left.
    """

    heading: reactive[str] = reactive("")
    status: reactive[SaveStatus | None] = reactive(None)

    def render(self) -> Content:
        status = self.status
        right = Content.styled(status.words, _COLOURS[status.kind]) if status else Content("")
        room = max(self.size.width - right.cell_length - 2, 0)
        parts = plain_content(self.heading).plain.split(" · ")
        while len(parts) > 1 and Content(" · ".join(parts)).cell_length > room:
            parts.pop()  # rather one thing less than a word cut through
        left = Content(" · ".join(parts)).stylize("bold").truncate(room, ellipsis=True)
        return Content.assemble(left, " " * (self.size.width - left.cell_length - right.cell_length), right)


class KeyFooter(Widget):
    """The keys that matter on this screen, each to be clicked too; a narrow window keeps those that matter most."""

    def __init__(self, commands: Iterable[Command]) -> None:
        super().__init__()
        self.commands = tuple(one for one in commands if one.weight)

    def render(self) -> Content:
        kept = self._kept(self.size.width)
        pieces: list[Content] = []
        for command in kept:
            action = Style.from_meta({"@click": f"screen.run_command('{command.action}')"})
            pieces.append(
                Content.assemble(Content.styled(command.shown_key, "bold $key"), " ", Content(label(command))).stylize(
                    action
                )
            )
        return Content("  ").join(pieces)

    def _kept(self, width: int) -> tuple[Command, ...]:
        kept: list[Command] = []
        used = 0
        for command in sorted(self.commands, key=lambda one: -one.weight):
            length = len(command.shown_key) + 1 + Content(label(command)).cell_length
            if used + length > width:
                continue
            used += length + 2
            kept.append(command)
        return tuple(command for command in self.commands if command in kept)
