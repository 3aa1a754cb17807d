"""Home screen: the children on this computer, most recent first, and buttons to start a new one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Literal

import msgspec
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import ScreenResume
from textual.message import Message
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from iep_tui.core.wording import welcome_lines
from iep_tui.i18n import N_, _
from iep_tui.services.case_list import CaseRow
from iep_tui.tui.keys import bindings, commands
from iep_tui.tui.screens.base_screen import KeyedScreen
from iep_tui.tui.textual_ext.marked_option_list import MarkedOptionList
from iep_tui.tui.themes import plain_content
from iep_tui.tui.widgets.header_footer import CaseHeader, KeyFooter
from iep_tui.tui.widgets.line_button import LineButton
from iep_tui.tui.widgets.list_entry import ListEntry

if TYPE_CHECKING:
    from textual.widgets import Input

#: From this many children on there is a field to filter the list by name.
FIND_FROM = 8
#: Rows shown at first, and added each time: every row takes time to lay out.
FIRST_ROWS = 24
#: More rows are added when the cursor or the view is within this many rows of the end.
LOAD_WITHIN = 10


class ListPart(msgspec.Struct, frozen=True):
    """The next children of the list, and the `total` number known so far. With `anew` they replace the list shown,
    which came from the cached case index. `say` explains why others cannot be shown."""

    children: tuple[CaseRow, ...]
    total: int
    anew: bool = False
    say: str = ""


#: Returns the next children, None after the last.
NextPart = Callable[[], ListPart | None]


class HomeChoice(msgspec.Struct, frozen=True):
    """A choice made on the home screen: open a case, start a new one or the example, restore an earlier copy, open the
    menu of a case ("care"), or import a file ("bring")."""

    act: Literal["open", "new", "example", "earlier", "care", "bring"]
    case_id: str = ""


class HomeScreen(KeyedScreen[HomeChoice]):
    """The first screen. Without any child yet, it introduces the program in three lines."""

    class Shown(Message):
        """The screen was drawn for the first time."""

    PLACE = "home"
    TITLE = N_("all children")
    BINDINGS: ClassVar[list[BindingType]] = bindings("home")

    def __init__(
        self, children: tuple[CaseRow, ...], say: str = "", *, total: int = 0, more: NextPart = lambda: None
    ) -> None:
        """`children` are shown at once; `more` is called for the others, of `total` in all, while the screen is in use.

        Rows are matched by case id, so the cursor stays on its child when the list changes.
        """
        super().__init__()
        self.children_shown = [*children]
        self._all = [*children]
        self._total = max(total, len(children))
        self._more = more
        self._filter_text = ""
        self._say = say
        self._was_shown = False

    def compose(self) -> ComposeResult:
        yield CaseHeader()
        with VerticalScroll(id="page", can_focus=False):
            yield Static(Content(_("Get ready for a school meeting")), id="title")
            if not self._all:
                yield Static(plain_content("\n".join(welcome_lines())), id="help")
            if self._say:
                yield Static(plain_content(self._say), id="say")
            if self._all and self._total < FIND_FROM:
                yield self._build_list()
            elif self._all:
                with Vertical(id="children"):
                    yield Static(plain_content(_("Find a name")), id="find-place")
                    yield self._build_list()
                    if self._total > FIRST_ROWS:
                        yield Static(self._count_text(), id="how-many", classes="hint")
            with Horizontal(id="starts"):
                yield LineButton(_("Start for a new child"), id="new", classes="" if self._all else "main")
                yield LineButton(_("Try it with a made-up child"), id="example")
                yield LineButton(_("What is an IEP?"), id="about")
        yield KeyFooter(commands("home"))

    def on_mount(self) -> None:
        self.call_after_refresh(self.post_message, self.Shown())
        self.query_one(CaseHeader).heading = _("IEP meeting preparation")
        if self._all:
            self.query_one("#cases").focus()
            if self._total > FIRST_ROWS:
                self.watch(self.query_one("#cases"), "scroll_y", self._add_rows, init=False)
            self.call_after_refresh(self.run_worker, self._load_rest, name="take-in")
        else:
            self.query_one("#new").focus()

    def on_screen_resume(self, event: ScreenResume) -> None:
        """Skip restyling the first time: all widgets were styled when they were mounted."""
        event.refresh_styles = self._was_shown
        self._was_shown = True

    def _build_list(self) -> MarkedOptionList:
        cases = MarkedOptionList(*_options(self.children_shown[:FIRST_ROWS]), id="cases", compact=True, markup=False)
        cases.highlighted = 0 if self.children_shown else None
        return cases

    def _fill(self) -> None:
        cases = self.query_one("#cases", OptionList)
        cases.set_options(_options(self.children_shown[:FIRST_ROWS]))
        cases.highlighted = 0 if self.children_shown else None

    def _update_rows(self, before: list[CaseRow]) -> None:
        """Refill the list if its rows changed; the cursor stays on its child. `before` are the children shown."""
        cases = self.query_one("#cases", OptionList)
        count = cases.option_count
        if self.children_shown[:count] == before[:count]:
            self._add_rows()
            return
        at = cases.highlighted
        ids = [child.case_id for child in self.children_shown]
        new_at = at
        if at is not None and before[at].case_id in ids:
            new_at = ids.index(before[at].case_id)
        cases.set_options(_options(self.children_shown[: max(FIRST_ROWS, (new_at or 0) + LOAD_WITHIN)]))
        cases.highlighted = min(new_at or 0, cases.option_count - 1) if cases.option_count else None

    def _add_rows(self) -> None:
        """Add rows when the cursor or the view comes near the end of those in the list."""
        cases = self.query_one("#cases", OptionList)
        count = cases.option_count
        at = cases.highlighted or 0
        in_view = cases.scroll_offset.y + cases.size.height >= cases.virtual_size.height - LOAD_WITHIN
        if count < len(self.children_shown) and (at >= count - LOAD_WITHIN or in_view):
            cases.add_options(_options(self.children_shown[count : count + FIRST_ROWS]))

    async def _load_rest(self) -> None:
        """Mount the filter field, then load the remaining children, a few at a time so that no key waits.

        Stops when the screen is being removed: its widgets go before it does.
        """
        for placeholder in self.query("#find-place"):
            await self._mount_filter(placeholder)
        while self._has_list and (part := self._more()) is not None:
            if part.children or part.anew or part.total != self._total:
                self._add_part(part)
            await asyncio.sleep(0)

    @property
    def _has_list(self) -> bool:
        return not self.is_dismissed and bool(self.query("#cases"))

    async def _mount_filter(self, placeholder: Widget) -> None:
        """Replace the placeholder with the filter field, which is too slow to load for the first frame."""
        from iep_tui.tui.textual_ext.line_input import LineInput

        if not self._has_list:
            return
        with self.app.batch_update():
            await self.query_one("#children").mount(
                LineInput(id="find", placeholder=_("Find a name")), before=placeholder
            )
            await placeholder.remove()

    def _add_part(self, part: ListPart) -> None:
        before = self.children_shown
        matching = [child for child in part.children if self._filter_text in child.name.casefold()]
        self._all = [*part.children] if part.anew else [*self._all, *part.children]
        self.children_shown = matching if part.anew else [*before, *matching]
        self._total = part.total
        if part.say:
            self._show_message(part.say)
        self._update_count()
        if before:
            self._update_rows(before)
        else:
            self._fill()

    def _show_message(self, words: str) -> None:
        """Show a message above the list."""
        line = self.query("#say")
        if line:
            line.only_one(Static).update(plain_content(words))
        else:
            self.query_one("#page").mount(Static(plain_content(words), id="say"), after="#title")

    def _update_count(self) -> None:
        for line in self.query("#how-many").results(Static):
            line.update(self._count_text())

    def _count_text(self) -> Content:
        known = len(self._all)
        if not self._total:
            words = _("There is no child in the list.")
        elif known < self._total:
            words = _("Looking through the others: {known} of {total}. You can begin.")
        else:
            words = _("{total} children, the last changed first. Find a name, or go down the list.")
        return plain_content(words.format(known=f"{known:,}", total=f"{self._total:,}"))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self._add_rows()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._filter_text = event.value.strip().casefold()
        self.children_shown = [child for child in self._all if self._filter_text in child.name.casefold()]
        self._fill()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one("#cases").focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        # An unreadable case is opened too: its newest good copy may work, and if not, the app shows the reason.
        child = next((child for child in self.children_shown if child.case_id == event.option_id), None)
        if child is not None:
            self.leave(HomeChoice("earlier" if child.lost else "open", child.case_id))

    def action_earlier(self) -> None:
        self._leave_with("earlier")

    def action_bring(self) -> None:
        self.leave(HomeChoice("bring"))

    def action_care(self) -> None:
        self._leave_with("care")

    def _leave_with(self, act: Literal["earlier", "care"]) -> None:
        """Leave with an action for the highlighted child, if there is one."""
        for cases in self.query("#cases").results(OptionList):
            if cases.highlighted is not None:
                self.leave(HomeChoice(act, self.children_shown[cases.highlighted].case_id))

    async def on_line_button_pressed(self, event: LineButton.Pressed) -> None:
        event.stop()
        if event.button.id == "about":
            await self.run_action("app.about")
            return
        self.leave(HomeChoice("new" if event.button.id == "new" else "example"))


def _options(children: list[CaseRow]) -> list[Option]:
    return [Option(_line(child), id=child.case_id) for child in children]


def _line(child: CaseRow) -> ListEntry:
    if child.trouble:
        return ListEntry(plain_content(child.name), Content(_("can’t be read – press Enter for details")))
    return ListEntry(
        plain_content(child.name), plain_content(" · ".join(part for part in (child.meeting, child.progress) if part))
    )
