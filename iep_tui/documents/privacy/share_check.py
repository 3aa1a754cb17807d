"""Leak check of a file for one reader: the private texts of a case, and the text that reader may see."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from iep_tui.core.case_model import Answer, Value
from iep_tui.core.dates import as_date, long_date
from iep_tui.core.interview import CHILD_NAME, Interview, effective_share
from iep_tui.core.kinds.base import DisplayValue, plain_words
from iep_tui.core.kinds.goals import GOAL_PARTS
from iep_tui.core.question_model import Audience, Catalogue, Question, may_read
from iep_tui.documents.privacy.leak_detector import AllowedText, Leak, PrivateAnswer, SearchableText, find_leaks
from iep_tui.documents.privacy.visible_answers import ReaderView, shown_filled
from iep_tui.documents.sheets.concerns_page import copy_requests
from iep_tui.documents.sheets.teachers_page import part_titles
from iep_tui.i18n import _

#: Columns in which people are named.
_PEOPLE = frozenset(("name", "person", "who", "whom"))
#: So few words may be a name and nothing else.
_FEW = 3
#: What people are called that gives nobody away.
_ROLES = (
    *("mom", "mum", "mother", "dad", "father", "grandma", "grandmother", "grandpa", "grandfather", "parent"),
    *("aunt", "uncle", "sister", "brother", "cousin", "teacher", "principal", "nurse", "mr", "mrs", "ms", "dr"),
)


def find_private_text(text: str, interview: Interview, reader: Audience) -> tuple[Leak, ...]:
    """The answers and notes in `text`, the words of a file, that `reader` may not have."""
    found = private_answers(interview, reader)
    if not found:
        return ()
    return find_leaks(
        _without_the_foot(text), found, allowed_text(interview, reader), common_words(interview.catalogue)
    )


def private_answers(interview: Interview, reader: Audience) -> tuple[PrivateAnswer, ...]:
    """Every answer with words that `reader` may not have, and every note but for the family. Set aside or not, marked
    or not: what was written counts, and who may read it."""
    if reader == "family":
        return ()
    reading = ReaderView(interview, reader)
    shared = {day for question_id, one in _shared(interview, reader) for day in _days(one.value)}
    found: list[PrivateAnswer] = []
    for question_id, answer in interview.answers.items():
        question = interview.catalogue.question(question_id)
        share = effective_share(question, answer) if question else answer.share or "family"
        label = reading.family_label(question) if question else question_id
        if not may_read(share, reader) and (texts := _texts(question, answer, reading)):
            days = tuple(day for day in _days(answer.value) if day not in shared)
            found.append(PrivateAnswer(question_id, label, texts, tuple(_people(question, answer, texts)), days))
        if answer.note.strip():
            found.append(PrivateAnswer(question_id, _("{label}, your note").format(label=label), (answer.note,)))
    return tuple(found)


def allowed_text(interview: Interview, reader: Audience) -> AllowedText:
    """The answers that `reader` may have, the labels of all sets, and our own words."""
    reading = ReaderView(interview, reader)
    texts: list[str] = [*_own_words()]
    for one in interview.catalogue.sets:
        texts.append(reading.fill(one.title))
        for question in one.questions:
            texts += map(reading.fill, (question.sheet, question.title, *(each.label for each in question.columns)))
    for question_id, answer in _shared(interview, reader):
        texts += _texts(interview.catalogue.question(question_id), answer, reading)
        if question_id == CHILD_NAME and isinstance(answer.value, str):
            texts += answer.value.split()[:1]
    texts += (reading.fill(words) for _name, label, asked_for in GOAL_PARTS for words in (_(label), _(asked_for)))
    return AllowedText(texts)


def common_words(catalogue: Catalogue) -> frozenset[str]:
    """Words that the sets write with a small letter, and those of the calendar: at the start of a sentence they are
    no names."""
    found = {
        word.casefold()
        for month in range(1, 13)
        for word in SearchableText(long_date(datetime.date(2027, month, month))).written
    }
    found.update(_ROLES)
    for one in catalogue.sets:
        for question in one.questions:
            texts = (question.title, *(para.text for para in question.help), *question.examples)
            found.update(word for text in texts for word in SearchableText(text).written if word.islower())
    return frozenset(found)


def _texts(question: Question | None, answer: Answer, reading: ReaderView) -> tuple[str, ...]:
    """The words of an answer: each line, entry and cell, and each row as a whole."""
    shown = (
        shown_filled(question, answer.value, reading.fill)
        if question
        else DisplayValue("text", (plain_words(answer.value),))
    )
    whole = ("\n".join(shown.lines),) if shown.form == "text" else shown.lines
    rows = [cell for row in shown.rows for cell in (*row, " ".join(row))]
    return tuple(text for text in (*whole, *rows) if text.strip())


def _shared(interview: Interview, reader: Audience) -> Iterator[tuple[str, Answer]]:
    """The answers, in any state, that `reader` may have."""
    for question_id, answer in interview.answers.items():
        question = interview.catalogue.question(question_id)
        share = effective_share(question, answer) if question else answer.share or "family"
        if may_read(share, reader):
            yield question_id, answer


def _people(question: Question | None, answer: Answer, texts: tuple[str, ...]) -> Iterator[str]:
    """The texts of an answer that may be nothing but a name: cells that name people, and entries of a few words."""
    if question is None:
        return
    if question.kind in ("line", "list"):
        yield from (text for text in texts if len(text.split()) <= _FEW)
    if isinstance(answer.value, list):
        cells = (row.get(name) for row in answer.value if isinstance(row, dict) for name in _PEOPLE)
        yield from (cell for cell in cells if isinstance(cell, str))


def _days(value: Value) -> Iterator[tuple[int, int, int]]:
    if (day := as_date(value)) is not None:
        yield day.year, day.month, day.day
    elif isinstance(value, list | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _days(one)


def _own_words() -> Iterator[str]:
    """What our sheets say by themselves, whoever they are about."""
    yield from part_titles()
    yield from copy_requests()
    yield from (_("Questions for the team"), _("Notes"), _("Signed"), _("Name and signature"), _("Date"))
    yield from (_("One page about {name}").format(name=""), _("One page for teachers"), _("Prep sheet"))
    yield from (_("Parent concerns"), _("Box to tick"), _("Boxes to check off:"), _("(nothing filled in)"))
    yield from (_("Prep sheet for our meeting on {day}"), _("One page for teachers, before our meeting on {day}"))


def _without_the_foot(text: str) -> str:
    """`text` without the lines that say what made the sheet and when, and which page this is."""
    for ours in (_("Made with iep-tui {version} on {day}"), _("Page {page} of {pages}")):
        pattern = re.escape(ours).replace(r"\ ", r"\s+").replace(r"\{version\}", r"[\d.\\]+(?:\w*)")
        pattern = pattern.replace(r"\{day\}", r"(?:[\w.,]+\s+){2,4}\d{4}").replace(r"\{page\}", r"\d+")
        text = re.sub(
            pattern.replace(r"\{pages\}", r"\d+").replace(r"iep\-tui", r"iep[-\u2010\u2011]\s*tui"), "\n", text
        )
    return text
