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

#: Takes the words that were typed; what is wrong with them in a line, "" when they did it.
Attempt = Callable[[str], Awaitable[str]]


class PassphraseDialog(DismissibleScreen[bool]):
    """Asks for a passphrase, or twice for a new one, and tries it; gives whether it did. Escape leaves at any moment.

    Nothing of what is behind it shows through, and what is typed is dots until "Show" is pressed.
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
        """`done` is on the button and `label` over the field; `waiting` is said while the words are tried."""
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
            self._show(event.button)
        else:
            self.action_close()

    def _show(self, press: LineButton) -> None:
        hide = not self.query_one("#secret", LineInput).password
        for field in self.query(LineInput):
            field.password = hide
        press.label = _("Show") if hide else _("Hide")
        self.query_one("#secret").focus()

    def _try(self) -> None:
        typed = self.query_one("#secret", LineInput).value
        if self._trying is not None or not typed:
            return
        if self._twice and typed != self.query_one("#again", LineInput).value:
            self.say(_("The two are not the same."))
            return
        self.say(self._waiting)
        self._trying = self.run_worker(self._attempt_it(typed), name="secret")

    async def _attempt_it(self, typed: str) -> None:
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
