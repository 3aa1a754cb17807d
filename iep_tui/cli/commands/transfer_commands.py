"""Commands that move a case between computers: bundle and import."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from iep_tui.cli.commands.command_helpers import (
    EXIT_OK,
    CommandError,
    case_store,
    find_case,
    load_library,
    on_one_line,
    print_error,
)
from iep_tui.core.case_merge import AnswerConflict, AnswerKey, Side
from iep_tui.core.case_model import Case
from iep_tui.core.progress_callback import Cancelled
from iep_tui.core.question_model import Catalogue
from iep_tui.core.text_sanitizer import clean_line
from iep_tui.i18n import _
from iep_tui.services.transfer import (
    bundle_written_lines,
    conflict_sides,
    conflicts_text,
    make_bundle,
    merged_text,
    read_incoming,
    unknown_answers_text,
)
from iep_tui.store.errors import CaseMissing, StoreError

if TYPE_CHECKING:
    import argparse

    from iep_tui.store.case_store import CaseStore


def bundle(options: argparse.Namespace) -> int:
    """iep-tui bundle CASE --out FILE."""
    from iep_tui.services.jobs import print_progress, run_with_progress
    from iep_tui.store.atomic_write import write_file

    store = case_store(options)
    case = store.read(find_case(store, options.case))
    path = Path(options.out)
    if path.exists() and not options.force:
        raise CommandError(
            _("There is a file {path} already. It was left as it is.").format(path=clean_line(options.out))
        )
    words = _Passphrase(options.bundle_passphrase_file, twice=True)()
    try:
        data = run_with_progress(
            lambda _step: make_bundle(case, words), _("The bundle is being sealed."), print_progress
        )
    except Cancelled:
        raise Cancelled(_("Stopped. Nothing was written.")) from None
    write_file(path, data, overwrite=options.force)
    for line in bundle_written_lines(path.resolve()):
        print(line)
    return EXIT_OK


def import_files(options: argparse.Namespace) -> int:
    """iep-tui import FILE…"""
    store = case_store(options)
    catalogue = load_library(options.lang).catalogue
    passphrase = _Passphrase(options.bundle_passphrase_file)
    code = EXIT_OK
    for name in options.files:
        try:
            case, is_bundle = _read(Path(name), name, passphrase)
            if case.id in store.ids() and (is_bundle or options.merge):
                _merge(store, case, catalogue, options.keep)
                case_id = case.id
            else:
                case_id = store.add(case)
        except Cancelled:
            raise Cancelled(_("Stopped. Nothing of {path} was taken in.").format(path=on_one_line(name))) from None
        except OSError as error:
            code = print_error(f"{name}: {error.strerror}")
            continue
        except (CommandError, StoreError) as error:
            code = print_error(f"{name}: {error}")
            continue
        print(case_id)
        if words := unknown_answers_text(case, catalogue):
            _tell(words)
    return code


def _read(path: Path, name: str, passphrase: _Passphrase) -> tuple[Case, bool]:
    """The case in a file, and whether that was a bundle. OSError, StoreError, Fault."""
    from iep_tui.services.jobs import print_progress, run_with_progress

    reading = _("{path} is being read.").format(path=on_one_line(name))
    carried = read_incoming(path)
    words = passphrase(name) if carried.is_bundle else ""
    return run_with_progress(lambda _step: carried.open(words), reading, print_progress), carried.is_bundle


def _tell(words: str) -> None:
    print(f"iep-tui: {words}", file=sys.stderr)


# A copy that comes back


def _merge(store: CaseStore, copy: Case, catalogue: Catalogue, keep: str) -> None:
    from iep_tui.store.merge_into_store import merge_in

    ask = keep == "ask" and sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()
    merged = merge_in(store, copy, catalogue, _asking(catalogue) if ask else _always(keep))
    _tell(merged_text(merged))
    if merged.conflicts and keep == "ask" and not ask:
        _tell(_("There was nobody to ask, so the answers here were kept. Theirs are among the earlier answers."))


def _always(keep: str) -> Callable[[Case, tuple[AnswerConflict, ...]], Mapping[AnswerKey, Side]]:
    side: Side = "theirs" if keep == "theirs" else "ours"
    return lambda ours, differences: {one.place: side for one in differences}


def _asking(catalogue: Catalogue) -> Callable[[Case, tuple[AnswerConflict, ...]], Mapping[AnswerKey, Side]]:
    def ask(ours: Case, differences: tuple[AnswerConflict, ...]) -> Mapping[AnswerKey, Side]:
        print(conflicts_text(len(differences)), file=sys.stderr)
        return {one.place: _ask_one(one, ours, catalogue) for one in differences}

    return ask


def _ask_one(difference: AnswerConflict, ours: Case, catalogue: Catalogue) -> Side:
    one = conflict_sides(difference, ours, catalogue, datetime.datetime.now().astimezone())
    lines = (
        "",
        one.title,
        _("1. Here: {answer}").format(answer=one.here),
        _("2. In the copy: {answer}").format(answer=one.there),
    )
    for line in lines:
        print(on_one_line(line), file=sys.stderr)
    while True:
        print(_("Which one shall stand? 1 or 2:"), end=" ", file=sys.stderr, flush=True)
        typed = sys.stdin.readline()
        if not typed or typed.strip() == "1":
            return "ours"
        if typed.strip() == "2":
            return "theirs"


# The passphrase of a bundle


class _Passphrase:
    """The passphrase of bundles: from `--bundle-passphrase-file`, or asked on the terminal, `twice` where it is new."""

    def __init__(self, source: str | None, *, twice: bool = False) -> None:
        self._source = source
        self._twice = twice
        self._known = ""

    def __call__(self, name: str = "") -> str:
        """StoreError when there is none to be had. One from a file is read once, and holds for every bundle."""
        from iep_tui.cli import passphrase_prompt

        if self._source is not None:
            self._known = self._known or passphrase_prompt.read_passphrase_file(self._source)
            return self._known
        if not passphrase_prompt.is_at_terminal():
            raise CaseMissing(
                _("A bundle needs a passphrase. Give it with --bundle-passphrase-file FILE, or - for stdin.")
            )
        shown = _("Passphrase of {name} (it is not shown): ").format(name=clean_line(name))
        words = passphrase_prompt.prompt_hidden(shown if name else _("Passphrase for the bundle (it is not shown): "))
        if self._twice and passphrase_prompt.prompt_hidden(_("The same once more: ")) != words:
            raise StoreError(_("The two are not the same. Nothing was written."))
        return words
