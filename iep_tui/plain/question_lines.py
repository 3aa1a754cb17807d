"""Questions, answers, plan, review and glossary terms as lines, one idea each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from iep_tui.core import kinds
from iep_tui.core.case_model import Answer, Value
from iep_tui.core.glossary import Glossary
from iep_tui.core.interview import Interview, effective_share, is_done
from iep_tui.core.kinds.base import plain_words
from iep_tui.core.kinds.choice_values import selected_choices
from iep_tui.core.kinds.table import cell_text
from iep_tui.core.question_model import Question, Term
from iep_tui.core.review_filters import ReviewRow, marks
from iep_tui.core.wording import (
    answer_state_text,
    answer_text,
    audience_options,
    child_text,
    meeting_line,
    progress_text,
    stage_text,
    time_left_text,
    with_child,
)
from iep_tui.i18n import _, ngettext
from iep_tui.plain.row_operations import columns_of, entries_of
from iep_tui.plain.sheet_lines import para_lines
from iep_tui.plain.slash_commands import SLASH_COMMANDS, CommandScope
from iep_tui.services.session import CaseSession


def question_lines(session: CaseSession, question: Question) -> Iterator[str]:
    """Yield a whole question: place, title, help, choices, answer and audience."""
    interview = session.interview
    yield place_text(interview, question)
    yield with_child(question.title, interview)
    yield from para_lines(question.help, child_text(interview))
    answer = interview.answers.of(question.id)
    entries = _entries(question, answer.value)
    for number in range(1, len(kinds.offered_choices(question)) + 1):
        yield choice_line(question, number, entries, child_text(interview))
    yield from answer_lines(question, answer.value, interview)
    yield from about_answer(session, question)


def place_text(interview: Interview, question: Question) -> str:
    """Return a question's place, such as "Needs, question 7 of 14."."""
    question_set = interview.catalogue.set(question.set_id)
    name = with_child(question_set.title, interview) if question_set else ""
    at, total = interview.place(question)
    if not at:
        return _("{part}, not on the short path.").format(part=name)
    return _("{part}, question {at} of {total}.").format(part=name, at=at, total=total)


def _entries(question: Question, value: Value) -> list[Value]:
    if kinds.kind_of(question).input_form == "many_choices":
        return list(value) if isinstance(value, list) else []
    return [] if value is None else [value]


def choice_line(question: Question, number: int, entries: list[Value], child: str) -> str:
    """Return a choice as a line, such as "2. Hard some nights, chosen"."""
    choice = kinds.offered_choices(question)[number - 1]
    label = choice.label.replace("{child}", child)
    # A scale's choices are numbers themselves.
    numbered = label if kinds.kind_of(question).choices_are_numbers else f"{number}. {label}"
    for entry in entries:
        if kinds.key_of(question, entry) == choice.value:
            words = selected_choices(question, entry)[1].strip() if choice.words else ""
            if words:
                return _("{choice}, chosen, in your words: {words}").format(choice=numbered, words=words)
            return _("{choice}, chosen").format(choice=numbered)
    return numbered


def answer_lines(question: Question, value: Value, interview: Interview) -> Iterator[str]:
    """Yield the current answer. Choices are skipped, since `choice_line` marks them, unless the answer does not fit."""
    trouble = kinds.validation_message(question, value)
    if kinds.is_empty(question, value):
        return
    display = kinds.display_value(question, value)
    kind = kinds.kind_of(question)
    if display.rows or kind.has_rows:
        yield from row_lines(question, value, interview)
    elif not kinds.offered_choices(question) or trouble:
        written = entries_of(question, value) if kind.input_form in ("text", "lines") else display.lines
        lines = [line for words in written for line in str(words).split("\n")]
        if len(lines) == 1:
            yield _("Your answer: {answer}").format(answer=lines[0])
        else:
            yield ngettext("Your answer, {count} line:", "Your answer, {count} lines:", len(lines)).format(
                count=len(lines)
            )
            yield from (f"{number}. {line}" for number, line in enumerate(lines, 1))
    if trouble:
        yield _("Error: {trouble}").format(trouble=trouble)


def row_lines(question: Question, value: Value, interview: Interview) -> Iterator[str]:
    """Yield each row of a table or each goal, with its cells by name."""
    rows = value if isinstance(value, list) else [value]
    if kinds.kind_of(question).input_form == "goals":
        lead = ngettext("Your answer, {count} goal:", "Your answer, {count} goals:", len(rows))
    else:
        lead = ngettext("Your answer, {count} row:", "Your answer, {count} rows:", len(rows))
    yield lead.format(count=len(rows))
    for number, row in enumerate(rows, 1):
        yield f"{number}. {row_text(question, row, child_text(interview))}"


def row_text(question: Question, row: Value, child: str) -> str:
    """Return a row as one line, such as "Service: Speech; Minutes: 30"."""
    if not isinstance(row, dict):
        return " ".join(plain_words(row).split())
    columns = columns_of(question)
    cells = [(col.label.replace("{child}", child), cell_text(question, col, row.get(col.id))) for col in columns]
    known = {column.id for column in columns}
    cells += [(name, plain_words(cell)) for name, cell in row.items() if name not in known]
    text = "; ".join(f"{label}: {' '.join(words.split())}" for label, words in cells if words)
    return text or _("(nothing written yet)")


def about_answer(session: CaseSession, question: Question) -> Iterator[str]:
    """Yield an answer's context: its mark, the last meeting's answer, the note, and the audience."""
    answer = session.interview.answers.of(question.id)
    if state := answer_state_text(answer):
        yield _("Marked: {mark}.").format(mark=state)
    last = session.last_year(question)
    if last is not None:
        words = answer_text(question, last.value, session.interview)
        yield _("Last meeting: {answer}").format(answer=words)
        if kinds.is_empty(question, answer.value) and not session.read_only:
            yield _("/keep takes it over.")
    if answer.note:
        yield _("Your note, only for you: {note}").format(note=" ".join(answer.note.split()))
    yield audience_text(question, answer)


def audience_text(question: Question, answer: Answer) -> str:
    return _("Who may read this: {reader}.").format(reader=dict(audience_options())[effective_share(question, answer)])


def example_lines(question: Question, interview: Interview) -> Iterator[str]:
    """Yield the example answers, marked as written by others."""
    if not question.examples:
        yield _("There is no example for this question.")
    for example in question.examples:
        yield _("An example, as others wrote it: {words}").format(
            words=example.replace("{child}", child_text(interview))
        )


def why_lines(question: Question, glossary: Glossary) -> Iterator[str]:
    """Yield the glossary terms in the question, and the law behind it."""
    text = " ".join((question.title, *(para.text for para in question.help)))
    terms = glossary.within(text)
    for term in terms:
        yield _("{word}: {meaning}").format(word=term.name, meaning=term.meaning)
    if question.law:
        yield _("The rule behind this question: {law}").format(law=question.law)
    if not terms and not question.law:
        yield _("No special words here, and no rule behind it.")


def term_lines(terms: tuple[Term, ...], *, whole: bool) -> Iterator[str]:
    """Yield terms; with `whole` their meanings too, else their names only."""
    for term in terms:
        name = f"{term.name} ({'; '.join(term.also)})" if term.also else term.name
        yield _("{word}: {meaning}").format(word=name, meaning=term.meaning) if whole else term.name


def plan_lines(session: CaseSession) -> Iterator[str]:
    """Yield the plan: each set with its number and progress, then the next question and the time left."""
    interview = session.interview
    title = _("Getting ready for {child}’s meeting.") if interview.child_name() else _("Getting ready.")
    yield title.format(child=interview.child_name())
    if about := meeting_line(interview):
        yield about
    if session.short:
        yield _("The short path: core questions only. /all asks all questions.")
    else:
        yield _("All questions. /short asks the core questions only.")
    stage = ""
    for number, (question_set, _questions) in enumerate(interview.sets, 1):
        if question_set.stage != stage:
            stage = question_set.stage
            yield f"{stage_text(question_set.stage)}:"
        progress = interview.progress(question_set.id)
        yield _("{number}. {part}: {how} ({done} of {total} done)").format(
            number=number,
            part=with_child(question_set.title, interview),
            how=progress_text(progress.seen, progress.done, progress.total),
            done=progress.done,
            total=progress.total,
        )
    question = interview.first_open()
    if question is None:
        yield _("You have gone through all the questions. Your prep sheet is ready to read: /sheet")
        return
    yield _("Next: {place}").format(place=place_text(interview, question))
    yield time_left_text(interview.progress().minutes)


def review_line(number: int, row: ReviewRow, interview: Interview) -> str:
    """Return a review row as one line, such as "12. When is the school day hardest? not answered"."""
    question_id, question, answer = row
    if question is None:
        title, words = question_id, " ".join(plain_words(answer.value).split())
    else:
        title, words = with_child(question.title, interview), answer_text(question, answer.value, interview)
        if not words and not is_done(question, answer):
            words = _("not answered")
    notes = "; ".join(marks(question, answer))
    return " ".join(part for part in (f"{number}.", title, words, f"({notes})" if notes else "") if part)


def command_lines(places: Iterable[CommandScope]) -> Iterator[str]:
    """Yield a help line for each command that works in these places."""
    for command in SLASH_COMMANDS:
        if command.place in places:
            yield _("{command}: {help}").format(command=command.shown, help=_(command.help))
