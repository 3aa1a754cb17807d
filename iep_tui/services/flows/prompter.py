"""The small protocol through which a dialog asks a person, and the driver for front ends without an event loop.

Going back is one thing everywhere: every method raises `Cancelled`, nothing has been changed by then, and the message,
where a flow adds one, says how things stand.
"""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from typing import Protocol, TypeAlias, TypeVar

from iep_tui.core.progress_callback import Cancelled, ProgressCallback

T = TypeVar("T")

#: (name, label) of each answer a person may choose.
Options: TypeAlias = tuple[tuple[str, str], ...]
#: Uses what was typed. Its StoreError is shown and the prompt stays open.
Use: TypeAlias = Callable[[str], Awaitable[T]]
#: Long-running work, for a thread. It reports its progress, and may be cancelled there.
Work: TypeAlias = Callable[[ProgressCallback], T]


class Prompter(Protocol):
    """The questions a dialog may ask. Every method but `tell` raises Cancelled when the person goes back."""

    async def choose(self, words: str, options: Options, *, back: str = "", back_last: bool = False) -> str:
        """Return the name of the chosen option. `back` labels the way out, "Not now" by default.

        An Enter too many on a screen goes back, unless the way out comes last.
        """

    async def pick(self, title: str, words: str, options: Options, *, back: str) -> str:
        """`choose` between long texts, such as the two sides of a merge conflict."""

    async def ask(self, title: str, words: str, done: str, use: Use[T]) -> T:
        """Ask for one line until `use` accepts it; return what `use` made of it. `done` labels the way on."""

    async def path(self, title: str, words: str, done: str, use: Use[T], *, proposal: str = "") -> T:
        """`ask` for the name of a file or folder. `use` gets it without quotes, backslashes or "file://"."""

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
        """Ask for a passphrase until `attempt` accepts it; return what it made of it. It is typed twice when `new`.

        `attempt` derives keys in a thread that a cancelled prompt abandons, so it must have no side effects.
        """

    async def tell(self, *lines: str) -> None:
        """Show lines before the dialog goes on."""

    async def run(self, work: Work[T], words: str, *, counted: str = "", whole_steps: bool = False) -> T:
        """Run `work` in a thread and return its result; `words` say what takes time, `counted` how far it is.

        Cancelling abandons it at once, so it must have no side effects; with `whole_steps` it ends after its step.
        """


def drive(flow: Coroutine[object, None, T]) -> T:
    """Run a dialog whose prompter never waits for an event loop. RuntimeError if it does."""
    try:
        flow.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    flow.close()
    raise RuntimeError("a dialog without an event loop waited for something")


@contextlib.contextmanager
def on_cancel(words: str) -> Iterator[None]:
    """Add to a cancellation the line that says how things stand, unless it has one already."""
    try:
        yield
    except Cancelled as cancelled:
        raise Cancelled(str(cancelled) or words) from None
