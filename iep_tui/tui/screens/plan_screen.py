"""Plan screen: the question sets as tasks, with progress and estimated time."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Resize
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from iep_tui.core.wording import child_text, meeting_line, progress_text, stage_text, time_left_text, with_child
from iep_tui.i18n import N_, _
from iep_tui.tui.keys import bindings
from iep_tui.tui.screens.case_screen import CaseScreen, ScreenExit
from iep_tui.tui.textual_ext.marked_option_list import MarkedOptionList
from iep_tui.tui.themes import plain_content
from iep_tui.tui.widgets.deadlines_pane import DeadlinesPane
from iep_tui.tui.widgets.line_button import LineButton
from iep_tui.tui.widgets.radio_row import RadioRow
from iep_tui.tui.widgets.sets_pane import set_mark


class PlanScreen(CaseScreen):
    """The sets of the path, to be opened in any order, and the next deadlines."""

    PLACE = "plan"
    TITLE = N_("plan")
    BINDINGS: ClassVar[list[BindingType]] = bindings("plan")

    def body(self) -> ComposeResult:
        with Vertical(id="page"):
            yield Static(Content(""), id="title")
            yield Static(Content(""), id="help")
            yield Static(Content(""), id="say")
            with Horizontal(id="next-step"):
                yield Static(Content(""), id="next-words")
                yield LineButton(_("Go on →"), id="go-on", classes="main")
            yield DeadlinesPane(id="dates")
            yield RadioRow(_("Questions:"), (("short", _("Short path")), ("all", _("All questions"))), id="path-length")
            yield MarkedOptionList(id="set-list", compact=True, markup=False)
            with Vertical(id="more"), Horizontal(classes="row-buttons"):
                yield LineButton(_("Review answers"), id="review")
                yield LineButton(_("Prep sheet"), id="sheet")
                yield LineButton(_("Next meeting"), id="next-meeting")

    async def on_mount(self) -> None:
        self.query_one("#path-length", RadioRow).chosen = "short" if self.session.short else "all"
        self._fill()
        self.query_one("#go-on").focus()

    def on_resize(self, event: Resize) -> None:
        self.call_after_refresh(self._fill_dates)
        self.call_after_refresh(self._fill_sets)

    def _fill(self) -> None:
        interview = self.session.interview
        title = _("Getting ready for {child}’s meeting") if interview.child_name() else _("Getting ready")
        self.query_one("#title", Static).update(plain_content(title.format(child=interview.child_name())))
        about = self.query_one("#help", Static)
        about.update(plain_content(meeting_line(interview)))
        about.set_class(not meeting_line(interview), "-empty")
        say = self.query_one("#say", Static)
        words = self.session.read_only or self.trouble or self._say
        say.update(plain_content(words))
        say.set_class(not words, "-empty")
        self.query_one("#next-words", Static).update(self._next_words())
        self._fill_dates()
        self._fill_sets()

    def _fill_dates(self) -> None:
        interview = self.session.interview
        self.query_one(DeadlinesPane).show(interview, child_text(interview))

    def _next_words(self) -> Content:
        interview = self.session.interview
        question = interview.first_open()
        if question is None:
            return Content(_("You have gone through all the questions. Your prep sheet is ready to read."))
        question_set = interview.catalogue.set(question.set_id)
        at, total = interview.place(question)
        left = time_left_text(interview.progress().minutes)
        where = _(", question {at} of {total}.").format(at=at, total=total)
        name = plain_content(with_child(question_set.title, interview) if question_set else "").stylize("bold")
        return Content.assemble(_("Next: "), name, f"{where} {left}")

    def _fill_sets(self) -> None:
        sets = self.query_one("#set-list", OptionList)
        interview = self.session.interview
        width = max(sets.scrollable_content_region.width - 2, 20)
        options: list[Option] = []
        stage = ""
        for question_set, _questions in interview.sets:
            if question_set.stage != stage:
                stage = question_set.stage
                lead = "\n" if options else ""
                options.append(Option(Content.styled(f"{lead}{stage_text(stage)}", "bold $tan"), disabled=True))
            progress = interview.progress(question_set.id)
            count = _("{done} of {total}").format(done=progress.done, total=progress.total)
            name = with_child(question_set.title, interview)
            title = plain_content(f"{set_mark(progress.seen, progress.total)}  {name}")
            words = progress_text(progress.seen, progress.done, progress.total)
            right = f"{words}  {count}" if width >= 50 else count
            room = max(width - len(right) - 1, 8)
            line = Content.assemble(title.truncate(room, ellipsis=True, pad=True), " ", right)
            options.append(Option(line, id=question_set.id))
        at = sets.highlighted
        sets.set_options(options)
        if at is None or at >= len(options):
            at = next((index for index, option in enumerate(options) if not option.disabled), None)
        sets.highlighted = at

    def on_radio_row_chosen(self, event: RadioRow.Chosen) -> None:
        event.stop()
        self.session.use_short_path(event.value == "short")
        self._fill()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        interview = self.session.interview
        set_id = event.option_id or ""
        first = next((questions[0] for each_set, questions in interview.sets if each_set.id == set_id), None)
        question = interview.first_open(set_id) or first
        if question is not None:
            self.leave(ScreenExit("question", question.id))

    def on_line_button_pressed(self, event: LineButton.Pressed) -> None:
        event.stop()
        if event.button.id == "go-on":
            question = self.session.interview.first_open()
            self.leave(ScreenExit("question", question.id) if question else ScreenExit("sheet"))
        elif event.button.id == "review":
            self.leave(ScreenExit("review"))
        elif event.button.id == "sheet":
            self.leave(ScreenExit("sheet"))
        elif event.button.id == "next-meeting":
            self.action_next_meeting()

    def on_deadlines_pane_chosen(self, event: DeadlinesPane.Chosen) -> None:
        event.stop()
        self.leave(ScreenExit("question", event.question_id) if event.question_id else ScreenExit("dates"))

    def action_changes(self) -> None:
        """Show the notice from opening the case again."""
        self._say = self.session.notice or _("The questions are the ones you answered.")
        self._fill()

    def action_dates(self) -> None:
        self.leave(ScreenExit("dates"))

    def action_next_meeting(self) -> None:
        self.leave(ScreenExit("next-meeting"))

    def action_up(self) -> None:
        self.leave(ScreenExit("home"))
