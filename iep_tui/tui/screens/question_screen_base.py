"""Display half of the question screen: the question, its answer, and everything derived from the answers."""

from __future__ import annotations

from typing import NamedTuple

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from iep_tui.core import kinds
from iep_tui.core.case_model import Answer
from iep_tui.core.glossary import Glossary
from iep_tui.core.interview import effective_share
from iep_tui.core.question_model import KindName, Question
from iep_tui.core.wording import answer_state_text, answer_text, audience_options, child_text, with_child
from iep_tui.i18n import _
from iep_tui.services.session import CaseSession
from iep_tui.tui.screens.case_screen import CaseScreen, ScreenExit, heading
from iep_tui.tui.textual_ext.text_fields import TextField
from iep_tui.tui.themes import paragraphs, plain_content
from iep_tui.tui.widgets.answer_widget import AnswerWidget
from iep_tui.tui.widgets.cached_static import CachedStatic
from iep_tui.tui.widgets.choice_answer import ChoiceAnswer
from iep_tui.tui.widgets.line_answer import LineAnswer
from iep_tui.tui.widgets.line_button import LineButton
from iep_tui.tui.widgets.progress_line import ProgressLine
from iep_tui.tui.widgets.question_help import QuestionHelp, beside_question, first_help
from iep_tui.tui.widgets.radio_row import RadioRow
from iep_tui.tui.widgets.sets_pane import SetsPane
from iep_tui.tui.widgets.table_answer import TableAnswer
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
    "table": TableAnswer,
    "goals": TableAnswer,
}


class _Standing(NamedTuple):
    """All that is shown and follows from the answers, but the answer itself. A letter more in an answer seldom changes
    any of it; then nothing of the screen is touched."""

    heading: str
    title: str
    place: tuple[int, int]
    where: str
    share: str
    state: str
    next_label: str
    note_label: str
    trouble: str
    is_trouble: bool
    offers_previous: bool
    sets: tuple[object, ...]


class QuestionScreenBase(CaseScreen):
    """The parent's words are the brightest thing on it. It stays mounted while questions come and go."""

    CSS_PATH = ["case_screen.tcss", "question_screen.tcss"]  # noqa: RUF012 - Textual declares it for instances

    def __init__(self, session: CaseSession, question: Question, glossary: Glossary, go: ScreenExit) -> None:
        super().__init__(session, go.say)
        self.question = question
        self.glossary = glossary
        self.back_to = go.back_to
        self._answers: dict[type[AnswerWidget], AnswerWidget] = {}
        self._stood: _Standing | None = None
        self._passages = {
            name: CachedStatic(id=name) for name in ("title", "help", "last-words", "trouble", "aside-text")
        }
        self.page = VerticalScroll(id="page", can_focus=False)
        self.note = TextField(id="note-words", classes="words")

    def body(self) -> ComposeResult:
        with Horizontal(id="columns"):
            yield SetsPane(id="sets")
            with Vertical(id="middle"):
                with Vertical(id="asked"):
                    yield ProgressLine()
                    yield self._passages["title"]
                with self.page:
                    yield self._passages["help"]
                    with Vertical(id="last-year"):
                        yield self._passages["last-words"]
                        yield LineButton(_("Keep this answer"), id="keep")
                    yield self._passages["trouble"]
                    yield QuestionHelp()
                    yield RadioRow(_("Who may read this?"), audience_options(), id="who")
                    with Horizontal(id="marks"):
                        yield LineButton(_("Not sure"), id="unsure")
                        yield LineButton(_("Ask the school"), id="ask")
                        yield LineButton(_("Add a note"), id="note")
                    with Vertical(id="note-box"):
                        yield Static(Content(_("A note, only for you. It is on no sheet for others.")), classes="hint")
                        yield self.note
                with Horizontal(id="steps"):
                    yield LineButton(_("← Back"), id="back")
                    yield Static(Content(""), classes="gap")
                    yield LineButton(_("Skip for now"), id="skip")
                    yield LineButton(_("Next →"), id="next", classes="main")
            with VerticalScroll(id="aside", can_focus=False):
                yield self._passages["aside-text"]

    @property
    def answer(self) -> Answer:
        """The answer to the question on the screen, as it stands."""
        return self.session.meeting.answers.of(self.question.id)

    @property
    def widget(self) -> AnswerWidget:
        """The widget that holds the answer to the question on the screen."""
        return self._answers[_WIDGETS[self.question.kind]]

    async def room_for(self, question: Question) -> AnswerWidget:
        """The widget for answers of this question's kind, mounted if it is the first of its kind."""
        kind = _WIDGETS[question.kind]
        widget = self._answers.get(kind)
        if widget is None:
            widget = kind()
            await self.page.mount(widget, before="#trouble")
        return widget

    def present(self, question: Question, room: AnswerWidget) -> Widget:
        """Show this question in the place of the one before, its answer in `room`, and give back what takes the focus.
        What did not change stays as it is: nothing is mounted, and what is as tall as before is not laid out again."""
        self._answers[type(room)] = room
        self.question = question
        interview = self.session.interview
        child = child_text(interview)
        with self.app.batch_update():
            for widget in self._answers.values():
                widget.display = widget is room
            self.remove_class("-filling")
            self.say("title", plain_content(with_child(question.title, interview)))
            self.say("help", paragraphs(first_help(question), child))
            self.show_answer()
            self.widget.hold(bool(self.session.read_only))
            self._show_last_year()
            self.note.read_only = bool(self.session.read_only)
            self.query_one(QuestionHelp).show(question, child, self.glossary)
            self.say("aside-text", beside_question(question, child, self.glossary))
            self.show_status()
            if self.page.scroll_y or self.page.scroll_target_y:
                self.page.scroll_home(animate=False)
        return self.widget.first_focus()

    def keep_in_view(self, field: Widget) -> None:
        """Scroll to the field, where it is not in view as it is."""
        if not self.page.region.contains_region(field.region):
            field.scroll_visible(animate=False)

    def show_answer(self) -> None:
        """The answer and its note, as they stand, in their fields."""
        self.widget.show(self.question, self.answer.value, child_text(self.session.interview))
        self.note.put(self.answer.note)
        self.query_one("#note-box").set_class(not self.answer.note, "-empty")

    def on_resize(self) -> None:
        """Another width may have room for the sets, which stand there as they are now."""
        self.call_after_refresh(self._show_again_what_stands)

    def _show_again_what_stands(self) -> None:
        if self.is_drawn:
            self.show_status()

    def tell_once(self, words: str) -> None:
        """A line that stands there until anything is shown anew."""
        self.say("trouble", Content(words))
        self._stood = None

    def show_status_anew(self) -> None:
        """The same, where a person turned something on the screen that may have to turn back."""
        self._stood = None
        self.show_status()

    def show_status(self) -> None:
        """Everything that follows from the answers as they stand, but the answer itself."""
        if not self._answers:
            super().show_status()
            return
        self.bar.status = self.session.status
        stands = self._stands()
        if stands != self._stood:
            self._stood = stands
            self._show_standing(stands)

    def _stands(self) -> _Standing:
        interview, answer = self.session.interview, self.answer
        at, total = place = interview.place(self.question)
        where = _("{at} of {total}").format(at=at, total=total) if at else _("not on the short path")
        # A small window shows the buttons that mark a question only after scrolling: the mark itself stands on top.
        mark = answer_state_text(answer)
        trouble = kinds.validation_message(self.question, answer.value)
        one = interview.catalogue.set(self.question.set_id)
        pane = self.query_one(SetsPane)
        return _Standing(
            heading=heading(interview),
            title=with_child(one.title, interview) if one else "",
            place=place,
            where=f"● {mark} · {where}" if mark else where,
            share=effective_share(self.question, answer),
            state=answer.state,
            next_label=_("Done →") if self.back_to != "plan" else _("Next →"),
            note_label=_("Our note") if answer.note else _("Add a note"),
            trouble=trouble or self.trouble or self.session.read_only or self._say,
            is_trouble=bool(trouble or self.session.trouble),
            offers_previous=self.offers_previous,
            sets=pane.counts(interview, self.question.set_id) if pane.display else (),
        )

    def _show_standing(self, stands: _Standing) -> None:
        self.bar.heading = stands.heading
        line = self.query_one(ProgressLine)
        line.title = stands.title
        line.place = stands.place
        line.words = stands.where
        self.query_one("#who", RadioRow).chosen = stands.share
        for mark in ("unsure", "ask"):
            self.query_one(f"#{mark}", LineButton).marked = stands.state == mark
        self.query_one("#skip", LineButton).marked = stands.state == "skipped"
        self.query_one("#next", LineButton).label = stands.next_label
        self.query_one("#note", LineButton).label = stands.note_label
        self.say("trouble", plain_content(stands.trouble))
        self._passages["trouble"].set_class(stands.is_trouble, "-trouble")
        self.query_one("#keep").set_class(not stands.offers_previous, "-empty")
        self.query_one(SetsPane).show(self.session.interview, self.question.set_id)

    def say(self, name: str, content: Content) -> None:
        """Show `content` in the passage of this name, nothing where it is empty."""
        self._passages[name].say(content)

    def _show_last_year(self) -> None:
        last = self.session.last_year(self.question)
        self.query_one("#last-year").set_class(last is None, "-empty")
        if last is not None:
            words = answer_text(self.question, last.value, self.session.interview)
            self.say(
                "last-words", Content.assemble(Content.styled(_("Last meeting: "), "bold $tan"), plain_content(words))
            )

    @property
    def offers_previous(self) -> bool:
        """Whether the last meeting's answer may be taken over: only where it writes over nothing."""
        return kinds.is_empty(self.question, self.answer.value) and not self.session.read_only
