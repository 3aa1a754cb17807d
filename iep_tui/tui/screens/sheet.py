"""The prep sheet as each reader gets it, what it leaves out, and the way to a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

import msgspec
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.message import Message
from textual.widgets import Static

from iep_tui.handing_out import Wanted, no_words, page_named, page_options
from iep_tui.language import N_, _, ngettext
from iep_tui.sheet.parts import Outline
from iep_tui.sitting import Sitting
from iep_tui.tui.keys import bindings
from iep_tui.tui.looks import plain
from iep_tui.tui.screens.case import CaseScreen, Go
from iep_tui.tui.widgets.chooser import Chooser
from iep_tui.tui.widgets.press import Press
from iep_tui.tui.widgets.preview import left_out_words, preview

#: So many parts of a sheet fill any window; they are drawn at once, and the whole sheet right after them.
FIRST_BLOCKS = 40


class SheetScreen(CaseScreen):
    """One reader at a time. It shows what the file would say, piece by piece the same."""

    PLACE = "sheet"
    TITLE = N_("sheet")
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("sheet"),
        Binding("down", "scroll_sheet(1)", "Down", show=False),
        Binding("up", "scroll_sheet(-1)", "Up", show=False),
        Binding("pagedown", "scroll_sheet(12)", "Down", show=False),
        Binding("pageup", "scroll_sheet(-12)", "Up", show=False),
        Binding("home", "scroll_sheet(-100000)", "Start", show=False),
        Binding("end", "scroll_sheet(100000)", "End", show=False),
    ]

    class Handed(Message):
        """The family wants this sheet as a file (`to` "file") or on the clipboard ("clipboard")."""

        def __init__(self, wanted: Wanted, to: str) -> None:
            super().__init__()
            self.wanted = wanted
            self.to = to

    def __init__(self, sitting: Sitting, draw: Callable[[Wanted], Outline], wanted: Wanted) -> None:
        super().__init__(sitting)
        self._draw = draw
        self.wanted = wanted
        self._outline: Outline | None = None
        self._telling = False

    def body(self) -> ComposeResult:
        with Horizontal(id="sheet-top"):
            yield Chooser(_("For"), page_options(), self.wanted.name, id="reader")
            yield Press("", id="left-out")
        with Horizontal(id="sheet-actions"):
            yield Press(_("Save a copy"), id="save", classes="main")
            yield Press(_("Copy"), id="copy")
        yield Static(Content(""), id="say", classes="-empty")
        with VerticalScroll(id="page", can_focus=False):
            yield Static(Content(""), id="preview")

    async def on_mount(self) -> None:
        # The sheet itself waits for the size that comes next: wrapped to no width it would be drawn for nothing.
        self.query_one("#reader").focus()

    def on_resize(self, event: Resize) -> None:
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        self._outline = self._draw(self.wanted)
        left = len(self._outline.left_out)
        words = ngettext("{left} answer is left out", "{left} answers are left out", left).format(left=left)
        press = self.query_one("#left-out", Press)
        press.label = f"{'▾' if self._telling else '▸'} {words}"
        press.set_class(not left, "-empty")
        if self._telling and left:
            lead = _("Not on this sheet; only you see this list:")
            shown = Content.assemble(Content.styled(lead, "bold"), "\n\n", plain(left_out_words(self._outline)))
        elif not self._outline.blocks:
            shown = plain(no_words())
        else:
            first = msgspec.structs.replace(self._outline, blocks=self._outline.blocks[:FIRST_BLOCKS])
            shown = preview(first, self.query_one("#preview").size.width)
            if len(self._outline.blocks) > FIRST_BLOCKS:
                self.call_after_refresh(self._show_whole, self._outline)
        self.query_one("#preview", Static).update(shown)

    def _show_whole(self, outline: Outline) -> None:
        """Put the whole sheet in the place of its beginning, unless something else was asked for by now."""
        if outline is self._outline and not self._telling:
            static = self.query_one("#preview", Static)
            static.update(preview(outline, static.size.width))

    def say(self, words: str) -> None:
        """A line about what was done with the sheet. It stays until the next one."""
        line = self.query_one("#say", Static)
        line.update(plain(words))
        line.set_class(not words, "-empty")

    def on_chooser_chosen(self, event: Chooser.Chosen) -> None:
        event.stop()
        self.wanted = page_named(event.value)
        self.say("")
        self._fill()
        self.query_one("#page").scroll_home(animate=False)

    def on_press_pressed(self, event: Press.Pressed) -> None:
        event.stop()
        if event.press.id == "save":
            self.action_save_copy()
        elif event.press.id == "copy":
            self.action_copy()
        else:
            self._telling = not self._telling
            self._fill()

    def action_save_copy(self) -> None:
        self.post_message(self.Handed(self.wanted, "file"))

    def action_copy(self) -> None:
        self.post_message(self.Handed(self.wanted, "clipboard"))

    def action_scroll_sheet(self, lines: int) -> None:
        self.query_one("#page").scroll_relative(y=lines, animate=False)

    def action_up(self) -> None:
        self.leave(Go("plan"))
