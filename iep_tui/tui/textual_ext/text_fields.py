"""Text fields that clean pasted text: of many lines, or one wrapped line."""

from __future__ import annotations

from textual import events
from textual.widgets import TextArea
from textual.widgets.text_area import Selection

from iep_tui.core.text_sanitizer import clean_line, clean_text
from iep_tui.tui.textual_ext.incremental_text_area import IncrementalTextArea
from iep_tui.tui.textual_ext.line_input import JOINING_CHARS, run_field_binding


class TextField(IncrementalTextArea):
    """A field for text of any length, wrapped to its width."""

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
        await run_field_binding(self, event)
        if event.character in JOINING_CHARS and not self.read_only:
            event.stop()
            self._replace_via_keyboard(event.character, *self.selection)

    def clean(self, text: str) -> str:
        """Return `text` without characters that this field cannot hold."""
        return clean_text(text)

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        if self.read_only:
            return
        if result := self._replace_via_keyboard(self.clean(event.text), *self.selection):
            self.move_cursor(result.end_location)

    def put(self, text: str) -> None:
        """Show `text` without posting `Changed`; the cursor goes to its end."""
        cleaned = self.clean(text)
        if cleaned == self.text:
            self.history.clear()  # the undo history belongs to another answer with the same text
        else:
            with self.prevent(TextArea.Changed):
                self.load_text(cleaned)
        if self.selection != Selection.cursor(self.document.end):  # avoids drawing a hidden field
            self.move_cursor(self.document.end)


class CellField(TextField):
    """A table cell: wrapped like a text, but a single line. Enter is handled by the surrounding form."""

    def clean(self, text: str) -> str:
        return clean_line(text)
