"""Key bindings: each command once, with its key, footer label, help text and place in the palette."""

from __future__ import annotations

from typing import Literal

import msgspec
from textual.binding import Binding, BindingType

from iep_tui.i18n import N_, _

ScreenName = Literal["home", "plan", "question", "review", "sheet", "dates", "words", "help", "anywhere"]


class Command(msgspec.Struct, frozen=True):
    """A command that screens offer.

    `action` is the name of its method without "action_"; each must be declared in `services.actions`. `keys` are
    Textual key names; the first is the one shown. `places` are the screens that have the command. `weight` ranks it in
    the footer of a narrow window; with weight 0 it appears only in the help and the palette.
    """

    action: str
    keys: tuple[str, ...]
    label: str
    help: str
    places: tuple[ScreenName, ...]
    weight: int = 5

    @property
    def shown_key(self) -> str:
        """The first key in short form, such as ^q for ctrl+q."""
        return self.keys[0].replace("ctrl+", "^").replace("escape", "esc")


_CASE: tuple[ScreenName, ...] = ("plan", "question", "review", "sheet", "dates")

#: In the order of the footer and the help. Letters are never commands: they belong to the answers.
COMMANDS: tuple[Command, ...] = (
    Command("help", ("f1",), N_("Help"), N_("What the keys do"), ("anywhere",), 9),
    Command("next", ("f4", "ctrl+n", "ctrl+enter", "ctrl+j"), N_("Next"), N_("The next question"), ("question",), 8),
    Command("back", ("f3",), N_("Back"), N_("The question before; nothing is lost"), ("question",), 8),
    Command("unsure", ("f5",), N_("Not sure"), N_("Mark this question: we are not sure"), ("question",), 6),
    Command("ask", ("f6",), N_("Ask the school"), N_("Put this question on the list for the school"), ("question",), 6),
    Command(
        "undo_answer",
        ("alt+left",),
        N_("Undo"),
        N_("The answer as it was before, also on another day"),
        ("question",),
        0,
    ),
    Command("redo_answer", ("alt+right",), N_("Redo"), N_("Redo the change you undid"), ("question",), 0),
    Command(
        "earlier_answers",
        ("ctrl+g",),
        N_("Earlier answers"),
        N_("What this answer was before, by date"),
        ("question",),
        0,
    ),
    Command("skip", ("ctrl+l",), N_("Skip"), N_("Leave this question for later"), ("question",), 4),
    Command(
        "plan", ("f2",), N_("Plan"), N_("All parts, and how far you are"), ("question", "review", "sheet", "dates"), 7
    ),
    Command("words", ("f7",), N_("Words"), N_("What the words mean"), ("anywhere",), 5),
    Command("about", ("ctrl+r",), N_("What is an IEP?"), N_("What an IEP is, on one page"), ("anywhere",), 2),
    Command(
        "review", ("f8",), N_("Review"), N_("Every question with its answer"), ("plan", "question", "sheet", "dates"), 5
    ),
    Command(
        "sheet", ("f9",), N_("Sheet"), N_("The prep sheet, for each reader"), ("plan", "question", "review", "dates"), 6
    ),
    Command("save_copy", ("ctrl+s",), N_("Save a copy"), N_("Save the sheet as a file"), ("sheet",), 8),
    Command("copy", ("ctrl+o",), N_("Copy"), N_("Copy the sheet, to paste it somewhere"), ("sheet",), 6),
    Command("dates", ("ctrl+d",), N_("Dates"), N_("All dates to know, and how each is counted"), ("plan",), 2),
    Command("next_meeting", ("ctrl+g",), N_("Next meeting"), N_("Get ready for the next meeting"), ("plan",), 4),
    Command(
        "earlier", ("f5",), N_("Earlier copies"), N_("Go back to an earlier copy of a child’s answers"), ("home",), 1
    ),
    Command(
        "care",
        ("f6",),
        N_("This child’s file"),
        N_("Earlier copies of a child’s answers, handing the whole file on, removing it from this computer"),
        ("home",),
        3,
    ),
    Command(
        "bring",
        ("ctrl+o",),
        N_("Bring in"),
        N_("Bring in a child’s file that was handed on from another computer"),
        ("home",),
        2,
    ),
    Command(
        "elsewhere",
        ("ctrl+s",),
        N_("Save elsewhere"),
        N_("Put all answers of this child in another place too, when saving fails"),
        ("plan", "question", "review", "dates"),
        1,
    ),
    Command(
        "changes", ("ctrl+e",), N_("What changed"), N_("What is new in the questions since you answered"), ("plan",), 0
    ),
    Command("up", ("escape",), N_("Up"), N_("One level up: question, plan, all children"), _CASE, 3),
    Command("light", ("ctrl+t",), N_("Light or dark"), N_("Change between light and dark"), ("anywhere",), 1),
    Command("lock", ("f10", "alt+l"), N_("Lock now"), N_("Save, and ask for the passphrase again"), ("anywhere",), 0),
    Command("leave", ("ctrl+q",), N_("Quit"), N_("Save and quit"), ("anywhere",), 3),
    Command(
        "leave_now",
        ("f12", "ctrl+backslash"),
        N_("Leave now"),
        N_("Clear the screen and leave at once; what you typed is saved"),
        ("anywhere",),
        4,
    ),
)

#: Keys of single widgets, which work while these have the focus. Only for the help.
OTHER_KEYS: tuple[tuple[str, str], ...] = (
    (N_("Tab, Shift+Tab"), N_("Go to the next or previous item on the screen")),
    (N_("Enter"), N_("Choose, press a button, go on from a short answer")),
    (N_("Space, 1 to 9"), N_("Choose in a list of answers; again to take it back")),
    (N_("Arrow keys"), N_("Move in a list, in a text, or down a page")),
    (N_("Page up, Page down"), N_("Page up or down")),
    (N_("Home, End"), N_("To the start or the end of a line, a list or a sheet")),
    (N_("Delete"), N_("Remove a row")),
    (N_("Alt+Up, Alt+Down"), N_("Move a row")),
    ("ctrl+z, ctrl+y", N_("Take back and redo typing")),
    ("ctrl+p", N_("All commands, by name")),
)


def commands(place: ScreenName) -> tuple[Command, ...]:
    """Return the commands of one screen and those that work anywhere, in the order of the footer."""
    return tuple(command for command in COMMANDS if place in command.places or "anywhere" in command.places)


def bindings(place: ScreenName) -> list[BindingType]:
    """Return the bindings of one screen, or of the app for "anywhere".

    They have priority over the focused field, whose own keys would hide f6 and f7. Escape has none, so that a form
    inside a screen can close first.
    """
    return [
        Binding(",".join(command.keys), command.action, command.label, show=False, priority=command.keys[0] != "escape")
        for command in COMMANDS
        if place in command.places
    ]


def label(command: Command) -> str:
    return _(command.label)
