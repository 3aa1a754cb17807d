"""Answers chosen from a list: one choice, several, yes or no, or a rating from 1 to 5."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static
from textual.widgets.option_list import Option

from iep_tui.core.case_model import Value
from iep_tui.core.kinds.base import plain_words
from iep_tui.core.kinds.choice_values import key_of, offered_choices, selected_choice
from iep_tui.core.kinds.several import toggle_choice
from iep_tui.core.question_model import Choice, Question
from iep_tui.core.text_sanitizer import clean_line
from iep_tui.i18n import _
from iep_tui.tui.textual_ext.line_input import LineInput
from iep_tui.tui.textual_ext.marked_option_list import MarkedOptionList
from iep_tui.tui.themes import plain_content
from iep_tui.tui.widgets.answer_widget import AnswerWidget


class ChoiceList(MarkedOptionList):
    """A list of choices with marks in characters: (•) and ( ), or [x] and [ ]. Independent of questions."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "take", "Choose", show=False)]

    class Toggled(Message):
        """The choice at index `place` was toggled by Space, a digit or a click, or by the Enter key (`enter`).

        `labels` identify the list it belongs to: another question may be shown by the time this is handled.
        """

        def __init__(self, place: int, labels: tuple[str, ...], *, enter: bool = False) -> None:
            super().__init__()
            self.place = place
            self.labels = labels
            self.enter = enter

    class Typed(Message):
        """A character was typed that selects no choice."""

        def __init__(self, character: str) -> None:
            super().__init__()
            self.character = character

    def __init__(self) -> None:
        super().__init__(compact=True, markup=False)
        self._labels: tuple[str, ...] = ()
        self._on: tuple[bool, ...] = ()
        self._many = False
        self._numbered = True

    def _prompt(self, place: int) -> Content:
        marks = ("[ ]", "[x]") if self._many else ("( )", "(•)")
        number = (f"{place + 1} " if place < 9 else "  ") if self._numbered else ""
        return Content.assemble(f"{marks[self._on[place]]} {number}", plain_content(self._labels[place]))

    def put(self, labels: tuple[str, ...], on: tuple[bool, ...], *, many: bool, numbered: bool = True) -> None:
        """Show these choices, with the cursor on the first that is on. Labels that are numbers need no `numbered`."""
        self._labels, self._on, self._many, self._numbered = labels, on, many, numbered
        self.set_options([Option(self._prompt(place)) for place in range(len(labels))])
        self.highlighted = next((place for place, is_on in enumerate(on) if is_on), 0) if labels else None

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of the choices shown."""
        return self._labels

    def mark(self, on: tuple[bool, ...]) -> None:
        """Update the marks; the cursor stays."""
        before, self._on = self._on, on
        for place, is_on in enumerate(on):
            if is_on != before[place]:
                self.replace_option_prompt_at_index(place, self._prompt(place))

    def action_take(self) -> None:
        if self.highlighted is not None:
            self.post_message(self.Toggled(self.highlighted, self._labels))

    def action_select(self) -> None:
        if self.highlighted is not None:
            self.post_message(self.Toggled(self.highlighted, self._labels, enter=True))

    async def _on_click(self, event: events.Click) -> None:
        event.prevent_default()
        place: int | None = event.style.meta.get("option")
        if place is not None and 0 <= place < len(self._labels):
            self.highlighted = place
            self.post_message(self.Toggled(place, self._labels))

    def on_key(self, event: events.Key) -> None:
        if event.character and event.character.isdecimal() and 0 < int(event.character) <= min(len(self._labels), 9):
            event.stop()
            self.highlighted = int(event.character) - 1
            self.post_message(self.Toggled(self.highlighted, self._labels))
        elif event.character and event.is_printable and event.key != "space":
            event.stop()
            self.post_message(self.Typed(event.character))


class ChoiceAnswer(AnswerWidget):
    """The choices of a question, and a field for the parent's own words if the selected choice takes them."""

    _question: Question | None = None
    _choices: tuple[Choice, ...] = ()
    _value: Value = None
    _locked = False

    def compose(self) -> ComposeResult:
        yield ChoiceList()
        yield Static(Content(""), classes="strange")
        yield LineInput(classes="own-words", placeholder=_("In your own words"))
        yield Static(Content(""), classes="hint")

    @property
    def choice_list(self) -> ChoiceList:
        return self.query_one(ChoiceList)

    @property
    def own_words(self) -> LineInput:
        return self.query_one(LineInput)

    @property
    def _many(self) -> bool:
        return self._question is not None and self._question.kind == "several"

    def show(self, question: Question, value: Value, child: str) -> None:
        self._question = question
        self._choices = offered_choices(question)
        self._value = value
        labels = tuple(choice.label.replace("{child}", child) for choice in self._choices)
        self.choice_list.put(labels, self._on(), many=self._many, numbered=question.kind != "rate")
        hint = _("Space or a number marks; again takes it back.") if self._many else _("Enter chooses and goes on.")
        self.query_one(".hint", Static).update(Content(hint))
        self._show_own_words()
        self._show_unknown()

    def value(self) -> Value:
        if self.own_words.display and self.own_words.value != clean_line(self._own_words() or ""):
            return self._with_own_words(self.own_words.value)
        return self._value

    def hold(self, locked: bool) -> None:
        # The list itself stays enabled, so that its keys can scroll to choices below the window.
        self._locked = locked
        self.own_words.disabled = locked

    def first_focus(self) -> Widget:
        return self.choice_list

    def _entries(self) -> list[Value]:
        if self._many:
            return list(self._value) if isinstance(self._value, list) else []
        return [] if self._value is None else [self._value]

    def _key(self, entry: Value) -> str | None:
        """Return the value of the choice that a saved entry refers to, or None."""
        assert self._question is not None
        return key_of(self._question, entry)

    def _on(self) -> tuple[bool, ...]:
        keys = {self._key(entry) for entry in self._entries()}
        return tuple(choice.value in keys for choice in self._choices)

    def _show_own_words(self) -> None:
        """Show the field for own words only while a choice that takes them is on."""
        words = self._own_words()
        self.own_words.display = words is not None
        if words is not None and words != self.own_words.value:
            self.own_words.put(words)

    def _show_unknown(self) -> None:
        """Show saved entries that match none of the choices."""
        entries = [self._value] if self._many and not isinstance(self._value, list) else self._entries()
        words = "\n".join(plain_words(entry) for entry in entries if self._key(entry) is None)
        unknown = self.query_one(".strange", Static)
        unknown.update(plain_content(words))
        unknown.display = bool(words)

    def _own_words(self) -> str | None:
        """Return the parent's own words in the answer, None while no choice that takes them is on."""
        for entry in self._entries():
            if isinstance(entry, dict) and self._key(entry) is not None:
                return str(next(iter(entry.values())))
        return None

    def _with_own_words(self, words: str) -> Value:
        entries: list[Value] = []
        for entry in self._entries():
            takes_words = isinstance(entry, dict) and self._key(entry) is not None
            entries.append({next(iter(entry)): words} if isinstance(entry, dict) and takes_words else entry)
        return entries if self._many else (entries[0] if entries else None)

    def _take(self, value: Value) -> None:
        assert self._question is not None
        self._value = value
        self.choice_list.mark(self._on())
        self._show_own_words()
        self._show_unknown()
        self.post_edited()

    def on_choice_list_toggled(self, event: ChoiceList.Toggled) -> None:
        event.stop()
        if self._locked or self._question is None or event.labels is not self.choice_list.labels:
            return
        choice = self._choices[event.place]
        is_on = self._on()[event.place]
        own_words = self.own_words.value if self.own_words.display else ""
        if self._many:
            self._take(toggle_choice(self._question, self._entries(), choice, own_words))
        elif not is_on:
            self._take(selected_choice(self._question, choice, own_words))
        elif not event.enter:
            self._take(None)
        if choice.words and self._on()[event.place]:
            self.own_words.focus()
        elif event.enter and not self._many:
            self.post_message(self.Finished())

    def on_choice_list_typed(self, event: ChoiceList.Typed) -> None:
        """Move typed letters to the field for own words if it is shown."""
        event.stop()
        if self.own_words.display and not self.own_words.disabled:
            self.own_words.insert_text_at_cursor(event.character)
            self.own_words.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._question is not None and self.own_words.display:
            # Not the event's value, which may belong to the previous question.
            self._value = self._with_own_words(self.own_words.value)
            self.post_edited()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self._many:
            self.choice_list.focus()
        else:
            self.post_message(self.Finished())
