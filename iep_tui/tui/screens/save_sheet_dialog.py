"""Dialog that asks for the format and path of a sheet, and lists the answers it leaves out."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import msgspec
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from iep_tui.documents.outline_model import Outline
from iep_tui.i18n import N_, _, ngettext
from iep_tui.services.export import BY_NAME, FORMATS, format_named
from iep_tui.tui.screens.dismissal import dismiss_safely
from iep_tui.tui.textual_ext.line_input import LineInput
from iep_tui.tui.themes import plain_content
from iep_tui.tui.widgets.line_button import LineButton
from iep_tui.tui.widgets.radio_row import RadioRow
from iep_tui.tui.widgets.sheet_preview import left_out_text


class SaveChoice(msgspec.Struct, frozen=True):
    """The file to write: path as typed, and format name. With `record`, a list of the sheet's contents and omissions is
    saved beside it, for the family."""

    path: str
    format: str
    record: bool = False


class SaveSheetDialog(ModalScreen[SaveChoice | None]):
    """Asks for the format and the file; returns None when canceled.

    Choosing a format changes the file extension, and typing an extension changes the format.
    """

    CSS_PATH = "overlay_screen.tcss"

    TITLE = N_("save the sheet")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close", show=False, priority=True),
        Binding("pagedown", "scroll_page(6)", "Down", show=False),
        Binding("pageup", "scroll_page(-6)", "Up", show=False),
    ]

    def __init__(self, proposal: str, format: str, outline: Outline, words: str = "", *, record: bool = False) -> None:
        """`outline` is the sheet to save; `words` is the error of the previous try, and `record` its choice."""
        super().__init__()
        self._record = record
        self._proposal = proposal
        self._format = format
        self._outline = outline
        self._words = words
        self._lists_left_out = False

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="dialog", can_focus=False):
            yield Static(Content(_("Save the sheet as")).stylize("bold"))
            yield Static(plain_content(self._words), id="say")
            yield RadioRow("", tuple((format.name, _(format.label)) for format in FORMATS), self._format, id="format")
            yield LineInput(id="path")
            with Horizontal(classes="row-buttons"):
                yield LineButton(_("Save"), id="save", classes="main")
                yield LineButton(_("Cancel"), id="cancel")
            yield LineButton(_("Also save a list for you only: what is on it and what is not"), id="record")
            yield LineButton("", id="left-out")
            yield Static(Content(""), id="left-list", classes="-empty")

    def on_mount(self) -> None:
        self.query_one("#say").set_class(not self._words, "-empty")
        self.query_one("#record", LineButton).marked = self._record
        path = self.query_one("#path", LineInput)
        path.put(self._proposal)
        path.focus()
        self._show_left_out()

    def _show_left_out(self) -> None:
        """Show the number of answers left out, and the list with reasons if it is unfolded."""
        left = len(self._outline.left_out)
        words = ngettext("{left} answer is not on this sheet", "{left} answers are not on this sheet", left).format(
            left=left
        )
        button = self.query_one("#left-out", LineButton)
        button.label = f"{'▾' if self._lists_left_out else '▸'} {words}"
        button.set_class(not left, "-empty")
        listed = self.query_one("#left-list", Static)
        listed.set_class(not (self._lists_left_out and left), "-empty")
        if self._lists_left_out:
            lead = _("Not on this sheet; only you see this list:")
            listed.update(
                Content.assemble(Content.styled(lead, "bold"), "\n", plain_content(left_out_text(self._outline)))
            )

    def on_radio_row_chosen(self, event: RadioRow.Chosen) -> None:
        event.stop()
        field = self.query_one("#path", LineInput)
        path = Path(field.value)
        if event.value and format_named(path) not in (None, event.value):
            field.put(str(path.with_suffix(f".{BY_NAME[event.value].extension}")))

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if (typed := format_named(Path(event.value))) is not None:
            self.query_one("#format", RadioRow).chosen = typed

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._save()

    def on_line_button_pressed(self, event: LineButton.Pressed) -> None:
        event.stop()
        if event.button.id == "save":
            self._save()
        elif event.button.id == "record":
            event.button.marked = not event.button.marked
        elif event.button.id == "left-out":
            self._lists_left_out = not self._lists_left_out
            self._show_left_out()
        else:
            self._leave(None)

    def action_scroll_page(self, lines: int) -> None:
        self.query_one(".dialog").scroll_relative(y=lines, animate=False)

    def action_close(self) -> None:
        self._leave(None)

    def _save(self) -> None:
        """Close with the current contents of the field; a key may have overtaken the message about the last letter."""
        typed = self.query_one("#path", LineInput).value.strip()
        format = format_named(Path(typed)) or self.query_one("#format", RadioRow).chosen
        record = self.query_one("#record", LineButton).marked
        self._leave(SaveChoice(typed, format, record) if typed else None)

    def _leave(self, choice: SaveChoice | None) -> None:
        dismiss_safely(self, choice)
