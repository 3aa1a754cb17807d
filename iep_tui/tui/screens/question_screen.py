"""Question screen: answering, marking, undo, and navigation."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ClassVar, cast

import msgspec
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import OptionList, TextArea

from iep_tui.core.answer_transitions import answered, carried_over, marked, skipped
from iep_tui.core.case_model import Answer, AnswerState, Value
from iep_tui.core.question_model import Audience, Question
from iep_tui.core.text_sanitizer import clean_text
from iep_tui.core.wording import child_text
from iep_tui.i18n import N_, _
from iep_tui.tui.keys import bindings
from iep_tui.tui.screens.case_screen import ScreenExit
from iep_tui.tui.screens.question_screen_base import QuestionScreenBase
from iep_tui.tui.widgets.answer_widget import AnswerWidget
from iep_tui.tui.widgets.line_button import LineButton
from iep_tui.tui.widgets.radio_row import RadioRow
from iep_tui.tui.widgets.table_answer import TableAnswer


class QuestionScreen(QuestionScreenBase):
    """One question at a time: the question, the answer, who may read it, and the way on."""

    PLACE = "question"
    TITLE = N_("question")
    BINDINGS: ClassVar[list[BindingType]] = bindings("question")

    class Changed(Message):
        """An answer was changed in the sitting, and is to be saved: at once when the person left the field."""

        def __init__(self, *, left: bool = False) -> None:
            super().__init__()
            self.left = left

    class EarlierWanted(Message):
        """The person wants to see what this answer was before."""

    class Moved(Message):
        """The family is at another question now."""

        def __init__(self, question_id: str) -> None:
            super().__init__()
            self.question_id = question_id

    async def on_mount(self) -> None:
        await self.show_question(self.question)

    async def show_question(self, question: Question) -> None:
        """Put this question in the place of the one before."""
        room = await self.room_for(question)
        if self.is_dismissed or not room.children:  # a key has led away meanwhile, and the parts of the screen go
            return
        # From here on nothing waits: a save in between would put one question's words under another.
        self.take_words()
        field = self.present(question, room)
        self.set_focus(field, scroll_visible=False)
        # Where the field is, is known only when it has been laid out; until then it would scroll to somewhere else.
        self.call_after_refresh(self.keep_in_view, field)
        self.post_message(self.Moved(question.id))

    def show_again(self) -> None:
        """The answer was changed behind its fields: put it into them, and have it saved."""
        self._say = ""
        self.show_answer()
        self.show_status()
        self.widget.first_focus().focus()
        self.post_message(self.Changed(left=True))

    # What the person does

    def _change(self, question: Question, answer: Answer, *, typed: bool = False) -> None:
        if self.session.change(question, answer, typed=typed):
            self._say = ""
            self.post_message(self.Changed())
            self.show_status()

    def _change_value(self, question: Question, value: Value) -> None:
        answer = self.session.meeting.answers.of(question.id)
        if value != answer.value:
            self._change(question, answered(answer, value), typed=True)

    def take_words(self) -> None:
        """Take what stands in the fields now, without waiting for their messages: nothing typed is ever behind."""
        if self._answers and not self._left:
            self._change_value(self.question, self.widget.value())
            note = self.note.text
            if note != clean_text(self.answer.note):
                self._change(self.question, msgspec.structs.replace(self.answer, note=note), typed=True)

    def on_answer_widget_edited(self, event: AnswerWidget.Edited) -> None:
        event.stop()
        self.take_words()

    async def on_answer_widget_finished(self, event: AnswerWidget.Finished) -> None:
        event.stop()
        self.action_next()

    def on_descendant_blur(self) -> None:
        if self.is_current:
            self.take_words()
            self.post_message(self.Changed(left=True))

    def on_table_answer_filling(self, event: TableAnswer.Filling) -> None:
        event.stop()
        self.set_class(event.is_open, "-filling")

    def on_radio_row_chosen(self, event: RadioRow.Chosen) -> None:
        event.stop()
        self._change(self.question, msgspec.structs.replace(self.answer, share=cast(Audience, event.value)))
        self.show_status_anew()  # where nothing can be changed, it shows what holds

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        if event.text_area is self.note:
            self.take_words()

    async def on_line_button_pressed(self, event: LineButton.Pressed) -> None:
        event.stop()
        name = event.button.id
        if name == "keep":
            last = self.session.last_year(self.question)
            self.take_words()
            if last is not None and self.offers_previous:
                self._change(self.question, carried_over(self.answer, last))
                self.widget.show(self.question, last.value, child_text(self.session.interview))
                self.widget.first_focus().focus()
        elif name == "note":
            self.query_one("#note-box").remove_class("-empty")
            self.note.focus()
        elif name in ("back", "next", "skip", "unsure", "ask"):
            await self.run_action(name)

    async def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        interview = self.session.interview
        set_id = event.option_id or ""
        question = interview.first_open(set_id) or next(
            (questions[0] for one, questions in interview.sets if one.id == set_id), None
        )
        if question is not None:
            await self.show_question(question)

    # Going on

    def _after_typing(self, act: Callable[[], Awaitable[None]]) -> None:
        """Do `act` when the keys typed before this one have reached their field, and their words the answers.

        The command keys overtake letters that still wait in the queue of the field with the focus, and what that field
        then says to the answer widget. So this stands in those queues itself: twice in the field's, since a field puts
        what it says behind what waits there already, and once in the widget's.
        """
        focused = self.focused or self

        async def take() -> None:
            self.widget.close_form()
            self.take_words()
            self.call_later(act)

        async def heard() -> None:
            self.widget.call_later(take)

        async def typed() -> None:
            focused.call_later(heard)

        focused.call_later(typed)

    def _mark(self, state: AnswerState) -> None:
        """Mark the question and go on; pressed again, take the mark back and stay."""

        async def mark() -> None:
            before = self.answer
            self._change(self.question, marked(self.question, before, state))
            if before.state != state:
                await self._go_on()

        self._after_typing(mark)

    def action_unsure(self) -> None:
        self._mark("unsure")

    def action_ask(self) -> None:
        self._mark("ask")

    def action_skip(self) -> None:
        async def skip() -> None:
            self._change(self.question, skipped(self.answer))
            await self._go_on()

        self._after_typing(skip)

    def _go_through_steps(self, way: Callable[[Question], bool]) -> None:
        async def go() -> None:
            if way(self.question):
                self.show_again()
            elif not self.session.read_only:
                self.tell_once(_("There is nothing more to take back here."))

        self._after_typing(go)

    def action_undo_answer(self) -> None:
        self._go_through_steps(self.session.undo)

    def action_redo_answer(self) -> None:
        self._go_through_steps(self.session.redo)

    def action_earlier_answers(self) -> None:
        async def ask() -> None:
            self.post_message(self.EarlierWanted())

        self._after_typing(ask)

    def action_next(self) -> None:
        self._after_typing(self._go_on)

    async def _go_on(self) -> None:
        if self.back_to != "plan":
            self.leave(ScreenExit(self.back_to, self.question.id))
        else:
            await self._step(1)

    def action_back(self) -> None:
        self._after_typing(lambda: self._step(-1))

    async def _step(self, step: int) -> None:
        interview = self.session.interview
        here = self.question.id
        question = interview.next(here) if step > 0 else interview.back(here)
        self._say = ""
        if question is not None:
            await self.show_question(question)
        elif step > 0:
            self.leave(ScreenExit("plan", say=_("That was the last question on this path.")))
        else:
            self.tell_once(_("This is the first question."))

    def leave(self, go: ScreenExit) -> None:
        self.take_words()
        super().leave(go)

    def _leave_after_typing(self, go: ScreenExit) -> None:
        async def leave() -> None:
            self.leave(go)

        self._after_typing(leave)

    def action_up(self) -> None:
        if not self.widget.close_form():
            self._leave_after_typing(ScreenExit(self.back_to, self.question.id))

    def action_plan(self) -> None:
        self._leave_after_typing(ScreenExit("plan"))

    def action_review(self) -> None:
        self._leave_after_typing(ScreenExit("review", self.question.id))

    def action_sheet(self) -> None:
        self._leave_after_typing(ScreenExit("sheet"))
