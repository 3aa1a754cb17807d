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


def plan(view: CaseView) -> Destination:
    """List the question sets with their progress, ask for one, and return the next destination."""
    view.say("", *plan_lines(view.session))
    while True:
        line = view.ask_words(_("Number of a part, or Enter to go on with what is next:"))
        interview = view.session.interview
        if line.blank:
            question = interview.first_open()
            return (
                Destination("question", question.id)
                if question
                else Destination("sheet", option=view.last_export.request.name)
            )
        question_set = view.find_set(line.text)
        if question_set is not None:
            view.open_set(question_set)
        words = _("{typed} is no part. Type a number from 1 to {most}, or the start of a name.")
        view.error(words.format(typed=f"“{line.text.strip()}”", most=len(interview.sets)))


def review(view: CaseView, destination: Destination) -> Destination:
    """List the questions that match the filter `destination.option`, with their answers, and ask for one."""
    session = view.session
    matches = rows(session.interview, destination.option, session.last_year)
    labels = dict(filters(session.previous is not None))
    heading = ngettext("Review, {filter}: {count} question.", "Review, {filter}: {count} questions.", len(matches))
    view.say("", heading.format(filter=labels.get(destination.option, destination.option), count=len(matches)))
    if destination.option == "aside" and matches:
        view.say(_("These answers are kept, and on no sheet, while their question does not apply."))
    view.say(*(review_line(number, row, session.interview) for number, row in enumerate(matches, 1)))
    view.say(_("/review and one of these shows some of them: {filters}.").format(filters=", ".join(labels)))
    while True:
        line = view.ask_words(_("Number of a question, or Enter to go back:"))
        if line.blank:
            return _back(destination)
        place = number_in(line.text, len(matches))
        if place is None:
            view.error(_("There is no question {typed} in this list.").format(typed=f"“{line.text.strip()}”"))
        elif destination.option == "aside":
            view.error(_("This question does not apply now, so it cannot be asked."))
        else:
            return Destination("question", matches[place][0], "review", destination.option)


def read_sheet(view: CaseView, destination: Destination) -> Destination:
    """Read out the sheet named by `destination.option`, or else the one read last."""
    view.last_export.request = request = page_named(destination.option or view.last_export.request.name)
    outline = view.draw(request)
    view.say("", _("The sheet for: {reader}.").format(reader=sheet_words(request)))
    view.say(*(sheet_lines(outline) if outline.blocks else [not_exported_text()]), _("End of the sheet."))
    if left := len(outline.left_out):
        words = ngettext(
            "{left} answer is left out. /left out says which one.",
            "{left} answers are left out. /left out lists them.",
            left,
        )
        view.say(words.format(left=left))
    view.say(_("/save keeps it as a file. /sheet family, team, teachers or concerns reads another."))
    while True:
        line = view.ask_words(_("Enter goes back:"))
        if line.blank:
            return _back(destination)
        view.error(_("There is nothing to answer here. Enter goes back, /help lists the commands."))


def _back(destination: Destination) -> Destination:
    """Return the question the family came from, or else the plan."""
    return Destination("question", destination.question_id) if destination.question_id else Destination("plan")
