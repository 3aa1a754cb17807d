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
#: Whether the family asks for its statement to be copied; "no" takes the request off the sheet.
CONCERNS_ATTACH = "concerns-attach"
#: What stands on the page in the place of a statement that is not there: it says the same in parts.
_INSTEAD = ("concerns", "concerns-requests")
_AT_THE_HEAD = (CHILD_NAME, MEETING_TYPE, MEETING_DATE, MEETING_TIME, MEETING_PLACE)
_CITE = "34 CFR 300.324(a)(1)(ii)"


def concerns_section(reading: ReaderView, said: VisibleAnswer | None) -> list[OutlineBlock]:
    """The statement word for word, with the request to copy it (34 CFR 300.324(a)(1)(ii))."""
    if said is None or said.shown is None:
        return section(said, 2) if said else []
    blocks: list[OutlineBlock] = [Heading(2, said.label)]
    if reading.interview.answers.of(CONCERNS_ATTACH).value != "no":
        if not about_an_iep(reading.interview):
            blocks.append(Paragraph(_("We ask that this part be copied into the plan, word for word.")))
        else:
            request = _("We ask that this part be copied into the IEP, word for word. (Parents' concerns: {cite})")
            blocks.append(Paragraph(request.format(cite=_CITE)))
    blocks += _verbatim(said)
    if said.note:
        blocks.append(Paragraph(said.note, _("Our note")))
    return blocks


def concerns_page(interview: Interview, *, made: datetime.date) -> Outline:
    """The parents' concerns as a page to attach to the IEP, for the team: their words, the request, room to sign.

    The words are the statement's; without one, the concerns and requests that were written down in parts. Only what
    the team may read and the family is sure of. `blocks` is empty while there is nothing of that kind;
    `left_out` names what the page would hold and does not.
    """
    reading = ReaderView(interview, "team")
    name = reading.words(CHILD_NAME)
    title = _("Parent concerns: {name}").format(name=name) if name else _("Parent concerns")
    statement = _sure(reading, CONCERNS_STATEMENT)
    parts = [said for one in _INSTEAD if (said := _sure(reading, one)) is not None]
    if statement is None and not parts:
        return Outline(title, "team", (), _left_out(reading))
    blocks: list[OutlineBlock] = [Heading(1, title)]
    if when := meeting_line_text(reading):
        blocks.append(Paragraph(when))
    blocks.append(Paragraph(_request(reading)))
    if statement is not None:
        blocks += [Heading(2, statement.label), *_verbatim(statement)]
    else:
        for said in parts:
            blocks += section(said, 2)
    blocks += [
        Heading(2, _("Signed")),
        Paragraph("", _("Name and signature")),
        WritingLines(1),
        Paragraph("", _("Date")),
        WritingLines(1),
        made_line(made),
    ]
    words = [statement] if statement is not None else parts
    told = (*(one for one in _AT_THE_HEAD if reading.words(one)), *(one.question.id for one in words))
    return Outline(title, "team", tuple(blocks), _left_out(reading), meeting_day(reading), told, "concerns")


def about_an_iep(interview: Interview) -> bool:
    """Whether the rule on parents' concerns (34 CFR 300.324) holds here: the question that cites it is asked."""
    return interview.is_live(CONCERNS_ATTACH)


def _sure(reading: ReaderView, question_id: str) -> VisibleAnswer | None:
    """An answer that this reader gets and that is not left open."""
    said = reading.of(question_id)
    return said if said is not None and said.shown is not None and not said.open else None


def copy_requests() -> tuple[str, ...]:
    """Everything the family may ask to be done with its words, on the sheet and on the page."""
    return (
        _("We ask that this part be copied into the plan, word for word."),
        _("We ask that this part be copied into the IEP, word for word. (Parents' concerns: {cite})").format(
            cite=_CITE
        ),
        *(_page_request(plan, keep) for plan in (False, True) for keep in (False, True)),
    )


def _request(reading: ReaderView) -> str:
    """What the family asks to be done with the page."""
    given = reading.interview.answers
    return _page_request(not about_an_iep(reading.interview), given.of(CONCERNS_ATTACH).value == "no")


def _page_request(other_plan: bool, keep: bool) -> str:
    """`other_plan`: there is no IEP to copy words into; `keep`: the family does not ask for that."""
    if other_plan:
        if keep:
            return _("Please keep this page with the records of the meeting.")
        return _("Please attach this page to the plan, or copy our words into it as they are.")
    if keep:
        words = _("Please keep this page with the records of the meeting. The team considers parents' concerns: {cite}")
    else:
        words = _(
            "Please attach this page to the IEP, or copy our words into it as they are. "
            "The team considers parents' concerns: {cite}"
        )
    return words.format(cite=_CITE)


def _verbatim(said: VisibleAnswer) -> list[OutlineBlock]:
    """The words of a statement as they were written."""
    assert said.shown is not None
    return [Quote("\n".join(said.shown.lines))] if said.shown.lines else body(said.shown)


def _left_out(reading: ReaderView) -> tuple[LeftOut, ...]:
    """What belongs on the page and is kept from the team, or is not decided yet."""
    statement = _sure(reading, CONCERNS_STATEMENT) is not None
    ours = (CONCERNS_STATEMENT,) if statement else (CONCERNS_STATEMENT, *_INSTEAD)
    kept = [one for one in reading.left_out() if one.question_id in ours]
    undecided: list[LeftOut] = []
    for question_id in ours:
        said = reading.of(question_id)
        if said is not None and said.open:
            answer = reading.interview.answers.of(question_id)
            share = effective_share(said.question, answer)
            if may_read(share, "team") and is_done(said.question, answer):
                undecided.append(LeftOut(question_id, said.label, share, _("still open")))
    return (*kept, *undecided)
