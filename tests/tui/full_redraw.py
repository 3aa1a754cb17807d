"""A screen drawn as if nothing of it stood there yet: what it must look like, whatever was left out on the way."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from textual.app import App
from textual.widget import Widget

from tests.textual_private import clear_render_caches, full_redraw

CONSOLE = Console(color_system="truecolor", force_terminal=True, legacy_windows=False)


def drawn_anew(app: App[Any]) -> str:
    """What is sent to a terminal that shows nothing yet, with every row of every part made anew."""
    for widget in app.screen.walk_children(Widget, with_self=True):
        clear_render_caches(widget)
    return full_redraw(app.screen).render_segments(CONSOLE)
