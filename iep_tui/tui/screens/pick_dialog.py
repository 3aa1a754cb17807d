"""Pick dialog: choose one of several texts, such as an earlier answer or one side of a merge."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.geometry import Spacing
from textual.screen import ModalScreen
from textual.visual import Padding
from textual.widgets import OptionList, Static

from iep_tui.i18n import N_, _
from iep_tui.tui.screens.dismissal import dismiss_safely
from iep_tui.tui.textual_ext.marked_option_list import MarkedOptionList
from iep_tui.tui.themes import plain_content
from iep_tui.tui.widgets.line_button import LineButton

#: Longer texts are cut to this many characters, enough to recognize them.
MAX_OPTION_CHARS = 400
#: The column in which the list marks its highlighted option.
MARK_COLUMN = Spacing(left=1)


class PickDialog(ModalScreen[int]):
    """Returns the index of the chosen text, or -1. `hint` is shown above the texts. Without texts or with `may_pick`
    off, the dialog can only be read and closed."""

    CSS_PATH = "overlay_screen.tcss"

    TITLE = N_("a choice")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Close", show=False, priority=True)]

    def __init__(
        self, title: str, hint: str, texts: tuple[str, ...], *, may_pick: bool = True, close: str = ""
    ) -> None:
        """`close` labels the button that chooses nothing; it should name the Esc key."""
        super().__init__()
        self._title = title
        self._hint = hint
        self._texts = texts
        self._may_pick = may_pick
        self._close = close or _("Close (esc)")

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(plain_content(self._title).stylize("bold"))
            yield Static(plain_content(self._hint), classes="hint" if self._texts else "")
            if self._texts:
                yield MarkedOptionList(
                    *(Padding(plain_content(_shortened(text)), MARK_COLUMN) for text in self._texts),
                    id="texts",
                    compact=True,
                    markup=False,
                )
            yield LineButton(self._close, id="close")

    def on_mount(self) -> None:
        self.query_one("#texts" if self._texts else "#close").focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._leave(event.option_index if self._may_pick else -1)

    def on_line_button_pressed(self, event: LineButton.Pressed) -> None:
        event.stop()
        self._leave(-1)

    def action_close(self) -> None:
        self._leave(-1)

    def _leave(self, index: int) -> None:
        dismiss_safely(self, index)


def _shortened(text: str) -> str:
    return text if len(text) <= MAX_OPTION_CHARS else text[:MAX_OPTION_CHARS] + "…"
