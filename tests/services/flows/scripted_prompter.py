"""A prompter that answers from a script, without any front end."""

from __future__ import annotations

from collections.abc import Callable

from iep_tui.core.progress_callback import Cancelled, no_progress
from iep_tui.services.flows.prompter import Options, T, Use, Work
from iep_tui.store.errors import StoreError


class ScriptedPrompter:
    """Answers each prompt with the next line of `answers`; the last group of a recovery key for "(key)".

    At prompt number `cancel_at` (from 0) the person goes back. `shown` has the texts of all prompts.
    """

    def __init__(self, *answers: str, cancel_at: int = -1) -> None:
        self._answers = list(answers)
        self._cancel_at = cancel_at
        self.prompts = 0
        self.shown: list[str] = []

    @property
    def left(self) -> list[str]:
        return self._answers

    def _next(self, *texts: str) -> str:
        self.shown += texts
        if self.prompts == self._cancel_at:
            raise Cancelled
        self.prompts += 1
        return self._answers.pop(0)

    async def choose(self, words: str, options: Options, *, back: str = "", back_last: bool = False) -> str:
        answer = self._next(words)
        assert answer in dict(options), f"{answer} is none of {options}"
        return answer

    async def pick(self, title: str, words: str, options: Options, *, back: str) -> str:
        return await self.choose(f"{title}\n{words}", options, back=back)

    async def ask(self, title: str, words: str, done: str, use: Use[T]) -> T:
        while True:
            typed = self._next(title, words)
            if typed == "(key)":
                typed = next(line for line in reversed(words.split("\n")) if line.count("-") == 2)[-5:]
            try:
                return await use(typed)
            except StoreError as error:
                self.shown.append(str(error))

    async def path(self, title: str, words: str, done: str, use: Use[T], *, proposal: str = "") -> T:
        return await self.ask(title, words, done, use)

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
        async def use(typed: str) -> T:
            return attempt(typed)

        return await self.ask(title, words, done, use)

    async def tell(self, *lines: str) -> None:
        self.shown += lines

    async def run(self, work: Work[T], words: str, *, counted: str = "", whole_steps: bool = False) -> T:
        return work(no_progress)
