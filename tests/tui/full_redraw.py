"""A screen drawn as if nothing of it stood there yet: what it must look like, whatever was left out on the way."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from textual.app import App
from textual.widget import Widget
from textual.widgets import TextArea

CONSOLE = Console(color_system="truecolor", force_terminal=True, legacy_windows=False)


def drawn_anew(app: App[Any]) -> str:
    """What is sent to a terminal that shows nothing yet, with every row of every part made anew."""
    for widget in app.screen.walk_children(Widget, with_self=True):
        widget._styles_cache.clear()
        if isinstance(widget, TextArea) and widget._theme is not None:
            widget._line_cache.clear()
            widget._theme.apply_css(widget)
    return app.screen._compositor.render_full_update().render_segments(CONSOLE)
