"""Row of a few options of which one is selected, such as a reader or a filter."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from iep_tui.core.text_sanitizer import clean_line


class RadioRow(Widget, can_focus=True):
    """Options on as many lines as they need. The chosen one reads "● IEP team"; arrows, digits and the mouse change it.
    With the focus, the label begins with "▸", or the chosen option if there is no label.

    With `clearable`, the choice can be cleared again.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,up", "move(-1)", "Before", show=False),
        Binding("right,down", "move(1)", "After", show=False),
        Binding("space", "step_on", "Choose", show=False),
        Binding("delete,backspace", "clear", "Clear", show=False),
    ]

    chosen: reactive[str] = reactive("", layout=True)

    class Chosen(Message):
        """The user chose another option, or cleared the choice ("")."""

        def __init__(self, radio_row: RadioRow, value: str) -> None:
            super().__init__()
            self.radio_row = radio_row
            self.value = value

        @property
        def control(self) -> RadioRow:
            return self.radio_row

    def __init__(
        self,
        label: str,
        options: tuple[tuple[str, str], ...],
        chosen: str = "",
        *,
        clearable: bool = False,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.label = clean_line(label)
        self.options = options
        self.clearable = clearable
        self.set_reactive(RadioRow.chosen, chosen)

    def set_options(self, options: tuple[tuple[str, str], ...]) -> None:
        self.options = options
        self.refresh(layout=True)

    def _places(self, width: int) -> list[tuple[int, int, str, str]]:
        """Return the position of each piece as (column, line, value, text); the label has no value."""
        pieces: list[tuple[int, int, str, str]] = []
        column = line = 0
        if self.label:
            focus = "▸ " if self.has_focus else "  "
            words = focus + self.label
            pieces.append((0, 0, "", words))
            column = Content(words).cell_length + 2
        values = [value for value, _name in self.options]
        marked = self.chosen if self.chosen in values else values[0] if values else ""
        for value, name in self.options:
            # Without a label, the chosen option, or else the first, shows the focus.
            lead = "▸" if self.has_focus and not self.label and value == marked else " "
            words = f"{lead}● {name} " if value == self.chosen else f"{lead}{name} "
            length = Content(words).cell_length
            # Every option reserves room for the dot, so that choosing never moves others to another line.
            if column and column + Content(name).cell_length + 4 > width:
                column, line = (2 if self.label else 0), line + 1
            pieces.append((column, line, value, words))
            column += length + 1
        return pieces

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return max((line for _column, line, _value, _words in self._places(width)), default=0) + 1

    def render(self) -> Content:
        lines: dict[int, list[Content]] = {}
        widths: dict[int, int] = {}
        for column, line, value, words in self._places(self.size.width):
            parts = lines.setdefault(line, [])
            parts.append(Content(" " * (column - widths.get(line, 0))))
            piece = Content(words)
            if not value and self.label and not parts[0].plain and len(parts) == 1:
                piece = piece.stylize("$quiet")
            elif value == self.chosen:
                piece = piece.stylize("bold $on-chosen on $chosen")
            parts.append(piece)
            widths[line] = column + piece.cell_length
        return Content("\n").join(Content.assemble(*parts) for parts in lines.values())

    def on_focus(self) -> None:
        self.refresh(layout=True)

    def on_blur(self) -> None:
        self.refresh(layout=True)

    def _choose(self, value: str) -> None:
        if value != self.chosen:
            self.chosen = value
            self.post_message(self.Chosen(self, value))

    def action_move(self, step: int) -> None:
        values = [value for value, _name in self.options]
        if self.chosen not in values:
            self._choose(values[0 if step > 0 else -1])
            return
        place = values.index(self.chosen) + step
        if 0 <= place < len(values):
            self._choose(values[place])

    def action_step_on(self) -> None:
        values = [value for value, _name in self.options]
        if self.chosen in values:
            self._choose(values[(values.index(self.chosen) + 1) % len(values)])
        else:
            self._choose(values[0])

    def action_clear(self) -> None:
        if self.clearable:
            self._choose("")

    def on_key(self, event: events.Key) -> None:
        if event.character and event.character.isdecimal():
            place = int(event.character) - 1
            if 0 <= place < len(self.options):
                event.stop()
                self._choose(self.options[place][0])

    def on_click(self, event: events.Click) -> None:
        for column, line, value, words in self._places(self.size.width):
            if event.y == line and column <= event.x < column + Content(words).cell_length:
                if value and value == self.chosen and self.clearable:
                    self._choose("")
                elif value or not self.label:
                    self._choose(value)
                return
