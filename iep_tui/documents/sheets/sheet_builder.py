"""Sheet builder: selects and orders the answers for one reader, and records what was left out."""

from __future__ import annotations

import datetime
from itertools import compress

import msgspec

from iep_tui.core.interview import (
    CHILD_NAME,
    MEETING_DATE,
    MEETING_PLACE,
    MEETING_TIME,
    MEETING_TYPE,
    Interview,
)
from iep_tui.core.question_model import Audience, QuestionSet
from iep_tui.documents.outline_model import (
    Bullets,
    Checks,
    Entries,
    Fields,
    Heading,
    LeftOut,
    Numbered,
    Outline,
    OutlineBlock,
    Paragraph,
    Quote,
    Table,
    WritingLines,
)
from iep_tui.documents.privacy.visible_answers import ReaderView, VisibleAnswer
from iep_tui.documents.sheets.answer_layout import facts, is_fact, note_line, run_in, section
from iep_tui.documents.sheets.concerns_page import CONCERNS_ATTACH, CONCERNS_STATEMENT, concerns_section
from iep_tui.documents.sheets.deadline_section import dates_section
from iep_tui.documents.sheets.head_and_foot import made_line, meeting_day, meeting_line_text
from iep_tui.documents.sheets.teachers_page import teachers_page
from iep_tui.i18n import _

__all__ = [
    "Bullets",
    "Checks",
    "Entries",
    "Fields",
    "Heading",
    "LeftOut",
    "Numbered",
    "Outline",
    "OutlineBlock",
    "Paragraph",
    "Quote",
    "Table",
    "WritingLines",
    "build_sheet",
]

TOP_MATTERS = "top-matters"

#: Answers that the title and the line about the meeting already tell.
_IN_THE_HEAD = frozenset((CHILD_NAME, MEETING_TYPE, MEETING_DATE, MEETING_TIME, MEETING_PLACE))
#: Answers that stand before the sets.
_IN_FRONT = frozenset((TOP_MATTERS, CONCERNS_STATEMENT))

_ROOM_FOR_NOTES = 6


def build_sheet(interview: Interview, reader: Audience, *, made: datetime.date) -> Outline:
    """The sheet of one meeting for one reader, from the answers on the live path that this reader may read.

    `made` is the day at its foot. `left_out` names the other answers, for the family's eyes; none of it is in `blocks`.
    """
    reading = ReaderView(interview, reader)
    answers = [one for said in reading.all if (one := _in_its_set(reading, said)) is not None]
    title = _title(reading)
    blocks: list[OutlineBlock] = [Heading(1, title)]
    if when := meeting_line_text(reading):
        blocks.append(Paragraph(when))
    no_room: tuple[LeftOut, ...] = ()
    if reader == "teachers":
        page, no_room = teachers_page(reading, answers, _questions(reading), [*blocks, made_line(made)])
        blocks += page
    else:
        blocks += _for_the_meeting(reading, answers)
        if asked := _questions(reading):
            blocks += [Heading(2, _("Questions for the team")), Checks(tuple(words for _said, words in asked))]
        if reader == "family":
            blocks += dates_section(reading)
        blocks += [Heading(2, _("Notes")), WritingLines(_ROOM_FOR_NOTES)]
    away = {one.question_id for one in no_room if not one.partly}
    told = tuple(said.question.id for said in reading.all if said.question.id not in away)
    left_out = (*no_room, *reading.left_out())
    return Outline(title, reader, (*blocks, made_line(made)), left_out, meeting_day(reading), told)


def _title(reading: ReaderView) -> str:
    name = reading.words(CHILD_NAME)
    if reading.reader == "teachers":
        return _("One page about {name}").format(name=name) if name else _("One page for teachers")
    return _("Prep sheet: {name}").format(name=name) if name else _("Prep sheet")


def _in_its_set(reading: ReaderView, said: VisibleAnswer) -> VisibleAnswer | None:
    """What stands in a question's own set. Of what is told elsewhere on the sheet only the family's note does."""
    question_id = said.question.id
    if said.open:
        return None
    if question_id in _IN_THE_HEAD or (question_id == CONCERNS_ATTACH and _request_is_told(reading)):
        return msgspec.structs.replace(said, shown=None) if said.note else None
    return said


def _request_is_told(reading: ReaderView) -> bool:
    """Whether the sheet says by itself if the family's statement is to be copied."""
    said = reading.of(CONCERNS_STATEMENT)
    told = said is not None and said.shown is not None and not said.open and reading.reader != "teachers"
    return told and reading.interview.answers.of(CONCERNS_ATTACH).value in ("yes", "no")


def _for_the_meeting(reading: ReaderView, answers: list[VisibleAnswer]) -> list[OutlineBlock]:
    """What matters most, the family's concerns, and then every set in its order."""
    by_id = {said.question.id: said for said in answers}
    name_question = reading.interview.catalogue.question(CHILD_NAME)
    about_child: list[OutlineBlock] = []
    rest: list[OutlineBlock] = []
    for one, questions in reading.interview.live_sets:
        ours = [by_id[each.id] for each in questions if each.id in by_id and each.id not in _IN_FRONT]
        if name_question is not None and one.id == name_question.set_id:
            about_child = _set(reading, one, ours, title=False)
        else:
            rest += _set(reading, one, ours)
    return about_child + _top(by_id.get(TOP_MATTERS)) + concerns_section(reading, by_id.get(CONCERNS_STATEMENT)) + rest


def _set(
    reading: ReaderView, one: QuestionSet, answers: list[VisibleAnswer], *, title: bool = True
) -> list[OutlineBlock]:
    """One set: its title, its facts, then its longer answers. A heading that says the same twice stands once."""
    if not answers:
        return []
    heading = reading.fill(one.title)
    blocks: list[OutlineBlock] = [Heading(2, heading)] if title else []
    short = [is_fact(said) for said in answers]
    blocks += facts(compress(answers, short))
    for said, is_short in zip(answers, short, strict=True):
        if not is_short:
            same = title and len(blocks) == 1 and said.label.casefold() == heading.casefold()
            blocks += section(said, 3 if title else 2, heading=not same)
    return blocks


def _top(said: VisibleAnswer | None) -> list[OutlineBlock]:
    """What matters most, numbered. The question asks for three at most; more are shown, since they were written."""
    if said is None or said.shown is None or said.shown.form != "list":
        return section(said, 2) if said else []
    note: list[OutlineBlock] = [Paragraph(said.note, _("Our note"))] if said.note else []
    return [Heading(2, said.label), Numbered(said.shown.lines), *note]


def _questions(reading: ReaderView) -> list[tuple[VisibleAnswer, str]]:
    """Every question the family is not sure of or leaves to the school, with what it wrote beside it."""
    return [
        (said, "\n".join(filter(None, (said.asked, run_in(said.shown) if said.shown else "", note_line(said)))))
        for said in reading.all
        if said.open
    ]
