"""Background jobs: run work in a thread and show a dialog that can stop it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from iep_tui.core.progress_callback import Cancelled, ProgressCallback
from iep_tui.i18n import _
from iep_tui.services.jobs import FIRST_NOTICE_AFTER, Job, stopping_text

if TYPE_CHECKING:
    from iep_tui.tui.flows.hosts import DialogHost

#: Seconds between two progress lines.
PROGRESS_EVERY = 0.5

_T = TypeVar("_T")


async def in_thread(act: Callable[[ProgressCallback], _T]) -> _T:
    """Run `act` in a thread and return its result. On cancel the thread is abandoned: it must have no side effects."""
    work, ended = _start(act, whole_steps=False)
    try:
        await ended.wait()
        return work.result()
    finally:
        work.stop()


async def run_job(
    host: DialogHost, act: Callable[[ProgressCallback], _T], words: str, *, counted: str = "", whole_steps: bool = False
) -> _T:
    """Run `act` in a thread and return its result. If it takes long, a dialog shows `words` and the progress
    (`counted`, with {done} and {total}), and can stop it: `Cancelled`, at once, or with `whole_steps` after the
    current step.
    """
    from iep_tui.tui.screens.progress_dialog import ProgressDialog

    work, wake = _start(act, whole_steps=whole_steps)
    screen: ProgressDialog | None = None
    stopping = False

    def stop() -> None:
        nonlocal stopping
        stopping = True
        work.stop()
        wake.set()

    try:
        while not work.ended.is_set():
            await _wait_for(wake, FIRST_NOTICE_AFTER if screen is None else PROGRESS_EVERY)
            if work.ended.is_set():
                break
            if stopping and not whole_steps:
                raise Cancelled
            if screen is None:
                screen = ProgressDialog(words, stop, later=stopping_text())
                await host.push_screen(screen)
            elif work.total and counted:
                screen.tell(f"{counted.format(done=work.done, total=work.total)} {_('Esc stops it.')}")
        return work.result()
    finally:
        work.stop()
        if screen is not None:
            screen.end()


def _start(act: Callable[[ProgressCallback], _T], *, whole_steps: bool) -> tuple[Job[_T], asyncio.Event]:
    """Start the job; the event is set at its end."""
    loop, ended = asyncio.get_running_loop(), asyncio.Event()

    def notify() -> None:
        with contextlib.suppress(RuntimeError):  # the program has ended meanwhile
            loop.call_soon_threadsafe(ended.set)

    work = Job(act, whole_steps=whole_steps)
    work.start(notify)
    return work, ended


async def _wait_for(event: asyncio.Event, seconds: float) -> None:
    """Wait for the event for at most so many seconds, and clear it."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), seconds)
    event.clear()
