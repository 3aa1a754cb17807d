"""Dialogs for a case that comes from elsewhere: open the file, add its case, or merge it with the one here."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from iep_tui.core.case_merge import AnswerKey, MergeResult, Side
from iep_tui.core.case_model import Case
from iep_tui.core.question_model import Catalogue
from iep_tui.i18n import _
from iep_tui.services import passphrases, transfer
from iep_tui.services.flows.passphrase import ensure_open
from iep_tui.services.flows.prompter import Prompter, on_cancel
from iep_tui.services.session import Clock
from iep_tui.services.transfer import IncomingFile
from iep_tui.store.case_store import CaseStore
from iep_tui.store.errors import unreadable_error
from iep_tui.store.merge_into_store import find_conflicts, merge_in


async def bring_in(prompter: Prompter, store: CaseStore, catalogue: Catalogue, clock: Clock) -> tuple[str, ...]:
    """Ask for a file and take in its case; return the lines to show. StoreError."""

    async def take(typed: str) -> tuple[str, ...]:
        try:
            case = await open_file(prompter, Path(typed))
        except OSError as error:
            raise unreadable_error(error) from error
        return await take_in(prompter, store, catalogue, clock, case)

    words = _("A file that iep-tui handed on, or all answers as JSON. Type where it is, or drag it into this window.")
    with on_cancel(_("Nothing was brought in.")):
        await ensure_open(prompter, store, passphrases.ALL_CASES)
        return await prompter.path(_("Bring in a file"), words, _("Bring in"), take)


async def open_file(prompter: Prompter, path: Path) -> Case:
    """Read the case in a file; the passphrase of a bundle is asked for. OSError; StoreError."""
    return await open_incoming(prompter, await read_file(prompter, path))


async def read_file(prompter: Prompter, path: Path) -> IncomingFile:
    """Read a file that may hold a case. OSError; StoreError."""
    return await prompter.run(lambda _step: transfer.read_incoming(path), _reading_text())


async def open_incoming(prompter: Prompter, incoming: IncomingFile) -> Case:
    """Decode the case in a file; the passphrase of a bundle is asked for. StoreError."""
    if not incoming.is_bundle:
        return await prompter.run(lambda _step: incoming.open(), _reading_text())
    return await prompter.secret(
        _("Bring in a file"),
        _("This file opens with the passphrase that was set when it was handed on."),
        _("Open"),
        incoming.open,
        waiting=passphrases.deriving_text(),
        label=_("Passphrase of the file"),
    )


def _reading_text() -> str:
    return _("Reading the file…")


async def take_in(
    prompter: Prompter, store: CaseStore, catalogue: Catalogue, clock: Clock, case: Case
) -> tuple[str, ...]:
    """Add a case, or merge it with the one of its id; return the lines to show. StoreError."""
    unknown = transfer.unknown_answers_text(case, catalogue)
    answer = "own"
    if case.id in store.ids():
        await ensure_open(prompter, store, case.id)
        words = transfer.already_here_text(store.name(case.id) or _("This child"))
        answer = await prompter.choose(words, transfer.incoming_options(), back_last=True)
    if answer == "own":
        store.add(case)
        words = _("Added to the list.")
    else:
        words = transfer.merged_text(await merge_case(prompter, store, catalogue, clock, case))
    return tuple(filter(None, (words, unknown)))


async def merge_case(
    prompter: Prompter, store: CaseStore, catalogue: Catalogue, clock: Clock, copy: Case
) -> MergeResult:
    """Merge a copy with the case of its id. Nothing is written before every conflict is settled. StoreError."""
    with on_cancel(_("Nothing was merged.")):
        ours, conflicts = await prompter.run(
            lambda _step: find_conflicts(store, copy, catalogue), _("Comparing the two…")
        )
        chosen: dict[AnswerKey, Side] = {}
        while left := conflicts[len(chosen) :]:
            count = len(left)
            words = transfer.conflicts_left_text(count) if chosen else transfer.conflicts_text(count)
            sides = transfer.conflict_sides(left[0], ours, catalogue, clock())
            options = transfer.conflict_options(sides, count)
            option = await prompter.pick(sides.title, words, options, back=_("Merge nothing"))
            chosen |= transfer.chosen_side(option, left)
        choices: Mapping[AnswerKey, Side] = chosen
        return await prompter.run(
            lambda _step: merge_in(store, copy, catalogue, lambda _ours, _conflicts: choices),
            _("Merging the two…"),
            whole_steps=True,
        )
