"""The command `sets diff`: preview of the changes another version of the question sets would make."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from iep_tui.cli.commands.command_helpers import EXIT_OK, CommandError, case_store, on_one_line, print_error
from iep_tui.core.progress_callback import ProgressCallback
from iep_tui.core.question_model import QuestionSet
from iep_tui.core.set_diff import ChangeKind, SetChange, affected_answers, set_changes
from iep_tui.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from iep_tui.store.case_store import CaseFileSummary, CaseStore

#: What is said of a change. {id} is the question's, {old} and {new} what stands on either side.
_WORDS: dict[ChangeKind, str] = {
    "set added": N_("the set is new: {new}"),
    "set removed": N_("the set is gone: {old}"),
    "set renamed": N_("the title was {old}, and is {new}"),
    "version": N_("version {old} becomes {new}"),
    "added": N_("{id}: new: {new}"),
    "removed": N_("{id}: gone. Its answers are kept, and set aside: {old}"),
    "renamed": N_("{old}: is {new} now. Its answers move with it."),
    "reworded": N_("{id}: reworded: {new}"),
    "moved": N_("{id}: moved here from the set {old}"),
    "kind": N_("{id}: the kind of answer was {old}, and is {new}"),
    "choice added": N_("{id}: new choice {new}"),
    "choice removed": N_("{id}: the choice {old} is gone. Answers with it are kept and marked."),
    "column added": N_("{id}: new column {new}"),
    "column removed": N_("{id}: the column {old} is gone. Answers with it are kept and marked."),
    "column kind": N_("{id}: the column {old} is {new} now"),
    "wider": N_("{id}: more people may read new answers: {old} before, {new} now. Those that are there keep theirs."),
    "narrower": N_(
        "{id}: fewer people may read new answers: {old} before, {new} now. Those that are there keep theirs."
    ),
    "condition": N_("{id}: asked when “{new}”, before when “{old}”"),
    "max": N_("{id}: at most {new}, before {old}"),
    "carry": N_("{id}: carry={new}, before {old}"),
}


def sets_diff(options: argparse.Namespace) -> int:
    """iep-tui sets diff OLD NEW [--cases]. Writes nothing."""
    old, new = _sets(options.old, options.lang), _sets(options.new, options.lang)
    changes = set_changes(old, new)
    if not changes:
        print(_("Nothing that a family could notice is different."))
    set_id = ""
    for change in changes:
        if change.set_id != set_id:
            set_id = change.set_id
            print(set_id)
        print(f"  {change_words(change)}")
    return _say_cases(options, changes, old) if options.cases else EXIT_OK


def change_words(change: SetChange) -> str:
    """One difference on one line."""
    nothing = _("always") if change.kind == "condition" else _("nothing")
    words = _(_WORDS[change.kind]).format(
        id=change.question_id or change.set_id, old=change.old or nothing, new=change.new or nothing
    )
    return on_one_line(words)


def _sets(name: str, lang: str) -> tuple[QuestionSet, ...]:
    """The sets in a file or a folder, all of them right. Fault, with each mistake told first."""
    from iep_tui.sets.library import ABOUT, DEADLINES, GLOSSARY, markdown_files, read_file
    from iep_tui.sets.problems import Problem
    from iep_tui.sets.set_reader import read_bytes

    path = Path(name)
    if not path.exists():
        raise CommandError(_("There is no file or folder {path}.").format(path=name))
    files = [path]
    if path.is_dir():
        folder = path if markdown_files(path) else path / lang
        files = [one for one in markdown_files(folder) if one.name not in (ABOUT, DEADLINES, GLOSSARY)]
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
        raise CommandError(_("{path} has mistakes; iep-tui sets check tells how to mend them.").format(path=name))
    if not sets:
        raise CommandError(_("There is no question set in {path}.").format(path=name))
    return tuple(sets)


def _say_cases(options: argparse.Namespace, changes: tuple[SetChange, ...], old: tuple[QuestionSet, ...]) -> int:
    """A line for each case with answers that would be touched: ids and counts, never a word of an answer."""
    code, count = EXIT_OK, 0
    for summary in _read_cases(case_store(options)):
        if summary.case is None:
            code = print_error(f"{summary.id}: {summary.trouble}")
            continue
        found = affected_answers(summary.case, changes, old)
        if not found:
            continue
        count += 1
        ids = dict.fromkeys(one.question_id for one in found)
        reasons = {one: ", ".join(_reason(each.kind) for each in found if each.question_id == one) for one in ids}
        words = ngettext("{count} answer is touched: {ids}", "{count} answers are touched: {ids}", len(ids))
        listed = "; ".join(f"{question_id} ({reason})" for question_id, reason in reasons.items())
        print(f"{summary.id}  {on_one_line(words.format(count=len(ids), ids=listed))}")
    if not count:
        print(_("No answer on this computer would be touched."))
    return code


def _read_cases(store: CaseStore) -> list[CaseFileSummary]:
    from iep_tui.services.jobs import print_progress, run_with_progress

    def read(step: ProgressCallback) -> list[CaseFileSummary]:
        files = store.files()
        found: list[CaseFileSummary] = []
        for number, (case_id, about) in enumerate(files):
            step(number, len(files))
            found.append(store.summary(case_id, about))
        return found

    words, counted = _("The cases are being read."), _("{done:,} of {total:,} cases are read.")
    return run_with_progress(read, words, print_progress, counted=counted)


def _reason(kind: ChangeKind) -> str:
    return {
        "removed": _("set aside"),
        "renamed": _("moves along"),
        "kind": _("another kind of answer"),
        "choice removed": _("its choice is gone"),
        "column removed": _("a column is gone"),
        "column kind": _("a column is of another kind"),
        "condition": _("asked under another condition"),
        "max": _("another limit"),
    }.get(kind, kind)
