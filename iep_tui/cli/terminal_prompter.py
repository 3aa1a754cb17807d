"""Prompter of the commands: options answer the questions, the terminal is asked for the rest, on stderr."""

from __future__ import annotations

import sys
from collections.abc import Callable, Coroutine

from iep_tui.cli.passphrase_prompt import is_at_terminal, prompt_hidden, read_passphrase_file
from iep_tui.core.progress_callback import Cancelled
from iep_tui.core.text_sanitizer import on_one_line
from iep_tui.i18n import _
from iep_tui.services.flows.prompter import Options, T, Use, Work, drive
from iep_tui.services.jobs import print_progress, run_with_progress
from iep_tui.store.crypto.keyring import check_new_passphrase
from iep_tui.store.errors import CaseSealed, StoreError


class TerminalPrompter:
    """`Prompter` over the terminal. An error in what an option gave ends the command, and one at the terminal may be
    corrected until the `tries` are used up.

    `passphrase_file` and `new_passphrase_file` hold passphrases, `option` is the name of the option to advise where
    nobody can be asked, `answer` is typed text, and `path` the file to write. `side` is "ours" or "theirs" to settle
    merge conflicts, and "" to ask.
    """

    def __init__(
        self,
        *,
        passphrase_file: str | None = None,
        new_passphrase_file: str | None = None,
        option: str = "--passphrase-file",
        tries: int = 3,
        answer: str | None = None,
        path: str = "",
        side: str = "",
    ) -> None:
        self._files = {False: passphrase_file, True: new_passphrase_file}
        self._passphrases: dict[bool, str] = {}
        self._option = option
        self._tries = tries
        self._answer = answer
        self._path = path
        self._side = side

    async def choose(self, words: str, options: Options, *, back: str = "", back_last: bool = False) -> str:
        """Show the words and take the only option: the command itself has chosen."""
        print(words, file=sys.stderr)
        [(name, _label)] = options
        return name

    async def pick(self, title: str, words: str, options: Options, *, back: str) -> str:
        if self._side:
            return self._side
        numbered = [f"{number}. {label}" for number, (_name, label) in enumerate(options, 1)]
        print(on_one_line(words), "", *map(on_one_line, (title, *numbered)), sep="\n", file=sys.stderr)
        while True:
            typed = _read_line(_("Which answer should we keep? Type a number; Enter alone goes back:") + " ")
            if not typed:
                raise Cancelled
            if typed in [str(number) for number in range(1, len(options) + 1)]:
                return options[int(typed) - 1][0]

    async def ask(self, title: str, words: str, done: str, use: Use[T]) -> T:
        if self._answer is not None:
            return await use(self._answer)
        above, _newline, prompt = words.rpartition("\n")
        print(above, file=sys.stderr)
        for left in range(self._tries - 1, -1, -1):
            try:
                return await use(_read_line(f"{prompt} "))
            except StoreError as error:
                if not left:
                    raise
                print(f"iep-tui: {error}", file=sys.stderr)
        raise AssertionError("the last try returns or raises")

    async def path(self, title: str, words: str, done: str, use: Use[T], *, proposal: str = "") -> T:
        return await use(self._path)

    async def secret(
        self,
        title: str,
        words: str,
        done: str,
        attempt: Callable[[str], T],
        *,
        waiting: str,
        new: bool = False,
        label: str = "",
    ) -> T:
        file = self._files[new]
        if file is not None:
            if new not in self._passphrases:  # read once: standard input gives it only once
                self._passphrases[new] = read_passphrase_file(file)
            return _run_attempt(attempt, self._passphrases[new], waiting)
        if not is_at_terminal():
            words = _("This needs a passphrase. Give it with {option} FILE, or - for standard input.")
            raise CaseSealed(words.format(option=self._option))
        name = label or (_("New passphrase") if new else _("Passphrase or recovery key"))
        for left in range(self._tries - 1, -1, -1):
            typed = prompt_hidden(_("{name} (it is not shown): ").format(name=name))
            try:
                if new:
                    check_new_passphrase(typed)
                    if prompt_hidden(_("The same once more: ")) != typed:
                        raise StoreError(_("The two are not the same. Nothing was changed."))
                return _run_attempt(attempt, typed, waiting)
            except StoreError as error:
                if not left:
                    raise
                print(f"iep-tui: {error}", file=sys.stderr)
        raise AssertionError("the last try returns or raises")

    async def tell(self, *lines: str) -> None:
        for line in lines:
            print(f"iep-tui: {line}", file=sys.stderr)

    async def run(self, work: Work[T], words: str, *, counted: str = "", whole_steps: bool = False) -> T:
        return run_with_progress(work, words, print_progress, counted=counted, whole_steps=whole_steps)


def run_flow(flow: Coroutine[object, None, T]) -> T:
    """Run a dialog. Cancelled says that it was stopped, and how things stand. StoreError."""
    try:
        return drive(flow)
    except Cancelled as cancelled:
        raise Cancelled(" ".join(filter(None, (_("Stopped."), str(cancelled))))) from None


def _run_attempt(attempt: Callable[[str], T], typed: str, waiting: str) -> T:
    return run_with_progress(lambda _step: attempt(typed), waiting, print_progress)


def _read_line(prompt: str) -> str:
    """One line of standard input; "" for an empty one and at the end."""
    print(prompt, end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip() if sys.stdin is not None else ""
