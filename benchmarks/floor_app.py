"""The least that Textual takes: a blank app, or with "text" an app with one TextArea and nothing else."""

from __future__ import annotations

import sys

from textual.app import App, ComposeResult
from textual.widgets import Static


class Blank(App[None]):
    """One line that says that it is there."""

    def compose(self) -> ComposeResult:
        yield Static("Ready")


def text_app(words: str) -> App[None]:
    """One TextArea over the whole window, with the cursor after the last word and no blinking."""
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
