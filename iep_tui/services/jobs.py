"""Long-running jobs: run work in a thread, report its progress, and stop it.

The command line and the line-by-line mode call `wait_for`; the screens use the same `Job` through
`tui/flows/background_job.py`.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from time import monotonic
from typing import Generic, TypeVar

from iep_tui.core.progress_callback import Cancelled, ProgressCallback
from iep_tui.i18n import _

#: Seconds after which a person is told that something takes long, and from one line about it to the next.
FIRST_NOTICE_AFTER, NOTICE_EVERY = 0.35, 4.0
#: Seconds between two looks whether it is done.
_LOOK = 0.1

_T = TypeVar("_T")


class Job(Generic[_T]):
    """One thing that takes long, in a thread of its own. `act` is given what it has to call at each step.

    With `whole_steps` it is only ever stopped between two of them, also when the program ends meanwhile; else its
    result is left behind, so it may read and reckon, and must write nothing.
    """

    def __init__(self, act: Callable[[ProgressCallback], _T], *, whole_steps: bool = False) -> None:
        self.whole_steps = whole_steps
        self.ended = threading.Event()
        self.done = self.total = 0
        self._act = act
        self._then: Callable[[], None] | None = None
        self._stopping = False
        self._begun = threading.Lock()
        self._found: list[_T] = []
        self._error: BaseException | None = None

    def start(self, then: Callable[[], None] | None = None) -> None:
        """Begin; `then` is called in the thread once it has ended, however it did. Begun twice, it is done once."""
        self._then = then
        threading.Thread(target=self._run, name="work", daemon=not self.whole_steps).start()

    def stop(self) -> None:
        """Ask it to stop at its next step. Nothing to one that has ended."""
        self._stopping = True

    def result(self) -> _T:
        """What came of it once it has ended. Raises what it raised; `Cancelled` where it was stopped."""
        if self._error is not None:
            raise self._error
        return self._found[0]

    def _step(self, done: int, total: int) -> None:
        if self._stopping:
            raise Cancelled
        self.done, self.total = done, total

    def _run(self) -> None:
        if not self._begun.acquire(blocking=False):
            return
        try:
            self._found.append(self._act(self._step))
        except BaseException as error:  # noqa: BLE001 - it is raised where somebody waits for it
            self._error = error
        finally:
            self.ended.set()
            if self._then is not None:
                self._then()


def run_with_progress(
    act: Callable[[ProgressCallback], _T],
    words: str,
    say: Callable[[str], None],
    *,
    counted: str = "",
    whole_steps: bool = False,
    clock: Callable[[], float] = monotonic,
) -> _T:
    """Do `act` and give its result. Where it takes long, `words` are said, then how far it is (`counted`, with {done}
    and {total}). Ctrl-C stops it: `Cancelled`, at once, or with `whole_steps` after the step it is at.
    """
    work = Job(act, whole_steps=whole_steps)
    lines = ProgressLines(words, counted, clock)
    started = stopping = False
    try:
        while True:
            try:
                if not started:
                    work.start()  # Ctrl-C may come in the middle of it
                    started = True
                while not work.ended.wait(_LOOK):
                    if line := lines.due(work.done, work.total):
                        say(line)
                return work.result()
            except KeyboardInterrupt:
                work.stop()
                if not whole_steps:
                    raise Cancelled from None
                if stopping:  # it really is to end now; the thread still comes to the end of its step
                    raise
                stopping = True
                say(_("Stopping at the next good place."))
    finally:
        work.stop()


class ProgressLines:
    """What is said while somebody waits, a line every few seconds at most. `counted` has {done} and {total}."""

    def __init__(self, words: str, counted: str = "", clock: Callable[[], float] = monotonic) -> None:
        self._words, self._counted, self._clock = words, counted, clock
        self._next = clock() + FIRST_NOTICE_AFTER
        self._last = ""

    def due(self, done: int, total: int) -> str:
        """The line to say now, "" for none. One that would say the same again says that it goes on."""
        now = self._clock()
        if now < self._next:
            return ""
        self._next = now + NOTICE_EVERY
        counted = self._counted.format(done=done, total=total) if total and self._counted else ""
        if not self._last:
            line = _("{words} Ctrl+C stops it.").format(words=" ".join(filter(None, (self._words, counted))))
        elif counted and counted != self._last:
            line = counted
        else:
            line = _("Still at work. Ctrl+C stops it.")
        self._last = counted or line
        return line


def print_progress(line: str) -> None:
    """Say a line beside what a verb writes, where a person looks on."""
    if sys.stderr is not None and sys.stderr.isatty():
        sys.stderr.write(f"iep-tui: {line}\n")
        sys.stderr.flush()
