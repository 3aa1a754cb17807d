"""Form for one row of a table or one goal: a field per column, saved as it is typed."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from iep_tui.core.case_model import Value
from iep_tui.core.kinds.goals import GOAL_PARTS
from iep_tui.core.kinds.table import cell_field, cell_message, cell_text, read_cell, with_cells
from iep_tui.core.question_model import Column, Question
from iep_tui.i18n import _
from iep_tui.tui.textual_ext.line_input import LineInput
from iep_tui.tui.textual_ext.text_fields import CellField
from iep_tui.tui.themes import plain_content
from iep_tui.tui.widgets.line_button import LineButton
from iep_tui.tui.widgets.radio_row import RadioRow


class RowField(Vertical):
    """One cell of a row: its label, a field for its kind, and a hint or error below."""

    def __init__(self, question: Question, column: Column, name: str, ask: str) -> None:
        super().__init__()
        self._question = question
        self._cell: Value = None
        self._shown_text = ""
        self.column = column
        self._name_words = name
        self._ask = ask

    def compose(self) -> ComposeResult:
        if self.column.kind == "yesno":
            yield RadioRow(self._name_words, (("yes", _("Yes")), ("no", _("No"))), clearable=True)
        else:
            name = plain_content(self._name_words).stylize("bold")
            ask = Content.styled(f"  {plain_content(self._ask).plain}", "$quiet") if self._ask else ""
            yield Static(Content.assemble(name, ask), classes="part-name")
            yield CellField() if self.column.kind == "line" else LineInput()
        yield Static(Content(""), classes="hint")

    @property
    def field(self) -> CellField | LineInput | RadioRow:
        return self.query_one("CellField, LineInput, RadioRow")  # type: ignore[return-value]

    def put(self, cell: Value) -> None:
        field = self.field
        if isinstance(field, RadioRow):
            field.chosen = cell if isinstance(cell, str) else ""
        else:
            field.put(cell_field(self._question, self.column, cell))
        self._cell, self._shown_text = cell, self._typed()
        self.say(cell)

    def _typed(self) -> str:
        field = self.field
        if isinstance(field, RadioRow):
            return field.chosen
        return field.text if isinstance(field, CellField) else field.value

    def cell(self) -> Value:
        """Return the cell's value; if it was not edited, exactly as it was put in."""
        typed = self._typed()
        return self._cell if typed == self._shown_text else read_cell(self._question, self.column, typed)

    def say(self, cell: Value) -> None:
        """Show the error of `cell`, or a date or time in words."""
        words = cell_message(self._question, self.column, cell)
        if not words and self.column.kind in ("date", "time"):
            words = cell_text(self._question, self.column, cell)
        hint = self.query_one(".hint", Static)
        hint.update(plain_content(words))
        hint.display = bool(words)


class RowForm(Vertical):
    """The fields of one row, one below the other. Enter goes to the next field and, from the last, closes the form."""

    #: Takes priority over the fields' own Enter, so that the focus has moved before the next letter arrives.
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "go_on", "Next", show=False, priority=True)]

    class Changed(Message):
        """A field was edited; `read` returns the row."""

    class Done(Message):
        """The user finished the row, or asked to remove it."""

        def __init__(self, *, remove: bool = False) -> None:
            super().__init__()
            self.remove = remove

    _filled_for: tuple[str, tuple[Column, ...]] | None = None

    def compose(self) -> ComposeResult:
        yield Static(Content(""), classes="form-heading")
        yield Vertical(classes="parts")
        yield Static(Content(""), classes="gentle")
        with Horizontal(classes="row-buttons"):
            yield LineButton(_("Done with this row"), id="done", classes="main")
            yield LineButton(_("Remove it"), id="remove-row")

    async def fill(
        self, question: Question, columns: tuple[Column, ...], row: dict[str, Value], heading: str, child: str
    ) -> None:
        """Show one row. Rows of the same question reuse the fields."""
        self.query_one(".form-heading", Static).update(Content(heading))
        holder = self.query_one(".parts", Vertical)
        signature = (f"{question.id} {child}", columns)
        if self._filled_for != signature:
            await holder.remove_children()
            asks = {part: ask for part, _part_name, ask in GOAL_PARTS} if question.kind == "goals" else {}
            await holder.mount(
                *(
                    RowField(
                        question,
                        column,
                        column.label.replace("{child}", child),
                        _(asks[column.id]).replace("{child}", child) if column.id in asks else "",
                    )
                    for column in columns
                )
            )
            self._filled_for = signature
        for part in self.query(RowField):
            part.put(row.get(part.column.id))

    def read(self, row: dict[str, Value]) -> dict[str, Value]:
        """Return `row` updated from the fields: emptied cells are removed, cells without a field are kept."""
        return with_cells(row, {part.column.id: part.cell() for part in self.query(RowField)})

    def first_focus(self) -> None:
        part = self.query(RowField).first()
        part.field.focus(scroll_visible=False)
        self.call_after_refresh(self.scroll_visible, animate=False, top=True)

    def say(self, words: str) -> None:
        """Show a suggestion about the row, or hide it if it is empty."""
        gentle = self.query_one(".gentle", Static)
        gentle.update(plain_content(words))
        gentle.display = bool(words)

    def _part_of(self, widget: Widget | None) -> RowField | None:
        while widget is not None and not isinstance(widget, RowField):
            widget = widget.parent if isinstance(widget.parent, Widget) else None
        return widget

    def _changed(self, widget: Widget) -> None:
        part = self._part_of(widget)
        if part is not None:
            part.say(part.cell())
            self.post_message(self.Changed())

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self._changed(event.text_area)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._changed(event.input)

    def on_radio_row_chosen(self, event: RadioRow.Chosen) -> None:
        event.stop()
        self._changed(event.radio_row)

    def action_go_on(self) -> None:
        """Go to the next field, or from the last one close the form."""
        focused = self.screen.focused
        part = self._part_of(focused)
        if part is None:
            if isinstance(focused, LineButton):
                focused.action_press()
            return
        parts = list(self.query(RowField))
        place = parts.index(part) + 1
        if place < len(parts):
            self.screen.set_focus(parts[place].field)
        else:
            self.post_message(self.Done())

    def on_line_button_pressed(self, event: LineButton.Pressed) -> None:
        event.stop()
        self.post_message(self.Done(remove=event.button.id == "remove-row"))
