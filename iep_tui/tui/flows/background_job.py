"""Background jobs: run work in a thread and show a dialog that can stop it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from iep_tui.core.progress_callback import Cancelled, ProgressCallback
from iep_tui.i18n import _
from iep_tui.services.jobs import FIRST_NOTICE_AFTER, Job

if TYPE_CHECKING:
    from iep_tui.tui.base_app import BaseApp

#: Seconds from one look how far it is to the next.
PROGRESS_EVERY = 0.5

_T = TypeVar("_T")


async def in_thread(act: Callable[[ProgressCallback], _T]) -> _T:
    """What `act` gives, done beside the window by a thread. It reads and reckons only: who stops waiting leaves it."""
    work, ended = _begun(act, whole_steps=False)
    try:
        await ended.wait()
        return work.result()
    finally:
        work.stop()


async def run_job(
    app: BaseApp, act: Callable[[ProgressCallback], _T], words: str, *, counted: str = "", whole_steps: bool = False
) -> _T:
    """What `act` gives, done beside the window. Where it takes long, a screen says `words` and how far it is (`counted`
    with {done} and {total}), and stops it: `Cancelled`, at once, or with `whole_steps` after the step it is at.
    """
    from iep_tui.tui.screens.progress_dialog import ProgressDialog

    work, something = _begun(act, whole_steps=whole_steps)
    screen: ProgressDialog | None = None
    stopping = False

    def stop() -> None:
        nonlocal stopping
        stopping = True
        work.stop()
        something.set()

    try:
        while not work.ended.is_set():
            await _any(something, FIRST_NOTICE_AFTER if screen is None else PROGRESS_EVERY)
            if work.ended.is_set():
                break
            if stopping and not whole_steps:
                raise Cancelled
            if screen is None:
                screen = ProgressDialog(words, stop, later=_("Stopping at the next good place."))
                await app.push_screen(screen)
            elif work.total and counted:
                screen.tell(f"{counted.format(done=work.done, total=work.total)} {_('Esc stops it.')}")
        return work.result()
    finally:
        work.stop()
        if screen is not None:
            screen.end()


def _begun(act: Callable[[ProgressCallback], _T], *, whole_steps: bool) -> tuple[Job[_T], asyncio.Event]:
    """The work, and what is set once it has ended."""
    loop, ended = asyncio.get_running_loop(), asyncio.Event()

    def tell() -> None:
        with contextlib.suppress(RuntimeError):  # the program has ended meanwhile
            loop.call_soon_threadsafe(ended.set)

    work = Job(act, whole_steps=whole_steps)
    work.start(tell)
    return work, ended


async def _any(event: asyncio.Event, seconds: float) -> None:
    """Wait until the event is set, or so many seconds; it may be set again then."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), seconds)
    event.clear()
