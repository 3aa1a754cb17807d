"""Undo and redo: the bounded history of an answer, and grouping of keystrokes into steps."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

import msgspec

from iep_tui.core.case_model import Answer, AnswerHistory, Case, Histories, Meeting, Revision
from iep_tui.core.question_model import AUDIENCES, Audience

#: Steps of one answer that are kept; the newest of them whatever their age, and always the first there was.
MAX_REVISIONS = 20
KEEP_NEWEST = 8
#: Bytes of all steps of a case together, as they are written.
MAX_HISTORY_BYTES = 400_000
#: Words typed further within this many seconds of the last ones belong to the same step.
TYPING_PAUSE = 180
#: Characters that may go in one change, or from the fullest state of what is being typed, without being a step.
NOISE_CHARS = 20


class TypingRun(msgspec.Struct, frozen=True):
    """An answer that is being typed. `fullest` is the longest it was since it began or was last kept as a step;
    `kept` says that this state is among the steps already."""

    question_id: str
    fullest: Answer
    kept: bool = False


def differ(one: Answer, other: Answer) -> bool:
    """Whether the two say something else. Who may read them is no step: undo never takes a reader back."""
    return (one.value, one.state, one.note) != (other.value, other.state, other.note)


def narrower(one: Audience, other: Audience) -> Audience:
    """The reader that gets less."""
    return min(one, other, key=AUDIENCES.index)


def recorded(past: AnswerHistory, before: Answer) -> AnswerHistory:
    """The past of an answer that is about to become another one than `before`.

    What undo went back from stays: it comes after the answer it left, and before that answer as it was taken back.
    """
    said = _step(before, past.given)
    steps = (*past.before, said, *past.after, _step(before)) if past.after else (*past.before, said)
    return AnswerHistory(_thinned(steps))


def typing_continues(
    past: AnswerHistory, before: Answer, after: Answer, typing: TypingRun | None, question_id: str
) -> tuple[AnswerHistory, TypingRun]:
    """The past of an answer on which somebody is typing: a paragraph is one step, and so is one that is taken out.

    `typing` is what this function gave for the change before, None when it is another matter now.
    """
    if typing is None or typing.question_id != question_id or not _goes_on(before, after):
        past = recorded(past, before)
        fullest, kept = (before, True) if _weight(before) > _weight(after) else (after, False)
        return past, TypingRun(question_id, fullest, kept)
    if _removed(before, after):
        known = typing.kept and not differ(before, typing.fullest)
        return past if known else recorded(past, before), TypingRun(question_id, after)
    weight, most = _weight(after), _weight(typing.fullest)
    if weight >= most:
        return past, TypingRun(question_id, after)
    if most - weight > NOISE_CHARS and weight * 2 < most:
        past = past if typing.kept else recorded(past, typing.fullest)
        return past, TypingRun(question_id, after, kept=True)  # what is left of it is in that step too
    return past, typing


def undone(past: AnswerHistory, answer: Answer, default: Audience, at: str) -> tuple[AnswerHistory, Answer] | None:
    """The answer one step back, and its past then; None where nothing was said before. `default` is its set's reader,
    `at` is now.

    The reader stays, or becomes the narrower one that the earlier answer had.
    """
    if not past.before:
        return None
    step = past.before[-1]
    gone = AnswerHistory(past.before[:-1], (_step(answer, past.given), *past.after), step.at)
    return gone, restored(step, answer, default, at)


def redone(past: AnswerHistory, answer: Answer, default: Audience, at: str) -> tuple[AnswerHistory, Answer] | None:
    """The answer that undo went back from, and its past then; None when there is none. Otherwise as `undone`."""
    if not past.after:
        return None
    step = past.after[0]
    gone = AnswerHistory((*past.before, _step(answer, past.given)), past.after[1:], step.at)
    return gone, restored(step, answer, default, at)


def restored(step: Answer, answer: Answer, default: Audience, at: str) -> Answer:
    """What `step` said, as the answer at `at`, for nobody who may not read `answer`."""
    share = narrower(step.share or default, answer.share or default)
    return Answer(step.value, step.state, share, step.note, at)


def earlier_revisions(past: AnswerHistory) -> tuple[Revision, ...]:
    """The steps to choose from, newest first, each thing said once, and only those that say something."""
    found: list[Revision] = []
    for step in sorted(past.steps, key=lambda one: one.at)[::-1]:
        if not _is_blank(step) and all(differ(step, one) for one in found):
            found.append(step)
    return tuple(found)


def bounded(case: Case) -> Case:
    """The case with no more of the past than `MAX_HISTORY_BYTES`: the oldest steps go first, over all its answers.

    The newest step of an answer goes after all others, and among each what a merge left out goes last.
    """
    steps = [
        (place, meeting.id, question_id, step)
        for meeting in case.meetings
        for question_id, past in meeting.histories.items()
        for place, step in enumerate(past.steps)
    ]
    sizes = [len(msgspec.json.encode(step)) for _place, _meeting, _question, step in steps]
    total = sum(sizes)
    if total <= MAX_HISTORY_BYTES:
        return case

    def order(number: int) -> tuple[bool, bool, str]:
        place, meeting_id, question_id, step = steps[number]
        meeting = case.meeting(meeting_id)
        newest = meeting is not None and place == len(meeting.histories[question_id].before) - 1
        return newest, step.pinned, step.at

    gone: set[tuple[str, str, int]] = set()
    for number in sorted(range(len(steps)), key=order):
        if total <= MAX_HISTORY_BYTES:
            break
        place, meeting_id, question_id, _step_itself = steps[number]
        gone.add((meeting_id, question_id, place))
        total -= sizes[number]
    meetings = tuple(msgspec.structs.replace(one, histories=_without(one, gone)) for one in case.meetings)
    return msgspec.structs.replace(case, meetings=meetings)


def _without(meeting: Meeting, gone: set[tuple[str, str, int]]) -> Histories:
    left: dict[str, AnswerHistory] = {}
    for question_id, past in meeting.histories.items():
        kept = [(meeting.id, question_id, place) not in gone for place in range(len(past.steps))]
        middle = len(past.before)
        before = tuple(step for step, stays in zip(past.before, kept[:middle], strict=True) if stays)
        after = tuple(step for step, stays in zip(past.after, kept[middle:], strict=True) if stays)
        left[question_id] = AnswerHistory(before, after, past.given)
    return Histories(left)


def _thinned(steps: Sequence[Revision]) -> tuple[Revision, ...]:
    """`MAX_REVISIONS` of these: the first, the `KEEP_NEWEST` latest, and the others furthest apart in time."""
    kept = list(steps)
    while len(kept) > MAX_REVISIONS:
        between = range(1, len(kept) - KEEP_NEWEST)
        free = [place for place in between if not kept[place].pinned] or between
        kept.pop(min(free, key=lambda place: _seconds(kept[place + 1].at) - _seconds(kept[place - 1].at)))
    return tuple(kept)


def _step(answer: Answer, given: str = "") -> Revision:
    return Revision(answer.value, answer.state, answer.share, answer.note, given or answer.at)


def _is_blank(answer: Answer) -> bool:
    """Whether nothing was said here and nothing decided."""
    blank = answer.value in (None, "", [], {}) or (isinstance(answer.value, str) and not answer.value.strip())
    return blank and answer.state == "open" and not answer.note


def _goes_on(before: Answer, after: Answer) -> bool:
    return 0 <= _seconds(after.at) - _seconds(before.at) <= TYPING_PAUSE


def _seconds(at: str) -> float:
    """A moment as a number; one that is none counts as the very first."""
    try:
        moment = datetime.datetime.fromisoformat(at)
    except ValueError:
        return 0.0
    return moment.replace(tzinfo=moment.tzinfo or datetime.UTC).timestamp()


def _words(answer: Answer) -> bytes:
    return msgspec.json.encode((answer.value, answer.note))


def _weight(answer: Answer) -> int:
    return len(_words(answer))


def _removed(before: Answer, after: Answer) -> bool:
    """Whether one change took out most of what stood there, as when all is selected and typed or pasted over."""
    old, new = _words(before), _words(after)
    shared = _shared(old, new)
    shared += _shared(old[shared:][::-1], new[shared:][::-1])
    return len(old) - shared > max(NOISE_CHARS, len(old) // 2)


def _shared(one: bytes, other: bytes) -> int:
    """How many bytes the two begin with in common."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def merged_history(one: Iterable[Revision], other: Iterable[Revision]) -> tuple[Revision, ...]:
    """The steps of both, each once, oldest first; those of one moment in the order they came."""
    found: list[Revision] = []
    for step in (*one, *other):
        if step not in found:
            found.append(step)
    return tuple(sorted(found, key=lambda step: step.at))
