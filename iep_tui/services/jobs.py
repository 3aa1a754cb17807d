"""Long-running jobs: run work in a thread, report its progress, and cancel it.

The command line and the line-by-line mode call `run_with_progress`; the screens use the same `Job` through
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

#: Seconds until the first line about a job that takes long, and between the lines after it.
FIRST_NOTICE_AFTER, NOTICE_EVERY = 0.35, 4.0
#: Seconds between checks whether a job is done.
_CHECK_EVERY = 0.1

_T = TypeVar("_T")


class Job(Generic[_T]):
    """Long-running work in a thread of its own. `act` gets the progress callback, to be called at each step.

    With `whole_steps` it only ever stops between two steps, even when the program ends. Otherwise the thread is
    abandoned on cancel, so it must not have side effects.
    """

    def __init__(self, act: Callable[[ProgressCallback], _T], *, whole_steps: bool = False) -> None:
        self.whole_steps = whole_steps
        self.ended = threading.Event()
        self.done = self.total = 0
        self._act = act
        self._then: Callable[[], None] | None = None
        self._stopping = False
        self._started = threading.Lock()
        self._results: list[_T] = []
        self._error: BaseException | None = None

    def start(self, then: Callable[[], None] | None = None) -> None:
        """Start the thread; `then` is called in it at the end, even after an error. A second start does nothing."""
        self._then = then
        threading.Thread(target=self._run, name="work", daemon=not self.whole_steps).start()

    def stop(self) -> None:
        """Request cancellation at the next step; a no-op once finished."""
        self._stopping = True

    def result(self) -> _T:
        """Return the result of a finished job, or raise its error; `Cancelled` when it was stopped."""
        if self._error is not None:
            raise self._error
        return self._results[0]

    def _step(self, done: int, total: int) -> None:
        if self._stopping:
            raise Cancelled
        self.done, self.total = done, total

    def _run(self) -> None:
        if not self._started.acquire(blocking=False):
            return
        try:
            self._results.append(self._act(self._step))
        except BaseException as error:  # noqa: BLE001 - `result` raises it in the waiting thread
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
    """Run `act` in a thread and return its result. If it takes long, `say` gets `words`, then the progress (`counted`,
    with {done} and {total}). Ctrl-C raises `Cancelled`: at once, or with `whole_steps` after the current step.
    """
    work = Job(act, whole_steps=whole_steps)
    lines = ProgressLines(words, counted, clock)
    started = stopping = False
    try:
        while True:
            try:
                if not started:
                    work.start()  # Ctrl-C may interrupt it
                    started = True
                while not work.ended.wait(_CHECK_EVERY):
                    if line := lines.due(work.done, work.total):
                        say(line)
                return work.result()
            except KeyboardInterrupt:
                work.stop()
                if not whole_steps:
                    raise Cancelled from None
                if stopping:  # a second Ctrl-C; the thread still finishes its step
                    raise
                stopping = True
                say(stopping_text())
    finally:
        work.stop()


def stopping_text() -> str:
    """Line between a request to stop and the end of the current step."""
    return _("Stopping after this step.")


class ProgressLines:
    """Progress lines, one every few seconds at most. `counted` is a template with {done} and {total}."""

    def __init__(self, words: str, counted: str = "", clock: Callable[[], float] = monotonic) -> None:
        self._words, self._counted, self._clock = words, counted, clock
        self._next = clock() + FIRST_NOTICE_AFTER
        self._last = ""

    def due(self, done: int, total: int) -> str:
        """The line to show now, "" for none. Instead of repeating itself it says that work goes on."""
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
            line = _("Still working. Ctrl+C stops it.")
        self._last = counted or line
        return line


def print_progress(line: str) -> None:
    """Print a progress line on stderr, if that is a terminal."""
    if sys.stderr is not None and sys.stderr.isatty():
        sys.stderr.write(f"iep-tui: {line}\n")
        sys.stderr.flush()
