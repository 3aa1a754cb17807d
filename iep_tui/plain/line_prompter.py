"""Prompter of the line-by-line mode: each question of a dialog is printed, and answered by a line."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Coroutine

from iep_tui.core.progress_callback import Cancelled, ProgressCallback
from iep_tui.i18n import _
from iep_tui.plain.base_view import View
from iep_tui.plain.slash_commands import GivenCommand
from iep_tui.services.flows.passphrase import unlock
from iep_tui.services.flows.prompter import Options, T, Use, Work, drive
from iep_tui.services.flows.rescue import save_rescue_copy
from iep_tui.services.session import CaseSession
from iep_tui.services.typed_path import typed_path
from iep_tui.store.case_store import CaseStore
from iep_tui.store.crypto.keyring import check_new_passphrase
from iep_tui.store.errors import StoreError


class LinePrompter:
    """`Prompter` over the lines of a view. A command that leaves the view leaves the dialog too.

    `given` is a path that was typed with the command, so it is not asked for, and an error ends the dialog.
    """

    def __init__(self, view: View, given: str = "") -> None:
        self._view = view
        self._given = given

    async def choose(self, words: str, options: Options, *, back: str = "", back_last: bool = False) -> str:
        self._view.say(*words.split("\n"))
        return self._choose((*options, ("no", back or _("Not now"))), _("Type a number. Enter alone goes back:"))

    async def pick(self, title: str, words: str, options: Options, *, back: str) -> str:
        self._view.say(words, "", title)
        return self._choose((*options, ("no", back)), _("Which answer should we keep? Enter alone goes back:"))

    def _choose(self, options: Options, prompt: str) -> str:
        answer = self._view.choose(options, prompt)
        if answer in ("", "no"):
            raise Cancelled
        return answer

    async def ask(self, title: str, words: str, done: str, use: Use[T]) -> T:
        self._view.say(*words.split("\n"))
        return await self._ask(_("{title}. Enter alone goes back:").format(title=title), use)

    async def path(self, title: str, words: str, done: str, use: Use[T], *, proposal: str = "") -> T:
        if self._given:
            try:
                return await use(str(typed_path(self._given)))
            except StoreError as error:
                self._view.error(str(error))
                raise Cancelled from None
        self._view.say(*words.split("\n"))
        if proposal:
            prompt = _("Folder or file. Enter takes {path}. /cancel goes back:").format(path=proposal)
        else:
            prompt = _("Name of the file. Enter alone goes back:")
        return await self._ask(prompt, lambda typed: use(str(typed_path(typed))), proposal, path=True)

    async def _ask(self, prompt: str, use: Use[T], proposal: str = "", *, path: bool = False) -> T:
        while True:
            line = self._view.ask_line(prompt, ("cancel",), path=path)
            if isinstance(line, GivenCommand) or (line.blank and not proposal):
                raise Cancelled
            try:
                return await use(proposal if line.blank else line.text)
            except StoreError as error:
                self._view.error(str(error))

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
        self._view.say(*words.split("\n"))
        name = label or (_("Passphrase") if new else _("Passphrase or recovery key"))
        prompt = _("{name}. It is not shown. Enter alone goes back:").format(name=name)
        while typed := self._view.ask_secret(prompt):
            try:
                if new:
                    self._confirm(typed)
                return await self.run(functools.partial(_attempt, attempt, typed), waiting)
            except StoreError as error:
                self._view.error(str(error))
        raise Cancelled

    def _confirm(self, typed: str) -> None:
        check_new_passphrase(typed)
        if self._view.ask_secret(_("The same once more:")) != typed:
            raise StoreError(_("The two are not the same."))

    async def tell(self, *lines: str) -> None:
        self._view.say(*lines)

    async def run(self, work: Work[T], words: str, *, counted: str = "", whole_steps: bool = False) -> T:
        try:
            return self._view.run_job(work, words, counted=counted, whole_steps=whole_steps)
        except Cancelled:
            self._view.say(_("Stopped."))
            raise


def _attempt(attempt: Callable[[str], T], typed: str, _progress: ProgressCallback) -> T:
    return attempt(typed)


def run_flow(view: View, flow: Coroutine[object, None, tuple[str, ...] | None]) -> bool:
    """Run a dialog to its end and show its result or its error; return whether it was done."""
    try:
        lines = drive(flow)
    except (Cancelled, StoreError) as outcome:
        if isinstance(outcome, StoreError):
            view.error(str(outcome))
        elif str(outcome):
            view.say(str(outcome))
        return False
    view.say(*(lines or ()))
    return True


def unlock_case(view: View, store: CaseStore, case_id: str, words: str) -> bool:
    """Ask for the passphrase of a case ("" for new ones); return whether the dialog was done."""
    return run_flow(view, unlock(LinePrompter(view), store, case_id, words))


def save_elsewhere(view: View, session: CaseSession, today: datetime.date, given: str = "") -> None:
    """Save a rescue copy of the open case, at the path that was given with the command or is asked for."""
    run_flow(view, save_rescue_copy(LinePrompter(view, given), session, today))
