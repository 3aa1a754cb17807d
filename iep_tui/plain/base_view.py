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
    """The view to open next.

    `question_id` is the question to open, or for other views the question they were opened from. `back_to` is the view
    that follows a question. `option` is a review's filter or a sheet's name.
    """

    place: Literal["home", "plan", "question", "review", "sheet", "quit", "lock"]
    question_id: str = ""
    back_to: Literal["plan", "review"] = "plan"
    option: str = ""


class LeaveView(Exception):
    """Raised by a command that leaves the view, at any prompt. Everything typed has been stored."""

    def __init__(self, destination: Destination) -> None:
        super().__init__(destination.place)
        self.destination = destination


class View:
    """One place in the program. It prints lines, asks for lines, and runs the commands it knows.

    `folder` is the folder of the answers, as /where shows it; `about` is the page about IEPs, if there is one.
    """

    places: tuple[CommandScope, ...] = ("anywhere",)

    def __init__(self, stream: LineIO, glossary: Glossary, folder: Path, about: Page | None = None) -> None:
        self._stream = stream
        self._glossary = glossary
        self._folder = folder
        self._about_page = about
        self._handlers: dict[str, Callable[[str], None]] = {
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
        """Say on one line what went wrong and how to fix it."""
        self.say(_("Error: {trouble}").format(trouble=words))

    def leave(self, destination: Destination) -> NoReturn:
        raise LeaveView(destination)

    def before_asking(self) -> None:
        """Hook that runs before each prompt, for example to retry a failed save."""

    def ask_line(self, prompt: str, takes: Iterable[str] = (), *, path: bool = False) -> TypedText | GivenCommand:
        """Ask until words are typed, or a command named in `takes`; any other command is run here.

        With `path`, a line that begins with a slash and is not a command is a file name.

        Raises InputEnded at the end of the input, LeaveView if a command leaves the view.
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
        """Like `ask_line`, with every command run here."""
        line = self.ask_line(prompt)
        assert isinstance(line, TypedText)
        return line

    def ask_secret(self, prompt: str) -> str:
        """Ask for words without echo; they are never a command. Raises InputEnded at the end of the input."""
        typed = self._stream.ask_secret(prompt)
        if typed is None:
            raise InputEnded
        return typed

    def choose(self, options: tuple[tuple[str, str], ...], prompt: str, chosen: str = "") -> str:
        """List the options by number, ask for one and return its name; an empty line returns `chosen`."""
        for number, (name, label) in enumerate(options, 1):
            line_text = f"{number}. {label}"
            self.say(_("{choice}, chosen").format(choice=line_text) if name == chosen else line_text)
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
        """Run `act` and return its result.

        If it takes a while and the input is interactive, show `words` and the progress. Ctrl-C raises Cancelled: at
        once, or after the current step if `whole_steps` is set.
        """
        try:
            with self._stream.stoppable():
                return run_with_progress(act, words, self._stream.remark, counted=counted, whole_steps=whole_steps)
        except KeyboardInterrupt:  # a second Ctrl-C, or one at the very end
            raise Cancelled from None

    # Commands

    def run_command(self, given: GivenCommand) -> None:
        """Run a command, or say in which view it works."""
        act = self._handlers.get(given.name)
        if act is not None:
            act(given.rest)
            return
        known = command(given.name)
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
            named = command(rest)
            if named is not None:
                self.say(_("{command}: {help}").format(command=named.shown, help=_(named.help)))
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
        terms = self._glossary.search(rest)
        if not terms:
            self.say(_("No word like this. Try a part of it."))
            return
        self.say(*term_lines(terms, whole=bool(rest)))
        if not rest:
            self.say(_("/words and one of them says what it means."))

    def _about(self, rest: str) -> None:
        if self._about_page is None:
            self.say(_("This page is not part of this language yet."))
        else:
            self.say(*page_lines(self._about_page, _("your child")), _("End of the page."))

    def _leave_now(self, rest: str) -> NoReturn:
        raise LeaveNow

    def _where(self, rest: str) -> None:
        self.say(_("All answers are in this folder on this computer: {folder}").format(folder=self._folder))


def option_named(options: tuple[tuple[str, str], ...], words: str) -> str:
    """Find an option by its number, name or label and return its name; "" if there is no match."""
    typed = words.strip().casefold()
    for number, (name, label) in enumerate(options, 1):
        if typed in (str(number), name.casefold(), label.casefold()):
            return name
    return ""
