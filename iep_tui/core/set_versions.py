"""Set versions recorded with answers, and the changes since then: new, renamed and set-aside questions."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

import msgspec

from iep_tui.core.case_model import Answer, Meeting, Value
from iep_tui.core.question_model import CHILD_PLACEHOLDER, Catalogue, Question, QuestionSet
from iep_tui.i18n import _, ngettext

#: Titles and labels that are named in one notice.
MAX_NAMED = 3


class VersionChanges(msgspec.Struct, frozen=True):
    """What is different from when the family last answered. `new` are questions that were not there, `renamed` answers
    that go by another id now, `gone` answers whose question is in no set any more, `invalid` answers with a choice or a
    column that their question does not offer any more."""

    sets: tuple[QuestionSet, ...] = ()
    new: tuple[Question, ...] = ()
    renamed: tuple[Question, ...] = ()
    gone: tuple[str, ...] = ()
    invalid: tuple[Question, ...] = ()


def mark_of(one: QuestionSet) -> str:
    """What a case remembers of a set: its version, and four hexadecimal digits for each question it has."""
    return " ".join((str(one.version), *(_digits(question.id) for question in one.questions)))


def changes_since(meeting: Meeting, catalogue: Catalogue) -> VersionChanges:
    """What is different in the sets since the answers of this meeting were given. `meeting` is as it was saved."""
    sets: list[QuestionSet] = []
    new: list[Question] = []
    for one in catalogue.sets:
        mark = meeting.sets.get(one.id)
        if mark is None or mark == mark_of(one):
            continue
        version, *known = mark.split(" ")
        was_there = frozenset(known)
        sets.extend([one] if version != str(one.version) else [])
        new.extend(
            question
            for question in one.questions
            if _digits(question.id) not in was_there
            and not was_there.intersection(map(_digits, question.was))
            and question.id not in meeting.answers
        )
    if not sets:
        return VersionChanges()
    renamed: list[Question] = []
    gone: list[str] = []
    unfit: list[Question] = []
    for question_id, answer in meeting.answers.items():
        question = catalogue.question(catalogue.current_id(question_id))
        if question is None:
            gone.append(question_id)
        elif question.id != question_id:
            renamed.append(question)
        if question is not None and lost_parts(question, answer):
            unfit.append(question)
    return VersionChanges(tuple(sets), tuple(new), tuple(renamed), tuple(gone), tuple(unfit))


def parts_used(question: Question, answer: Answer) -> tuple[str, ...]:
    """The choices or columns of its question that this answer uses, by value or id."""
    if question.kind in ("one", "several"):
        return tuple(_chosen(answer.value))
    if question.kind == "table" and isinstance(answer.value, list):
        return tuple(dict.fromkeys(name for row in answer.value if isinstance(row, dict) for name in row))
    return ()


def lost_parts(question: Question, answer: Answer) -> tuple[str, ...]:
    """The choices and columns this answer uses that its question does not offer (any more)."""
    known = {choice.value for choice in question.choices} | {column.id for column in question.columns}
    return tuple(name for name in parts_used(question, answer) if name not in known)


def changes_text(changes: VersionChanges) -> str:
    """One calm notice for the family, "" when nothing is different."""
    if not changes.sets:
        return ""
    titles = [one.title for one in changes.sets]
    words = [
        ngettext(
            "The questions of this part are newer than your answers: {titles}.",
            "The questions of these parts are newer than your answers: {titles}.",
            len(titles),
        ).format(titles=_listed(titles))
    ]
    if changes.new:
        count = len(changes.new)
        new = ngettext("{count} question is new.", "{count} questions are new.", count)
        words.append(new.format(count=count))
    if changes.renamed:
        count = len(changes.renamed)
        moved = ngettext(
            "{count} answer moved with its question.", "{count} answers moved with their questions.", count
        )
        words.append(moved.format(count=count))
    if changes.gone:
        count = len(changes.gone)
        aside = ngettext(
            "{count} answer has no question any more: it is kept, set aside in the review.",
            "{count} answers have no question any more: they are kept, set aside in the review.",
            count,
        )
        words.append(aside.format(count=count))
    if changes.invalid:
        count = len(changes.invalid)
        unfit = ngettext(
            "{count} answer has a choice that is not offered any more; please look at it: {titles}.",
            "{count} answers have a choice that is not offered any more; please look at them: {titles}.",
            count,
        )
        words.append(unfit.format(count=count, titles=_listed([_called(one) for one in changes.invalid])))
    return " ".join(words)


def _chosen(value: Value) -> Iterable[str]:
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            yield from one
        elif isinstance(one, str) and one:
            yield one


def _digits(question_id: str) -> str:
    return f"{zlib.crc32(question_id.encode()) & 0xFFFF:04x}"


def _called(question: Question) -> str:
    return f"“{(question.sheet or question.title).replace(CHILD_PLACEHOLDER, _('your child'))}”"


def _listed(titles: list[str]) -> str:
    return ", ".join(titles[:MAX_NAMED]) + (", …" if len(titles) > MAX_NAMED else "")
