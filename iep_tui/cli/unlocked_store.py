"""Open the store for a command, with the passphrase from a file or from the person at the terminal."""

from __future__ import annotations

from pathlib import Path

from iep_tui.cli.passphrase_prompt import read_passphrase_file
from iep_tui.i18n import _
from iep_tui.services.jobs import print_progress, run_with_progress
from iep_tui.store.case_store import CaseStore
from iep_tui.store.errors import WrongPassphrase


def open_store(home: Path, passphrase_file: str | None = None) -> CaseStore:
    """Open the store in `home`. With a file its passphrase opens cases at once; without one the person is asked when a
    command reads a sealed case. StoreError; WrongPassphrase for the passphrase in the file.
    """
    store = CaseStore(home)
    if passphrase_file is not None:
        from iep_tui.services import passphrases

        words = read_passphrase_file(passphrase_file)
        run_with_progress(
            lambda step: store.sealing.unlock_any(words, step),
            passphrases.deriving_text(),
            print_progress,
            counted=_("Trying passphrase {done:,} of {total:,}…"),
        )
        _finish_interrupted_change(store)

    def ask(case_id: str) -> None:
        if passphrase_file is not None:
            raise WrongPassphrase(_("The passphrase in the file does not open this child. Nothing was changed."))
        unlock(store, case_id, None)

    store.ask = ask
    return store


def _finish_interrupted_change(store: CaseStore) -> None:
    from iep_tui.cli.terminal_prompter import TerminalPrompter, run_flow
    from iep_tui.services.flows import passphrase

    run_flow(passphrase.finish_interrupted_change(TerminalPrompter(), store))


def unlock(store: CaseStore, case_id: str, passphrase_file: str | None) -> None:
    """Open a case ("" for all) by the passphrase in a file, or typed; finish an interrupted change. StoreError."""
    from iep_tui.cli.terminal_prompter import TerminalPrompter, run_flow
    from iep_tui.services.flows import passphrase

    run_flow(passphrase.unlock(TerminalPrompter(passphrase_file=passphrase_file), store, case_id))
