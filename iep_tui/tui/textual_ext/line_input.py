"""One-line Input that cleans pasted text."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.widgets import Input

from iep_tui.core.text_sanitizer import clean_line

if TYPE_CHECKING:
    from textual.widgets import TextArea

#: Joiners and direction marks that Textual drops as unprintable. Persian names and some emoji need them.
JOINING_CHARS = ("\u200c", "\u200d", "\u200e", "\u200f")


async def run_field_binding(field: Input | TextArea, event: events.Key) -> None:
    """Run the field's own binding for this key at once.

    Textual first passes such a key (Backspace, an arrow) up to the app, so letters typed after it, or the next
    question, would overtake it.
    """
    for binding in field._bindings.key_to_bindings.get(event.key, ()):
        if not binding.priority and await field.app.run_action(binding.action, field):
            event.stop()
            event.prevent_default()
            return


class LineInput(Input):
    """An Input for a short answer. Its text is not selected on focus, so the first key never replaces it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # Textual deletes to the right with these keys; every other program deletes to the left.
        Binding("ctrl+backspace,alt+backspace", "delete_left_word", "Delete word", show=False),
    ]

    def __init__(self, *, id: str | None = None, classes: str | None = None, placeholder: str = "") -> None:
        super().__init__(id=id, classes=classes, select_on_focus=False, placeholder=placeholder)
        self.cursor_blink = False

    def on_resize(self) -> None:
        """Keep the cursor in view in a narrower field."""
        self.scroll_to_region(Region(self._cursor_offset, 0, 1, 1), force=True, animate=False)

    async def _on_key(self, event: events.Key) -> None:
        await run_field_binding(self, event)
        if event.character in JOINING_CHARS:
            event.stop()
            self._insert(event.character)

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self._insert(clean_line(event.text.strip("\r\n")))

    def _insert(self, text: str) -> None:
        """Replace the selection with `text`, or insert it at the cursor."""
        if self.selection.is_empty:
            self.insert_text_at_cursor(text)
        else:
            self.replace(text, *self.selection)

    def put(self, text: str) -> None:
        """Show `text` without posting `Changed`; the cursor goes to its end."""
        with self.prevent(Input.Changed):
            self.value = clean_line(text)
        self.cursor_position = len(self.value)
