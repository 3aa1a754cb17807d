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

#: Changes after which an answer is set aside, goes by another id, or may not fit.
CHANGES_AFFECTING_ANSWERS: frozenset[ChangeKind] = frozenset(
    {"removed", "renamed", "kind", "choice removed", "column removed", "column kind", "condition", "max"}
)


class SetChange(msgspec.Struct, frozen=True):
    """One difference: of the set `set_id`, or of its question with this id in the older version ("" for the set).

    `old` and `new` are what stands on either side, as it is written in a set: an id, a kind, a reader, a title.
    """

    kind: ChangeKind
    set_id: str
    question_id: str = ""
    old: str = ""
    new: str = ""


class AffectedAnswer(msgspec.Struct, frozen=True):
    """An answer of a case that a change would touch."""

    question_id: str
    kind: ChangeKind


def set_changes(old: Sequence[QuestionSet], new: Sequence[QuestionSet]) -> tuple[SetChange, ...]:
    """Every difference that a family can notice, set by set in the order of the newer ones, then what is gone.

    A question that names an id of `old` in `was` is that question renamed, in whichever set it stands now.
    """
    before, after = Catalogue(tuple(old)), Catalogue(tuple(new))
    return tuple(_changes(before, after))


def _changes(before: Catalogue, after: Catalogue) -> Iterator[SetChange]:
    matched = {old.id: now for old in before.questions() if (now := after.question(after.current_id(old.id)))}
    came_from = {now.id: before.question(old_id) for old_id, now in matched.items()}
    came_from |= {old_id: before.question(old_id) for old_id, now in matched.items() if now.id == old_id}
    for one in after.sets:
        was = before.set(one.id)
        if was is None:
            yield SetChange("set added", one.id, new=one.title)
        else:
            yield from _set_changes(was, one)
        for question in one.questions:
            old = came_from.get(question.id)
            if old is None:
                yield SetChange("added", one.id, question.id, new=question.title)
            else:
                yield from _question_changes(old, question)
    for one in before.sets:
        if after.set(one.id) is None:
            yield SetChange("set removed", one.id, old=one.title)
        for question in one.questions:
            if question.id not in matched:
                yield SetChange("removed", one.id, question.id, old=question.title)


def _set_changes(old: QuestionSet, new: QuestionSet) -> Iterator[SetChange]:
    if old.version != new.version:
        yield SetChange("version", new.id, old=str(old.version), new=str(new.version))
    if old.title != new.title:
        yield SetChange("set renamed", new.id, old=old.title, new=new.title)
    if (old.when, old.state) != (new.when, new.state):
        yield SetChange("condition", new.id, old=_when(old), new=_when(new))


def _when(one: QuestionSet) -> str:
    return " and ".join(part for part in (one.when, f"state {one.state}" if one.state else "") if part)


def _question_changes(old: Question, new: Question) -> Iterator[SetChange]:
    def change(kind: ChangeKind, was: object = "", now: object = "") -> SetChange:
        return SetChange(kind, new.set_id, old.id, str(was), str(now))

    if old.id != new.id:
        yield change("renamed", old.id, new.id)
    if old.set_id != new.set_id:
        yield change("moved", old.set_id, new.set_id)
    if _wording(old) != _wording(new) or any(
        now.label != one.label for one in old.choices if (now := new.choice(one.value))
    ):
        yield change("reworded", old.title, new.title)
    if old.kind != new.kind:
        yield change("kind", old.kind, new.kind)
    yield from (change("choice removed", one.value) for one in old.choices if new.choice(one.value) is None)
    yield from (change("choice added", "", one.value) for one in new.choices if old.choice(one.value) is None)
    columns, wanted = ({one.id: one.kind for one in each.columns} for each in (old, new))
    yield from (change("column removed", one) for one in columns if one not in wanted)
    yield from (change("column added", "", one) for one in wanted if one not in columns)
    for name, kind in columns.items():
        if name in wanted and wanted[name] != kind:
            yield change("column kind", f"{name}:{kind}", f"{name}:{wanted[name]}")
    if old.share != new.share:
        wider = AUDIENCES.index(new.share) > AUDIENCES.index(old.share)
        yield change("wider" if wider else "narrower", old.share, new.share)
    if old.when != new.when:
        yield change("condition", old.when, new.when)
    if old.max != new.max:
        yield change("max", old.max or "", new.max or "")
    if old.carry != new.carry:
        yield change("carry", old.carry, new.carry)


def _wording(one: Question) -> tuple[object, ...]:
    return one.title, one.help, one.examples, one.sheet, one.law


def affected_answers(
    case: Case, changes: Sequence[SetChange], old: Sequence[QuestionSet]
) -> tuple[AffectedAnswer, ...]:
    """The answers of a case that these changes would set aside, rename or leave unfit, each with each reason once."""
    questions = {question.id: question for one in old for question in one.questions}
    found: dict[AffectedAnswer, None] = {}
    for meeting in case.meetings:
        for change in changes:
            if change.kind not in CHANGES_AFFECTING_ANSWERS:
                continue
            for question_id in _meant(change, old):
                answer = meeting.answers.get(question_id)
                if answer is not None and answer.state != "open" and _uses(questions.get(question_id), answer, change):
                    found[AffectedAnswer(question_id, change.kind)] = None
    return tuple(found)


def _meant(change: SetChange, old: Sequence[QuestionSet]) -> tuple[str, ...]:
    """The ids of the questions that a change is about: one, or all of its set."""
    if change.question_id:
        return (change.question_id,)
    return tuple(question.id for one in old if one.id == change.set_id for question in one.questions)


def _uses(question: Question | None, answer: Answer, change: SetChange) -> bool:
    """Whether the answer has the choice or column that a change takes away; other changes touch every answer."""
    if change.kind in ("choice removed", "column removed", "column kind") and question is not None:
        return change.old.split(":", 1)[0] in parts_used(question, answer)
    return True
