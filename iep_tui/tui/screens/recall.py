"""What an answer was before, by date, over the question: one of them can be taken back."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Spacing
from textual.screen import ModalScreen
from textual.visual import Padding
from textual.widgets import OptionList, Static

from iep_tui.language import N_, _
from iep_tui.tui.looks import plain
from iep_tui.tui.widgets.lines import Lines
from iep_tui.tui.widgets.press import Press

#: Characters of one earlier answer that are shown: enough to know it by.
MOST_SHOWN = 400
#: The column in which the list marks its line in use.
MARK = Spacing(left=1)


class RecallScreen(ModalScreen[int]):
    """Gives the place of the chosen line, or -1. `lines` are in words for a person, `reason` why none can be taken."""

    TITLE = N_("earlier answers")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Close", show=False, priority=True)]

    def __init__(self, lines: tuple[str, ...], reason: str = "") -> None:
        super().__init__()
        self._lines = lines
        self._reason = reason

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content(_("Earlier answers")).stylize("bold"))
            if self._lines:
                hint = self._reason or _("Enter takes one back. What stands there now is kept too.")
                yield Static(plain(hint), classes="hint")
                yield Lines(
                    *(Padding(plain(_shortened(line)), MARK) for line in self._lines),
                    id="earlier",
                    compact=True,
                    markup=False,
                )
            else:
                yield Static(Content(_("There is no earlier answer to this question.")))
            yield Press(_("Close (esc)"), id="close")

    def on_mount(self) -> None:
        self.query_one("#earlier" if self._lines else "#close").focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._leave(-1 if self._reason else event.option_index)

    def on_press_pressed(self, event: Press.Pressed) -> None:
        event.stop()
        self._leave(-1)

    def action_close(self) -> None:
        self._leave(-1)

    def _leave(self, place: int) -> None:
        if self.is_current:
            self.dismiss(place)


def _shortened(line: str) -> str:
    return line if len(line) <= MOST_SHOWN else line[:MOST_SHOWN] + "…"
