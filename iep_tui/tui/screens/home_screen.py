"""Home screen: the children on this computer, most recent first, and a new start."""

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

#: With fewer children than this the list itself is quicker than a field to find in it.
FIND_FROM = 8
#: So many lines stand in the list at first, and so many come when the cursor is near its end: a row costs its time.
FIRST_ROWS = 24
LOAD_WITHIN = 10


class ListPart(msgspec.Struct, frozen=True):
    """Some children more, of `total` in all as far as is known. With `anew` the list begins with them: what stood there
    was as it had been at the last look. `say` is why the others cannot be shown."""

    children: tuple[CaseRow, ...]
    total: int
    anew: bool = False
    say: str = ""


#: Gives the next children, None after the last.
More = Callable[[], ListPart | None]


class HomeChoice(msgspec.Struct, frozen=True):
    """What was chosen at home: open a case, start a new one, look at the made-up child, go back to an earlier copy,
    see what else can be done with a child's file, bring in a file from elsewhere."""

    act: Literal["open", "new", "example", "earlier", "care", "bring"]
    case_id: str = ""


class HomeScreen(KeyedScreen[HomeChoice]):
    """The first screen. With no child yet it explains itself in three lines."""

    class Shown(Message):
        """It was drawn for the first time."""

    PLACE = "home"
    TITLE = N_("all children")
    BINDINGS: ClassVar[list[BindingType]] = bindings("home")

    def __init__(
        self, children: tuple[CaseRow, ...], say: str = "", *, total: int = 0, more: More = lambda: None
    ) -> None:
        """`children` are shown at once, the others of all `total` come from `more`, while everything can be used.

        A line belongs to its child by the id, so the list may change under the cursor, which stays on its child.
        """
        super().__init__()
        self.children_shown = [*children]
        self._all = [*children]
        self._total = max(total, len(children))
        self._more = more
        self._wanted = ""
        self._say = say
        self._seen = False

    def compose(self) -> ComposeResult:
        yield CaseHeader()
        with VerticalScroll(id="page", can_focus=False):
            yield Static(Content(_("Get ready for a school meeting")), id="title")
            if not self._all:
                yield Static(plain_content("\n".join(welcome_lines())), id="help")
            if self._say:
                yield Static(plain_content(self._say), id="say")
            if self._all and self._total < FIND_FROM:
                yield self._lines()
            elif self._all:
                with Vertical(id="children"):
                    yield Static(plain_content(_("Find a name")), id="find-place")
                    yield self._lines()
                    if self._total > FIRST_ROWS:
                        yield Static(self._how_many(), id="how-many", classes="hint")
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
                self.watch(self.query_one("#cases"), "scroll_y", self._lengthen, init=False)
            self.call_after_refresh(self.run_worker, self._take_in, name="take-in")
        else:
            self.query_one("#new").focus()

    def on_screen_resume(self, event: ScreenResume) -> None:
        """When it is first seen, all in it was styled just now as it came."""
        event.refresh_styles = self._seen
        self._seen = True

    def _lines(self) -> MarkedOptionList:
        lines = MarkedOptionList(*_options(self.children_shown[:FIRST_ROWS]), id="cases", compact=True, markup=False)
        lines.highlighted = 0 if self.children_shown else None
        return lines

    def _fill(self) -> None:
        cases = self.query_one("#cases", OptionList)
        cases.set_options(_options(self.children_shown[:FIRST_ROWS]))
        cases.highlighted = 0 if self.children_shown else None

    def _put_right(self, before: list[CaseRow]) -> None:
        """Show the list as it is now, where that is not what stands there; the cursor stays on its child."""
        cases = self.query_one("#cases", OptionList)
        there = cases.option_count
        if self.children_shown[:there] == before[:there]:
            self._lengthen()
            return
        at = cases.highlighted
        ids = [child.case_id for child in self.children_shown]
        again = at
        if at is not None and before[at].case_id in ids:
            again = ids.index(before[at].case_id)
        cases.set_options(_options(self.children_shown[: max(FIRST_ROWS, (again or 0) + LOAD_WITHIN)]))
        cases.highlighted = min(again or 0, cases.option_count - 1) if cases.option_count else None

    def _lengthen(self) -> None:
        """Put the next lines in when the cursor, or what is in view, comes near the end of those that are there."""
        cases = self.query_one("#cases", OptionList)
        there = cases.option_count
        at = cases.highlighted or 0
        in_view = cases.scroll_offset.y + cases.size.height >= cases.virtual_size.height - LOAD_WITHIN
        if there < len(self.children_shown) and (at >= there - LOAD_WITHIN or in_view):
            cases.add_options(_options(self.children_shown[there : there + FIRST_ROWS]))

    async def _take_in(self) -> None:
        """Put the field to find a name in its place, and fetch the children that are not known yet, a few at a time, so
        that no key waits. It ends when the screen goes: its parts are gone before it is."""
        for place in self.query("#find-place"):
            await self._put_in_field(place)
        while self._stands and (part := self._more()) is not None:
            if part.children or part.anew or part.total != self._total:
                self._take(part)
            await asyncio.sleep(0)

    @property
    def _stands(self) -> bool:
        return not self.is_dismissed and bool(self.query("#cases"))

    async def _put_in_field(self, place: Widget) -> None:
        """A field is heavy to load and to draw, and nobody types in the moment in which the list comes up."""
        from iep_tui.tui.textual_ext.line_input import LineInput

        if not self._stands:
            return
        with self.app.batch_update():
            await self.query_one("#children").mount(LineInput(id="find", placeholder=_("Find a name")), before=place)
            await place.remove()

    def _take(self, part: ListPart) -> None:
        before = self.children_shown
        fitting = [child for child in part.children if self._wanted in child.name.casefold()]
        self._all = [*part.children] if part.anew else [*self._all, *part.children]
        self.children_shown = fitting if part.anew else [*before, *fitting]
        self._total = part.total
        if part.say:
            self._tell(part.say)
        self._say_how_many()
        if before:
            self._put_right(before)
        else:
            self._fill()

    def _tell(self, words: str) -> None:
        """Say this above the list."""
        there = self.query("#say")
        if there:
            there.only_one(Static).update(plain_content(words))
        else:
            self.query_one("#page").mount(Static(plain_content(words), id="say"), after="#title")

    def _say_how_many(self) -> None:
        for line in self.query("#how-many").results(Static):
            line.update(self._how_many())

    def _how_many(self) -> Content:
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
        self._lengthen()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._wanted = event.value.strip().casefold()
        self.children_shown = [child for child in self._all if self._wanted in child.name.casefold()]
        self._fill()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one("#cases").focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        # One that cannot be read is opened too: its newest good copy may, and if not, the app says why.
        child = next((one for one in self.children_shown if one.case_id == event.option_id), None)
        if child is not None:
            self.leave(HomeChoice("earlier" if child.lost else "open", child.case_id))

    def action_earlier(self) -> None:
        self._leave_with("earlier")

    def action_bring(self) -> None:
        self.leave(HomeChoice("bring"))

    def action_care(self) -> None:
        self._leave_with("care")

    def _leave_with(self, act: Literal["earlier", "care"]) -> None:
        """Leave to do something with the child that the cursor is on; nothing while there is none."""
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
        return ListEntry(plain_content(child.name), Content(_("cannot be read as it is: Enter tells more")))
    return ListEntry(
        plain_content(child.name), plain_content(" · ".join(part for part in (child.meeting, child.progress) if part))
    )
