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

#: Letters that Textual takes for unprintable: names in Persian and some emoji need them, and keyboards have them.
JOINING = ("\u200c", "\u200d", "\u200e", "\u200f")


async def own_key_first(field: Input | TextArea, event: events.Key) -> None:
    """Do what a key means in this field at once.

    Textual first sends such a key (backspace, an arrow) all the way up to the app: the letters behind it, and the
    next question, would overtake it.
    """
    for binding in field._bindings.key_to_bindings.get(event.key, ()):
        if not binding.priority and await field.app.run_action(binding.action, field):
            event.stop()
            event.prevent_default()
            return


class LineInput(Input):
    """A short answer. The stored words are not selected on arrival, so the first key never replaces them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # Textual deletes to the right with these; every other program deletes to the left.
        Binding("ctrl+backspace,alt+backspace", "delete_left_word", "Delete word", show=False),
    ]

    def __init__(self, *, id: str | None = None, classes: str | None = None, placeholder: str = "") -> None:
        super().__init__(id=id, classes=classes, select_on_focus=False, placeholder=placeholder)
        self.cursor_blink = False

    def on_resize(self) -> None:
        """A narrower field still shows its caret."""
        self.scroll_to_region(Region(self._cursor_offset, 0, 1, 1), force=True, animate=False)

    async def _on_key(self, event: events.Key) -> None:
        await own_key_first(self, event)
        if event.character in JOINING:
            event.stop()
            self._put_in(event.character)

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self._put_in(clean_line(event.text.strip("\r\n")))

    def _put_in(self, words: str) -> None:
        """Words in the place of the selection, or at the cursor."""
        if self.selection.is_empty:
            self.insert_text_at_cursor(words)
        else:
            self.replace(words, *self.selection)

    def put(self, text: str) -> None:
        """Show `text` without telling it as a change; the cursor goes to its end."""
        with self.prevent(Input.Changed):
            self.value = clean_line(text)
        self.cursor_position = len(self.value)
