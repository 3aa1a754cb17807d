"""Views of the plan, the review and the sheets of an open case."""

from __future__ import annotations

from iep_tui.core.review_filters import filters, rows
from iep_tui.i18n import _, ngettext
from iep_tui.plain.base_view import Destination
from iep_tui.plain.case_view import CaseView
from iep_tui.plain.question_lines import plan_lines, review_line
from iep_tui.plain.row_operations import number_in
from iep_tui.plain.sheet_lines import sheet_lines
from iep_tui.plain.sheet_view_base import sheet_words
from iep_tui.services.export import not_exported_text, page_named


def plan(room: CaseView) -> Destination:
    """Say the parts and how far each is, and ask for one; where the family goes from here."""
    room.say("", *plan_lines(room.session))
    while True:
        line = room.ask_words(_("Number of a part, or Enter to go on with what is next:"))
        interview = room.session.interview
        if line.blank:
            question = interview.first_open()
            return (
                Destination("question", question.id) if question else Destination("sheet", what=room.desk.wanted.name)
            )
        one = room.set_named(line.text)
        if one is not None:
            room.go_to(one)
        words = _("{typed} is no part. Type a number from 1 to {most}, or the start of a name.")
        room.error(words.format(typed=f"“{line.text.strip()}”", most=len(interview.sets)))


def review(room: CaseView, go: Destination) -> Destination:
    """Say the questions that the filter `go.what` leaves, with their answers, and ask for one."""
    session = room.session
    found = rows(session.interview, go.what, session.last_year)
    known = dict(filters(session.previous is not None))
    heading = ngettext("Review, {filter}: {count} question.", "Review, {filter}: {count} questions.", len(found))
    room.say("", heading.format(filter=known.get(go.what, go.what), count=len(found)))
    if go.what == "aside" and found:
        room.say(_("These answers are kept, and on no sheet, while their question does not apply."))
    room.say(*(review_line(number, row, session.interview) for number, row in enumerate(found, 1)))
    room.say(_("/review and one of these shows some of them: {filters}.").format(filters=", ".join(known)))
    while True:
        line = room.ask_words(_("Number of a question, or Enter to go back:"))
        if line.blank:
            return _back(go)
        place = number_in(line.text, len(found))
        if place is None:
            room.error(_("There is no question {typed} in this list.").format(typed=f"“{line.text.strip()}”"))
        elif go.what == "aside":
            room.error(_("This question does not apply now, so it cannot be asked."))
        else:
            return Destination("question", found[place][0], "review", go.what)


def read_sheet(room: CaseView, go: Destination) -> Destination:
    """Read out the sheet that is named by `go.what`, or the one of the last time."""
    room.desk.wanted = wanted = page_named(go.what or room.desk.wanted.name)
    outline = room.draw(wanted)
    room.say("", _("The sheet for: {reader}.").format(reader=sheet_words(wanted)))
    room.say(*(sheet_lines(outline) if outline.blocks else [not_exported_text()]), _("End of the sheet."))
    if left := len(outline.left_out):
        words = ngettext(
            "{left} answer is left out. /left out tells which.",
            "{left} answers are left out. /left out tells which.",
            left,
        )
        room.say(words.format(left=left))
    room.say(_("/save keeps it as a file. /sheet family, team, teachers or concerns reads another."))
    while True:
        line = room.ask_words(_("Enter goes back:"))
        if line.blank:
            return _back(go)
        room.error(_("There is nothing to answer here. Enter goes back, /help lists the commands."))


def _back(go: Destination) -> Destination:
    """Back to the question the family came from, else to the plan."""
    return Destination("question", go.question_id) if go.question_id else Destination("plan")
