"""A walk over every screen of the program, in many sizes and both themes, that records each drawn screen.

A new screen joins every test of this folder by one line in `STOPS`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from rich.cells import cell_len
from rich.color import Color, ColorType
from rich.style import Style
from textual.geometry import Region
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static, TextArea

from iep_tui.core.case_model import Answer, Value
from iep_tui.documents.outline_model import LeftOut, Outline
from iep_tui.sets.library import Library
from iep_tui.store.case_store import CaseStore
from iep_tui.store.crypto.keyring import KdfCost, new_keyring_for
from iep_tui.store.settings import Settings
from iep_tui.tui.app import PrepApp
from iep_tui.tui.screens.passphrase_dialog import PassphraseDialog
from iep_tui.tui.screens.pick_dialog import PickDialog
from iep_tui.tui.screens.progress_dialog import ProgressDialog
from iep_tui.tui.screens.save_sheet_dialog import SaveSheetDialog
from iep_tui.tui.textual_ext.terminal_control import focus_offset
from iep_tui.tui.themes import DARK_THEME, LIGHT_THEME
from iep_tui.tui.widgets.header_footer import CaseHeader, KeyFooter
from iep_tui.tui.widgets.line_button import LineButton
from iep_tui.tui.widgets.progress_line import ProgressLine
from iep_tui.tui.widgets.radio_row import RadioRow
from tests.textual_private import screen_strips
from tests.tui import sample_cases
from tests.tui.conftest import Clock
from tests.tui.person import Person, at_the_screen

#: Columns and rows, from a telephone to a wall.
SIZES = ((40, 12), (60, 20), (80, 24), (100, 30), (150, 40), (200, 60))
USUAL, SMALL = (80, 24), (40, 12)
#: More presses of Tab than any screen has parts.
MOST_TABS = 40
NIGHT_NAME = DARK_THEME.name
#: Where Tab is tried: both themes in a usual window, where all is small, and where all can be seen at once.
_TAB_AROUND = (
    (USUAL, DARK_THEME.name),
    (USUAL, LIGHT_THEME.name),
    (SMALL, DARK_THEME.name),
    (SIZES[-1], DARK_THEME.name),
)

LONG = " ".join(["She can read a page aloud when the room is quiet and someone sits beside her."] * 6)

ASKED = Answer(20, "ask", "family", "Ask Ann first")


class Stop(NamedTuple):
    """A screen to look at: the question where the child was left, the keys from home, and the earlier answers.

    `family` is "one" child of the made-up set, "many" children, "none", one of the "shipped" questions, or one whose
    answers are "sealed".
    """

    name: str
    place: str = ""
    keys: tuple[str, ...] = ("enter",)
    family: str = "one"
    given: tuple[tuple[str, Answer | Value], ...] = ()
    read_only: bool = False
    #: What was said at the meeting before.
    last: tuple[tuple[str, Answer | Value], ...] = ()
    #: A screen that lies over the others for a moment only, to be put there as the program does.
    over: Callable[[], Screen[Any]] | None = None
    #: False where another stop has the same parts, so that Tab is only tried in a usual window.
    tabs: bool = True


_SAY = "That does not open it. Please look at it once more, and try again."


async def _never(_typed: str) -> str:
    """Nothing to try: the screen is only looked at."""
    return _SAY


def _new_passphrase() -> PassphraseDialog:
    words = "Four words that do not belong together are good. Nobody can recover it for you."
    return PassphraseDialog("A new passphrase", words, "Go on", _never, waiting="", twice=True, say=_SAY)


def _sides() -> PickDialog:
    long = "Monday 1 March 2027, 9:00 am: After recess she needs ten quiet minutes before she can begin. " * 3
    texts = (f"Here: {long}", f"In the file: {long}", "What is here, for all 12", "What is in the file, for all 12")
    return PickDialog("When is the day hardest for Maya?", "12 answers were changed here and in the copy.", texts)


def _saving() -> SaveSheetDialog:
    left = LeftOut("a-text", "What worries you about school for Maya?", "family", "Only your family may read it")
    outline = Outline("A sheet", "team", (), (left,))
    return SaveSheetDialog("Documents/prep-sheet-2027-03-12-team.md", "md", outline, _SAY)


STOPS = (
    Stop("home-empty", family="none", keys=()),
    Stop("home", keys=(), tabs=False),
    Stop("home-shipped", family="shipped", keys=(), tabs=False),
    Stop("home-sealed", family="sealed", keys=(), tabs=False),
    Stop("home-many", family="many", keys=()),
    Stop("plan"),
    Stop("plan-shipped", family="shipped"),
    Stop("question-line", "child-name"),
    Stop("question-text", "a-text"),
    Stop("question-list", "a-list", tabs=False),
    Stop("question-date", "a-date", tabs=False),
    Stop("question-error", "a-date", ("enter", "x"), tabs=False),
    Stop("question-time", "a-time", tabs=False),
    Stop("question-number", "a-number", tabs=False),
    Stop("question-rate", "a-rate", tabs=False),
    Stop("question-yesno", "a-yesno", tabs=False),
    Stop("question-one", "a-one", tabs=False),
    Stop("question-own-words", "a-other", tabs=False),
    Stop("question-several", "a-several", tabs=False),
    Stop("question-table", "a-table"),
    Stop("question-row", "a-table", ("enter", "enter")),
    Stop("question-goals", "the-goals", tabs=False),
    Stop("question-goal", "the-goals", ("enter", "enter"), tabs=False),
    Stop(
        "question-marked", "a-number", given=(("a-number", Answer(20, "ask", "family", "Ask Ann first")),), tabs=False
    ),
    Stop("question-read-only", "a-text", given=(("a-text", LONG),), read_only=True),
    Stop("question-choices-read-only", "a-several", read_only=True, tabs=False),
    Stop("question-rows-read-only", "a-table", read_only=True, tabs=False),
    Stop("question-shipped", "needs-progress", family="shipped"),
    Stop("earlier-answers", "a-text", ("enter", "x", "ctrl+g")),
    Stop("earlier-answers-there", "a-text", ("enter", "x", "f4", "f3", "y", "f4", "f3", "ctrl+g")),
    Stop("question-last-meeting", "a-text", given=(("a-text", ""),), last=(("a-text", LONG),)),
    Stop("review", "", ("enter", "f8")),
    Stop("sheet", "", ("enter", "f9")),
    Stop("sheet-left-out", "", ("enter", "f9", "tab", "enter"), tabs=False),
    Stop("save", "", ("enter", "f9", "ctrl+s")),
    Stop("save-again", keys=(), over=_saving),
    Stop("unlock", family="sealed"),
    Stop("new-passphrase", keys=(), over=_new_passphrase),
    Stop("wait", keys=(), over=lambda: ProgressDialog("The answers are being sealed.")),
    Stop("remove", "", ("f6", "up", "enter")),
    Stop("remove-other-name", "", ("f6", "up", "enter", "x", "enter"), tabs=False),
    Stop("ask", "", ("enter", "ctrl+g")),
    Stop("care", "", ("f6",)),
    Stop("hand-on", "", ("f6", "down", "down", "enter")),
    Stop("bring", keys=("ctrl+o",)),
    Stop("merge-sides", keys=(), over=_sides),
    Stop("dates", "", ("enter", "f2", "ctrl+d"), family="shipped"),
    Stop("words", "", ("f7",), family="shipped"),
    Stop("help", "", ("f1",)),
    Stop("about", "", ("ctrl+r",), family="shipped"),
)

Rgb: TypeAlias = tuple[int, int, int]


class Piece(NamedTuple):
    """Consecutive characters of one style in a line."""

    text: str
    ink: Rgb
    ground: Rgb
    dim: bool


class Box(NamedTuple):
    """A widget on the screen: its region, the visible part of it, its text, and the room that the text needs."""

    kind: str
    name: str
    left: int
    top: int
    width: int
    height: int
    #: What the window and the scroll areas around it leave of it.
    seen: tuple[int, int, int, int]
    #: Its place with all scrolling undone.
    virtual: tuple[int, int]
    words: str
    #: Cells that its words need in its width: columns and rows; (0, 0) where that has no meaning.
    needs: tuple[int, int]
    inner: tuple[int, int]
    can_focus: bool
    has_focus: bool
    disabled: bool
    sideways: int


class Look(NamedTuple):
    """One recorded screen. `focus` is the name of the focused box, `caret` the cell of its cursor."""

    stop: str
    title: str
    size: tuple[int, int]
    theme: str
    focus: str
    caret: tuple[int, int]
    lines: list[list[Piece]]
    boxes: list[Box]
    bars: list[tuple[int, int, int, int]]

    @property
    def text(self) -> list[str]:
        """The characters alone, a line each."""
        return ["".join(piece.text for piece in line) for line in self.lines]

    def box(self, name: str) -> Box | None:
        return next((one for one in self.boxes if one.name == name), None)

    def drawn(self, box: Box) -> str:
        """The characters in what can be seen of this box."""
        left, top, width, height = box.seen
        return "\n".join(line[left : left + width] for line in cells(self)[top : top + height])


class Walked(NamedTuple):
    """All looks at one stop: as it came, in each size and theme; and after each Tab, by size and theme."""

    stop: str
    still: list[Look]
    tabs: dict[tuple[tuple[int, int], str], list[Look]]


def cells(look: Look) -> list[str]:
    """The lines as cells: a wide character takes two, so that a column is an index."""
    return ["".join(char + "\0" * (cell_len(char) - 1) for char in line) for line in look.text]


async def walk(stop: Stop, libraries: dict[str, Library], folder: Path) -> Walked:
    """Open the program in an empty folder, go to a stop and look at it from everywhere."""
    clock = Clock()
    store = CaseStore(folder / "data", clock)
    library = libraries["shipped" if stop.family == "shipped" else "kinds"]
    _settle(stop, store)
    app = PrepApp(library, store, Settings(folder / "data"), clock)
    other = store.open(sample_cases.CHILD) if stop.read_only else None
    try:
        async with at_the_screen(app, size=USUAL) as person:
            await person.press(*stop.keys)
            if stop.over is not None:
                await app.push_screen(stop.over())
                await person.rest()
            return await _look_around(stop, person)
    finally:
        if app.session is not None:
            app.session.close()
        if other is not None:
            other.close()


def _settle(stop: Stop, store: CaseStore) -> None:
    if stop.family == "none":
        return
    if stop.family == "shipped":
        given: dict[str, Answer | Value] = {
            "child-name": "Maya R.", "meeting-type": "yearly", "meeting-date": "2027-03-12", "state": "MO",
        }  # fmt: skip
        store.add(sample_cases.case(given, stop.place))
        return
    store.add(
        sample_cases.case(
            sample_cases.EVERY_ANSWER | dict(stop.given), stop.place, *([dict(stop.last)] if stop.last else [])
        )
    )
    if stop.family == "sealed":
        ring, key = new_keyring_for("green kettle, seven boats", cost=KdfCost(memory=8, passes=1, lanes=1))
        store.keys.learn(ring.id, key)
        store.sealing.seal_case(sample_cases.CHILD, ring)
        store.keys.forget()
    if stop.family == "many":
        for number in range(30):
            one = sample_cases.case({"child-name": f"Child {number} of a family with a long name, so it is"})
            store.add(type(one)(f"child-number-{number}", one.meetings))


async def _look_around(stop: Stop, person: Person) -> Walked:
    still: list[Look] = []
    tabs: dict[tuple[tuple[int, int], str], list[Look]] = {}
    for size in SIZES:
        await resize(person, size)
        for theme in (DARK_THEME.name, LIGHT_THEME.name) if size in (USUAL, SMALL) else (DARK_THEME.name,):
            await _use(person, theme)
            still.append(look(stop.name, person.app))
            if (size, theme) == (USUAL, DARK_THEME.name) or (stop.tabs and (size, theme) in _TAB_AROUND):
                tabs[size, theme] = await _tab_around(stop, person)
        await _use(person, DARK_THEME.name)
    return Walked(stop.name, still, tabs)


async def resize(person: Person, size: tuple[int, int]) -> None:
    await person.pilot.resize_terminal(*size)
    await person.rest()


async def _use(person: Person, theme: str) -> None:
    if person.app.theme != theme:
        person.app.theme = theme
        await person.rest()


async def _tab_around(stop: Stop, person: Person) -> list[Look]:
    """A look after each Tab, until the focus is back at its start."""
    start = person.app.focused
    looks = [look(stop.name, person.app)] if start is not None else []
    first: Widget | None = start
    for _press in range(MOST_TABS):
        await person.press("tab")
        here = person.app.focused
        if here is None or (here is first and looks):
            break
        first = first or here
        looks.append(look(stop.name, person.app))
    return looks


def look(stop: str, app: PrepApp) -> Look:
    """The screen as it is now."""
    screen = app.screen
    strips = screen_strips(screen)
    lines = [[_piece(segment.text, segment.style) for segment in strip if segment.text] for strip in strips]
    boxes: list[Box] = []
    bars: list[tuple[int, int, int, int]] = []
    for widget in screen.walk_children(Widget):
        if not widget.is_attached or not widget.display or not widget.region.area:
            continue
        boxes.append(_box(widget, app))
        if widget.show_vertical_scrollbar:
            bars.append(_four(widget.vertical_scrollbar.region.intersection(_seen(widget, app))))
    caret = focus_offset(app.focused)
    focus = _name(app.focused) if app.focused is not None else ""
    return Look(
        stop,
        str(screen.title or ""),
        (app.size.width, app.size.height),
        app.theme,
        focus,
        (caret.x, caret.y),
        lines,
        boxes,
        bars,
    )


def _name(widget: Widget) -> str:
    """A name that is the same in every look at a screen."""
    path = [one for one in widget.ancestors_with_self if isinstance(one, Widget)]
    return "/".join(f"{type(one).__name__}{f'#{one.id}' if one.id else ''}:{_place(one)}" for one in reversed(path))


def _place(widget: Widget) -> int:
    parent = widget.parent
    return list(parent.children).index(widget) if isinstance(parent, Widget) and widget in parent.children else 0


def _box(widget: Widget, app: PrepApp) -> Box:
    region = widget.region
    seen = _seen(widget, app)
    virtual = region.offset
    for one in widget.ancestors:
        if isinstance(one, Widget) and one.is_scrollable:
            virtual += one.scroll_offset
    inner = widget.content_size
    return Box(
        next(kind for kind in _KINDS if isinstance(widget, _KINDS[kind])),
        _name(widget), region.x, region.y, region.width, region.height,
        _four(seen), (virtual.x, virtual.y), _words(widget), _needs(widget, app), (inner.width, inner.height),
        widget.focusable, widget.has_focus, widget.disabled or widget.loading,
        int(widget.max_scroll_x) if widget.is_scrollable and not isinstance(widget, Input) else 0,
    )  # fmt: skip


_KINDS: dict[str, type[Widget]] = {
    "top": CaseHeader, "keys": KeyFooter, "progress": ProgressLine, "button": LineButton, "chooser": RadioRow,
    "list": OptionList,    "line": Input, "text": TextArea, "words": Static, "other": Widget,
}  # fmt: skip


def _words(widget: Widget) -> str:
    if isinstance(widget, LineButton):
        return widget.label
    if isinstance(widget, Static):
        return str(getattr(widget.content, "plain", widget.content))
    if isinstance(widget, RadioRow):
        return " ".join((widget.label, *(name for _value, name in widget.options)))
    return ""


def _needs(widget: Widget, app: PrepApp) -> tuple[int, int]:
    inner, container = widget.content_size, app.size
    if isinstance(widget, LineButton):
        return 0, widget.get_content_height(container, container, inner.width)
    if isinstance(widget, Static) and _words(widget):
        return 0, widget.get_content_height(container, container, inner.width)
    if isinstance(widget, RadioRow):
        places = widget._places(inner.width)
        return max((column + len(words.rstrip()) for column, _l, _v, words in places), default=0), max(
            (line + 1 for _c, line, _v, _w in places), default=0
        )
    return 0, 0


def _seen(widget: Widget, app: PrepApp) -> Region:
    """The part of a widget that the window and the scroll areas around it leave visible."""
    seen = widget.region.intersection(app.screen.region)
    for one in widget.ancestors:
        if isinstance(one, Widget) and one.is_scrollable:
            seen = seen.intersection(one.content_region)
    return seen


def _four(region: Region) -> tuple[int, int, int, int]:
    return region.x, region.y, region.width, region.height


def _piece(text: str, style: Style | None) -> Piece:
    style = style or Style()
    ink, ground = _rgb(style.color, (255, 255, 255)), _rgb(style.bgcolor, (0, 0, 0))
    return Piece(text, ground if style.reverse else ink, ink if style.reverse else ground, bool(style.dim))


def _rgb(color: Color | None, default: Rgb) -> Rgb:
    if color is None or color.type == ColorType.DEFAULT:
        return default
    red, green, blue = color.get_truecolor()
    return red, green, blue
