"""Difference between two versions of question sets, and the answers it affects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from iep_tui.core.case_model import Answer, Case
from iep_tui.core.question_model import AUDIENCES, Catalogue, Question, QuestionSet
from iep_tui.core.set_versions import parts_used

ChangeKind = Literal[
    "set added", "set removed", "set renamed", "version", "added", "removed", "renamed", "reworded", "moved", "kind",
    "choice added", "choice removed", "column added", "column removed", "column kind", "wider", "narrower", "condition",
    "max", "carry",
]  # fmt: skip

#: Changes that may hide, rename or invalidate an answer.
CHANGES_AFFECTING_ANSWERS: frozenset[ChangeKind] = frozenset(
    {"removed", "renamed", "kind", "choice removed", "column removed", "column kind", "condition", "max"}
)


class SetChange(msgspec.Struct, frozen=True):
    """One difference in the set `set_id`, or in one of its questions.

    `question_id` is the id in the older version, "" for a change of the set itself. `old` and `new` are the two values
    as a set file spells them: an id, a kind, an audience, a title.
    """

    kind: ChangeKind
    set_id: str
    question_id: str = ""
    old: str = ""
    new: str = ""


class AffectedAnswer(msgspec.Struct, frozen=True):
    """An answer that a change would affect."""

    question_id: str
    kind: ChangeKind


def set_changes(old: Sequence[QuestionSet], new: Sequence[QuestionSet]) -> tuple[SetChange, ...]:
    """Return every difference that a family can notice, in the order of the newer sets, removals last.

    A question that names an id of `old` in `was` counts as that question renamed, whichever set it is in now.
    """
    before, after = Catalogue(tuple(old)), Catalogue(tuple(new))
    return tuple(_changes(before, after))


def _changes(before: Catalogue, after: Catalogue) -> Iterator[SetChange]:
    matched = {
        old.id: new_question for old in before.questions() if (new_question := after.question(after.current_id(old.id)))
    }
    came_from = {new_question.id: before.question(old_id) for old_id, new_question in matched.items()}
    came_from |= {
        old_id: before.question(old_id) for old_id, new_question in matched.items() if new_question.id == old_id
    }
    for question_set in after.sets:
        old_set = before.set(question_set.id)
        if old_set is None:
            yield SetChange("set added", question_set.id, new=question_set.title)
        else:
            yield from _set_changes(old_set, question_set)
        for question in question_set.questions:
            old = came_from.get(question.id)
            if old is None:
                yield SetChange("added", question_set.id, question.id, new=question.title)
            else:
                yield from _question_changes(old, question)
    for question_set in before.sets:
        if after.set(question_set.id) is None:
            yield SetChange("set removed", question_set.id, old=question_set.title)
        for question in question_set.questions:
            if question.id not in matched:
                yield SetChange("removed", question_set.id, question.id, old=question.title)


def _set_changes(old: QuestionSet, new: QuestionSet) -> Iterator[SetChange]:
    if old.version != new.version:
        yield SetChange("version", new.id, old=str(old.version), new=str(new.version))
    if old.title != new.title:
        yield SetChange("set renamed", new.id, old=old.title, new=new.title)
    if (old.when, old.state) != (new.when, new.state):
        yield SetChange("condition", new.id, old=_full_condition(old), new=_full_condition(new))


def _full_condition(question_set: QuestionSet) -> str:
    return " and ".join(
        part for part in (question_set.when, f"state {question_set.state}" if question_set.state else "") if part
    )


def _question_changes(old: Question, new: Question) -> Iterator[SetChange]:
    def change(kind: ChangeKind, before: object = "", after: object = "") -> SetChange:
        return SetChange(kind, new.set_id, old.id, str(before), str(after))

    if old.id != new.id:
        yield change("renamed", old.id, new.id)
    if old.set_id != new.set_id:
        yield change("moved", old.set_id, new.set_id)
    if _wording(old) != _wording(new) or any(
        now.label != choice.label for choice in old.choices if (now := new.choice(choice.value))
    ):
        yield change("reworded", old.title, new.title)
    if old.kind != new.kind:
        yield change("kind", old.kind, new.kind)
    yield from (change("choice removed", choice.value) for choice in old.choices if new.choice(choice.value) is None)
    yield from (change("choice added", "", choice.value) for choice in new.choices if old.choice(choice.value) is None)
    old_columns, new_columns = ({column.id: column.kind for column in question.columns} for question in (old, new))
    yield from (change("column removed", name) for name in old_columns if name not in new_columns)
    yield from (change("column added", "", name) for name in new_columns if name not in old_columns)
    for name, kind in old_columns.items():
        if name in new_columns and new_columns[name] != kind:
            yield change("column kind", f"{name}:{kind}", f"{name}:{new_columns[name]}")
    if old.share != new.share:
        wider = AUDIENCES.index(new.share) > AUDIENCES.index(old.share)
        yield change("wider" if wider else "narrower", old.share, new.share)
    if old.when != new.when:
        yield change("condition", old.when, new.when)
    if old.max != new.max:
        yield change("max", old.max or "", new.max or "")
    if old.carry != new.carry:
        yield change("carry", old.carry, new.carry)


def _wording(question: Question) -> tuple[object, ...]:
    return question.title, question.help, question.examples, question.sheet, question.law


def affected_answers(
    case: Case, changes: Sequence[SetChange], old: Sequence[QuestionSet]
) -> tuple[AffectedAnswer, ...]:
    """Return the answers that these changes would hide, rename or invalidate, without duplicates."""
    questions = {question.id: question for question_set in old for question in question_set.questions}
    affected: dict[AffectedAnswer, None] = {}
    for meeting in case.meetings:
        for change in changes:
            if change.kind not in CHANGES_AFFECTING_ANSWERS:
                continue
            for question_id in _question_ids(change, old):
                answer = meeting.answers.get(question_id)
                if (
                    answer is not None
                    and answer.state != "open"
                    and _affects(questions.get(question_id), answer, change)
                ):
                    affected[AffectedAnswer(question_id, change.kind)] = None
    return tuple(affected)


def _question_ids(change: SetChange, old: Sequence[QuestionSet]) -> tuple[str, ...]:
    """Return the question ids that a change applies to: one, or all in the set."""
    if change.question_id:
        return (change.question_id,)
    return tuple(
        question.id for question_set in old if question_set.id == change.set_id for question in question_set.questions
    )


def _affects(question: Question | None, answer: Answer, change: SetChange) -> bool:
    """Return whether a change affects this answer: for a lost choice or column, only if the answer uses it."""
    if change.kind in ("choice removed", "column removed", "column kind") and question is not None:
        return change.old.split(":", 1)[0] in parts_used(question, answer)
    return True
