"""Terminal control: the hardware cursor at the focus, the window title, and wiping the screen."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import IO, Any

from rich.console import RenderableType
from textual._compositor import CompositorUpdate
from textual.dom import DOMNode
from textual.driver import Driver
from textual.geometry import Offset, Size
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, OptionList

from iep_tui.i18n import _
from iep_tui.tui.textual_ext.diff_output import ScreenDiff
from iep_tui.tui.textual_ext.stylesheet_cache import StyledApp

#: A bar beside the character: a block would turn the drawn cursor, light on dark, back into plain text.
_SHOW_CURSOR = "\x1b[?25h\x1b[6 q"
_CURSOR_AS_BEFORE = "\x1b[0 q"
_KEEP_TITLE, _TITLE_AS_BEFORE = "\x1b[22;2t", "\x1b]2;\x07\x1b[23;2t"
#: The screen, what can be scrolled back to, and the cursor at the start.
_WIPE = "\x1b[H\x1b[2J\x1b[3J"


class Output:
    """The terminal as a file that is written to until it is gone, and after that takes everything and keeps nothing.

    Textual writes from a thread that an error ends; then nobody empties its queue, the program waits for ever to put
    one thing more into it, and a closed window neither saves the last words nor lets go of the case.
    """

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._is_gone = False

    def write(self, text: str) -> int:
        if not self._is_gone:
            try:
                return self._file.write(text)
            except (OSError, ValueError):
                self._is_gone = True
        return len(text)

    def flush(self) -> None:
        if not self._is_gone:
            try:
                self._file.flush()
            except (OSError, ValueError):
                self._is_gone = True

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


class TerminalApp(StyledApp):
    """Screen readers, magnifiers and braille displays follow the terminal's own cursor, and tell its title.

    The title never has a word of the family's: it is the program's name and the name of the screen.
    """

    wiped = False
    _told = ""
    _drawn_size = Size(0, 0)

    def __init__(self) -> None:
        super().__init__()
        self.animation_level = "none"
        self._sent = ScreenDiff()

    def run(self, **options: Any) -> None:
        """Run in the terminal, and leave it as it was: no title of ours, and nothing at all once it was wiped."""
        try:
            super().run(**options)
        finally:
            if self._told or self.wiped:
                with contextlib.suppress(OSError, ValueError):
                    _write((_CURSOR_AS_BEFORE + _TITLE_AS_BEFORE if self._told else "") + (_WIPE if self.wiped else ""))

    def get_driver_class(self) -> type[Driver]:
        """Textual's own for this system, but one that sleeps while nobody touches a key."""
        usual = super().get_driver_class()
        if usual.__name__ != "LinuxDriver":
            return usual
        from iep_tui.tui.textual_ext.input_driver import BlockingLinuxDriver

        return BlockingLinuxDriver

    def _build_driver(self, headless: bool, inline: bool, mouse: bool, size: tuple[int, int] | None) -> Driver:
        driver = super()._build_driver(headless, inline, mouse, size)
        file = getattr(driver, "_file", None)
        if file is not None and not headless:
            vars(driver)["_file"] = Output(file)
        return driver

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Draw, but send only what does not stand there already. Textual sends a whole field for each key in it."""
        if isinstance(renderable, CompositorUpdate):
            renderable = self._sent.only_changes(renderable, self.size)
        super()._display(screen, renderable)

    def update_styles(self, node: DOMNode, animate: bool = True) -> None:
        """A screen that was left is not styled once more because the focus is no longer in it."""
        if not any(getattr(one, "is_dismissed", False) for one in node.ancestors_with_self):
            super().update_styles(node, animate)

    def on_resize(self) -> None:
        self._sent.forget()

    def _resume_signal(self) -> None:
        self._sent.forget()
        super()._resume_signal()

    def post_display_hook(self) -> None:
        """Something was drawn: the cursor and the title follow."""
        if self.size != self._drawn_size:
            self._drawn_size = self.size
            self.call_later(self._show_focus)
        driver = self._driver
        if driver is None or self.is_headless or self.wiped or not self.screen_stack or not _is_able():
            return
        words = ""
        title = title_words(self.screen.title)
        if title != self._told:
            words = ("" if self._told else _SHOW_CURSOR + _KEEP_TITLE) + f"\x1b]2;{title}\x07"
            self._told = title
        place = self.screen.outer_size.clamp_offset(cursor_place(self.focused))
        if place != self._previous_cursor_position or words:
            self.cursor_position = self._previous_cursor_position = place
            words += f"\x1b[{place.y + 1};{place.x + 1}H"
        if words:
            driver.write(words)
            driver.flush()

    def _show_focus(self) -> None:
        """Another size of the window: what has the focus stays in it."""
        if self.screen_stack and self.focused is not None:
            self.focused.scroll_visible(animate=False)

    def action_help_quit(self) -> None:
        """Ctrl+C outside a field: the help names the key to quit with, and stays until it is read."""
        self.call_later(self.run_action, "help")

    async def action_leave_now(self) -> None:
        """Clear the screen and leave at once. Saving is tried; nothing is asked, whatever comes of it."""
        self.wipe()
        # Letters may still wait in the queue of the field with the focus: this key has overtaken them.
        if self.focused is None or not self.focused.call_later(self._leave_now):
            self._leave_now()

    def _leave_now(self) -> None:
        with contextlib.suppress(Exception):
            self.put_away()
        self.exit()

    def put_away(self) -> None:
        """Save what there is to save and let go of it; called before leaving at once."""

    def wipe(self) -> None:
        """Clear the screen now, and draw nothing any more."""
        self.wiped = True
        self._begin_batch()
        if self._driver is not None and not self.is_headless:
            self._driver.write(_WIPE)
            self._driver.flush()


def cursor_place(focused: Widget | None) -> Offset:
    """Where on the screen the focus is: the caret of a field, the line at the cursor of a list, else its first cell."""
    if focused is None:
        return Offset(0, 0)
    region = focused.content_region
    if isinstance(focused, Input):
        # Its own account is a cell too far at the end of the words.
        cell = focused._position_to_cell(focused.cursor_position) - focused.scroll_offset.x
        return Offset(region.x + cell, region.y)
    if isinstance(focused, OptionList) and focused.highlighted is not None:
        # A list that has just been filled anew may be drawn before its lines are counted.
        line = focused._index_to_line.get(focused.highlighted, 0) - focused.scroll_offset.y
        return Offset(region.x, region.y + min(max(line, 0), max(region.height - 1, 0)))
    # A field of many lines. Its class is not asked for: with it would come all that a list of children does without.
    caret = getattr(focused, "cursor_screen_offset", region.offset)
    return caret if isinstance(caret, Offset) else region.offset


def title_words(name: str | None) -> str:
    """iep-tui: plan."""
    return _("iep-tui: {screen}").format(screen=_(name)) if name else "iep-tui"


def _is_able() -> bool:
    """The text console of Linux has neither titles nor shapes of a cursor, and older ones print what asks for them."""
    return os.environ.get("TERM") != "linux"


def _write(words: str) -> None:
    """To where the screen was drawn."""
    if sys.__stderr__ is not None:
        sys.__stderr__.write(words)
        sys.__stderr__.flush()
