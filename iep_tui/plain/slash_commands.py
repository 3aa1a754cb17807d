"""Commands of the line-by-line mode, and the parser of a typed line: text, or a command that begins with a slash."""

from __future__ import annotations

import difflib
from typing import Literal, TypeAlias

import msgspec

from iep_tui.i18n import N_, _

CommandScope = Literal["anywhere", "case", "question", "parts"]


class SlashCommand(msgspec.Struct, frozen=True):
    """One command. `takes` names its argument in the help; `also` are other names for it."""

    name: str
    help: str
    place: CommandScope
    takes: str = ""
    also: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The command as it is typed: "/go PART"."""
        return f"/{_(self.name)} {_(self.takes)}" if self.takes else f"/{_(self.name)}"


#: In the order of the help.
SLASH_COMMANDS: tuple[SlashCommand, ...] = (
    SlashCommand(N_("next"), N_("The next question."), "question"),
    SlashCommand(N_("back"), N_("The question before. Nothing is lost."), "question"),
    SlashCommand(N_("skip"), N_("Leave this question for later."), "question"),
    SlashCommand(
        N_("not sure"),
        N_("Mark this question: we are not sure. Again takes the mark back."),
        "question",
        "",
        ("unsure",),
    ),
    SlashCommand(
        N_("ask"),
        N_("Put this question on the list for the school. Again takes it off."),
        "question",
        "",
        ("ask the school",),
    ),
    SlashCommand(N_("note"), N_("Write a note, only for you."), "question", N_("WORDS")),
    SlashCommand(
        N_("who"),
        N_("Who may read this answer: family, team or teachers."),
        "question",
        N_("READER"),
        ("who may read",),
    ),
    SlashCommand(N_("example"), N_("An answer as others wrote it."), "question", "", ("examples",)),
    SlashCommand(N_("why"), N_("The words of this question and what they mean, and the rule behind it."), "question"),
    SlashCommand(N_("keep"), N_("Take over the answer of the last meeting."), "question"),
    SlashCommand(N_("again"), N_("Say this question again."), "question", "", ("repeat",)),
    SlashCommand(N_("undo"), N_("Undo the last change to this answer."), "question", "", ("take back",)),
    SlashCommand(N_("redo"), N_("Redo the change you undid."), "question"),
    SlashCommand(
        N_("earlier"),
        N_("What you answered here before, by date; with a number, take that answer back."),
        "question",
        N_("NUMBER"),
        ("earlier answers",),
    ),
    SlashCommand(N_("clear"), N_("Erase this answer, or just this part of the row."), "question"),
    SlashCommand(N_("add"), N_("Add a row or a goal."), "parts"),
    SlashCommand(N_("change"), N_("Rewrite a line, a row or a goal, by its number."), "parts", N_("NUMBER")),
    SlashCommand(N_("move"), N_("Move a line, a row or a goal: from its number to another."), "parts", N_("NUMBER TO")),
    SlashCommand(
        N_("remove"),
        N_("Remove a line, a row or a goal, by its number. Type /undo to bring it back."),
        "parts",
        N_("NUMBER"),
    ),
    SlashCommand(N_("done"), N_("Finish this row."), "parts"),
    SlashCommand(N_("plan"), N_("All parts, and how far you are."), "case"),
    SlashCommand(N_("go"), N_("Go to a part, by its number or its name."), "case", N_("PART")),
    SlashCommand(
        N_("review"), N_("Every question with its answer; a filter shows some of them."), "case", N_("FILTER")
    ),
    SlashCommand(N_("sheet"), N_("The prep sheet: family, team, teachers or concerns."), "case", N_("READER")),
    SlashCommand(N_("left out"), N_("What the sheet leaves out. Only you see this."), "case", N_("READER")),
    SlashCommand(N_("save"), N_("Save the sheet as a file: /save team sheet.md"), "case", N_("READER FILE")),
    SlashCommand(
        N_("record"),
        N_("Keep a record, for yourself, of what is in the sheet you saved last and what is not."),
        "case",
        N_("FILE"),
    ),
    SlashCommand(N_("short"), N_("Ask the core questions only."), "case", "", ("short path",)),
    SlashCommand(N_("all"), N_("Ask all questions."), "case", "", ("all questions",)),
    SlashCommand(N_("dates"), N_("All dates to know, and how each is counted."), "case"),
    SlashCommand(N_("changes"), N_("What is new in the questions since you answered."), "case", "", ("what changed",)),
    SlashCommand(N_("next meeting"), N_("Get ready for the next meeting."), "case"),
    SlashCommand(
        N_("elsewhere"),
        N_("Put all answers of this child in another place too, when saving fails."),
        "case",
        N_("FILE"),
        ("save elsewhere",),
    ),
    SlashCommand(
        N_("write"), N_("Go on writing here, when the other window is closed."), "case", "", ("go on writing",)
    ),
    SlashCommand(N_("home"), N_("All children."), "case"),
    SlashCommand(
        N_("remove child"),
        N_("In the list of children: remove one from this computer for good. Asks for the name."),
        "anywhere",
        N_("NAME"),
    ),
    SlashCommand(
        N_("bring in"),
        N_(
            "In the list of children: add or update a child from a file made on another computer, or from a file of "
            "all answers (JSON)."
        ),
        "anywhere",
        N_("FILE"),
        ("import",),
    ),
    SlashCommand(
        N_("hand on"),
        N_("In the list of children: seal one child's whole file with a passphrase, for another computer."),
        "anywhere",
        N_("NAME"),
        ("bundle",),
    ),
    SlashCommand(
        N_("passphrase"),
        N_("In the list of children: set a passphrase, change it, or take it off."),
        "anywhere",
        N_("NAME"),
        ("seal",),
    ),
    SlashCommand(
        N_("restore"),
        N_("In the list of children: go back to an earlier copy of one child's answers."),
        "anywhere",
        N_("NAME"),
        ("backups",),
    ),
    SlashCommand(
        N_("sync copies"),
        N_(
            "In the list of children: merge other versions of a child's answers that a file-sync service left, or keep "
            "them as separate children."
        ),
        "anywhere",
        N_("NAME"),
    ),
    SlashCommand(
        N_("lock after"),
        N_("In the list of children: after how many minutes without a line sealed cases lock by themselves."),
        "anywhere",
    ),
    SlashCommand(
        N_("cancel"), N_("At a question such as the name of a file: go back; nothing of it is done."), "anywhere"
    ),
    SlashCommand(N_("words"), N_("What a word means; without one, all words."), "anywhere", N_("WORD")),
    SlashCommand(N_("about"), N_("What an IEP is, on one page."), "anywhere", "", ("what is an iep",)),
    SlashCommand(N_("where"), N_("Where the answers are, and whether they are saved."), "anywhere"),
    SlashCommand(N_("help"), N_("These commands."), "anywhere"),
    SlashCommand(N_("quit"), N_("Save and end."), "anywhere", "", ("exit",)),
    SlashCommand(
        N_("lock"), N_("Push everything off the screen; sealed cases ask for their passphrase again."), "anywhere"
    ),
    SlashCommand(
        N_("leave now"),
        N_("Push everything off the screen and end at once. What you typed is saved."),
        "anywhere",
        "",
        ("exit now", "hide"),
    ),
)


class TypedText(msgspec.Struct, frozen=True):
    """Text that was typed. `literal` when a slash before it kept it from being read as a command or a lone dot."""

    text: str
    literal: bool = False

    @property
    def blank(self) -> bool:
        return not self.text.strip()


class GivenCommand(msgspec.Struct, frozen=True):
    """A typed command: its name in `SLASH_COMMANDS`, and the text after it."""

    name: str
    rest: str = ""


class UnknownCommand(msgspec.Struct, frozen=True):
    """A line that begins like a command and is none; `near` is the most similar command, or ""."""

    typed: str
    near: str


TypedLine: TypeAlias = TypedText | GivenCommand | UnknownCommand


def read_line(typed: str) -> TypedLine:
    """Parse one typed line.

    A line that starts with "/" is always a command, never an answer. To enter text that starts with a slash, double it:
    "//x" is the text "/x". "/." is the text ".". Any other line is text, even if it matches a command name.

    >>> read_line("/Not-sure"), read_line("//2 of them")
    (GivenCommand(name='not sure', rest=''), TypedText(text='/2 of them', literal=True))
    """
    if not typed.startswith("/"):
        return TypedText(typed)
    if typed.startswith("//"):
        return TypedText(typed[1:], literal=True)
    if typed.strip() == "/.":
        return TypedText(".", literal=True)
    body = typed[1:].strip()
    names = _names()
    for length in range(_MAX_NAME_WORDS, 0, -1):
        parts = body.split(None, length)
        if len(parts) >= length and (name := names.get(_folded(" ".join(parts[:length])))):
            return GivenCommand(name, parts[length].strip() if len(parts) > length else "")
    first = body.split(None, 1)[0] if body else ""
    near = difflib.get_close_matches(_folded(first), names, 1)
    return UnknownCommand(typed, names[near[0]] if near else "")


def is_command_name(words: str) -> bool:
    """Whether text typed as an answer is also the name of a command."""
    return _folded(words) in _names()


def command(name: str) -> SlashCommand | None:
    """Return the command of this name or other name, with or without its slash."""
    known = _names().get(_folded(name.strip().removeprefix("/")))
    return next((one for one in SLASH_COMMANDS if one.name == known), None)


_MAX_NAME_WORDS = max(len(name.split()) for one in SLASH_COMMANDS for name in (one.name, *one.also))


def _names() -> dict[str, str]:
    """Every name of a command, in English and in the language in use, folded, with the command's own name."""
    return {
        _folded(called): one.name
        for one in SLASH_COMMANDS
        for name in (one.name, *one.also)
        for called in (name, _(name))
    }


def _folded(name: str) -> str:
    return " ".join(name.casefold().replace("-", " ").replace("_", " ").split())
