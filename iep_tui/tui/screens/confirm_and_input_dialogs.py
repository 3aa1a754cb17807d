"""Small dialogs: confirm a choice, type one line."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from iep_tui.i18n import N_, _
from iep_tui.tui.screens.dismissal import close
from iep_tui.tui.textual_ext.line_input import LineField
from iep_tui.tui.themes import plain
from iep_tui.tui.widgets.line_button import Press

#: More answers than this stand close, without a line between.
MANY = 4


class AskScreen(ModalScreen[str]):
    """A question with a few answers; gives the id of the one pressed, "" for escape. The first has the focus."""

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
            yield Static(plain(self._words))
            with Vertical(classes="dialog-answers -many" if len(self._answers) > MANY else "dialog-answers"):
                for name, label in self._answers:
                    yield Press(label, id=name)

    def on_mount(self) -> None:
        self.query(Press).first().focus()

    def on_press_pressed(self, event: Press.Pressed) -> None:
        event.stop()
        self._leave(event.press.id or "")

    def action_close(self) -> None:
        self._leave("")

    def _leave(self, answer: str) -> None:
        close(self, answer)


class TypeScreen(ModalScreen[str]):
    """Says something and asks for one line; gives it as it was typed, "" when the person thought better of it."""

    CSS_PATH = "overlay_screen.tcss"

    TITLE = N_("a line to type")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Close", show=False, priority=True)]

    def __init__(self, title: str, words: str, done: str, say: str = "", proposal: str = "") -> None:
        """`done` is the button that means it, `say` what was wrong with the line typed before."""
        super().__init__()
        self._title, self._words, self._done, self._say, self._proposal = title, words, done, say, proposal

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(plain(self._title).stylize("bold"))
            yield Static(plain(self._words))
            yield Static(plain(self._say), id="say")
            yield LineField(id="typed")
            with Horizontal(classes="row-buttons"):
                yield Press(self._done, id="done", classes="main")
                yield Press(_("Cancel"), id="cancel")

    def on_mount(self) -> None:
        self.query_one("#say").set_class(not self._say, "-empty")
        typed = self.query_one("#typed", LineField)
        typed.put(self._proposal)
        typed.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._leave(event.value)

    def on_press_pressed(self, event: Press.Pressed) -> None:
        event.stop()
        self._leave(self.query_one("#typed", LineField).value if event.press.id == "done" else "")

    def action_close(self) -> None:
        self._leave("")

    def _leave(self, typed: str) -> None:
        close(self, typed.strip())
