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
    """One question at a time, with its answer, audience, marks and navigation."""

    PLACE = "question"
    TITLE = N_("question")
    BINDINGS: ClassVar[list[BindingType]] = bindings("question")

    class Changed(Message):
        """An answer was changed in the session and must be saved, at once if the focus left the field."""

        def __init__(self, *, left_field: bool = False) -> None:
            super().__init__()
            self.left_field = left_field

    class EarlierAnswersRequested(Message):
        """The user asked for the earlier versions of this answer."""

    class Moved(Message):
        """Another question is shown now."""

        def __init__(self, question_id: str) -> None:
            super().__init__()
            self.question_id = question_id

    async def on_mount(self) -> None:
        await self.show_question(self.question)

    async def show_question(self, question: Question) -> None:
        """Replace the question on the screen with this one."""
        widget = await self.widget_for(question)
        if self.is_dismissed or not widget.children:  # a key left the screen meanwhile, and its widgets are going
            return
        # No `await` from here on: a save in between would put one question's text under another.
        self.collect_input()
        field = self.present(question, widget)
        self.set_focus(field, scroll_visible=False)
        # The field's position is known only after the layout; scrolling earlier would go elsewhere.
        self.call_after_refresh(self.keep_in_view, field)
        self.post_message(self.Moved(question.id))

    def show_again(self) -> None:
        """Show and save an answer that was changed by other means than its fields."""
        self._say = ""
        self.show_answer()
        self.show_status()
        self.widget.first_focus().focus()
        self.post_message(self.Changed(left_field=True))

    # Changing the answer

    def _change(self, question: Question, answer: Answer, *, typed: bool = False) -> None:
        if self.session.change(question, answer, typed=typed):
            self._say = ""
            self.post_message(self.Changed())
            self.show_status()

    def _change_value(self, question: Question, value: Value) -> None:
        answer = self.session.meeting.answers.of(question.id)
        if value != answer.value:
            self._change(question, answered(answer, value), typed=True)

    def collect_input(self) -> None:
        """Put the current contents of the fields into the session, without waiting for their messages."""
        if self._answers and not self._left:
            self._change_value(self.question, self.widget.value())
            note = self.note.text
            if note != clean_text(self.answer.note):
                self._change(self.question, msgspec.structs.replace(self.answer, note=note), typed=True)

    def on_answer_widget_edited(self, event: AnswerWidget.Edited) -> None:
        event.stop()
        self.collect_input()

    async def on_answer_widget_finished(self, event: AnswerWidget.Finished) -> None:
        event.stop()
        self.action_next()

    def on_descendant_blur(self) -> None:
        if self.is_current:
            self.collect_input()
            self.post_message(self.Changed(left_field=True))

    def on_table_answer_filling(self, event: TableAnswer.Filling) -> None:
        event.stop()
        self.set_class(event.is_open, "-filling")

    def on_radio_row_chosen(self, event: RadioRow.Chosen) -> None:
        event.stop()
        self._change(self.question, msgspec.structs.replace(self.answer, share=cast(Audience, event.value)))
        self.refresh_status()  # in a read-only case, resets the choice

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        if event.text_area is self.note:
            self.collect_input()

    async def on_line_button_pressed(self, event: LineButton.Pressed) -> None:
        event.stop()
        name = event.button.id
        if name == "keep":
            last = self.session.last_year(self.question)
            self.collect_input()
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
            (questions[0] for each_set, questions in interview.sets if each_set.id == set_id), None
        )
        if question is not None:
            await self.show_question(question)

    # Navigation

    def _after_typing(self, act: Callable[[], Awaitable[None]]) -> None:
        """Run `act` once the keys typed before this one have reached their field and the session.

        Command keys overtake letters still queued in the focused field, and the messages it then sends to the answer
        widget. So the call goes through those queues too: twice through the field's, since its messages queue up behind
        what is already there, and once through the widget's.
        """
        focused = self.focused or self

        async def collect() -> None:
            self.widget.close_form()
            self.collect_input()
            self.call_later(act)

        async def through_widget() -> None:
            self.widget.call_later(collect)

        async def through_field() -> None:
            focused.call_later(through_widget)

        focused.call_later(through_field)

    def _mark(self, state: AnswerState) -> None:
        """Mark the question and go on; if it has this mark already, remove it and stay."""

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

    def _step_in_history(self, step: Callable[[Question], bool]) -> None:
        async def go() -> None:
            if step(self.question):
                self.show_again()
            elif not self.session.read_only:
                self.show_message(_("There is nothing more to take back here."))

        self._after_typing(go)

    def action_undo_answer(self) -> None:
        self._step_in_history(self.session.undo)

    def action_redo_answer(self) -> None:
        self._step_in_history(self.session.redo)

    def action_earlier_answers(self) -> None:
        async def ask() -> None:
            self.post_message(self.EarlierAnswersRequested())

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
        current = self.question.id
        question = interview.next(current) if step > 0 else interview.back(current)
        self._say = ""
        if question is not None:
            await self.show_question(question)
        elif step > 0:
            self.leave(ScreenExit("plan", say=_("That was the last question on this path.")))
        else:
            self.show_message(_("This is the first question."))

    def leave(self, exit: ScreenExit) -> None:
        self.collect_input()
        super().leave(exit)

    def _leave_after_typing(self, exit: ScreenExit) -> None:
        async def leave() -> None:
            self.leave(exit)

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
