"""Base of all views: output, prompts, and the commands that work everywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Literal, NoReturn, TypeVar

import msgspec

from iep_tui.core.glossary import Glossary
from iep_tui.core.progress_callback import Cancelled, ProgressCallback
from iep_tui.core.question_model import Page
from iep_tui.core.text_sanitizer import clean_text
from iep_tui.i18n import _
from iep_tui.plain.line_io import IdleTimeout, InputEnded, LeaveNow, LineIO
from iep_tui.plain.question_lines import command_lines, term_lines
from iep_tui.plain.sheet_lines import page_lines
from iep_tui.plain.slash_commands import CommandScope, GivenCommand, TypedText, UnknownCommand, command, read_line
from iep_tui.services.jobs import run_with_progress

JobResult = TypeVar("JobResult")


class Destination(msgspec.Struct, frozen=True):
    """Where to go. `question_id` for a question, and for the others the question they were called from; `back_to`
    is where a question goes on to; `what` a review's filter or a sheet's reader."""

    place: Literal["home", "plan", "question", "review", "sheet", "quit", "lock"]
    question_id: str = ""
    back_to: Literal["plan", "review"] = "plan"
    what: str = ""


class LeaveView(Exception):
    """Raised by a command that leaves the room, from whatever was being asked in it. All that was typed is taken."""

    def __init__(self, go: Destination) -> None:
        super().__init__(go.place)
        self.go = go


class View:
    """A place in the program. It says lines, asks for lines, and obeys the commands that it knows.

    `folder` is where the answers are, to be told; `about` the page that says what an IEP is, where there is one.
    """

    places: tuple[CommandScope, ...] = ("anywhere",)

    def __init__(self, stream: LineIO, glossary: Glossary, folder: Path, about: Page | None = None) -> None:
        self._stream = stream
        self._glossary = glossary
        self._folder = folder
        self._page = about
        self._orders: dict[str, Callable[[str], None]] = {
            "help": self._help,
            "words": self._words,
            "about": self._about,
            "where": self._where,
            "quit": lambda rest: self.leave(Destination("quit")),
            "leave now": self._leave_now,
            "lock": lambda rest: self.leave(Destination("lock")),
        }

    def say(self, *lines: str) -> None:
        for line in lines:
            self._stream.say(line)

    def error(self, words: str) -> None:
        """Say what went wrong and how to mend it, on a line of its own."""
        self.say(_("Error: {trouble}").format(trouble=words))

    def leave(self, go: Destination) -> NoReturn:
        raise LeaveView(go)

    def before_asking(self) -> None:
        """What is due before each question, such as a save that failed before."""

    def ask_line(self, prompt: str, takes: Iterable[str] = (), *, path: bool = False) -> TypedText | GivenCommand:
        """Ask until words come, or one of the commands that the asker `takes`; every other command is obeyed here.

        With `path` a line that begins with a slash and is no command is the name of a file.
        Ended at the end of the input, Leave when a command goes elsewhere.
        """
        while True:
            self.before_asking()
            try:
                typed = self._stream.ask(prompt)
            except IdleTimeout:
                self.leave(Destination("lock"))
            if typed is None:
                raise InputEnded
            line = read_line(clean_text(typed).replace("\n", " "))
            if isinstance(line, UnknownCommand):
                if path:
                    return TypedText(line.typed)
                self._unknown(line)
            elif isinstance(line, GivenCommand) and line.name not in takes:
                self.run_command(line)
            else:
                return line

    def ask_words(self, prompt: str) -> TypedText:
        """`ask_line` where no command is the asker's own."""
        line = self.ask_line(prompt)
        assert isinstance(line, TypedText)
        return line

    def ask_secret(self, prompt: str) -> str:
        """Ask for words that a terminal does not show; they are never a command. Ended at the end of the input."""
        typed = self._stream.ask_secret(prompt)
        if typed is None:
            raise InputEnded
        return typed

    def choose(self, options: tuple[tuple[str, str], ...], prompt: str, chosen: str = "") -> str:
        """Say the options by number and ask for one: the name of the option, `chosen` for an empty line."""
        for number, (name, label) in enumerate(options, 1):
            said = f"{number}. {label}"
            self.say(_("{choice}, chosen").format(choice=said) if name == chosen else said)
        while True:
            line = self.ask_words(prompt)
            if line.blank:
                return chosen
            if name := option_named(options, line.text):
                return name
            self.error(
                _("{typed} is none of these. Type a number from 1 to {most}.").format(
                    typed=f"“{line.text.strip()}”", most=len(options)
                )
            )

    def run_job(
        self, act: Callable[[ProgressCallback], JobResult], words: str, *, counted: str = "", whole_steps: bool = False
    ) -> JobResult:
        """What `act` gives. Where it takes long and a person looks on, `words` are said and how far it is; Ctrl-C stops
        it: `Cancelled`, at once, or with `whole_steps` after the step it is at.
        """
        try:
            with self._stream.stoppable():
                return run_with_progress(act, words, self._stream.remark, counted=counted, whole_steps=whole_steps)
        except KeyboardInterrupt:  # a second one, or one at the very end
            raise Cancelled from None

    # Commands

    def run_command(self, order: GivenCommand) -> None:
        """Do what a command asks, or say where it works."""
        act = self._orders.get(order.name)
        if act is not None:
            act(order.rest)
            return
        known = command(order.name)
        assert known is not None
        self.error(
            {
                "case": _("/{command} works once a child is open. Choose a child first."),
                "question": _("/{command} works at a question. /plan shows the way to one."),
                "parts": _("/{command} works where an answer has several lines, rows or goals."),
                "anywhere": _("/{command} does not work here."),
            }[known.place].format(command=_(known.name))
        )

    def _unknown(self, line: UnknownCommand) -> None:
        near = command(line.near) if line.near else None
        if near is not None:
            words = _("{typed} is no command. Did you mean /{near}? /help lists them.")
            self.error(words.format(typed=f"“{line.typed}”", near=_(near.name)))
        else:
            self.error(_("{typed} is no command. /help lists them.").format(typed=f"“{line.typed}”"))
        self.say(_("To write it as words, type one more slash before it: /{typed}").format(typed=line.typed))

    def _help(self, rest: str) -> None:
        if rest:
            one = command(rest)
            if one is not None:
                self.say(_("{command}: {help}").format(command=one.shown, help=_(one.help)))
            else:
                self.error(_("There is no command {name}. /help lists them.").format(name=f"“{rest}”"))
            return
        self.say(
            _("Type a number to choose, or words to answer, then Enter. Enter alone goes on."),
            _("A command begins with a slash. It never becomes part of an answer."),
            _("Words that begin with a slash are typed with two. A line with /. is a dot."),
            *command_lines(self.places),
        )

    def _words(self, rest: str) -> None:
        found = self._glossary.search(rest)
        if not found:
            self.say(_("No word like this. Try a part of it."))
            return
        self.say(*term_lines(found, whole=bool(rest)))
        if not rest:
            self.say(_("/words and one of them says what it means."))

    def _about(self, rest: str) -> None:
        if self._page is None:
            self.say(_("This page is not part of this language yet."))
        else:
            self.say(*page_lines(self._page, _("your child")), _("End of the page."))

    def _leave_now(self, rest: str) -> NoReturn:
        raise LeaveNow

    def _where(self, rest: str) -> None:
        self.say(_("All answers are in this folder on this computer: {folder}").format(folder=self._folder))


def option_named(options: tuple[tuple[str, str], ...], words: str) -> str:
    """The name of the option that was meant, by its number, its name or its label; "" for none."""
    wanted = words.strip().casefold()
    for number, (name, label) in enumerate(options, 1):
        if wanted in (str(number), name.casefold(), label.casefold()):
            return name
    return ""
