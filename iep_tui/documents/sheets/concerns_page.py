"""The family's concerns, verbatim: a section of the sheet, and a page of their own to hand in."""

from __future__ import annotations

import datetime

from iep_tui.core.interview import (
    CHILD_NAME,
    MEETING_DATE,
    MEETING_PLACE,
    MEETING_TIME,
    MEETING_TYPE,
    Interview,
    effective_share,
    is_done,
)
from iep_tui.core.question_model import may_read
from iep_tui.documents.outline_model import Heading, LeftOut, Outline, OutlineBlock, Paragraph, Quote, WritingLines
from iep_tui.documents.privacy.visible_answers import ReaderView, VisibleAnswer
from iep_tui.documents.sheets.answer_layout import body, section
from iep_tui.documents.sheets.head_and_foot import made_line, meeting_day, meeting_line_text
from iep_tui.i18n import _

CONCERNS_STATEMENT = "concerns-statement"
#: The family's request to copy its statement; the answer "no" takes the request off the sheet.
CONCERNS_ATTACH = "concerns-attach"
#: Questions used if there is no statement; together they cover the same content.
_STATEMENT_PARTS = ("concerns", "concerns-requests")
_HEADER_QUESTIONS = (CHILD_NAME, MEETING_TYPE, MEETING_DATE, MEETING_TIME, MEETING_PLACE)
_RULE = "34 CFR 300.324(a)(1)(ii)"


def concerns_section(view: ReaderView, answer: VisibleAnswer | None) -> list[OutlineBlock]:
    """Return the statement verbatim, with the request to copy it (34 CFR 300.324(a)(1)(ii))."""
    if answer is None or answer.shown is None:
        return section(answer, 2) if answer else []
    blocks: list[OutlineBlock] = [Heading(2, answer.label)]
    if view.interview.answers.of(CONCERNS_ATTACH).value != "no":
        if not is_about_iep(view.interview):
            blocks.append(Paragraph(_("We ask that this part be copied into the plan, word for word.")))
        else:
            request = _(
                "We ask that this part be copied into the IEP, word for word. "
                "(The rule on parents' concerns is {cite}.)"
            )
            blocks.append(Paragraph(request.format(cite=_RULE)))
    blocks += _verbatim(answer)
    if answer.note:
        blocks.append(Paragraph(answer.note, _("Our note")))
    return blocks


def concerns_page(interview: Interview, *, made: datetime.date) -> Outline:
    """Return the parents' concerns as a page to attach to the IEP: their words, the request, space to sign.

    The reader is the team. The text is the statement or, without one, the separately answered concerns and requests.
    Only answers that the team may read and that are not open are used. `blocks` is empty if there are none; `left_out`
    lists the others.
    """
    view = ReaderView(interview, "team")
    name = view.words(CHILD_NAME)
    title = _("Parent concerns: {name}").format(name=name) if name else _("Parent concerns")
    statement = _settled_answer(view, CONCERNS_STATEMENT)
    parts = [answer for question_id in _STATEMENT_PARTS if (answer := _settled_answer(view, question_id)) is not None]
    if statement is None and not parts:
        return Outline(title, "team", (), _left_out(view))
    blocks: list[OutlineBlock] = [Heading(1, title)]
    if meeting_line := meeting_line_text(view):
        blocks.append(Paragraph(meeting_line))
    blocks.append(Paragraph(_request(view)))
    if statement is not None:
        blocks += [Heading(2, statement.label), *_verbatim(statement)]
    else:
        for part in parts:
            blocks += section(part, 2)
    blocks += [
        Heading(2, _("Signed")),
        Paragraph("", _("Name and signature")),
        WritingLines(1),
        Paragraph("", _("Date")),
        WritingLines(1),
        made_line(made),
    ]
    included = [statement] if statement is not None else parts
    answered_ids = (
        *(question_id for question_id in _HEADER_QUESTIONS if view.words(question_id)),
        *(answer.question.id for answer in included),
    )
    return Outline(title, "team", tuple(blocks), _left_out(view), meeting_day(view), answered_ids, "concerns")


def is_about_iep(interview: Interview) -> bool:
    """Return True if the rule on parents' concerns (34 CFR 300.324) applies: the question that cites it is live."""
    return interview.is_live(CONCERNS_ATTACH)


def _settled_answer(view: ReaderView, question_id: str) -> VisibleAnswer | None:
    """Return an answer that this reader may see and that is not open, or None."""
    answer = view.of(question_id)
    return answer if answer is not None and answer.shown is not None and not answer.open else None


def copy_requests() -> tuple[str, ...]:
    """Return every request about copying the family's words that a sheet or page can contain."""
    return (
        _("We ask that this part be copied into the plan, word for word."),
        _(
            "We ask that this part be copied into the IEP, word for word. (The rule on parents' concerns is {cite}.)"
        ).format(cite=_RULE),
        *(_page_request(other_plan, keep) for other_plan in (False, True) for keep in (False, True)),
    )


def _request(view: ReaderView) -> str:
    """Return the request for this page."""
    answers = view.interview.answers
    return _page_request(not is_about_iep(view.interview), answers.of(CONCERNS_ATTACH).value == "no")


def _page_request(other_plan: bool, keep: bool) -> str:
    """Return the request. `other_plan`: no IEP to copy the words into; `keep`: the family does not want them copied."""
    if other_plan:
        if keep:
            return _("Please keep this page with the records of the meeting.")
        return _("Please attach this page to the plan, or copy our words into it as they are.")
    if keep:
        request = _(
            "Please keep this page with the records of the meeting. The team must consider parents' concerns: {cite}"
        )
    else:
        request = _(
            "Please attach this page to the IEP, or copy our words into it as they are. "
            "The team must consider parents' concerns: {cite}"
        )
    return request.format(cite=_RULE)


def _verbatim(answer: VisibleAnswer) -> list[OutlineBlock]:
    """Return a statement exactly as it was written."""
    assert answer.shown is not None
    return [Quote("\n".join(answer.shown.lines))] if answer.shown.lines else body(answer.shown)


def _left_out(view: ReaderView) -> tuple[LeftOut, ...]:
    """Return what belongs on the page but is hidden from the team or still open."""
    has_statement = _settled_answer(view, CONCERNS_STATEMENT) is not None
    page_ids = (CONCERNS_STATEMENT,) if has_statement else (CONCERNS_STATEMENT, *_STATEMENT_PARTS)
    hidden = [entry for entry in view.left_out() if entry.question_id in page_ids]
    undecided: list[LeftOut] = []
    for question_id in page_ids:
        answer = view.of(question_id)
        if answer is not None and answer.open:
            stored = view.interview.answers.of(question_id)
            share = effective_share(answer.question, stored)
            if may_read(share, "team") and is_done(answer.question, stored):
                undecided.append(LeftOut(question_id, answer.label, share, _("still open")))
    return (*hidden, *undecided)
