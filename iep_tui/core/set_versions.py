"""Set versions recorded with answers, and the changes since then that affect questions or answers."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

import msgspec

from iep_tui.core.case_model import Answer, Meeting, Value
from iep_tui.core.question_model import CHILD_PLACEHOLDER, Catalogue, Question, QuestionSet
from iep_tui.i18n import _, ngettext

#: Maximum number of titles in one notice.
MAX_NAMED = 3


class VersionChanges(msgspec.Struct, frozen=True):
    """Changes in the sets since the family last answered.

    `new` holds added questions, `renamed` the questions whose answers are under an earlier id, `orphaned` the ids of
    answers whose question is in no set any more, and `invalid` the questions whose answer uses a choice or column that
    no longer exists.
    """

    sets: tuple[QuestionSet, ...] = ()
    new: tuple[Question, ...] = ()
    renamed: tuple[Question, ...] = ()
    orphaned: tuple[str, ...] = ()
    invalid: tuple[Question, ...] = ()


def mark_of(question_set: QuestionSet) -> str:
    """Return the mark that a case stores for a set: its version, then four hexadecimal digits per question."""
    return " ".join((str(question_set.version), *(_id_digits(question.id) for question in question_set.questions)))


def changes_since(meeting: Meeting, catalogue: Catalogue) -> VersionChanges:
    """Return the changes in the sets since this meeting's answers were given; pass `meeting` as it was saved."""
    sets: list[QuestionSet] = []
    new: list[Question] = []
    for question_set in catalogue.sets:
        mark = meeting.sets.get(question_set.id)
        if mark is None or mark == mark_of(question_set):
            continue
        version, *digits = mark.split(" ")
        known_digits = frozenset(digits)
        sets.extend([question_set] if version != str(question_set.version) else [])
        new.extend(
            question
            for question in question_set.questions
            if _id_digits(question.id) not in known_digits
            and not known_digits.intersection(map(_id_digits, question.was))
            and question.id not in meeting.answers
        )
    if not sets:
        return VersionChanges()
    renamed: list[Question] = []
    orphaned: list[str] = []
    invalid: list[Question] = []
    for question_id, answer in meeting.answers.items():
        question = catalogue.question(catalogue.current_id(question_id))
        if question is None:
            orphaned.append(question_id)
        elif question.id != question_id:
            renamed.append(question)
        if question is not None and lost_parts(question, answer):
            invalid.append(question)
    return VersionChanges(tuple(sets), tuple(new), tuple(renamed), tuple(orphaned), tuple(invalid))


def parts_used(question: Question, answer: Answer) -> tuple[str, ...]:
    """Return the choice values or column ids that this answer uses."""
    if question.kind in ("one", "several"):
        return tuple(_choice_values(answer.value))
    if question.kind == "table" and isinstance(answer.value, list):
        return tuple(dict.fromkeys(name for row in answer.value if isinstance(row, dict) for name in row))
    return ()


def lost_parts(question: Question, answer: Answer) -> tuple[str, ...]:
    """Return the choices and columns that this answer uses but its question does not offer."""
    known = {choice.value for choice in question.choices} | {column.id for column in question.columns}
    return tuple(name for name in parts_used(question, answer) if name not in known)


def changes_text(changes: VersionChanges) -> str:
    """Return one notice for the family; "" if nothing changed."""
    if not changes.sets:
        return ""
    titles = [question_set.title for question_set in changes.sets]
    sentences = [
        ngettext(
            "The questions of this part are newer than your answers: {titles}.",
            "The questions of these parts are newer than your answers: {titles}.",
            len(titles),
        ).format(titles=_list_titles(titles))
    ]
    if changes.new:
        count = len(changes.new)
        added = ngettext("{count} question is new.", "{count} questions are new.", count)
        sentences.append(added.format(count=count))
    if changes.renamed:
        count = len(changes.renamed)
        moved = ngettext(
            "{count} answer moved with its question.", "{count} answers moved with their questions.", count
        )
        sentences.append(moved.format(count=count))
    if changes.orphaned:
        count = len(changes.orphaned)
        orphaned = ngettext(
            "{count} answer has no question any more: it is kept, set aside in the review.",
            "{count} answers have no question any more: they are kept, set aside in the review.",
            count,
        )
        sentences.append(orphaned.format(count=count))
    if changes.invalid:
        count = len(changes.invalid)
        invalid = ngettext(
            "{count} answer has a choice that is not offered any more; please look at it: {titles}.",
            "{count} answers have a choice that is not offered any more; please look at them: {titles}.",
            count,
        )
        sentences.append(
            invalid.format(count=count, titles=_list_titles([_quoted_title(question) for question in changes.invalid]))
        )
    return " ".join(sentences)


def _choice_values(value: Value) -> Iterable[str]:
    for entry in value if isinstance(value, list) else [value]:
        if isinstance(entry, dict):
            yield from entry
        elif isinstance(entry, str) and entry:
            yield entry


def _id_digits(question_id: str) -> str:
    return f"{zlib.crc32(question_id.encode()) & 0xFFFF:04x}"


def _quoted_title(question: Question) -> str:
    return f"“{(question.sheet or question.title).replace(CHILD_PLACEHOLDER, _('your child'))}”"


def _list_titles(titles: list[str]) -> str:
    return ", ".join(titles[:MAX_NAMED]) + (", …" if len(titles) > MAX_NAMED else "")
