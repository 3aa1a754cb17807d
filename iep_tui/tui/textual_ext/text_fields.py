"""Multi-line text fields that clean pasted text: of any length, or one wrapped line."""

from __future__ import annotations

from textual import events
from textual.widgets import TextArea
from textual.widgets.text_area import Selection

from iep_tui.core.text_sanitizer import clean_line, clean_text
from iep_tui.tui.textual_ext.incremental_text_area import IncrementalTextArea
from iep_tui.tui.textual_ext.line_input import JOINING, own_key_first


class TextField(IncrementalTextArea):
    """Words of any length, wrapped to the width."""

    def __init__(self, *, id: str | None = None, classes: str | None = None, numbered: bool = False) -> None:
        super().__init__(
            id=id,
            classes=classes,
            soft_wrap=True,
            tab_behavior="focus",
            show_line_numbers=numbered,
            highlight_cursor_line=False,
        )
        self.cursor_blink = False

    async def _on_key(self, event: events.Key) -> None:
        await own_key_first(self, event)
        if event.character in JOINING and not self.read_only:
            event.stop()
            self._replace_via_keyboard(event.character, *self.selection)

    def clean(self, text: str) -> str:
        """What of a text from outside may stand in this field."""
        return clean_text(text)

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        if self.read_only:
            return
        if result := self._replace_via_keyboard(self.clean(event.text), *self.selection):
            self.move_cursor(result.end_location)

    def put(self, text: str) -> None:
        """Show `text` without telling it as a change; the cursor goes to its end."""
        words = self.clean(text)
        if words == self.text:
            self.history.clear()  # of another answer that said the same
        else:
            with self.prevent(TextArea.Changed):
                self.load_text(words)
        if self.selection != Selection.cursor(self.document.end):  # a field that is not seen is not drawn for nothing
            self.move_cursor(self.document.end)


class CellField(TextField):
    """One part of a row: it wraps like a text and is one line like a name. Enter belongs to the form around it."""

    def clean(self, text: str) -> str:
        return clean_line(text)
