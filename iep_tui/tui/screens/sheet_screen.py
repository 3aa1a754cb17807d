"""Sheet screen: preview of the prep sheet for one reader, the answers it leaves out, and export."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from iep_tui.documents.outline_model import Outline
from iep_tui.i18n import N_, _, ngettext
from iep_tui.services.export import ExportRequest, not_exported_text, page_named, page_options
from iep_tui.services.session import CaseSession
from iep_tui.tui.keys import bindings
from iep_tui.tui.screens.case_screen import CaseScreen, ScreenExit
from iep_tui.tui.textual_ext.sliced_scroll import TO_END, SlicedScroll
from iep_tui.tui.themes import plain_content
from iep_tui.tui.widgets.line_button import LineButton
from iep_tui.tui.widgets.radio_row import RadioRow
from iep_tui.tui.widgets.sheet_preview import left_out_text, preview_content


class SheetScreen(CaseScreen):
    """The sheet for the selected reader, with the same contents as the exported file."""

    PLACE = "sheet"
    TITLE = N_("sheet")
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("sheet"),
        Binding("down", "scroll_sheet(1)", "Down", show=False),
        Binding("up", "scroll_sheet(-1)", "Up", show=False),
        Binding("pagedown", "scroll_sheet(12)", "Down", show=False),
        Binding("pageup", "scroll_sheet(-12)", "Up", show=False),
        Binding("home", f"scroll_sheet({-TO_END})", "Start", show=False),
        Binding("end", f"scroll_sheet({TO_END})", "End", show=False),
    ]

    class ExportRequested(Message):
        """The sheet is to be exported to a file (`to` is "file") or to the clipboard ("clipboard")."""

        def __init__(self, request: ExportRequest, to: str) -> None:
            super().__init__()
            self.request = request
            self.to = to

    def __init__(self, session: CaseSession, draw: Callable[[ExportRequest], Outline], request: ExportRequest) -> None:
        super().__init__(session)
        self._draw = draw
        self.request = request
        self._outline = draw(request)
        self._lists_left_out = False

    def body(self) -> ComposeResult:
        with Horizontal(id="sheet-top"):
            yield RadioRow(_("For"), page_options(), self.request.name, id="reader")
            yield LineButton(self._left_out_label, id="left-out", classes="" if self._outline.left_out else "-empty")
        with Horizontal(id="sheet-actions"):
            yield LineButton(_("Save a copy"), id="save", classes="main")
            yield LineButton(_("Copy"), id="copy")
        yield Static(Content(""), id="say", classes="-empty")
        yield SlicedScroll(self._pieces, id="page")

    async def on_mount(self) -> None:
        self.show_status()
        self.query_one("#reader").focus()

    @property
    def _left_out_label(self) -> str:
        left = len(self._outline.left_out)
        words = ngettext("{left} answer is left out", "{left} answers are left out", left).format(left=left)
        return f"{'▾' if self._lists_left_out else '▸'} {words}"

    def _pieces(self, width: int) -> Iterator[Content]:
        """Return the blocks to show: the sheet, the answers it leaves out, or the reason there is no sheet."""
        if self._lists_left_out and self._outline.left_out:
            lead = _("Not on this sheet; only you see this list:")
            listed = plain_content(left_out_text(self._outline))
            return iter((Content.assemble(Content.styled(lead, "bold"), "\n\n", listed),))
        if not self._outline.blocks:
            return iter((plain_content(not_exported_text()),))
        return preview_content(self._outline, width)

    def _fill(self) -> None:
        """Show another sheet, or switch between the sheet and the list of what it leaves out."""
        self._outline = self._draw(self.request)
        button = self.query_one("#left-out", LineButton)
        button.label = self._left_out_label
        button.set_class(not self._outline.left_out, "-empty")
        self.query_one(SlicedScroll).show(self._pieces)

    def say(self, words: str) -> None:
        """Show a message about an export, replacing the previous one; "" hides the line."""
        line = self.query_one("#say", Static)
        line.update(plain_content(words))
        line.set_class(not words, "-empty")

    def on_radio_row_chosen(self, event: RadioRow.Chosen) -> None:
        event.stop()
        self.request = page_named(event.value)
        self.say("")
        self._fill()
        self.query_one("#page").scroll_home(animate=False)

    def on_line_button_pressed(self, event: LineButton.Pressed) -> None:
        event.stop()
        if event.button.id == "save":
            self.action_save_copy()
        elif event.button.id == "copy":
            self.action_copy()
        else:
            self._lists_left_out = not self._lists_left_out
            self._fill()

    def action_save_copy(self) -> None:
        self.post_message(self.ExportRequested(self.request, "file"))

    def action_copy(self) -> None:
        self.post_message(self.ExportRequested(self.request, "clipboard"))

    def action_scroll_sheet(self, lines: int) -> None:
        self.query_one(SlicedScroll).scroll_lines(lines)

    def action_up(self) -> None:
        self.leave(ScreenExit("plan"))
