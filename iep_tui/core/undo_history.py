"""Undo and redo: the bounded history of an answer, and grouping of keystrokes into revisions."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

import msgspec

from iep_tui.core.case_model import Answer, AnswerHistory, Case, Histories, Meeting, Revision
from iep_tui.core.question_model import AUDIENCES, Audience

#: Maximum number of revisions per answer. The `KEEP_NEWEST` latest and the very first are never thinned.
MAX_REVISIONS = 20
KEEP_NEWEST = 8
#: Maximum size in bytes of all encoded revisions of a case.
MAX_HISTORY_BYTES = 400_000
#: Typing that continues within this many seconds belongs to the same revision.
TYPING_PAUSE = 180
#: Deleting up to this many bytes, at once or since the longest state of the text, is not a revision of its own.
NOISE_CHARS = 20


class TypingRun(msgspec.Struct, frozen=True):
    """An answer that is being typed.

    `fullest` is its longest state since the run began or since the last recorded revision; `is_recorded` is True if
    that state is already a revision.
    """

    question_id: str
    fullest: Answer
    is_recorded: bool = False


def differ(first: Answer, second: Answer) -> bool:
    """Compare two answers without their audience: undo never restores a wider audience, so that is no revision."""
    return (first.value, first.state, first.note) != (second.value, second.state, second.note)


def narrower(first: Audience, second: Audience) -> Audience:
    """Return the narrower of two audiences."""
    return min(first, second, key=AUDIENCES.index)


def recorded(history: AnswerHistory, before: Answer) -> AnswerHistory:
    """Return the history of an answer that is about to change from `before`.

    The redo branch is kept: it is spliced in between two copies of `before`, so that no state is lost.
    """
    current = _revision_of(before, history.given)
    revisions = (
        (*history.before, current, *history.after, _revision_of(before))
        if history.after
        else (*history.before, current)
    )
    return AnswerHistory(_thinned(revisions))


def typing_continues(
    history: AnswerHistory, before: Answer, after: Answer, typing: TypingRun | None, question_id: str
) -> tuple[AnswerHistory, TypingRun]:
    """Record a keystroke: one typed paragraph becomes one revision, and so does one deleted paragraph.

    `typing` is the run that this function returned for the previous keystroke, None if there is none.
    """
    if typing is None or typing.question_id != question_id or not _is_continuation(before, after):
        history = recorded(history, before)
        fullest, is_recorded = (before, True) if _weight(before) > _weight(after) else (after, False)
        return history, TypingRun(question_id, fullest, is_recorded)
    if _removed_most(before, after):
        is_known = typing.is_recorded and not differ(before, typing.fullest)
        return history if is_known else recorded(history, before), TypingRun(question_id, after)
    weight, max_weight = _weight(after), _weight(typing.fullest)
    if weight >= max_weight:
        return history, TypingRun(question_id, after)
    if max_weight - weight > NOISE_CHARS and weight * 2 < max_weight:
        history = history if typing.is_recorded else recorded(history, typing.fullest)
        return history, TypingRun(question_id, after, is_recorded=True)  # the remaining text is part of that revision
    return history, typing


def undone(history: AnswerHistory, answer: Answer, default: Audience, at: str) -> tuple[AnswerHistory, Answer] | None:
    """Go back one revision: return the new history and answer, or None if there is no earlier revision.

    `default` is the question's audience and `at` the current time. The audience stays, or becomes that of the earlier
    answer if it is narrower.
    """
    if not history.before:
        return None
    revision = history.before[-1]
    earlier = AnswerHistory(history.before[:-1], (_revision_of(answer, history.given), *history.after), revision.at)
    return earlier, restored(revision, answer, default, at)


def redone(history: AnswerHistory, answer: Answer, default: Audience, at: str) -> tuple[AnswerHistory, Answer] | None:
    """Go forward one undone revision; None if there is none. Otherwise like `undone`."""
    if not history.after:
        return None
    revision = history.after[0]
    later = AnswerHistory((*history.before, _revision_of(answer, history.given)), history.after[1:], revision.at)
    return later, restored(revision, answer, default, at)


def restored(revision: Answer, answer: Answer, default: Audience, at: str) -> Answer:
    """Restore `revision` as the current answer, without widening the audience of `answer`."""
    share = narrower(revision.share or default, answer.share or default)
    return Answer(revision.value, revision.state, share, revision.note, at)


def earlier_revisions(history: AnswerHistory) -> tuple[Revision, ...]:
    """Return the revisions to choose from, newest first, without duplicates and blank ones."""
    distinct: list[Revision] = []
    for revision in sorted(history.revisions, key=lambda revision: revision.at)[::-1]:
        if not _is_blank(revision) and all(differ(revision, other) for other in distinct):
            distinct.append(revision)
    return tuple(distinct)


def bounded(case: Case) -> Case:
    """Trim the history of a case to `MAX_HISTORY_BYTES`, oldest revisions first, across all answers.

    The newest revision of each answer goes last. Within both groups, pinned revisions go last.
    """
    revisions = [
        (position, meeting.id, question_id, revision)
        for meeting in case.meetings
        for question_id, history in meeting.histories.items()
        for position, revision in enumerate(history.revisions)
    ]
    sizes = [len(msgspec.json.encode(revision)) for _place, _meeting, _question, revision in revisions]
    total = sum(sizes)
    if total <= MAX_HISTORY_BYTES:
        return case

    def order(index: int) -> tuple[bool, bool, str]:
        position, meeting_id, question_id, revision = revisions[index]
        meeting = case.meeting(meeting_id)
        newest = meeting is not None and position == len(meeting.histories[question_id].before) - 1
        return newest, revision.pinned, revision.at

    dropped: set[tuple[str, str, int]] = set()
    for index in sorted(range(len(revisions)), key=order):
        if total <= MAX_HISTORY_BYTES:
            break
        position, meeting_id, question_id, _revision = revisions[index]
        dropped.add((meeting_id, question_id, position))
        total -= sizes[index]
    meetings = tuple(
        msgspec.structs.replace(meeting, histories=_without(meeting, dropped)) for meeting in case.meetings
    )
    return msgspec.structs.replace(case, meetings=meetings)


def _without(meeting: Meeting, dropped: set[tuple[str, str, int]]) -> Histories:
    histories: dict[str, AnswerHistory] = {}
    for question_id, history in meeting.histories.items():
        keeps = [(meeting.id, question_id, position) not in dropped for position in range(len(history.revisions))]
        split = len(history.before)
        before = tuple(revision for revision, keep in zip(history.before, keeps[:split], strict=True) if keep)
        after = tuple(revision for revision, keep in zip(history.after, keeps[split:], strict=True) if keep)
        histories[question_id] = AnswerHistory(before, after, history.given)
    return Histories(histories)


def _thinned(revisions: Sequence[Revision]) -> tuple[Revision, ...]:
    """Thin to `MAX_REVISIONS`: keep the first, the `KEEP_NEWEST` latest, and those furthest apart in time."""
    thinned = list(revisions)
    while len(thinned) > MAX_REVISIONS:
        middle = range(1, len(thinned) - KEEP_NEWEST)
        droppable = [index for index in middle if not thinned[index].pinned] or middle
        thinned.pop(min(droppable, key=lambda index: _seconds(thinned[index + 1].at) - _seconds(thinned[index - 1].at)))
    return tuple(thinned)


def _revision_of(answer: Answer, given: str = "") -> Revision:
    return Revision(answer.value, answer.state, answer.share, answer.note, given or answer.at)


def _is_blank(answer: Answer) -> bool:
    """Return whether the answer has no value, no mark and no note."""
    blank = answer.value in (None, "", [], {}) or (isinstance(answer.value, str) and not answer.value.strip())
    return blank and answer.state == "open" and not answer.note


def _is_continuation(before: Answer, after: Answer) -> bool:
    return 0 <= _seconds(after.at) - _seconds(before.at) <= TYPING_PAUSE


def _seconds(at: str) -> float:
    """Convert an ISO timestamp to seconds; an invalid one counts as 0."""
    try:
        moment = datetime.datetime.fromisoformat(at)
    except ValueError:
        return 0.0
    return moment.replace(tzinfo=moment.tzinfo or datetime.UTC).timestamp()


def _encoded(answer: Answer) -> bytes:
    return msgspec.json.encode((answer.value, answer.note))


def _weight(answer: Answer) -> int:
    return len(_encoded(answer))


def _removed_most(before: Answer, after: Answer) -> bool:
    """Return whether one change removed most of the text, as when the user selects everything and types over it."""
    old, new = _encoded(before), _encoded(after)
    unchanged = _common_prefix(old, new)
    unchanged += _common_prefix(old[unchanged:][::-1], new[unchanged:][::-1])
    return len(old) - unchanged > max(NOISE_CHARS, len(old) // 2)


def _common_prefix(first: bytes, second: bytes) -> int:
    """Return the length of the common prefix."""
    low, high = 0, min(len(first), len(second))
    while low < high:
        middle = (low + high + 1) // 2
        if first[low:middle] == second[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def merged_history(first: Iterable[Revision], second: Iterable[Revision]) -> tuple[Revision, ...]:
    """Merge the revisions of both, oldest first and without duplicates."""
    merged: list[Revision] = []
    for revision in (*first, *second):
        if revision not in merged:
            merged.append(revision)
    return tuple(sorted(merged, key=lambda revision: revision.at))
