"""One question at a time: the question, the answer, who may read it, and the way on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ClassVar, cast

import msgspec
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static, TextArea

from iep_tui.core import kinds
from iep_tui.core.answers import Answer, State, Value
from iep_tui.core.glossary import Glossary
from iep_tui.core.interview import effective_share
from iep_tui.core.marking import answered, kept, marked, skipped
from iep_tui.core.model import KindName, Question, Share
from iep_tui.core.telling import answer_words, child_words, share_options, state_words, with_child
from iep_tui.core.text import clean_text
from iep_tui.language import N_, _
from iep_tui.sitting import Sitting
from iep_tui.tui.keys import bindings
from iep_tui.tui.looks import paragraphs, plain
from iep_tui.tui.screens.base import CaseScreen, Go
from iep_tui.tui.widgets.answer import AnswerWidget
from iep_tui.tui.widgets.asides import Asides, beside, first_help
from iep_tui.tui.widgets.bars import ProgressLine
from iep_tui.tui.widgets.choice_answer import ChoiceAnswer
from iep_tui.tui.widgets.chooser import Chooser
from iep_tui.tui.widgets.fields import WordsField
from iep_tui.tui.widgets.line_answer import LineAnswer
from iep_tui.tui.widgets.press import Press
from iep_tui.tui.widgets.rows_answer import RowsAnswer
from iep_tui.tui.widgets.sets_pane import SetsPane
from iep_tui.tui.widgets.text_answer import ListAnswer, TextAnswer

_WIDGETS: dict[KindName, type[AnswerWidget]] = {
    "line": LineAnswer,
    "date": LineAnswer,
    "time": LineAnswer,
    "number": LineAnswer,
    "text": TextAnswer,
    "list": ListAnswer,
    "one": ChoiceAnswer,
    "several": ChoiceAnswer,
    "yesno": ChoiceAnswer,
    "rate": ChoiceAnswer,
    "table": RowsAnswer,
    "goals": RowsAnswer,
}


class QuestionScreen(CaseScreen):
    """The parent's words are the brightest thing on it. It stays mounted while questions come and go."""

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

    def __init__(self, sitting: Sitting, question: Question, glossary: Glossary, go: Go) -> None:
        super().__init__(sitting, go.say)
        self.question = question
        self.glossary = glossary
        self.back_to = go.back_to
        self._answers: dict[type[AnswerWidget], AnswerWidget] = {}
        self._shown: dict[str, Content] = {}

    def body(self) -> ComposeResult:
        with Horizontal(id="columns"):
            yield SetsPane(id="sets")
            with Vertical(id="middle"):
                with Vertical(id="asked"):
                    yield ProgressLine()
                    yield Static(Content(""), id="title")
                with VerticalScroll(id="page", can_focus=False):
                    yield Static(Content(""), id="help")
                    with Vertical(id="last-year"):
                        yield Static(Content(""), id="last-words")
                        yield Press(_("Keep this answer"), id="keep")
                    yield Static(Content(""), id="trouble")
                    yield Asides()
                    yield Chooser(_("Who may read this?"), share_options(), id="who")
                    with Horizontal(id="marks"):
                        yield Press(_("Not sure"), id="unsure")
                        yield Press(_("Ask the school"), id="ask")
                        yield Press(_("Add a note"), id="note")
                    with Vertical(id="note-box"):
                        yield Static(Content(_("A note, only for you. It is on no sheet for others.")), classes="hint")
                        yield WordsField(id="note-words", classes="words")
                with Horizontal(id="steps"):
                    yield Press(_("← Back"), id="back")
                    yield Static(Content(""), classes="gap")
                    yield Press(_("Skip for now"), id="skip")
                    yield Press(_("Next →"), id="next", classes="main")
            with VerticalScroll(id="aside", can_focus=False):
                yield Static(Content(""), id="aside-text")

    async def on_mount(self) -> None:
        await self.show_question(self.question)

    @property
    def answer(self) -> Answer:
        """The answer to the question on the screen, as it stands."""
        return self.sitting.meeting.answers.of(self.question.id)

    @property
    def widget(self) -> AnswerWidget:
        """The widget that holds the answer to the question on the screen."""
        return self._answers[_WIDGETS[self.question.kind]]

    # Showing

    async def show_question(self, question: Question) -> None:
        """Put this question in the place of the one before; what did not change stays mounted."""
        kind = _WIDGETS[question.kind]
        if kind not in self._answers:
            widget = kind()
            await self.query_one("#page").mount(widget, before="#trouble")
            self.take_words()
            self._answers[kind] = widget
        else:
            self.take_words()
        # From here on nothing waits: a save in between would put one question's words under another.
        self.question = question
        interview = self.sitting.interview
        child = child_words(interview)
        with self.app.batch_update():
            for one, widget in self._answers.items():
                widget.display = one is kind
            self.remove_class("-filling")
            self._show("title", plain(with_child(question.title, interview)))
            self._show("help", paragraphs(first_help(question), child))
            self._show_answer()
            self.widget.hold(bool(self.sitting.read_only))
            self._show_last_year()
            self.query_one("#note-words", WordsField).read_only = bool(self.sitting.read_only)
            self.query_one(Asides).show(question, child, self.glossary)
            self._show("aside-text", beside(question, child, self.glossary))
            self.show_status()
            self.query_one("#page").scroll_home(animate=False)
        field = self.widget.first_focus()
        field.focus(scroll_visible=False)
        # Where the field is, is known only when it has been laid out; until then it would scroll to somewhere else.
        self.call_after_refresh(field.scroll_visible, animate=False)
        self.post_message(self.Moved(question.id))

    def _show_answer(self) -> None:
        """The answer and its note, as they stand, in their fields."""
        self.widget.show(self.question, self.answer.value, child_words(self.sitting.interview))
        self.query_one("#note-words", WordsField).put(self.answer.note)
        self.query_one("#note-box").set_class(not self.answer.note, "-empty")

    def show_again(self) -> None:
        """The answer was changed behind its fields: put it into them, and have it saved."""
        self._say = ""
        self._show_answer()
        self.show_status()
        self.widget.first_focus().focus()
        self.post_message(self.Changed(left=True))

    def show_status(self) -> None:
        """Everything that follows from the answers as they stand, but the answer itself."""
        super().show_status()
        if not self._answers:
            return
        interview = self.sitting.interview
        at, total = interview.place(self.question)
        one = interview.catalogue.set(self.question.set_id)
        line = self.query_one(ProgressLine)
        line.title = with_child(one.title, interview) if one else ""
        line.place = (at, total)
        where = _("{at} of {total}").format(at=at, total=total) if at else _("not on the short path")
        # A small window shows the buttons that mark a question only after scrolling: the mark itself stands on top.
        mark = state_words(self.answer)
        line.words = f"● {mark} · {where}" if mark else where
        self.query_one("#who", Chooser).chosen = effective_share(self.question, self.answer)
        for mark in ("unsure", "ask"):
            self.query_one(f"#{mark}", Press).marked = self.answer.state == mark
        self.query_one("#skip", Press).marked = self.answer.state == "skipped"
        self.query_one("#next", Press).label = _("Done →") if self.back_to != "plan" else _("Next →")
        self.query_one("#note", Press).label = _("Our note") if self.answer.note else _("Add a note")
        trouble = kinds.trouble(self.question, self.answer.value)
        self._show("trouble", plain(trouble or self.trouble or self.sitting.read_only or self._say))
        self.query_one("#trouble").set_class(bool(trouble or self.sitting.trouble), "-trouble")
        self.query_one("#keep").set_class(not self._may_keep, "-empty")
        self.query_one(SetsPane).show(interview, self.question.set_id)

    def _show(self, name: str, content: Content) -> None:
        """Show `content` in the line of this name, nothing where it is empty; the same again costs nothing."""
        if name in self._shown and self._shown[name].is_same(content):
            return
        self._shown[name] = content
        static = self.query_one(f"#{name}", Static)
        static.update(content)
        static.set_class(not content.plain, "-empty")

    def _show_last_year(self) -> None:
        last = self.sitting.last_year(self.question)
        self.query_one("#last-year").set_class(last is None, "-empty")
        if last is not None:
            words = answer_words(self.question, last.value, self.sitting.interview)
            lead = Content.styled(_("Last meeting: "), "bold $tan")
            self.query_one("#last-words", Static).update(Content.assemble(lead, plain(words)))

    @property
    def _may_keep(self) -> bool:
        """Whether the last meeting's answer may be taken over: only where it writes over nothing."""
        return kinds.is_empty(self.question, self.answer.value) and not self.sitting.read_only

    # What the person does

    def _change(self, question: Question, answer: Answer, *, typed: bool = False) -> None:
        if self.sitting.change(question, answer, typed=typed):
            self._say = ""
            self.post_message(self.Changed())
            self.show_status()

    def _change_value(self, question: Question, value: Value) -> None:
        answer = self.sitting.meeting.answers.of(question.id)
        if value != answer.value:
            self._change(question, answered(answer, value), typed=True)

    def take_words(self) -> None:
        """Take what stands in the fields now, without waiting for their messages: nothing typed is ever behind."""
        if self._answers and not self._left:
            self._change_value(self.question, self.widget.value())
            note = self.query_one("#note-words", WordsField).text
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

    def on_rows_answer_filling(self, event: RowsAnswer.Filling) -> None:
        event.stop()
        self.set_class(event.is_open, "-filling")

    def on_chooser_chosen(self, event: Chooser.Chosen) -> None:
        event.stop()
        self._change(self.question, msgspec.structs.replace(self.answer, share=cast(Share, event.value)))
        self.show_status()  # where nothing can be changed, it shows what holds

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        if event.text_area.id == "note-words":
            self.take_words()

    async def on_press_pressed(self, event: Press.Pressed) -> None:
        event.stop()
        name = event.press.id
        if name == "keep":
            last = self.sitting.last_year(self.question)
            self.take_words()
            if last is not None and self._may_keep:
                self._change(self.question, kept(self.answer, last))
                self.widget.show(self.question, last.value, child_words(self.sitting.interview))
                self.widget.first_focus().focus()
        elif name == "note":
            self.query_one("#note-box").remove_class("-empty")
            self.query_one("#note-words").focus()
        elif name in ("back", "next", "skip", "unsure", "ask"):
            await self.run_action(name)

    async def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        interview = self.sitting.interview
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

    def _mark(self, state: State) -> None:
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
            elif not self.sitting.read_only:
                self._show("trouble", Content(_("There is nothing more to take back here.")))

        self._after_typing(go)

    def action_undo_answer(self) -> None:
        self._go_through_steps(self.sitting.undo)

    def action_redo_answer(self) -> None:
        self._go_through_steps(self.sitting.redo)

    def action_earlier_answers(self) -> None:
        async def ask() -> None:
            self.post_message(self.EarlierWanted())

        self._after_typing(ask)

    def action_next(self) -> None:
        self._after_typing(self._go_on)

    async def _go_on(self) -> None:
        if self.back_to != "plan":
            self.leave(Go(self.back_to, self.question.id))
        else:
            await self._step(1)

    def action_back(self) -> None:
        self._after_typing(lambda: self._step(-1))

    async def _step(self, step: int) -> None:
        interview = self.sitting.interview
        here = self.question.id
        question = interview.next(here) if step > 0 else interview.back(here)
        self._say = ""
        if question is not None:
            await self.show_question(question)
        elif step > 0:
            self.leave(Go("plan", say=_("That was the last question on this path.")))
        else:
            self._show("trouble", Content(_("This is the first question.")))

    def leave(self, go: Go) -> None:
        self.take_words()
        super().leave(go)

    def _leave_after_typing(self, go: Go) -> None:
        async def leave() -> None:
            self.leave(go)

        self._after_typing(leave)

    def action_up(self) -> None:
        if not self.widget.close_form():
            self._leave_after_typing(Go(self.back_to, self.question.id))

    def action_plan(self) -> None:
        self._leave_after_typing(Go("plan"))

    def action_review(self) -> None:
        self._leave_after_typing(Go("review", self.question.id))

    def action_sheet(self) -> None:
        self._leave_after_typing(Go("sheet"))
