"""Fields to type in: one line, a line that wraps, and words of any length. What is pasted is cleaned."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.widgets import Input, TextArea

from iep_tui.core.text import clean_line, clean_text
from iep_tui.tui.widgets.row_wise import RowWise

#: Letters that Textual takes for unprintable: names in Persian and some emoji need them, and keyboards have them.
_JOINING = ("\u200c", "\u200d", "\u200e", "\u200f")


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


class LineField(Input):
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
        if event.character in _JOINING:
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


class WordsField(RowWise):
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
        if event.character in _JOINING and not self.read_only:
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
        self.move_cursor(self.document.end)


class CellField(WordsField):
    """One part of a row: it wraps like a text and is one line like a name. Enter belongs to the form around it."""

    def clean(self, text: str) -> str:
        return clean_line(text)
