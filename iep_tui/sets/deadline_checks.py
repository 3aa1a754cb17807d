"""Checks of deadlines against the questions they count from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from iep_tui.core.conditions import ConditionError, Operand, operand, parse_cached, referenced_names, type_errors
from iep_tui.core.question_model import Catalogue, Deadline, DeadlineStart, KindName, Question
from iep_tui.i18n import _
from iep_tui.sets.attribute_values import PlacedValue
from iep_tui.sets.deadline_reader import ReadDeadlines
from iep_tui.sets.deadline_row import PlacedDeadline
from iep_tui.sets.problems import Problem, did_you_mean, quoted


def check_deadlines(read: Iterable[ReadDeadlines], catalogue: Catalogue) -> tuple[list[Problem], list[Deadline]]:
    """Check the deadlines against the existing questions.

    Returns the errors, and the deadlines without errors, both in the order they were read.
    """
    questions = {question.id: question for question in catalogue.questions()}
    earlier = {old: question.id for question in questions.values() for old in question.was if old not in questions}
    scope = {key: operand(question) for key, question in questions.items()}
    problems: list[Problem] = []
    good: list[Deadline] = []
    for file in read:
        for placed in file.placed:
            errors = list(_errors(placed, questions, scope, earlier))
            problems += [Problem(file.path, entry.line, entry.column + at, message) for entry, at, message in errors]
            if not errors:
                good.append(placed.deadline)
    # Report a faulty condition in the front matter once, not for every row it applies to.
    return list(dict.fromkeys(problems)), good


def _errors(
    placed: PlacedDeadline,
    questions: Mapping[str, Question],
    scope: Mapping[str, Operand],
    earlier: Mapping[str, str],
) -> Iterable[tuple[PlacedValue, int, str]]:
    for placed_start in placed.starts:
        counted = placed.deadline.unit != "none"
        if message := _start_error(placed_start.start, counted, questions, earlier):
            yield placed_start.entry, 0, message
    if placed.before is not None and (message := _kind_error(placed.before.text, "date", questions, earlier)):
        yield placed.before, 0, message
    if placed.when is not None:
        yield from _when_errors(placed.when, scope, earlier)


def _when_errors(
    entry: PlacedValue, scope: Mapping[str, Operand], earlier: Mapping[str, str]
) -> Iterable[tuple[PlacedValue, int, str]]:
    try:
        condition = parse_cached(entry.text)
    except ConditionError as error:
        yield entry, error.offset, _("This condition cannot be read: {trouble}").format(trouble=error.message)
        return
    for name in referenced_names(condition):
        if name.name in earlier and name.name not in scope:
            message = _("{id} is called {now} today. Write that.")
            yield entry, name.offset, message.format(id=quoted(name.name), now=quoted(earlier[name.name]))
            return
    for type_error in type_errors(condition, scope):
        yield entry, type_error.offset, _("This condition cannot work: {trouble}").format(trouble=type_error.message)


def _start_error(
    start: DeadlineStart, counted: bool, questions: Mapping[str, Question], earlier: Mapping[str, str]
) -> str:
    """Return an error message for an unusable start, else "". A rule that is not `counted` accepts any question."""
    if not counted and not start.column:
        return _kind_error(start.question, "", questions, earlier)
    if not start.column:
        return _kind_error(start.question, "date", questions, earlier) or (
            _kind_error(start.time, "time", questions, earlier) if start.time else ""
        )
    if message := _kind_error(start.question, "table", questions, earlier):
        return message
    columns = {column.id: column.kind for column in questions[start.question].columns}
    expected: tuple[tuple[str, KindName], ...] = (
        (start.column, "date"),
        (start.unless, "yesno"),
        (start.is_ongoing, "yesno"),
    )
    for name, kind in expected:
        if name and columns.get(name) != kind:
            message = _("The table {id} has no {kind} column named {name}.{hint}")
            hint = did_you_mean(name, (column for column, column_kind in columns.items() if column_kind == kind))
            return message.format(id=quoted(start.question), name=quoted(name), kind=kind, hint=hint)
    return ""


def _kind_error(question_id: str, kind: str, questions: Mapping[str, Question], earlier: Mapping[str, str]) -> str:
    """Return an error message unless the id is a question of this kind ("" accepts any kind)."""
    question = questions.get(question_id)
    if question is None:
        if question_id in earlier:
            message = _("{id} is called {now} today. Write that.")
            return message.format(id=quoted(question_id), now=quoted(earlier[question_id]))
        hint = did_you_mean(question_id, (key for key, other in questions.items() if not kind or other.kind == kind))
        return _("There is no question {id}.{hint}").format(id=quoted(question_id), hint=hint)
    if kind and question.kind != kind:
        message = _("The question {id} is of the kind {found}; here it must be {kind}.")
        return message.format(id=quoted(question_id), found=question.kind, kind=kind)
    return ""
