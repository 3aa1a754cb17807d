"""The command `sets diff`: show what another version of the question sets would change."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from iep_tui.cli.commands.command_helpers import EXIT_OK, CommandError, case_store, print_error
from iep_tui.core.progress_callback import ProgressCallback
from iep_tui.core.question_model import QuestionSet
from iep_tui.core.set_diff import ChangeKind, SetChange, affected_answers, set_changes
from iep_tui.core.text_sanitizer import on_one_line
from iep_tui.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from iep_tui.store.case_store import CaseFileSummary, CaseStore

#: Message for each kind of change. {id} is the question's id, {old} and {new} are the two versions.
_MESSAGES: dict[ChangeKind, str] = {
    "set added": N_("the set is new: {new}"),
    "set removed": N_("the set is gone: {old}"),
    "set renamed": N_("the title was {old}, and is {new}"),
    "version": N_("version {old} becomes {new}"),
    "added": N_("{id}: new: {new}"),
    "removed": N_("{id}: gone. Its answers are kept, and set aside: {old}"),
    "renamed": N_("{old}: is {new} now. Its answers move with it."),
    "reworded": N_("{id}: reworded: {new}"),
    "moved": N_("{id}: moved into this set from {old}"),
    "kind": N_("{id}: the kind of answer was {old}, and is {new}"),
    "choice added": N_("{id}: new choice {new}"),
    "choice removed": N_("{id}: the choice {old} is gone. Answers with it are kept and marked."),
    "column added": N_("{id}: new column {new}"),
    "column removed": N_("{id}: the column {old} is gone. Answers with it are kept and marked."),
    "column kind": N_("{id}: the column {old} is {new} now"),
    "wider": N_("{id}: more people may read new answers: {old} before, {new} now. Existing answers keep theirs."),
    "narrower": N_("{id}: fewer people may read new answers: {old} before, {new} now. Existing answers keep theirs."),
    "condition": N_("{id}: asked when “{new}”, before when “{old}”"),
    "max": N_("{id}: at most {new}, before {old}"),
    "carry": N_("{id}: carry={new}, before {old}"),
}


def sets_diff(options: argparse.Namespace) -> int:
    """Run `iep-tui sets diff OLD NEW [--cases]`. Writes nothing."""
    old, new = _sets(options.old, options.lang), _sets(options.new, options.lang)
    changes = set_changes(old, new)
    if not changes:
        print(_("Nothing that a family could notice is different."))
    set_id = ""
    for change in changes:
        if change.set_id != set_id:
            set_id = change.set_id
            print(set_id)
        print(f"  {change_text(change)}")
    return _print_affected_cases(options, changes, old) if options.cases else EXIT_OK


def change_text(change: SetChange) -> str:
    """Return a change as one line."""
    nothing = _("always") if change.kind == "condition" else _("nothing")
    words = _(_MESSAGES[change.kind]).format(
        id=change.question_id or change.set_id, old=change.old or nothing, new=change.new or nothing
    )
    return on_one_line(words)


def _sets(name: str, lang: str) -> tuple[QuestionSet, ...]:
    """Read the sets in a file or folder. Prints each mistake and raises CommandError if there are any."""
    from iep_tui.sets.library import ABOUT, DEADLINES, GLOSSARY, markdown_files, read_file
    from iep_tui.sets.problems import Problem
    from iep_tui.sets.set_reader import read_bytes

    path = Path(name)
    if not path.exists():
        raise CommandError(_("There is no file or folder {path}.").format(path=name))
    files = [path]
    if path.is_dir():
        folder = path if markdown_files(path) else path / lang
        files = [file for file in markdown_files(folder) if file.name not in (ABOUT, DEADLINES, GLOSSARY)]
    sets: list[QuestionSet] = []
    problems: list[Problem] = []
    for file in files:
        data = read_file(file)
        if isinstance(data, Problem):
            problems.append(data)
            continue
        read = read_bytes(data, path=str(file), lang=lang)
        problems.extend(read.problems)
        if read.set is not None:
            sets.append(read.set)
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        raise CommandError(_("{path} has mistakes; iep-tui sets check says how to fix them.").format(path=name))
    if not sets:
        raise CommandError(_("There is no question set in {path}.").format(path=name))
    return tuple(sets)


def _print_affected_cases(
    options: argparse.Namespace, changes: tuple[SetChange, ...], old: tuple[QuestionSet, ...]
) -> int:
    """Print a line for each case with affected answers: ids and counts, never a word of an answer."""
    code, count = EXIT_OK, 0
    for summary in _read_cases(case_store(options)):
        if summary.case is None:
            code = print_error(f"{summary.id}: {summary.trouble}")
            continue
        affected = affected_answers(summary.case, changes, old)
        if not affected:
            continue
        count += 1
        ids = dict.fromkeys(answer.question_id for answer in affected)
        reasons = {
            question_id: ", ".join(_reason(answer.kind) for answer in affected if answer.question_id == question_id)
            for question_id in ids
        }
        words = ngettext("{count} answer is affected: {ids}", "{count} answers are affected: {ids}", len(ids))
        listed = "; ".join(f"{question_id} ({reason})" for question_id, reason in reasons.items())
        print(f"{summary.id}  {on_one_line(words.format(count=len(ids), ids=listed))}")
    if not count:
        print(_("No answer on this computer would be affected."))
    return code


def _read_cases(store: CaseStore) -> list[CaseFileSummary]:
    from iep_tui.services.jobs import print_progress, run_with_progress

    def read(step: ProgressCallback) -> list[CaseFileSummary]:
        files = store.files()
        summaries: list[CaseFileSummary] = []
        for number, (case_id, about) in enumerate(files):
            step(number, len(files))
            summaries.append(store.summary(case_id, about))
        return summaries

    words, counted = _("Reading the cases…"), _("Read {done:,} of {total:,} cases.")
    return run_with_progress(read, words, print_progress, counted=counted)


def _reason(kind: ChangeKind) -> str:
    return {
        "removed": _("set aside"),
        "renamed": _("moves with the question"),
        "kind": _("the kind of answer has changed"),
        "choice removed": _("its choice is gone"),
        "column removed": _("a column is gone"),
        "column kind": _("the kind of a column has changed"),
        "condition": _("the condition for asking it has changed"),
        "max": _("the limit has changed"),
    }.get(kind, kind)
