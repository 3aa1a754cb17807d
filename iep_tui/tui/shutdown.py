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
    """Return whether the app may close: everything is saved, or the user leaves without saving."""
    while not app.save():
        from iep_tui.tui.screens.confirm_and_input_dialogs import ChoiceDialog

        session = app.session
        assert session is not None  # saving fails only with an open case
        if session.copied_to:
            words = _("Your latest changes are saved in {path}, but not yet in their usual place. {trouble}")
            go = _("Leave")
        else:
            words = _("Your latest changes are not saved yet. {trouble}")
            go = _("Leave without saving them")
        retry = () if session.is_replaced else (("again", _("Try again")),)
        answers = (*retry, ("elsewhere", _("Save them somewhere else")), ("stay", _("Stay here")), ("go", go))
        message = words.format(path=session.copied_to, trouble=session.trouble)
        answer = await app.push_screen_wait(ChoiceDialog(message, answers))
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


def save_everything(app: BaseApp) -> bool:
    """Save everything typed; never raises. Return whether all of it was saved."""
    saved = True
    try:
        app.collect_input()
    except Exception:  # noqa: BLE001 - answers collected earlier must still be saved
        saved = False
    if app.session is not None:
        try:
            saved = app.session.save() and saved
        except Exception:  # noqa: BLE001
            saved = False
    return saved


def watch_signals(app: BaseApp) -> None:
    """Save before ending on SIGTERM or SIGHUP. Windows has neither signal in this form."""
    if sys.platform == "win32":
        return
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGHUP):
        with contextlib.suppress(RuntimeError, ValueError, NotImplementedError):
            loop.add_signal_handler(number, on_signal, app, number)


def on_signal(app: BaseApp, number: int) -> None:
    """Save, close the case, and exit with the signal's exit code."""
    save_everything(app)
    if app.session is not None:
        app.session.close()
        app.session = None
    app.exit(return_code=128 + number)
    # Without a terminal a normal exit may hang; the answers are saved, so force it.
    asyncio.get_running_loop().call_later(2, os._exit, 128 + number)


def handle_crash(app: BaseApp, error: BaseException | None) -> str:
    """Save, write a crash report, and return the line to print: a traceback would print answers in memory."""
    saved = save_everything(app)
    report = write_report(app.store.home, error, app.clock())
    return crash_text(error, saved=saved, report=report)
