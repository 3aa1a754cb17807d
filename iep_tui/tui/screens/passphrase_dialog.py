"""Passphrase dialog, with a switch to show the typed characters."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static
from textual.worker import Worker

from iep_tui.i18n import N_, _
from iep_tui.tui.screens.dismissal import DismissibleScreen
from iep_tui.tui.textual_ext.line_input import LineInput
from iep_tui.tui.themes import plain_content
from iep_tui.tui.widgets.line_button import LineButton

#: Tries the typed passphrase; returns an error message, or "" if it worked.
Attempt = Callable[[str], Awaitable[str]]


class PassphraseDialog(DismissibleScreen[bool]):
    """Asks for a passphrase, a new one twice, and tries it; returns True if it worked, False when canceled.

    Hides the screen behind it, and shows dots for the typed characters until "Show" is pressed. Escape cancels at any
    time, also during an attempt.
    """

    TITLE = N_("a passphrase")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Close", show=False, priority=True)]

    def __init__(
        self,
        title: str,
        words: str,
        done: str,
        attempt: Attempt,
        *,
        waiting: str,
        twice: bool = False,
        label: str = "",
        say: str = "",
    ) -> None:
        """`done` labels the button, `label` the field; `waiting` is shown during an attempt, `say` before the first."""
        super().__init__()
        self._title, self._words, self._done, self._say = title, words, done, say
        self._label = label or (_("Passphrase") if twice else _("Passphrase or recovery key"))
        self._attempt = attempt
        self._waiting = waiting
        self._twice = twice
        self._trying: Worker[None] | None = None

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(plain_content(self._title).stylize("bold"))
            yield Static(plain_content(self._words))
            yield Static(id="say")
            yield Static(plain_content(self._label), classes="label")
            yield LineInput(id="secret")
            if self._twice:
                yield Static(_("The same once more"), classes="label")
                yield LineInput(id="again")
            with Horizontal(classes="row-buttons"):
                yield LineButton(self._done, id="done", classes="main")
                yield LineButton(_("Show"), id="show")
                yield LineButton(_("Cancel"), id="cancel")

    def on_mount(self) -> None:
        for field in self.query(LineInput):
            field.password = True
        self.say(self._say)
        self.query_one("#secret").focus()

    def say(self, words: str) -> None:
        line = self.query_one("#say", Static)
        line.update(plain_content(words))
        line.set_class(not words, "-empty")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self._twice and event.input.id == "secret":
            self.query_one("#again").focus()
        else:
            self._try()

    def on_line_button_pressed(self, event: LineButton.Pressed) -> None:
        event.stop()
        if event.button.id == "done":
            self._try()
        elif event.button.id == "show":
            self._toggle_shown(event.button)
        else:
            self.action_close()

    def _toggle_shown(self, button: LineButton) -> None:
        hide = not self.query_one("#secret", LineInput).password
        for field in self.query(LineInput):
            field.password = hide
        button.label = _("Show") if hide else _("Hide")
        self.query_one("#secret").focus()

    def _try(self) -> None:
        typed = self.query_one("#secret", LineInput).value
        if self._trying is not None or not typed:
            return
        if self._twice and typed != self.query_one("#again", LineInput).value:
            self.say(_("The two are not the same."))
            return
        self.say(self._waiting)
        self._trying = self.run_worker(self._run_attempt(typed), name="secret")

    async def _run_attempt(self, typed: str) -> None:
        trouble = await self._attempt(typed)
        self._trying = None
        if trouble:
            self.say(trouble)
        else:
            self.go(True)

    def action_close(self) -> None:
        if self._trying is not None:
            self._trying.cancel()
        self.go(False)
