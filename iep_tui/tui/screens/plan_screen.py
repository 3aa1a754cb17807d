"""Plan screen: the parts of the preparation as tasks, with progress and estimated time."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Resize
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from iep_tui.core.wording import child_words, meeting_line, progress_words, stage_words, with_child
from iep_tui.i18n import N_, _, ngettext
from iep_tui.tui.keys import bindings
from iep_tui.tui.screens.case_screen import CaseScreen, Go
from iep_tui.tui.textual_ext.marked_option_list import Lines
from iep_tui.tui.themes import plain
from iep_tui.tui.widgets.deadlines_pane import DatesPane
from iep_tui.tui.widgets.line_button import Press
from iep_tui.tui.widgets.radio_row import Chooser
from iep_tui.tui.widgets.sets_pane import set_mark


class PlanScreen(CaseScreen):
    """Any set can be opened, in any order."""

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
                yield Press(_("Go on →"), id="go-on", classes="main")
            yield DatesPane(id="dates")
            yield Chooser(_("Questions:"), (("short", _("Short path")), ("all", _("All questions"))), id="path-length")
            yield Lines(id="set-list", compact=True, markup=False)
            with Vertical(id="more"), Horizontal(classes="row-buttons"):
                yield Press(_("Review answers"), id="review")
                yield Press(_("Prep sheet"), id="sheet")
                yield Press(_("Next meeting"), id="next-meeting")

    async def on_mount(self) -> None:
        self.query_one("#path-length", Chooser).chosen = "short" if self.sitting.short else "all"
        self._fill()
        self.query_one("#go-on").focus()

    def on_resize(self, event: Resize) -> None:
        self.call_after_refresh(self._fill_dates)
        self.call_after_refresh(self._fill_sets)

    def _fill(self) -> None:
        interview = self.sitting.interview
        title = _("Getting ready for {child}’s meeting") if interview.child_name() else _("Getting ready")
        self.query_one("#title", Static).update(plain(title.format(child=interview.child_name())))
        about = self.query_one("#help", Static)
        about.update(plain(meeting_line(interview)))
        about.set_class(not meeting_line(interview), "-empty")
        say = self.query_one("#say", Static)
        words = self.sitting.read_only or self.trouble or self._say
        say.update(plain(words))
        say.set_class(not words, "-empty")
        self.query_one("#next-words", Static).update(self._next_words())
        self._fill_dates()
        self._fill_sets()

    def _fill_dates(self) -> None:
        interview = self.sitting.interview
        self.query_one(DatesPane).show(interview, child_words(interview))

    def _next_words(self) -> Content:
        interview = self.sitting.interview
        question = interview.first_open()
        if question is None:
            return Content(_("Every question here has been looked at. The prep sheet is ready to read."))
        one = interview.catalogue.set(question.set_id)
        at, total = interview.place(question)
        minutes = interview.progress().minutes
        left = ngettext("About {minutes} minute is left in all.", "About {minutes} minutes are left in all.", minutes)
        where = _(", question {at} of {total}.").format(at=at, total=total)
        name = plain(with_child(one.title, interview) if one else "").stylize("bold")
        return Content.assemble(_("Next: "), name, f"{where} {left.format(minutes=minutes)}")

    def _fill_sets(self) -> None:
        sets = self.query_one("#set-list", OptionList)
        interview = self.sitting.interview
        width = max(sets.scrollable_content_region.width - 2, 20)
        options: list[Option] = []
        stage = ""
        for one, _questions in interview.sets:
            if one.stage != stage:
                stage = one.stage
                lead = "\n" if options else ""
                options.append(Option(Content.styled(f"{lead}{stage_words(one.stage)}", "bold $tan"), disabled=True))
            progress = interview.progress(one.id)
            count = _("{done} of {total}").format(done=progress.done, total=progress.total)
            title = plain(f"{set_mark(progress.seen, progress.total)}  {with_child(one.title, interview)}")
            words = progress_words(progress.seen, progress.done, progress.total)
            right = f"{words}  {count}" if width >= 50 else count
            room = max(width - len(right) - 1, 8)
            line = Content.assemble(title.truncate(room, ellipsis=True, pad=True), " ", right)
            options.append(Option(line, id=one.id))
        at = sets.highlighted
        sets.set_options(options)
        if at is None or at >= len(options):
            at = next((place for place, option in enumerate(options) if not option.disabled), None)
        sets.highlighted = at

    def on_chooser_chosen(self, event: Chooser.Chosen) -> None:
        event.stop()
        self.sitting.use_short_path(event.value == "short")
        self._fill()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        interview = self.sitting.interview
        set_id = event.option_id or ""
        first = next((questions[0] for one, questions in interview.sets if one.id == set_id), None)
        question = interview.first_open(set_id) or first
        if question is not None:
            self.leave(Go("question", question.id))

    def on_press_pressed(self, event: Press.Pressed) -> None:
        event.stop()
        if event.press.id == "go-on":
            question = self.sitting.interview.first_open()
            self.leave(Go("question", question.id) if question else Go("sheet"))
        elif event.press.id == "review":
            self.leave(Go("review"))
        elif event.press.id == "sheet":
            self.leave(Go("sheet"))
        elif event.press.id == "next-meeting":
            self.action_next_meeting()

    def on_dates_pane_chosen(self, event: DatesPane.Chosen) -> None:
        event.stop()
        self.leave(Go("question", event.question_id) if event.question_id else Go("dates"))

    def action_changes(self) -> None:
        """Say again what was said when the case was opened."""
        self._say = self.sitting.notice or _("The questions are the ones you answered.")
        self._fill()

    def action_dates(self) -> None:
        self.leave(Go("dates"))

    def action_next_meeting(self) -> None:
        self.leave(Go("next-meeting"))

    def action_up(self) -> None:
        self.leave(Go("home"))
