"""Dialog that saves a sheet: format, file name, and what this reader does not get."""

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
    """A file to be written: its path as it was typed, and the format, by name. With `record` what is in it and what is
    not is kept beside it, for the family."""

    path: str
    format: str
    record: bool = False


class SaveSheetDialog(ModalScreen[SaveChoice | None]):
    """Asks for the format and the file; gives None when the person thought better of it.

    The name's ending follows the format, and the format follows an ending that is typed.
    """

    CSS_PATH = "overlay_screen.tcss"

    TITLE = N_("save the sheet")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close", show=False, priority=True),
        Binding("pagedown", "scroll_page(6)", "Down", show=False),
        Binding("pageup", "scroll_page(-6)", "Up", show=False),
    ]

    def __init__(self, proposal: str, format: str, outline: Outline, words: str = "", *, record: bool = False) -> None:
        """`outline` is what would be saved; `words` what went wrong the time before, `record` what was chosen then."""
        super().__init__()
        self._record = record
        self._proposal = proposal
        self._format = format
        self._outline = outline
        self._words = words
        self._telling = False

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="dialog", can_focus=False):
            yield Static(Content(_("Save the sheet as")).stylize("bold"))
            yield Static(plain_content(self._words), id="say")
            yield RadioRow("", tuple((one.name, _(one.label)) for one in FORMATS), self._format, id="format")
            yield LineInput(id="path")
            with Horizontal(classes="row-buttons"):
                yield LineButton(_("Save"), id="save", classes="main")
                yield LineButton(_("Cancel"), id="cancel")
            yield LineButton(_("Keep a record for yourself too"), id="record")
            yield LineButton("", id="left-out")
            yield Static(Content(""), id="left-list", classes="-empty")

    def on_mount(self) -> None:
        self.query_one("#say").set_class(not self._words, "-empty")
        self.query_one("#record", LineButton).marked = self._record
        path = self.query_one("#path", LineInput)
        path.put(self._proposal)
        path.focus()
        self._tell()

    def _tell(self) -> None:
        """How many answers this reader does not get, and, where the person wants to see them, which and why."""
        left = len(self._outline.left_out)
        words = ngettext("{left} answer is left out", "{left} answers are left out", left).format(left=left)
        press = self.query_one("#left-out", LineButton)
        press.label = f"{'▾' if self._telling else '▸'} {words}"
        press.set_class(not left, "-empty")
        listed = self.query_one("#left-list", Static)
        listed.set_class(not (self._telling and left), "-empty")
        if self._telling:
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
            self._telling = not self._telling
            self._tell()
        else:
            self._leave(None)

    def action_scroll_page(self, lines: int) -> None:
        self.query_one(".dialog").scroll_relative(y=lines, animate=False)

    def action_close(self) -> None:
        self._leave(None)

    def _save(self) -> None:
        """What stands in the field now counts: a key may have overtaken the message that tells of the last letter."""
        typed = self.query_one("#path", LineInput).value.strip()
        format = format_named(Path(typed)) or self.query_one("#format", RadioRow).chosen
        record = self.query_one("#record", LineButton).marked
        self._leave(SaveChoice(typed, format, record) if typed else None)

    def _leave(self, saving: SaveChoice | None) -> None:
        dismiss_safely(self, saving)
