"""Checks of deadlines against the questions they count from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from iep_tui.core.conditions import ConditionError, Operand, operand, parse_cached, referenced_names, type_errors
from iep_tui.core.question_model import Catalogue, ColumnKind, Deadline, DeadlineStart, Question
from iep_tui.i18n import _
from iep_tui.sets.attribute_values import PlacedValue
from iep_tui.sets.deadline_reader import ReadDeadlines
from iep_tui.sets.deadline_row import PlacedDeadline
from iep_tui.sets.problems import Problem, did_you_mean, quoted


def check_deadlines(read: Iterable[ReadDeadlines], catalogue: Catalogue) -> tuple[list[Problem], list[Deadline]]:
    """Everything in these files that does not fit the questions there are, and the deadlines that can be used, in
    the order they were read."""
    questions = {question.id: question for question in catalogue.questions()}
    earlier = {old: one.id for one in questions.values() for old in one.was if old not in questions}
    scope = {key: operand(question) for key, question in questions.items()}
    problems: list[Problem] = []
    good: list[Deadline] = []
    for one in read:
        for placed in one.placed:
            wrong = list(_misfits(placed, questions, scope, earlier))
            problems += [Problem(one.path, entry.line, entry.column + at, message) for entry, at, message in wrong]
            if not wrong:
                good.append(placed.deadline)
    # A condition of the front matter is wrong once, not once for each row it holds for.
    return list(dict.fromkeys(problems)), good


def _misfits(
    placed: PlacedDeadline,
    questions: Mapping[str, Question],
    scope: Mapping[str, Operand],
    earlier: Mapping[str, str],
) -> Iterable[tuple[PlacedValue, int, str]]:
    for one in placed.starts:
        counted = placed.deadline.unit != "none"
        if message := _start_trouble(one.start, counted, questions, earlier):
            yield one.entry, 0, message
    if placed.before is not None and (message := _kind_trouble(placed.before.text, "date", questions, earlier)):
        yield placed.before, 0, message
    if placed.when is not None:
        yield from _when_troubles(placed.when, scope, earlier)


def _when_troubles(
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
    for wrong in type_errors(condition, scope):
        yield entry, wrong.offset, _("This condition cannot work: {trouble}").format(trouble=wrong.message)


def _start_trouble(
    start: DeadlineStart, counted: bool, questions: Mapping[str, Question], earlier: Mapping[str, str]
) -> str:
    """Why nothing can be counted from here, "" when it can. Where nothing is `counted`, any question will do."""
    if not counted and not start.column:
        return _kind_trouble(start.question, "", questions, earlier)
    if not start.column:
        return _kind_trouble(start.question, "date", questions, earlier) or (
            _kind_trouble(start.time, "time", questions, earlier) if start.time else ""
        )
    if message := _kind_trouble(start.question, "table", questions, earlier):
        return message
    columns = {column.id: column.kind for column in questions[start.question].columns}
    wanted: tuple[tuple[str, ColumnKind], ...] = (
        (start.column, "date"),
        (start.unless, "yesno"),
        (start.is_ongoing, "yesno"),
    )
    for name, kind in wanted:
        if name and columns.get(name) != kind:
            message = _("The table {id} has no column {name} of the kind {kind}.{hint}")
            hint = did_you_mean(name, (known for known, its in columns.items() if its == kind))
            return message.format(id=quoted(start.question), name=quoted(name), kind=kind, hint=hint)
    return ""


def _kind_trouble(question_id: str, kind: str, questions: Mapping[str, Question], earlier: Mapping[str, str]) -> str:
    """Why this is no question of this kind ("": of any kind), "" when it is."""
    question = questions.get(question_id)
    if question is None:
        if question_id in earlier:
            message = _("{id} is called {now} today. Write that.")
            return message.format(id=quoted(question_id), now=quoted(earlier[question_id]))
        near = did_you_mean(question_id, (key for key, one in questions.items() if not kind or one.kind == kind))
        return _("There is no question {id}.{hint}").format(id=quoted(question_id), hint=near)
    if kind and question.kind != kind:
        message = _("The question {id} is of the kind {found}; here it must be {kind}.")
        return message.format(id=quoted(question_id), found=question.kind, kind=kind)
    return ""
