"""A full redraw of the screen, to compare partial redraws with."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from textual.app import App
from textual.widget import Widget

from tests.textual_private import clear_render_caches, full_redraw

CONSOLE = Console(color_system="truecolor", force_terminal=True, legacy_windows=False)


def drawn_anew(app: App[Any]) -> str:
    """The output for a blank terminal, with every row of every widget rendered again."""
    for widget in app.screen.walk_children(Widget, with_self=True):
        clear_render_caches(widget)
    return full_redraw(app.screen).render_segments(CONSOLE)
