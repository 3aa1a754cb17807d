"""Shutdown: on request, on a signal, or after a crash. Nothing typed is lost."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from typing import TYPE_CHECKING

from iep_tui.core.progress_callback import Cancelled
from iep_tui.i18n import _
from iep_tui.services.crash_report import crash_text, write_report

if TYPE_CHECKING:
    from iep_tui.tui.base_app import BaseApp


async def may_leave(app: BaseApp) -> bool:
    """Save; return whether the person may leave, asking about words that could not be saved."""
    while not app.save():
        from iep_tui.tui.screens.confirm_and_input_dialogs import ChoiceDialog

        session = app.session
        assert session is not None  # without an open case no save fails
        if session.copied_to:
            words = _("Your last words are in {path}, and not yet in their usual place. {trouble}")
            go = _("Leave")
        else:
            words = _("Your last words are not saved yet. {trouble}")
            go = _("Leave without saving them")
        retry = () if session.is_replaced else (("again", _("Try again")),)
        answers = (*retry, ("elsewhere", _("Save them somewhere else")), ("stay", _("Stay here")), ("go", go))
        text = words.format(path=session.copied_to, trouble=session.trouble)
        answer = await app.push_screen_wait(ChoiceDialog(text, answers))
        if answer == "elsewhere":
            await offer_rescue_copy(app)
        elif answer != "again":
            return answer == "go"
    return True


async def offer_rescue_copy(app: BaseApp) -> None:
    """Save all answers of the open case in another place, too."""
    from iep_tui.services.flows.rescue import save_rescue_copy
    from iep_tui.tui.flows.textual_prompter import TextualPrompter

    if app.session is not None:
        with contextlib.suppress(Cancelled):
            await save_rescue_copy(TextualPrompter(app), app.session, app.clock().date())


def rescue(app: BaseApp) -> bool:
    """Everything typed goes to the disk, whatever happens next; whether all of it is there now."""
    saved = True
    try:
        app.take_words()
    except Exception:  # noqa: BLE001 - whatever is broken, what was taken before is still to be saved
        saved = False
    if app.session is not None:
        try:
            saved = app.session.save() and saved
        except Exception:  # noqa: BLE001
            saved = False
    return saved


def watch_signals(app: BaseApp) -> None:
    """A closed window or a stopped session saves first. Windows has neither signal in this form."""
    if sys.platform == "win32":
        return
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGHUP):
        with contextlib.suppress(RuntimeError, ValueError, NotImplementedError):
            loop.add_signal_handler(number, on_signal, app, number)


def on_signal(app: BaseApp, number: int) -> None:
    """Save, let go of the case, and end."""
    rescue(app)
    if app.session is not None:
        app.session.close()
        app.session = None
    app.exit(return_code=128 + number)
    # With the terminal gone the way out may hang; the answers are safe, so go.
    asyncio.get_running_loop().call_later(2, os._exit, 128 + number)


def after_a_crash(app: BaseApp, error: BaseException | None) -> str:
    """Save, write a report, and give the line to say: the usual trace would print the answers in memory."""
    saved = rescue(app)
    report = write_report(app.store.home, error, app.clock())
    return crash_text(error, saved=saved, report=report)
