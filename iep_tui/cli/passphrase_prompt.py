"""Passphrase prompt of the command line: typed without an echo or read from a file, never an argument."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from iep_tui.core.progress_callback import Cancelled
from iep_tui.i18n import _
from iep_tui.services.jobs import print_progress, run_with_progress
from iep_tui.store.case_store import CaseStore
from iep_tui.store.errors import CaseSealed, StoreError, WrongPassphrase

#: Bytes of a passphrase file that are read; a passphrase has at most a thousand characters.
_MOST_BYTES = 8_192
_TRIES = 3


def open_store(home: Path, passphrase_file: str | None = None) -> CaseStore:
    """The cases in `home`. With a file, what its passphrase opens is open at once; without, it is asked for when a
    verb comes to a sealed case and a person sits at the terminal. StoreError; WrongPassphrase for the file's.
    """
    store = CaseStore(home)
    if passphrase_file is not None:
        from iep_tui.services import passphrases

        words = read_passphrase_file(passphrase_file)
        run_with_progress(
            lambda step: store.sealing.unlock_any(words, step),
            passphrases.deriving_text(),
            print_progress,
            counted=_("{done:,} of {total:,} passphrases are looked at."),
        )
        finish_interrupted_change(store)
    store.ask = _asker(store, passphrase_file)
    return store


def _asker(store: CaseStore, passphrase_file: str | None) -> Callable[[str], None]:
    def ask(case_id: str) -> None:
        if passphrase_file is not None:
            raise WrongPassphrase(_("The passphrase in the file does not open this case. Nothing was changed."))
        prompt_and_unlock(store, case_id)

    return ask


def prompt_and_unlock(store: CaseStore, case_id: str) -> None:
    """Ask a person for the passphrase of this case ("" for all) and unlock it. WrongPassphrase after three tries.

    Sealed, with the way to give it, where nobody can be asked.
    """
    if not is_at_terminal():
        raise CaseSealed(_("This needs a passphrase. Give it with --passphrase-file FILE, or - for standard input."))
    for left in range(_TRIES - 1, -1, -1):
        try:
            unlock(store, prompt_hidden(_("Passphrase or recovery key (it is not shown): ")), case_id)
        except WrongPassphrase as error:
            if not left:
                raise
            print(f"iep-tui: {error}", file=sys.stderr)
        else:
            finish_interrupted_change(store)
            return


def unlock(store: CaseStore, words: str, case_id: str) -> None:
    """Open a case ("" for all) by these words, telling a person who waits. WrongPassphrase; StoreError; Stopped."""
    from iep_tui.services import passphrases

    run_with_progress(lambda _step: store.sealing.unlock(words, case_id), passphrases.deriving_text(), print_progress)


def finish_interrupted_change(store: CaseStore) -> None:
    """End a change of the passphrase for all that was killed half way, and say so. StoreError; Stopped."""
    if not store.sealing.may_finish():
        return
    from iep_tui.services import passphrases

    try:
        lines = run_with_progress(
            lambda step: passphrases.finished_lines(store, step),
            passphrases.finishing_text(),
            print_progress,
            counted=passphrases.counted_text(),
            whole_steps=True,
        )
    except Cancelled:
        raise Cancelled(passphrases.stopped_text()) from None
    for line in lines:
        print(f"iep-tui: {line}", file=sys.stderr)


def is_at_terminal() -> bool:
    """Whether a person can be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


def prompt_hidden(prompt: str) -> str:
    """What a person types on the terminal, not shown. StoreError at the end of the input."""
    import getpass

    try:
        return getpass.getpass(prompt)
    except EOFError:
        raise StoreError(_("No passphrase was given. Nothing was changed.")) from None


def read_passphrase_file(name: str) -> str:
    """The first line of the file, or of standard input for "-", without its line end. StoreError."""
    try:
        if name == "-":
            if sys.stdin is None:
                raise StoreError(_("There is no standard input to read a passphrase from."))
            data = sys.stdin.buffer.readline(_MOST_BYTES)
        else:
            with Path(name).open("rb") as file:
                data = file.readline(_MOST_BYTES)
        words = data.decode("utf-8")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise StoreError(_("The passphrase could not be read ({reason}).").format(reason=reason)) from None
    except UnicodeDecodeError:
        raise StoreError(_("The passphrase file is not UTF-8 text.")) from None
    words = words.removesuffix("\n").removesuffix("\r")
    if not words:
        raise StoreError(_("There is no passphrase in the first line of the file."))
    return words
