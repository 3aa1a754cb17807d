"""Tables and goals: a list of rows, and a form for one row at a time."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from iep_tui.core.case_model import Value
from iep_tui.core.kinds import KINDS
from iep_tui.core.kinds.base import plain_words
from iep_tui.core.kinds.goals import goal_prompt
from iep_tui.core.kinds.table import TableKind, cell_text, is_row_empty
from iep_tui.core.question_model import Question
from iep_tui.i18n import _
from iep_tui.tui.textual_ext.marked_option_list import MarkedOptionList
from iep_tui.tui.themes import plain_content
from iep_tui.tui.widgets.answer_widget import AnswerWidget
from iep_tui.tui.widgets.line_button import LineButton
from iep_tui.tui.widgets.row_form import RowForm

AnswerRow = dict[str, Value]

#: The parts of a goal shown in the list.
_GOAL_SUMMARY = ("need", "skill", "criterion", "by")


class RowList(MarkedOptionList):
    """The rows, each on as many lines as it needs, and a last option to add one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("delete", "act('remove')", "Remove", show=False),
        Binding("alt+up", "act('earlier')", "Move up", show=False),
        Binding("alt+down", "act('later')", "Move down", show=False),
    ]

    class Acted(Message):
        """A key was pressed to `remove` the highlighted row or to move it `earlier` or `later`."""

        def __init__(self, act: str) -> None:
            super().__init__()
            self.act = act

    def action_act(self, act: str) -> None:
        self.post_message(self.Acted(act))


class TableAnswer(AnswerWidget):
    """A table or list of goals whose rows can be added, changed, moved, removed and restored."""

    class Filling(Message):
        """The form of a row was opened or closed; the screen hides other widgets to give it room."""

        def __init__(self, is_open: bool) -> None:
            super().__init__()
            self.is_open = is_open

    _question: Question | None = None
    _value: Value = None
    _entries: tuple[Value, ...] = ()
    _editing: int | None = None
    _removed: tuple[int, Value] | None = None
    _child = ""
    _locked = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="rows"):
            yield RowList(compact=True, markup=False)
            with Horizontal(classes="row-buttons"):
                yield LineButton(_("Change"), id="edit")
                yield LineButton(_("Up"), id="earlier")
                yield LineButton(_("Down"), id="later")
                yield LineButton(_("Remove"), id="remove")
            yield LineButton(_("Take back what was removed"), id="take-back")
        yield RowForm()

    @property
    def rows(self) -> RowList:
        return self.query_one(RowList)

    @property
    def form(self) -> RowForm:
        return self.query_one(RowForm)

    @property
    def _table(self) -> TableKind:
        kind = KINDS["goals" if self._question is not None and self._question.kind == "goals" else "table"]
        assert isinstance(kind, TableKind)
        return kind

    def show(self, question: Question, value: Value, child: str) -> None:
        if question is not self._question:
            self._removed = None
        self._question, self._value = question, value
        self._child = child
        self._entries = tuple(value) if isinstance(value, list) else (() if value is None else (value,))
        self._close(refill=True)

    def value(self) -> Value:
        if self._editing is None:
            return self._value
        entry = self._entries[self._editing]
        row = self.form.read(entry if isinstance(entry, dict) else {})
        if row == entry:
            return self._value
        return [*self._entries[: self._editing], row, *self._entries[self._editing + 1 :]]

    def hold(self, locked: bool) -> None:
        # The list stays enabled, so that its keys can scroll; everything that changes a row is hidden.
        self._locked = locked
        self._fill(self.rows.highlighted)

    def first_focus(self) -> Widget:
        return self.rows

    def close_form(self) -> bool:
        if self._editing is None:
            return False
        self._finish()
        return True

    # The list

    def _prompt(self, place: int) -> Content:
        entry = self._entries[place]
        number = f"{place + 1}. "
        if not isinstance(entry, dict) or self._question is None:
            return Content.assemble(number, plain_content(plain_words(entry)))
        columns = self._table.columns(self._question)
        if self._question.kind == "goals":
            columns = tuple(column for column in columns if column.id in _GOAL_SUMMARY)
        cells = [words for col in columns if (words := cell_text(self._question, col, entry.get(col.id)))]
        if not cells:
            return Content.assemble(number, _("(nothing written yet)"))
        first, *others = cells
        rest = Content(" · ").join([Content(""), *(plain_content(cell) for cell in others)]) if others else Content("")
        return Content.assemble(number, plain_content(first).stylize("bold"), rest)

    def _fill(self, at: int | None = None) -> None:
        goals = self._question is not None and self._question.kind == "goals"
        add = _("+ Add a goal") if goals else _("+ Add a row")
        options = [Option(self._prompt(place)) for place in range(len(self._entries))]
        self.rows.set_options(options if self._locked else [*options, Option(Content(add))])
        self.rows.highlighted = len(self._entries) if at is None else at
        for name in ("edit", "earlier", "later", "remove"):
            self.query_one(f"#{name}").display = bool(self._entries) and not self._locked
        self.query_one("#take-back").display = self._removed is not None

    def _take(self, entries: tuple[Value, ...]) -> None:
        self._entries = entries
        self._value = list(entries)
        if self._question is not None:
            self.post_edited()

    async def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self._locked:
            return
        if event.option_index == len(self._entries):
            self._take((*self._entries, {}))
        await self._open(event.option_index)

    async def on_line_button_pressed(self, event: LineButton.Pressed) -> None:
        event.stop()
        await self._act(event.button.id or "")

    async def on_row_list_acted(self, event: RowList.Acted) -> None:
        event.stop()
        await self._act(event.act)

    async def _act(self, act: str) -> None:
        place = self.rows.highlighted
        if self._locked:
            return
        if act == "take-back" and self._removed is not None:
            at, entry = self._removed
            self._removed = None
            self._take((*self._entries[:at], entry, *self._entries[at:]))
            self._fill(at)
            self.rows.focus()
        if place is None or place >= len(self._entries):
            return
        if act == "edit":
            await self._open(place)
        elif act == "remove":
            self._remove(place)
        elif act in ("earlier", "later"):
            other = place + (1 if act == "later" else -1)
            if 0 <= other < len(self._entries):
                entries = list(self._entries)
                entries[place], entries[other] = entries[other], entries[place]
                self._take(tuple(entries))
                self._fill(other)

    def _remove(self, place: int) -> None:
        self._removed = (place, self._entries[place])
        self._take((*self._entries[:place], *self._entries[place + 1 :]))
        self._fill(min(place, len(self._entries)))
        self.rows.focus()

    # The form

    async def _open(self, place: int) -> None:
        question, entry = self._question, self._entries[place]
        if question is None or not isinstance(entry, dict):
            return
        heading = _("Goal {number} of {count}") if question.kind == "goals" else _("Row {number} of {count}")
        await self.form.fill(
            question,
            self._table.columns(question),
            entry,
            heading.format(number=place + 1, count=len(self._entries)),
            self._child,
        )
        if self._question is not question:
            return  # another question was shown while the fields were mounted
        # Only now does the form hold this row; earlier, `value` would have read the previous one.
        self._editing = place
        self.query_one(".rows").display = False
        self.form.display = True
        self.post_message(self.Filling(True))
        self._show_suggestion(entry)
        self.form.first_focus()

    def _show_suggestion(self, row: AnswerRow) -> None:
        goals = self._question is not None and self._question.kind == "goals"
        words = goal_prompt(row) if goals and not is_row_empty(row) else ""
        self.form.say(words.replace("{child}", self._child))

    def on_row_form_changed(self, event: RowForm.Changed) -> None:
        event.stop()
        place = self._editing
        if place is None:
            return
        entry = self._entries[place]
        row = self.form.read(entry if isinstance(entry, dict) else {})
        self._take((*self._entries[:place], row, *self._entries[place + 1 :]))
        self._show_suggestion(row)

    def on_row_form_done(self, event: RowForm.Done) -> None:
        event.stop()
        place = self._editing
        if event.remove and place is not None:
            self._close()
            self._remove(place)
        else:
            self._finish()

    def _finish(self) -> None:
        """Close the form; an empty row is removed."""
        place = self._editing
        if place is not None:
            # Read the form itself: messages about the last keys may still be queued.
            entry = self._entries[place]
            row = self.form.read(entry if isinstance(entry, dict) else {})
            if is_row_empty(row):
                self._take((*self._entries[:place], *self._entries[place + 1 :]))
                place = None
            elif row != entry:
                self._take((*self._entries[:place], row, *self._entries[place + 1 :]))
        self._close(at=place)
        self.rows.focus()

    def _close(self, *, at: int | None = None, refill: bool = False) -> None:
        was_open = self._editing is not None
        self._editing = None
        self.form.display = False
        self.query_one(".rows").display = True
        self._fill(at if at is not None else (0 if refill and self._entries else None))
        if was_open:
            self.post_message(self.Filling(False))
