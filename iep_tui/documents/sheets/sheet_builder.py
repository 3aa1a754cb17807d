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
from iep_tui.documents.sheets.answer_layout import compact_text, facts, is_fact, note_line, section
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

#: Questions already answered by the title and the meeting line.
_HEADER_QUESTIONS = frozenset((CHILD_NAME, MEETING_TYPE, MEETING_DATE, MEETING_TIME, MEETING_PLACE))
#: Questions placed before the sets.
_LEADING_QUESTIONS = frozenset((TOP_MATTERS, CONCERNS_STATEMENT))

_NOTE_LINES = 6


def build_sheet(interview: Interview, reader: Audience, *, made: datetime.date) -> Outline:
    """Return the sheet of one meeting for one reader, from the live answers that this reader may see.

    `made` is the date in its last line. `left_out` names the other answers, for the family only; none is in `blocks`.
    """
    view = ReaderView(interview, reader)
    answers = [in_set for visible in view.all if (in_set := _in_its_set(view, visible)) is not None]
    title = _title(view)
    blocks: list[OutlineBlock] = [Heading(1, title)]
    if when := meeting_line_text(view):
        blocks.append(Paragraph(when))
    no_room: tuple[LeftOut, ...] = ()
    if reader == "teachers":
        page, no_room = teachers_page(view, answers, _open_questions(view), [*blocks, made_line(made)])
        blocks += page
    else:
        blocks += _for_the_meeting(view, answers)
        if open_questions := _open_questions(view):
            blocks += [Heading(2, _("Questions for the team")), Checks(tuple(text for _answer, text in open_questions))]
        if reader == "family":
            blocks += dates_section(view)
        blocks += [Heading(2, _("Notes")), WritingLines(_NOTE_LINES)]
    omitted = {entry.question_id for entry in no_room if not entry.partly}
    answered_ids = tuple(visible.question.id for visible in view.all if visible.question.id not in omitted)
    left_out = (*no_room, *view.left_out())
    return Outline(title, reader, (*blocks, made_line(made)), left_out, meeting_day(view), answered_ids)


def _title(view: ReaderView) -> str:
    name = view.words(CHILD_NAME)
    if view.reader == "teachers":
        return _("One page about {name}").format(name=name) if name else _("One page for teachers")
    return _("Prep sheet: {name}").format(name=name) if name else _("Prep sheet")


def _in_its_set(view: ReaderView, answer: VisibleAnswer) -> VisibleAnswer | None:
    """Return the answer as shown in its own set, or None if it is not shown there.

    An answer shown elsewhere on the sheet leaves only the family's note.
    """
    question_id = answer.question.id
    if answer.open:
        return None
    if question_id in _HEADER_QUESTIONS or (question_id == CONCERNS_ATTACH and _request_is_shown(view)):
        return msgspec.structs.replace(answer, shown=None) if answer.note else None
    return answer


def _request_is_shown(view: ReaderView) -> bool:
    """Return True if the concerns section itself shows the family's decision about copying its statement."""
    statement = view.of(CONCERNS_STATEMENT)
    has_statement = (
        statement is not None and statement.shown is not None and not statement.open and view.reader != "teachers"
    )
    return has_statement and view.interview.answers.of(CONCERNS_ATTACH).value in ("yes", "no")


def _for_the_meeting(view: ReaderView, answers: list[VisibleAnswer]) -> list[OutlineBlock]:
    """Return top matters, the family's concerns, and then every set in order; the child's own set goes first."""
    by_id = {answer.question.id: answer for answer in answers}
    name_question = view.interview.catalogue.question(CHILD_NAME)
    about_child: list[OutlineBlock] = []
    rest: list[OutlineBlock] = []
    for question_set, questions in view.interview.live_sets:
        set_answers = [by_id[q.id] for q in questions if q.id in by_id and q.id not in _LEADING_QUESTIONS]
        if name_question is not None and question_set.id == name_question.set_id:
            about_child = _set_blocks(view, question_set, set_answers, title=False)
        else:
            rest += _set_blocks(view, question_set, set_answers)
    return (
        about_child
        + _top_matters(by_id.get(TOP_MATTERS))
        + concerns_section(view, by_id.get(CONCERNS_STATEMENT))
        + rest
    )


def _set_blocks(
    view: ReaderView, question_set: QuestionSet, answers: list[VisibleAnswer], *, title: bool = True
) -> list[OutlineBlock]:
    """Return one set: title, facts, then longer answers. An answer's heading equal to the title is not repeated."""
    if not answers:
        return []
    heading = view.fill(question_set.title)
    blocks: list[OutlineBlock] = [Heading(2, heading)] if title else []
    short = [is_fact(answer) for answer in answers]
    blocks += facts(compress(answers, short))
    for answer, is_short in zip(answers, short, strict=True):
        if not is_short:
            repeats_title = title and len(blocks) == 1 and answer.label.casefold() == heading.casefold()
            blocks += section(answer, 3 if title else 2, heading=not repeats_title)
    return blocks


def _top_matters(answer: VisibleAnswer | None) -> list[OutlineBlock]:
    """Return the top matters, numbered. The question asks for at most three, but every entry is shown."""
    if answer is None or answer.shown is None or answer.shown.form != "list":
        return section(answer, 2) if answer else []
    note: list[OutlineBlock] = [Paragraph(answer.note, _("Our note"))] if answer.note else []
    return [Heading(2, answer.label), Numbered(answer.shown.lines), *note]


def _open_questions(view: ReaderView) -> list[tuple[VisibleAnswer, str]]:
    """Return every question marked "not sure" or "ask the school", with the family's text."""
    return [
        (
            answer,
            "\n".join(
                filter(None, (answer.asked, compact_text(answer.shown) if answer.shown else "", note_line(answer)))
            ),
        )
        for answer in view.all
        if answer.open
    ]
