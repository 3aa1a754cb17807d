"""Prompter of the screens: each question of a dialog is a Textual dialog over the current screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from iep_tui.core.progress_callback import Cancelled
from iep_tui.i18n import _
from iep_tui.services.flows.prompter import Options, T, Use, Work
from iep_tui.services.typed_path import typed_path
from iep_tui.store.errors import StoreError
from iep_tui.tui.flows.background_job import in_thread, run_job
from iep_tui.tui.screens.confirm_and_input_dialogs import ChoiceDialog, InputDialog

if TYPE_CHECKING:
    from iep_tui.tui.flows.hosts import DialogHost


class TextualPrompter:
    """`Prompter` for a flow that runs in a worker of the app."""

    def __init__(self, host: DialogHost) -> None:
        self._host = host

    async def choose(self, words: str, options: Options, *, back: str = "", back_last: bool = False) -> str:
        way_out = (("no", back or _("Not now")),)
        answers = (*options, *way_out) if back_last else (*way_out, *options)
        answer = await self._host.push_screen_wait(ChoiceDialog(words, answers))
        if answer in ("", "no"):
            raise Cancelled
        return answer

    async def pick(self, title: str, words: str, options: Options, *, back: str) -> str:
        from iep_tui.tui.screens.pick_dialog import PickDialog

        texts = tuple(label for _name, label in options)
        close = _("{words} (esc)").format(words=back)
        place = await self._host.push_screen_wait(PickDialog(title, words, texts, close=close))
        if place < 0:
            raise Cancelled
        return options[place][0]

    async def ask(self, title: str, words: str, done: str, use: Use[T]) -> T:
        return await self._ask(title, words, done, use)

    async def path(self, title: str, words: str, done: str, use: Use[T], *, proposal: str = "") -> T:
        return await self._ask(title, words, done, lambda typed: use(str(typed_path(typed))), proposal, keep=True)

    async def _ask(
        self, title: str, words: str, done: str, use: Use[T], proposal: str = "", *, keep: bool = False
    ) -> T:
        """Ask until `use` accepts; with `keep` a refused line can be corrected instead of typed again."""
        error_line = ""
        while typed := await self._host.push_screen_wait(InputDialog(title, words, done, error_line, proposal)):
            try:
                return await use(typed)
            except StoreError as error:
                error_line, proposal = str(error), typed if keep else ""
        raise Cancelled

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
        from iep_tui.tui.screens.passphrase_dialog import PassphraseDialog

        results: list[T] = []

        async def attempt_it(typed: str) -> str:
            try:
                results.append(await in_thread(lambda _step: attempt(typed)))
            except StoreError as error:
                return str(error)
            return ""

        dialog = PassphraseDialog(title, words, done, attempt_it, waiting=waiting, twice=new, label=label)
        if not await self._host.push_screen_wait(dialog) or not results:
            raise Cancelled
        return results[-1]

    async def tell(self, *lines: str) -> None:
        if lines:
            await self._host.push_screen_wait(ChoiceDialog("\n".join(lines), (("good", _("Go on")),)))

    async def run(self, work: Work[T], words: str, *, counted: str = "", whole_steps: bool = False) -> T:
        return await run_job(self._host, work, words, counted=counted, whole_steps=whole_steps)
