"""Helpers shared by the commands: exit, output, and the locations of cases and question sets."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from iep_tui.core.text_sanitizer import on_one_line
from iep_tui.i18n import _

if TYPE_CHECKING:
    import argparse

    from iep_tui.sets.library import Library
    from iep_tui.store.case_store import CaseStore

EXIT_OK, EXIT_FAILURE, EXIT_USAGE, EXIT_CANCELLED = 0, 1, 2, 130

READERS = ("family", "team", "teachers")


class CommandError(Exception):
    """Invalid input to a command. The message is the line to print."""


def write_bytes(data: bytes) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def print_error(words: object) -> int:
    print(f"iep-tui: {on_one_line(words)}", file=sys.stderr)
    return EXIT_FAILURE


def print_cancelled(words: str) -> int:
    """Print the outcome of a cancellation, on a new line below the ^C that a terminal echoes."""
    if sys.stderr.isatty():
        print(file=sys.stderr)
    print_error(words or _("Stopped."))
    return EXIT_CANCELLED


def home_folder() -> Path:
    from iep_tui.store.data_paths import data_folder

    return data_folder()


def own_sets() -> Path:
    from iep_tui.store.data_paths import own_questions_folder

    return own_questions_folder(home_folder())


def load_library(lang: str) -> Library:
    from iep_tui.services.sets_cache import load_library
    from iep_tui.store.data_paths import cache_folder

    return load_library(lang, own_sets(), cache=cache_folder(home_folder()))


def case_store(options: argparse.Namespace) -> CaseStore:
    """Open the case store. Sealed cases use --passphrase-file or prompt at the terminal. Raises StoreError."""
    from iep_tui.cli.unlocked_store import open_store

    return open_store(home_folder(), getattr(options, "passphrase_file", None))


def find_case(store: CaseStore, words: str, *, lost: bool = False) -> str:
    """Find a case's id by id or child's name. The first search through many names can take a while.

    `lost` also accepts the id of a case of which only backups exist.
    """
    from iep_tui.services.jobs import print_progress, run_with_progress

    find = store.find_or_lost if lost else store.find
    return run_with_progress(lambda _step: find(words), _("Finding the child…"), print_progress)
