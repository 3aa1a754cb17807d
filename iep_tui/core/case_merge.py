"""Merge of two copies of a case that both changed. Every answer of either copy is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, TypeAlias

import msgspec

from iep_tui.core.case_model import Answer, AnswerHistory, Answers, Case, Histories, Meeting, Revision
from iep_tui.core.question_model import Audience
from iep_tui.core.undo_history import bounded, differ, merged_history, narrower

Side = Literal["ours", "theirs"]
#: Key of an answer: (meeting id, question id).
AnswerKey: TypeAlias = "tuple[str, str]"
#: Returns the default audience of a question, for answers without one of their own.
AudienceLookup = Callable[[str], Audience]


class AnswerConflict(msgspec.Struct, frozen=True):
    """An answer that was changed differently in the two copies."""

    meeting_id: str
    question_id: str
    ours: Answer
    theirs: Answer

    @property
    def place(self) -> AnswerKey:
        return self.meeting_id, self.question_id


class MergeResult(msgspec.Struct, frozen=True):
    """The merged case.

    `taken` holds the answers taken from the other copy, `meetings` the number of meetings added from it, and
    `conflicts` the answers changed in both.
    """

    case: Case
    taken: tuple[AnswerKey, ...]
    meetings: int
    conflicts: tuple[AnswerConflict, ...]


def merge(
    ours: Case, theirs: Case, audience_of: AudienceLookup, choices: Mapping[AnswerKey, Side] | None = None
) -> MergeResult:
    """Merge the changes of the other copy into ours. Raises ValueError for a copy of a different case.

    An answer that only one copy changed is taken from that copy; a copy counts as unchanged if its answer is among the
    revisions of the other. If both changed it, `choices` decides, ours by default, and the loser becomes the newest,
    pinned revision. Merging never widens the audience of an answer. Meetings in only one copy are kept as they are.
    """
    if ours.id != theirs.id:
        raise ValueError("a copy of another case")
    chosen = choices or {}
    taken: list[AnswerKey] = []
    conflicts: list[AnswerConflict] = []
    meetings: list[Meeting] = []
    for our_meeting in ours.meetings:
        their_meeting = theirs.meeting(our_meeting.id)
        meetings.append(
            our_meeting
            if their_meeting is None
            else _merge_meeting(our_meeting, their_meeting, audience_of, chosen, taken, conflicts)
        )
    new = [meeting for meeting in theirs.meetings if ours.meeting(meeting.id) is None]
    if new:
        meetings = sorted([*meetings, *new], key=lambda meeting: meeting.started)
    return MergeResult(bounded(Case(ours.id, tuple(meetings))), tuple(taken), len(new), tuple(conflicts))


def _merge_meeting(
    our_meeting: Meeting,
    their_meeting: Meeting,
    audience_of: AudienceLookup,
    choices: Mapping[AnswerKey, Side],
    taken: list[AnswerKey],
    conflicts: list[AnswerConflict],
) -> Meeting:
    answers = dict(our_meeting.answers)
    histories = dict(our_meeting.histories)
    for question_id in dict.fromkeys((*their_meeting.answers, *their_meeting.histories)):
        theirs, their_history = their_meeting.answers.of(question_id), their_meeting.histories.of(question_id)
        ours, our_history = our_meeting.answers.of(question_id), our_meeting.histories.of(question_id)
        left_out: tuple[Revision, ...] = ()
        side: Side = "ours"
        if question_id not in our_meeting.answers:
            side = "theirs"
        elif differ(ours, theirs) and question_id in their_meeting.answers:
            side, is_one_sided = _newer(ours, our_history, theirs, their_history)
            if not is_one_sided:
                conflict = AnswerConflict(our_meeting.id, question_id, ours, theirs)
                conflicts.append(conflict)
                side = choices.get(conflict.place, "ours")
                loser, first_given = (theirs, their_history.given) if side == "ours" else (ours, our_history.given)
                left_out = (Revision(loser.value, loser.state, loser.share, loser.note, first_given or loser.at, True),)
        if side == "theirs":
            if question_id in their_meeting.answers:
                taken.append((our_meeting.id, question_id))
                answers[question_id] = _without_widening(
                    ours, theirs, question_id in our_meeting.answers, audience_of(question_id)
                )
        elif question_id in their_meeting.answers:
            answers[question_id] = _with_later_narrowing(ours, theirs, audience_of(question_id))
        history = _merge_histories(our_history, their_history, left_out, side)
        if history != our_history:
            histories[question_id] = history
    sets = {**their_meeting.sets, **our_meeting.sets}
    return msgspec.structs.replace(our_meeting, answers=Answers(answers), histories=Histories(histories), sets=sets)


def _newer(ours: Answer, our_history: AnswerHistory, theirs: Answer, their_history: AnswerHistory) -> tuple[Side, bool]:
    """Return the side with the newer answer, and whether that is certain: one is a revision of the other."""
    ours_is_newer = _is_revision(theirs, our_history)
    theirs_is_newer = _is_revision(ours, their_history)
    if ours_is_newer and theirs_is_newer:
        return ("theirs" if theirs.at > ours.at else "ours"), True
    return ("theirs" if theirs_is_newer else "ours"), ours_is_newer or theirs_is_newer


def _is_revision(answer: Answer, history: AnswerHistory) -> bool:
    """Return whether the answer is a revision in `history`. One without a timestamp is compared by content alone."""
    return any(not differ(answer, revision) and answer.at in ("", revision.at) for revision in history.revisions)


def _merge_histories(
    ours: AnswerHistory, theirs: AnswerHistory, left_out: tuple[Revision, ...], side: Side
) -> AnswerHistory:
    """Merge two histories. The answer that lost a conflict comes last, so that undo restores it first."""
    winner = ours if side == "ours" else theirs
    loser = theirs if side == "ours" else ours
    if not left_out and all(revision in winner.revisions for revision in loser.revisions):
        return winner
    merged = merged_history(ours.revisions, theirs.revisions)
    return AnswerHistory((*(revision for revision in merged if revision not in left_out), *left_out), (), winner.given)


def _without_widening(ours: Answer, theirs: Answer, is_in_ours: bool, default: Audience) -> Answer:
    """Return their answer, with an audience no wider than that of ours."""
    share = theirs.share or default
    if is_in_ours:
        share = narrower(share, ours.share or default)
    return theirs if share == theirs.share else msgspec.structs.replace(theirs, share=share)


def _with_later_narrowing(ours: Answer, theirs: Answer, default: Audience) -> Answer:
    """Return our answer, with their audience if they narrowed it later."""
    if differ(ours, theirs) or theirs.share is None or theirs.at <= ours.at:
        return ours
    share = narrower(theirs.share, ours.share or default)
    return ours if share == (ours.share or default) else msgspec.structs.replace(ours, share=share, at=theirs.at)
