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

#: Table columns that name people.
_PEOPLE_COLUMNS = frozenset(("name", "person", "who", "whom"))
#: A text of at most this many words may be just a name.
_MAX_NAME_WORDS = 3
#: Words for people that identify nobody.
_ROLES = (
    *("mom", "mum", "mother", "dad", "father", "grandma", "grandmother", "grandpa", "grandfather", "parent"),
    *("aunt", "uncle", "sister", "brother", "cousin", "teacher", "principal", "nurse", "mr", "mrs", "ms", "dr"),
)


def find_private_text(text: str, interview: Interview, reader: Audience) -> tuple[Leak, ...]:
    """Return the answers and notes revealed by `text`, a file's content, that `reader` may not see."""
    privates = private_answers(interview, reader)
    if not privates:
        return ()
    return find_leaks(
        _without_footer(text), privates, allowed_text(interview, reader), common_words(interview.catalogue)
    )


def private_answers(interview: Interview, reader: Audience) -> tuple[PrivateAnswer, ...]:
    """Return every answer that `reader` may not see, and every note unless the reader is the family.

    Hidden and marked answers count too: only the text and its audience matter.
    """
    if reader == "family":
        return ()
    view = ReaderView(interview, reader)
    shared = {day for _id, answer in _shared(interview, reader) for day in _days(answer.value)}
    privates: list[PrivateAnswer] = []
    for question_id, answer in interview.answers.items():
        question = interview.catalogue.question(question_id)
        share = effective_share(question, answer) if question else answer.share or "family"
        label = view.family_label(question) if question else question_id
        if not may_read(share, reader) and (texts := _texts(question, answer, view)):
            days = tuple(day for day in _days(answer.value) if day not in shared)
            privates.append(PrivateAnswer(question_id, label, texts, tuple(_people(question, answer, texts)), days))
        if answer.note.strip():
            privates.append(PrivateAnswer(question_id, _("{label}, your note").format(label=label), (answer.note,)))
    return tuple(privates)


def allowed_text(interview: Interview, reader: Audience) -> AllowedText:
    """Return the answers that `reader` may see, the labels of all question sets, and the program's own text."""
    view = ReaderView(interview, reader)
    texts: list[str] = [*_fixed_texts()]
    for question_set in interview.catalogue.sets:
        texts.append(view.fill(question_set.title))
        for question in question_set.questions:
            texts += map(view.fill, (question.sheet, question.title, *(column.label for column in question.columns)))
    for question_id, answer in _shared(interview, reader):
        texts += _texts(interview.catalogue.question(question_id), answer, view)
        if question_id == CHILD_NAME and isinstance(answer.value, str):
            texts += answer.value.split()[:1]
    texts += (view.fill(words) for _name, label, asked_for in GOAL_PARTS for words in (_(label), _(asked_for)))
    return AllowedText(texts)


def common_words(catalogue: Catalogue) -> frozenset[str]:
    """Return words that are not names even when capitalized: those question sets write in lower case, and calendar
    words.
    """
    words = {
        word.casefold()
        for month in range(1, 13)
        for word in SearchableText(long_date(datetime.date(2027, month, month))).written
    }
    words.update(_ROLES)
    for question_set in catalogue.sets:
        for question in question_set.questions:
            texts = (question.title, *(para.text for para in question.help), *question.examples)
            words.update(word for text in texts for word in SearchableText(text).written if word.islower())
    return frozenset(words)


def _texts(question: Question | None, answer: Answer, view: ReaderView) -> tuple[str, ...]:
    """Return the text of an answer: each line, entry and cell, and each row as a whole."""
    shown = (
        shown_filled(question, answer.value, view.fill)
        if question
        else DisplayValue("text", (plain_words(answer.value),))
    )
    lines = ("\n".join(shown.lines),) if shown.form == "text" else shown.lines
    rows = [cell for row in shown.rows for cell in (*row, " ".join(row))]
    return tuple(text for text in (*lines, *rows) if text.strip())


def _shared(interview: Interview, reader: Audience) -> Iterator[tuple[str, Answer]]:
    """Yield the answers, in any state, that `reader` may see."""
    for question_id, answer in interview.answers.items():
        question = interview.catalogue.question(question_id)
        share = effective_share(question, answer) if question else answer.share or "family"
        if may_read(share, reader):
            yield question_id, answer


def _people(question: Question | None, answer: Answer, texts: tuple[str, ...]) -> Iterator[str]:
    """Yield the texts of an answer that may be just a name: cells that name people, and short entries."""
    if question is None:
        return
    if question.kind in ("line", "list"):
        yield from (text for text in texts if len(text.split()) <= _MAX_NAME_WORDS)
    if isinstance(answer.value, list):
        cells = (row.get(name) for row in answer.value if isinstance(row, dict) for name in _PEOPLE_COLUMNS)
        yield from (cell for cell in cells if isinstance(cell, str))


def _days(value: Value) -> Iterator[tuple[int, int, int]]:
    if (day := as_date(value)) is not None:
        yield day.year, day.month, day.day
    elif isinstance(value, list | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _days(item)


def _fixed_texts() -> Iterator[str]:
    """Yield the fixed text of our sheets."""
    yield from part_titles()
    yield from copy_requests()
    yield from (_("Questions for the team"), _("Notes"), _("Signed"), _("Name and signature"), _("Date"))
    yield from (_("One page about {name}").format(name=""), _("One page for teachers"), _("Prep sheet"))
    yield from (_("Parent concerns"), _("Box to tick"), _("Boxes to check off:"), _("(nothing filled in)"))
    yield from (_("Prep sheet for our meeting on {day}"), _("One page for teachers, before our meeting on {day}"))


def _without_footer(text: str) -> str:
    """Return `text` without the lines with program version, date and page number."""
    for footer in (_("Made with iep-tui {version} on {day}"), _("Page {page} of {pages}")):
        pattern = re.escape(footer).replace(r"\ ", r"\s+").replace(r"\{version\}", r"[\d.\\]+(?:\w*)")
        pattern = pattern.replace(r"\{day\}", r"(?:[\w.,]+\s+){2,4}\d{4}").replace(r"\{page\}", r"\d+")
        text = re.sub(
            pattern.replace(r"\{pages\}", r"\d+").replace(r"iep\-tui", r"iep[-\u2010\u2011]\s*tui"), "\n", text
        )
    return text
