"""Merge of two copies of a case that both changed. Every answer of either copy is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, TypeAlias

import msgspec

from iep_tui.core.case_model import Answer, AnswerHistory, Answers, Case, Histories, Meeting, Revision
from iep_tui.core.question_model import Audience
from iep_tui.core.undo_history import bounded, differ, merged_history, narrower

Side = Literal["ours", "theirs"]
#: Which answer is meant: the meeting's id and the question's.
AnswerKey: TypeAlias = "tuple[str, str]"
#: Gives the reader that the set of a question names, for answers that say none.
AudienceLookup = Callable[[str], Audience]


class AnswerConflict(msgspec.Struct, frozen=True):
    """An answer that was changed in both copies, to something else in each."""

    meeting_id: str
    question_id: str
    ours: Answer
    theirs: Answer

    @property
    def place(self) -> AnswerKey:
        return self.meeting_id, self.question_id


class MergeResult(msgspec.Struct, frozen=True):
    """The case that came of it. `taken` are the answers that are now as in the other copy, `meetings` how many of its
    meetings were new here, `differences` those changed in both."""

    case: Case
    taken: tuple[AnswerKey, ...]
    meetings: int
    differences: tuple[AnswerConflict, ...]


def merge(
    ours: Case, theirs: Case, readers: AudienceLookup, choices: Mapping[AnswerKey, Side] | None = None
) -> MergeResult:
    """Our case with what was changed in the other copy. ValueError for a copy of another case.

    What was changed in one copy is taken from there; a copy counts as unchanged when its answer is among the steps of
    the other. Where both changed, `choices` says which stays, ours where it says nothing, and the other one is the
    newest step of the past, the last to be thinned. No reader is ever wider than here. Meetings that are only in one
    copy stay or are taken as they are.
    """
    if ours.id != theirs.id:
        raise ValueError("a copy of another case")
    chosen = choices or {}
    taken: list[AnswerKey] = []
    differences: list[AnswerConflict] = []
    meetings: list[Meeting] = []
    for here in ours.meetings:
        there = theirs.meeting(here.id)
        meetings.append(here if there is None else _meeting(here, there, readers, chosen, taken, differences))
    new = [one for one in theirs.meetings if ours.meeting(one.id) is None]
    if new:
        meetings = sorted([*meetings, *new], key=lambda one: one.started)
    return MergeResult(bounded(Case(ours.id, tuple(meetings))), tuple(taken), len(new), tuple(differences))


def _meeting(
    here: Meeting,
    there: Meeting,
    readers: AudienceLookup,
    chosen: Mapping[AnswerKey, Side],
    taken: list[AnswerKey],
    differences: list[AnswerConflict],
) -> Meeting:
    answers = dict(here.answers)
    pasts = dict(here.histories)
    for question_id in dict.fromkeys((*there.answers, *there.histories)):
        theirs, their_past = there.answers.of(question_id), there.histories.of(question_id)
        ours, our_past = here.answers.of(question_id), here.histories.of(question_id)
        left_out: tuple[Revision, ...] = ()
        side: Side = "ours"
        if question_id not in here.answers:
            side = "theirs"
        elif differ(ours, theirs) and question_id in there.answers:
            side, is_one_sided = _newer(ours, our_past, theirs, their_past)
            if not is_one_sided:
                difference = AnswerConflict(here.id, question_id, ours, theirs)
                differences.append(difference)
                side = chosen.get(difference.place, "ours")
                loser, given = (theirs, their_past.given) if side == "ours" else (ours, our_past.given)
                left_out = (Revision(loser.value, loser.state, loser.share, loser.note, given or loser.at, True),)
        if side == "theirs":
            if question_id in there.answers:
                taken.append((here.id, question_id))
                answers[question_id] = _for_no_more(ours, theirs, question_id in here.answers, readers(question_id))
        elif question_id in there.answers:
            answers[question_id] = _narrowed_later(ours, theirs, readers(question_id))
        past = _past(our_past, their_past, left_out, side)
        if past != our_past:
            pasts[question_id] = past
    sets = {**there.sets, **here.sets}
    return msgspec.structs.replace(here, answers=Answers(answers), histories=Histories(pasts), sets=sets)


def _newer(ours: Answer, our_past: AnswerHistory, theirs: Answer, their_past: AnswerHistory) -> tuple[Side, bool]:
    """Which answer came after the other, and whether that can be told: whether one is a step of the other's past."""
    ours_went_on = _was(theirs, our_past)
    theirs_went_on = _was(ours, their_past)
    if ours_went_on and theirs_went_on:
        return ("theirs" if theirs.at > ours.at else "ours"), True
    return ("theirs" if theirs_went_on else "ours"), ours_went_on or theirs_went_on


def _was(answer: Answer, past: AnswerHistory) -> bool:
    """Whether this very answer is a step of the past. One without a moment is known by its words alone."""
    return any(not differ(answer, step) and answer.at in ("", step.at) for step in past.steps)


def _past(ours: AnswerHistory, theirs: AnswerHistory, left_out: tuple[Revision, ...], side: Side) -> AnswerHistory:
    """Both pasts as one; what was left out is the step that undo goes to first."""
    mine = ours if side == "ours" else theirs
    other = theirs if side == "ours" else ours
    if not left_out and all(step in mine.steps for step in other.steps):
        return mine
    known = merged_history(ours.steps, theirs.steps)
    return AnswerHistory((*(step for step in known if step not in left_out), *left_out), (), mine.given)


def _for_no_more(ours: Answer, theirs: Answer, was_here: bool, default: Audience) -> Answer:
    """Their answer, for nobody who might not read ours."""
    share = theirs.share or default
    if was_here:
        share = narrower(share, ours.share or default)
    return theirs if share == theirs.share else msgspec.structs.replace(theirs, share=share)


def _narrowed_later(ours: Answer, theirs: Answer, default: Audience) -> Answer:
    """Our answer, with their reader where they made it the narrower one after us."""
    if differ(ours, theirs) or theirs.share is None or theirs.at <= ours.at:
        return ours
    share = narrower(theirs.share, ours.share or default)
    return ours if share == (ours.share or default) else msgspec.structs.replace(ours, share=share, at=theirs.at)
