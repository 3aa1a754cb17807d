"""Small dialogs: one to choose an answer, one to type a line."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from iep_tui.i18n import N_, _
from iep_tui.tui.screens.dismissal import dismiss_safely
from iep_tui.tui.textual_ext.line_input import LineInput
from iep_tui.tui.themes import plain_content
from iep_tui.tui.widgets.line_button import LineButton

#: Up to this many answers have an empty line between them.
MAX_BUTTONS = 4


class ChoiceDialog(ModalScreen[str]):
    """Asks a question with a few answers; returns the id of the chosen one, "" on Escape. The first has the focus."""

    CSS_PATH = "overlay_screen.tcss"

    TITLE = N_("a question")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close", show=False, priority=True),
        Binding("left,up", "app.focus_previous", "Before", show=False),
        Binding("right,down", "app.focus_next", "After", show=False),
    ]

    def __init__(self, words: str, answers: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        self._words = words
        self._answers = answers

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(plain_content(self._words))
            with Vertical(classes="dialog-answers -many" if len(self._answers) > MAX_BUTTONS else "dialog-answers"):
                for name, label in self._answers:
                    yield LineButton(label, id=name)

    def on_mount(self) -> None:
        self.query(LineButton).first().focus()

    def on_line_button_pressed(self, event: LineButton.Pressed) -> None:
        event.stop()
        self._leave(event.button.id or "")

    def action_close(self) -> None:
        self._leave("")

    def _leave(self, answer: str) -> None:
        dismiss_safely(self, answer)


class InputDialog(ModalScreen[str]):
    """Asks for one line; returns it stripped, or "" when canceled."""

    CSS_PATH = "overlay_screen.tcss"

    TITLE = N_("a line to type")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Close", show=False, priority=True)]

    def __init__(self, title: str, words: str, done: str, say: str = "", proposal: str = "") -> None:
        """`done` labels the confirming button, `say` is an error about the last try, `proposal` prefills the field."""
        super().__init__()
        self._title, self._words, self._done, self._say, self._proposal = title, words, done, say, proposal

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(plain_content(self._title).stylize("bold"))
            yield Static(plain_content(self._words))
            yield Static(plain_content(self._say), id="say")
            yield LineInput(id="typed")
            with Horizontal(classes="row-buttons"):
                yield LineButton(self._done, id="done", classes="main")
                yield LineButton(_("Cancel"), id="cancel")

    def on_mount(self) -> None:
        self.query_one("#say").set_class(not self._say, "-empty")
        typed = self.query_one("#typed", LineInput)
        typed.put(self._proposal)
        typed.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._leave(event.value)

    def on_line_button_pressed(self, event: LineButton.Pressed) -> None:
        event.stop()
        self._leave(self.query_one("#typed", LineInput).value if event.button.id == "done" else "")

    def action_close(self) -> None:
        self._leave("")

    def _leave(self, typed: str) -> None:
        dismiss_safely(self, typed.strip())
