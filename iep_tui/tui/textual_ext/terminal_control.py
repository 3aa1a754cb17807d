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

#: A bar beside the character: a block would invert the cell of the drawn cursor once more, and so hide it.
_SHOW_CURSOR = "\x1b[?25h\x1b[6 q"
_RESET_CURSOR = "\x1b[0 q"
_PUSH_TITLE, _POP_TITLE = "\x1b[22;2t", "\x1b]2;\x07\x1b[23;2t"
#: Clears the screen and the scrollback, and moves the cursor to the start.
_WIPE = "\x1b[H\x1b[2J\x1b[3J"


class ResilientOutput:
    """The terminal's file; once a write fails, further writes are ignored.

    An error would end Textual's writer thread. Its queue would fill up and block the program for good, so a closed
    window would neither save the last answers nor close the case.
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
    """An app that moves the terminal's cursor to the focus and sets the window title: screen readers, magnifiers and
    braille displays follow the cursor and announce the title.

    The title is the program's name and the screen's name; it never contains anything the family wrote.
    """

    wiped = False
    _shown_title = ""
    _drawn_size = Size(0, 0)

    def __init__(self) -> None:
        super().__init__()
        self.animation_level = "none"
        self._screen_diff = ScreenDiff()

    def run(self, **options: Any) -> None:
        """Run in the terminal, and restore its title and cursor afterwards; clear it if it was wiped."""
        try:
            super().run(**options)
        finally:
            if self._shown_title or self.wiped:
                restore = _RESET_CURSOR + _POP_TITLE if self._shown_title else ""
                with contextlib.suppress(OSError, ValueError):
                    _write(restore + (_WIPE if self.wiped else ""))

    def get_driver_class(self) -> type[Driver]:
        """Return Textual's driver for this system, but a blocking one on Linux and macOS."""
        default = super().get_driver_class()
        if default.__name__ != "LinuxDriver":
            return default
        from iep_tui.tui.textual_ext.input_driver import BlockingLinuxDriver

        return BlockingLinuxDriver

    def _build_driver(self, headless: bool, inline: bool, mouse: bool, size: tuple[int, int] | None) -> Driver:
        driver = super()._build_driver(headless, inline, mouse, size)
        file = getattr(driver, "_file", None)
        if file is not None and not headless:
            vars(driver)["_file"] = ResilientOutput(file)
        return driver

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Draw, but send only changed cells. Textual sends a whole field for each key typed in it."""
        if isinstance(renderable, CompositorUpdate):
            renderable = self._screen_diff.only_changes(renderable, self.size)
        super()._display(screen, renderable)

    def update_styles(self, node: DOMNode, animate: bool = True) -> None:
        """Skip widgets of a dismissed screen: losing the focus would restyle them just before they go."""
        if not any(getattr(ancestor, "is_dismissed", False) for ancestor in node.ancestors_with_self):
            super().update_styles(node, animate)

    def on_resize(self) -> None:
        self._screen_diff.forget()

    def _resume_signal(self) -> None:
        self._screen_diff.forget()
        super()._resume_signal()

    def post_display_hook(self) -> None:
        """Move the cursor to the focus and update the title after a draw."""
        if self.size != self._drawn_size:
            self._drawn_size = self.size
            self.call_later(self._show_focus)
        driver = self._driver
        if driver is None or self.is_headless or self.wiped or not self.screen_stack or not _has_titles():
            return
        output = ""
        title = title_text(self.screen.title)
        if title != self._shown_title:
            output = ("" if self._shown_title else _SHOW_CURSOR + _PUSH_TITLE) + f"\x1b]2;{title}\x07"
            self._shown_title = title
        offset = self.screen.outer_size.clamp_offset(focus_offset(self.focused))
        if offset != self._previous_cursor_position or output:
            self.cursor_position = self._previous_cursor_position = offset
            output += f"\x1b[{offset.y + 1};{offset.x + 1}H"
        if output:
            driver.write(output)
            driver.flush()

    def _show_focus(self) -> None:
        """Scroll the focused widget into view after a resize."""
        if self.screen_stack and self.focused is not None:
            self.focused.scroll_visible(animate=False)

    def action_help_quit(self) -> None:
        """Open the help, which names the key to quit with, on Ctrl+C outside of a field."""
        self.call_later(self.run_action, "help")

    async def action_leave_now(self) -> None:
        """Clear the screen and exit at once. A save is attempted, but nothing is asked if it fails."""
        self.wipe()
        # Typed letters may still be queued in the focused field; this key has overtaken them.
        if self.focused is None or not self.focused.call_later(self._leave_now):
            self._leave_now()

    def _leave_now(self) -> None:
        with contextlib.suppress(Exception):
            self.release_case()
        self.exit()

    def release_case(self) -> None:
        """Save and close the open case; called before exiting at once."""

    def wipe(self) -> None:
        """Clear the screen now, and stop drawing."""
        self.wiped = True
        self._begin_batch()
        if self._driver is not None and not self.is_headless:
            self._driver.write(_WIPE)
            self._driver.flush()


def focus_offset(focused: Widget | None) -> Offset:
    """Return the screen offset of the focus: a field's cursor, a list's highlighted line, else the first cell."""
    if focused is None:
        return Offset(0, 0)
    region = focused.content_region
    if isinstance(focused, Input):
        # `cursor_screen_offset` is a cell too far at the end of the text.
        cell = focused._position_to_cell(focused.cursor_position) - focused.scroll_offset.x
        return Offset(region.x + cell, region.y)
    if isinstance(focused, OptionList) and focused.highlighted is not None:
        # A list that was just refilled may be drawn before its layout.
        line = focused._index_to_line.get(focused.highlighted, 0) - focused.scroll_offset.y
        return Offset(region.x, region.y + min(max(line, 0), max(region.height - 1, 0)))
    # A TextArea, without importing its module, which is slow to load and not needed at home.
    cursor = getattr(focused, "cursor_screen_offset", region.offset)
    return cursor if isinstance(cursor, Offset) else region.offset


def title_text(name: str | None) -> str:
    """Return the window title of a screen, such as "iep-tui: plan"."""
    return _("iep-tui: {screen}").format(screen=_(name)) if name else "iep-tui"


def _has_titles() -> bool:
    """Return False for the Linux text console: it has no titles or cursor shapes, and may print their sequences."""
    return os.environ.get("TERM") != "linux"


def _write(text: str) -> None:
    """Write to the stream that the screen was drawn on."""
    if sys.__stderr__ is not None:
        sys.__stderr__.write(text)
        sys.__stderr__.flush()
