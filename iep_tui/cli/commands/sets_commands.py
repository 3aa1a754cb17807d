"""Question-set commands: list them, check files, show the questions."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from iep_tui.cli.commands.command_helpers import EXIT_OK, CommandError, load_library, own_sets, print_error
from iep_tui.i18n import _, ngettext

if TYPE_CHECKING:
    import argparse


def sets_list(options: argparse.Namespace) -> int:
    """Run `iep-tui sets list`."""
    library = load_library(options.lang)
    for file in library.files:
        question_set = library.catalogue.set(file.set_id)
        count = len(question_set.questions) if question_set else 0
        questions = ngettext("{count} question", "{count} questions", count).format(count=count)
        origin = _("ours") if file.ours else str(file.path)
        print(f"{file.set_id}  {file.title}  ({questions}, {origin})")
    return _say_problems(library.problems)


def _say_problems(problems: Sequence[object]) -> int:
    """Print each problem as file:line:column and message, then the count. Returns the exit code."""
    if not problems:
        return EXIT_OK
    for problem in problems:
        print(problem, file=sys.stderr)
    count = len(problems)
    return print_error(
        ngettext("{count} mistake was found.", "{count} mistakes were found.", count).format(count=count)
    )


def sets_check(options: argparse.Namespace) -> int:
    """Run `iep-tui sets check PATH…`."""
    from iep_tui.services.jobs import print_progress, run_with_progress
    from iep_tui.sets.file_check import check_paths
    from iep_tui.sets.library import language_folder, shipped_folder

    paths = [Path(path) for path in options.paths]
    for path in paths:
        if not path.exists():
            raise CommandError(_("There is no file or folder {path}.").format(path=path))
    if not paths:
        own = own_sets() / options.lang
        paths = [language_folder(shipped_folder(), options.lang), *([own] if own.is_dir() else [])]
    problems = run_with_progress(
        lambda step: check_paths(paths, lang=options.lang, own=own_sets(), progress=step),
        _("Checking the question sets…"),
        print_progress,
        counted=_("Read {done:,} of {total:,} files."),
    )
    if not problems:
        print(_("Nothing wrong was found."))
    return _say_problems(problems)


def sets_show(options: argparse.Namespace) -> int:
    """Run `iep-tui sets show SET`."""
    question_set = load_library(options.lang).catalogue.set(options.set)
    if question_set is None:
        raise CommandError(_("There is no set {name}. iep-tui sets list names them.").format(name=options.set))
    print(question_set.title)
    for question in question_set.questions:
        marks = ", ".join(
            mark
            for mark in (question.kind, question.share, _("short path") if question.core else "", question.when)
            if mark
        )
        print(f"\n{question.id}  ({marks})\n  {question.title}")
        for choice in question.choices:
            print(f"    {choice.value}: {choice.label}")
        for column in question.columns:
            print(f"    {column.id}: {column.label} ({column.kind})")
    return EXIT_OK


def sets_diff(options: argparse.Namespace) -> int:
    """Run `iep-tui sets diff OLD NEW [--cases]`."""
    from iep_tui.cli.commands import sets_diff_command

    return sets_diff_command.sets_diff(options)
