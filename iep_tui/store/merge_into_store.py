"""Merge of a returning copy into the stored case, which is backed up first."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from iep_tui.core.case_merge import AnswerConflict, AnswerKey, MergeResult, Side, merge
from iep_tui.core.case_model import Case
from iep_tui.core.interview import adopt_meeting
from iep_tui.core.question_model import Audience, Catalogue
from iep_tui.i18n import _
from iep_tui.store.case_store import CaseStore
from iep_tui.store.errors import CaseLocked

#: Chooses a side for each conflict, given our case and the conflicts. Ours is kept where it chooses none.
ConflictResolver = Callable[[Case, tuple[AnswerConflict, ...]], Mapping[AnswerKey, Side]]


def merge_in(store: CaseStore, copy: Case, catalogue: Catalogue, choose: ConflictResolver) -> MergeResult:
    """Merge `copy` into the stored case with its id and save it.

    `choose` is called only if both sides changed an answer. StoreError; CaseLocked if another window has the case open.
    Nothing changes until the save.
    """
    with store.open(copy.id) as opened:
        if opened.read_only:
            raise CaseLocked(_("The copy was not merged. {reason}").format(reason=opened.read_only))
        ours, theirs = _adopted(opened.case, catalogue), _adopted(copy, catalogue)
        merged = merge(ours, theirs, lambda question_id: _default_audience(catalogue, question_id))
        if merged.conflicts:
            choices = choose(ours, merged.conflicts)
            merged = merge(ours, theirs, lambda question_id: _default_audience(catalogue, question_id), choices)
        if merged.case != opened.case:
            store.keep_state(copy.id)
            opened.save(merged.case)
    return merged


def find_conflicts(store: CaseStore, copy: Case, catalogue: Catalogue) -> tuple[Case, tuple[AnswerConflict, ...]]:
    """Return our case and the answers that both sides changed, without writing. StoreError."""
    ours, theirs = _adopted(store.read(copy.id), catalogue), _adopted(copy, catalogue)
    return ours, merge(ours, theirs, lambda question_id: _default_audience(catalogue, question_id)).conflicts


def _adopted(case: Case, catalogue: Catalogue) -> Case:
    meetings = tuple(adopt_meeting(meeting, catalogue) for meeting in case.meetings)
    return msgspec.structs.replace(case, meetings=meetings)


def _default_audience(catalogue: Catalogue, question_id: str) -> Audience:
    """Return the audience of a question; an unknown question's answer belongs to the family."""
    question = catalogue.question(question_id)
    return question.share if question is not None else "family"
