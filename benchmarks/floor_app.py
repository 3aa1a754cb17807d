"""Minimal Textual apps used as floors: a blank app, or with the argument "text" an app with one TextArea."""

from __future__ import annotations

import sys

from textual.app import App, ComposeResult
from textual.widgets import Static


class Blank(App[None]):
    """One line of text, whose appearance marks the first screen."""

    def compose(self) -> ComposeResult:
        yield Static("Ready")


def text_app(words: str) -> App[None]:
    """Return an app with one full-screen TextArea, the cursor at the end and not blinking."""
    from textual.widgets import TextArea

    class Text(App[None]):
        def compose(self) -> ComposeResult:
            area = TextArea(words, soft_wrap=True)
            area.cursor_blink = False
            yield area

        def on_mount(self) -> None:
            area = self.query_one(TextArea)
            area.focus()
            area.move_cursor(area.document.end)

    return Text()


if __name__ == "__main__":
    if sys.argv[1:2] == ["text"]:
        text_app(sys.argv[2]).run()
    else:
        Blank().run()
