"""Commands that open the program, and the informational ones: about, where."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

from iep_tui.cli.commands.command_helpers import EXIT_OK, CommandError, find_case, home_folder, load_library, own_sets
from iep_tui.i18n import DEFAULT_LANGUAGE, _

if TYPE_CHECKING:
    import argparse


def open_program(lang: str = DEFAULT_LANGUAGE) -> int:
    """Run `iep-tui`: full screen, or line by line if the terminal cannot show a screen."""
    if _needs_plain_mode():
        return _line_by_line(lang)
    gc.disable()  # imports leave no garbage; `tui.preload` turns it on again after the first screen
    from iep_tui.store.case_store import CaseStore
    from iep_tui.store.settings import Settings
    from iep_tui.tui.app import PrepApp, now

    home = home_folder()
    app = PrepApp(load_library(lang), CaseStore(home), Settings(home), now)
    app.run()
    return app.return_code or EXIT_OK


def plain(options: argparse.Namespace) -> int:
    """Run `iep-tui plain [CASE]`."""
    return _line_by_line(options.lang, getattr(options, "case", None) or "")


def _line_by_line(lang: str, words: str = "") -> int:
    import datetime

    from iep_tui.plain.line_io import standard_terminal
    from iep_tui.plain.plain_app import PlainApp
    from iep_tui.store.case_store import CaseStore

    store = CaseStore(home_folder())
    case_id = find_case(store, words) if words else ""
    terminal = standard_terminal()
    with terminal.watching():
        app = PlainApp(load_library(lang), store, lambda: datetime.datetime.now().astimezone(), terminal)
        return app.run(case_id)


def _needs_plain_mode() -> bool:
    """True if IEP_TUI_PLAIN asks for line-by-line mode, or the terminal cannot do anything else."""
    return (
        os.environ.get("IEP_TUI_PLAIN", "0") not in ("", "0")
        or os.environ.get("TERM") == "dumb"
        or sys.stdin is None
        or not (sys.stdin.isatty() and sys.stdout.isatty())
    )


def about(options: argparse.Namespace) -> int:
    """Run `iep-tui about`."""
    import shutil

    from iep_tui.core.page_text import PAGE_TEXT_WIDTH, page_text

    page = load_library(options.lang).about
    if page is None:
        raise CommandError(_("This page is not part of this language yet."))
    width = shutil.get_terminal_size((PAGE_TEXT_WIDTH, 24)).columns if sys.stdout.isatty() else PAGE_TEXT_WIDTH
    print(page_text(page, _("your child"), width), end="")
    return EXIT_OK


def where(options: argparse.Namespace) -> int:
    """Run `iep-tui where`."""
    from iep_tui.services.folder_notices import where_lines
    from iep_tui.sets.library import shipped_folder
    from iep_tui.store.case_store import CaseStore
    from iep_tui.store.data_paths import cases_folder

    home = home_folder()
    print(_("Answers:         {path}").format(path=cases_folder(home)))
    print(_("Your own sets:   {path}").format(path=own_sets() / options.lang))
    print(_("Our sets:        {path}").format(path=shipped_folder() / options.lang))
    for line in where_lines(CaseStore(home)):
        print(line)
    return EXIT_OK
