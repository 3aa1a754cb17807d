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
from iep_tui.core.wording import answer_words, child_words, share_options, state_words, with_child
from iep_tui.i18n import _
from iep_tui.services.session import Sitting
from iep_tui.tui.screens.case_screen import CaseScreen, Go, heading
from iep_tui.tui.textual_ext.text_fields import WordsField
from iep_tui.tui.themes import paragraphs, plain
from iep_tui.tui.widgets.answer_widget import AnswerWidget
from iep_tui.tui.widgets.cached_static import Passage
from iep_tui.tui.widgets.choice_answer import ChoiceAnswer
from iep_tui.tui.widgets.line_answer import LineAnswer
from iep_tui.tui.widgets.line_button import Press
from iep_tui.tui.widgets.progress_line import ProgressLine
from iep_tui.tui.widgets.question_help import Asides, beside, first_help
from iep_tui.tui.widgets.radio_row import Chooser
from iep_tui.tui.widgets.sets_pane import SetsPane
from iep_tui.tui.widgets.table_answer import RowsAnswer
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
    may_keep: bool
    sets: tuple[object, ...]


class AskedScreen(CaseScreen):
    """The parent's words are the brightest thing on it. It stays mounted while questions come and go."""

    CSS_PATH = ["case_screen.tcss", "question_screen.tcss"]  # noqa: RUF012 - Textual declares it for instances

    def __init__(self, sitting: Sitting, question: Question, glossary: Glossary, go: Go) -> None:
        super().__init__(sitting, go.say)
        self.question = question
        self.glossary = glossary
        self.back_to = go.back_to
        self._answers: dict[type[AnswerWidget], AnswerWidget] = {}
        self._stood: _Standing | None = None
        self._passages = {name: Passage(id=name) for name in ("title", "help", "last-words", "trouble", "aside-text")}
        self.page = VerticalScroll(id="page", can_focus=False)
        self.note = WordsField(id="note-words", classes="words")

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
                        yield Press(_("Keep this answer"), id="keep")
                    yield self._passages["trouble"]
                    yield Asides()
                    yield Chooser(_("Who may read this?"), share_options(), id="who")
                    with Horizontal(id="marks"):
                        yield Press(_("Not sure"), id="unsure")
                        yield Press(_("Ask the school"), id="ask")
                        yield Press(_("Add a note"), id="note")
                    with Vertical(id="note-box"):
                        yield Static(Content(_("A note, only for you. It is on no sheet for others.")), classes="hint")
                        yield self.note
                with Horizontal(id="steps"):
                    yield Press(_("← Back"), id="back")
                    yield Static(Content(""), classes="gap")
                    yield Press(_("Skip for now"), id="skip")
                    yield Press(_("Next →"), id="next", classes="main")
            with VerticalScroll(id="aside", can_focus=False):
                yield self._passages["aside-text"]

    @property
    def answer(self) -> Answer:
        """The answer to the question on the screen, as it stands."""
        return self.sitting.meeting.answers.of(self.question.id)

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

    def put_up(self, question: Question, room: AnswerWidget) -> Widget:
        """Show this question in the place of the one before, its answer in `room`, and give back what takes the focus.
        What did not change stays as it is: nothing is mounted, and what is as tall as before is not laid out again."""
        self._answers[type(room)] = room
        self.question = question
        interview = self.sitting.interview
        child = child_words(interview)
        with self.app.batch_update():
            for widget in self._answers.values():
                widget.display = widget is room
            self.remove_class("-filling")
            self.say("title", plain(with_child(question.title, interview)))
            self.say("help", paragraphs(first_help(question), child))
            self.show_answer()
            self.widget.hold(bool(self.sitting.read_only))
            self._show_last_year()
            self.note.read_only = bool(self.sitting.read_only)
            self.query_one(Asides).show(question, child, self.glossary)
            self.say("aside-text", beside(question, child, self.glossary))
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
        self.widget.show(self.question, self.answer.value, child_words(self.sitting.interview))
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
        self.bar.status = self.sitting.status
        stands = self._stands()
        if stands != self._stood:
            self._stood = stands
            self._show_standing(stands)

    def _stands(self) -> _Standing:
        interview, answer = self.sitting.interview, self.answer
        at, total = place = interview.place(self.question)
        where = _("{at} of {total}").format(at=at, total=total) if at else _("not on the short path")
        # A small window shows the buttons that mark a question only after scrolling: the mark itself stands on top.
        mark = state_words(answer)
        trouble = kinds.trouble(self.question, answer.value)
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
            trouble=trouble or self.trouble or self.sitting.read_only or self._say,
            is_trouble=bool(trouble or self.sitting.trouble),
            may_keep=self.may_keep,
            sets=pane.counts(interview, self.question.set_id) if pane.display else (),
        )

    def _show_standing(self, stands: _Standing) -> None:
        self.bar.heading = stands.heading
        line = self.query_one(ProgressLine)
        line.title = stands.title
        line.place = stands.place
        line.words = stands.where
        self.query_one("#who", Chooser).chosen = stands.share
        for mark in ("unsure", "ask"):
            self.query_one(f"#{mark}", Press).marked = stands.state == mark
        self.query_one("#skip", Press).marked = stands.state == "skipped"
        self.query_one("#next", Press).label = stands.next_label
        self.query_one("#note", Press).label = stands.note_label
        self.say("trouble", plain(stands.trouble))
        self._passages["trouble"].set_class(stands.is_trouble, "-trouble")
        self.query_one("#keep").set_class(not stands.may_keep, "-empty")
        self.query_one(SetsPane).show(self.sitting.interview, self.question.set_id)

    def say(self, name: str, content: Content) -> None:
        """Show `content` in the passage of this name, nothing where it is empty."""
        self._passages[name].say(content)

    def _show_last_year(self) -> None:
        last = self.sitting.last_year(self.question)
        self.query_one("#last-year").set_class(last is None, "-empty")
        if last is not None:
            words = answer_words(self.question, last.value, self.sitting.interview)
            self.say("last-words", Content.assemble(Content.styled(_("Last meeting: "), "bold $tan"), plain(words)))

    @property
    def may_keep(self) -> bool:
        """Whether the last meeting's answer may be taken over: only where it writes over nothing."""
        return kinds.is_empty(self.question, self.answer.value) and not self.sitting.read_only
