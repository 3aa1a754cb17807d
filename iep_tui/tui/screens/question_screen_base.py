"""Display half of the question screen: the question, its answer, and everything derived from them."""

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
from iep_tui.tui.widgets.question_help import QuestionHelp, first_help, side_pane_help
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


class _StatusView(NamedTuple):
    """Everything shown that is derived from the answers, except the answer itself. A typed letter seldom changes any of
    it, and if nothing changed, no widget is updated."""

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
    """A screen that stays mounted from question to question, with one answer widget of each kind."""

    CSS_PATH = ["case_screen.tcss", "question_screen.tcss"]  # noqa: RUF012 - Textual declares it for instances

    def __init__(self, session: CaseSession, question: Question, glossary: Glossary, target: ScreenExit) -> None:
        super().__init__(session, target.say)
        self.question = question
        self.glossary = glossary
        self.back_to = target.back_to
        self._answers: dict[type[AnswerWidget], AnswerWidget] = {}
        self._shown_status: _StatusView | None = None
        self._statics = {
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
                    yield self._statics["title"]
                with self.page:
                    yield self._statics["help"]
                    with Vertical(id="last-year"):
                        yield self._statics["last-words"]
                        yield LineButton(_("Keep this answer"), id="keep")
                    yield self._statics["trouble"]
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
                yield self._statics["aside-text"]

    @property
    def answer(self) -> Answer:
        """The current answer to the question on the screen."""
        return self.session.meeting.answers.of(self.question.id)

    @property
    def widget(self) -> AnswerWidget:
        """The widget with the answer to the question on the screen."""
        return self._answers[_WIDGETS[self.question.kind]]

    async def widget_for(self, question: Question) -> AnswerWidget:
        """Return the answer widget for this kind of question, mounting it for the first of its kind."""
        kind = _WIDGETS[question.kind]
        widget = self._answers.get(kind)
        if widget is None:
            widget = kind()
            await self.page.mount(widget, before="#trouble")
        return widget

    def present(self, question: Question, answer_widget: AnswerWidget) -> Widget:
        """Show this question, with its answer in `answer_widget`, and return the widget to focus.

        Nothing is mounted, and texts of the same height as before are not laid out again.
        """
        self._answers[type(answer_widget)] = answer_widget
        self.question = question
        interview = self.session.interview
        child = child_text(interview)
        with self.app.batch_update():
            for widget in self._answers.values():
                widget.display = widget is answer_widget
            self.remove_class("-filling")
            self.say("title", plain_content(with_child(question.title, interview)))
            self.say("help", paragraphs(first_help(question), child))
            self.show_answer()
            self.widget.hold(bool(self.session.read_only))
            self._show_last_year()
            self.note.read_only = bool(self.session.read_only)
            self.query_one(QuestionHelp).show(question, child, self.glossary)
            self.say("aside-text", side_pane_help(question, child, self.glossary))
            self.show_status()
            if self.page.scroll_y or self.page.scroll_target_y:
                self.page.scroll_home(animate=False)
        return self.widget.first_focus()

    def keep_in_view(self, field: Widget) -> None:
        """Scroll to the field unless it is fully in view."""
        if not self.page.region.contains_region(field.region):
            field.scroll_visible(animate=False)

    def show_answer(self) -> None:
        """Fill the fields with the current answer and its note."""
        self.widget.show(self.question, self.answer.value, child_text(self.session.interview))
        self.note.put(self.answer.note)
        self.query_one("#note-box").set_class(not self.answer.note, "-empty")

    def on_resize(self) -> None:
        """Update the pane of sets, which a wider window shows."""
        self.call_after_refresh(self._refresh_after_resize)

    def _refresh_after_resize(self) -> None:
        if self.is_drawn:
            self.show_status()

    def show_message(self, words: str) -> None:
        """Show a message until the status changes or is refreshed."""
        self.say("trouble", Content(words))
        self._shown_status = None

    def refresh_status(self) -> None:
        """Show the status even if it is unchanged, to reset a control that the user moved."""
        self._shown_status = None
        self.show_status()

    def show_status(self) -> None:
        """Show everything derived from the current answers, except the answer itself."""
        if not self._answers:
            super().show_status()
            return
        self.bar.status = self.session.status
        view = self._status_view()
        if view != self._shown_status:
            self._shown_status = view
            self._show_status_view(view)

    def _status_view(self) -> _StatusView:
        interview, answer = self.session.interview, self.answer
        at, total = place = interview.place(self.question)
        where = _("{at} of {total}").format(at=at, total=total) if at else _("not on the short path")
        # In a small window the mark buttons are out of view, so the mark is also shown at the top.
        mark = answer_state_text(answer)
        trouble = kinds.validation_message(self.question, answer.value)
        question_set = interview.catalogue.set(self.question.set_id)
        pane = self.query_one(SetsPane)
        return _StatusView(
            heading=heading(interview),
            title=with_child(question_set.title, interview) if question_set else "",
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

    def _show_status_view(self, view: _StatusView) -> None:
        self.bar.heading = view.heading
        line = self.query_one(ProgressLine)
        line.title = view.title
        line.place = view.place
        line.words = view.where
        self.query_one("#who", RadioRow).chosen = view.share
        for mark in ("unsure", "ask"):
            self.query_one(f"#{mark}", LineButton).marked = view.state == mark
        self.query_one("#skip", LineButton).marked = view.state == "skipped"
        self.query_one("#next", LineButton).label = view.next_label
        self.query_one("#note", LineButton).label = view.note_label
        self.say("trouble", plain_content(view.trouble))
        self._statics["trouble"].set_class(view.is_trouble, "-trouble")
        self.query_one("#keep").set_class(not view.offers_previous, "-empty")
        self.query_one(SetsPane).show(self.session.interview, self.question.set_id)

    def say(self, name: str, content: Content) -> None:
        """Show `content` in the widget of this id, which is hidden if it is empty."""
        self._statics[name].say(content)

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
        """True if the last meeting's answer may be carried over: only over an empty answer."""
        return kinds.is_empty(self.question, self.answer.value) and not self.session.read_only
