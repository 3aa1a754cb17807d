"""Checks across questions and sets: duplicate ids, earlier ids, conditions that cannot work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from iep_tui.core.conditions import (
    FACTS,
    Condition,
    ConditionError,
    Operand,
    can_hold,
    operand,
    parse_cached,
    referenced_names,
    type_errors,
)
from iep_tui.core.question_model import STAGES
from iep_tui.i18n import _
from iep_tui.sets.attribute_values import PlacedValue
from iep_tui.sets.problems import Problem, quoted
from iep_tui.sets.set_builder import PlacedQuestion
from iep_tui.sets.set_reader import ReadSet

_STAGES: dict[str, int] = {stage: rank for rank, stage in enumerate(STAGES)}

#: Ids that no question may have, since conditions use them for facts and keywords. `state` is allowed: the fact comes
#: from the question of the same id.
RESERVED = frozenset(("age", "stage", "and", "or", "not", "in", "has", "answered"))
#: After this many errors in a file, its remaining conditions are not checked, and their questions are left out.
MAX_ERRORS_PER_FILE = 100
#: A condition that depends on more questions than this is not checked for satisfiability.
MAX_DEPENDENCIES = 100


class Findings(msgspec.Struct, frozen=True):
    """The errors, and what they exclude: `sets` by path, `questions` by path and id."""

    problems: tuple[Problem, ...]
    sets: frozenset[str]
    questions: frozenset[tuple[str, str]]


def check_all(read: Sequence[ReadSet], *, thorough: bool = True) -> Findings:
    """Check the sets against each other. If two sets use an id, the first in `read` keeps it.

    Without `thorough`, conditions that can never be true are not searched for: they are harmless and slow to find.
    """
    return _CrossChecker(read, thorough).run()


class _OrderedQuestion(msgspec.Struct, frozen=True):
    """A question, its file, and the number of questions asked before it."""

    read: ReadSet
    placed: PlacedQuestion
    position: int


class _CrossChecker:
    def __init__(self, read: Sequence[ReadSet], thorough: bool) -> None:
        self.read = read
        self.thorough = thorough
        self.problems: dict[Problem, None] = {}
        self.error_counts: Counter[str] = Counter()
        self.excluded_sets: set[str] = set()
        self.excluded: set[tuple[str, str]] = set()
        self.questions: dict[str, _OrderedQuestion] = {}
        self.earlier: dict[str, str] = {}
        self.scope: dict[str, Operand] = {}
        self.conditions: dict[str, Condition] = {}
        self.joined_conditions: dict[str, Condition] = {}

    def run(self) -> Findings:
        sets = self._unique_sets()
        self._number_questions(sets)
        self._check_earlier()
        for read in sets:
            self._check_conditions(read)
        if self.thorough:
            for read in sets:
                self._check_satisfiable(read)
        return Findings(tuple(self.problems), frozenset(self.excluded_sets), frozenset(self.excluded))

    def _report(self, read: ReadSet, entry: PlacedValue, message: str, offset: int = 0) -> None:
        problem = Problem(read.path, entry.line, entry.column + offset, message)
        if problem not in self.problems:
            self.problems[problem] = None
            self.error_counts[read.path] += 1

    def _unique_sets(self) -> list[ReadSet]:
        """Return the sets to check, in the order they are asked, without later ones with a duplicate id."""
        by_id: dict[str, ReadSet] = {}
        for read in self.read:
            if "set" not in read.front.entries:
                continue
            set_id = read.front.entries["set"]
            first = by_id.setdefault(set_id.text, read)
            if first is not read:
                message = _("There is already a set {id}: {file}. Give this one an id of its own.")
                self._report(read, set_id, message.format(id=quoted(set_id.text), file=_file_name(first)))
                self.excluded_sets.add(read.path)
        return sorted(by_id.values(), key=_sort_key)

    def _number_questions(self, sets: list[ReadSet]) -> None:
        """Number the questions in the order they are asked; the file read first keeps a duplicate id."""
        ranks = {id(read): rank for rank, read in enumerate(sets)}
        entries: dict[str, tuple[ReadSet, PlacedQuestion]] = {}
        for read in (candidate for candidate in self.read if id(candidate) in ranks):
            for placed in read.placed:
                question_id = placed.question.id
                if question_id in RESERVED:
                    message = _("{id} has a meaning of its own in conditions. Give the question another id.")
                    self._report(read, placed.id, message.format(id=quoted(question_id)))
                    self.excluded.add((read.path, question_id))
                elif question_id in entries:
                    first, first_placed = entries[question_id]
                    message = _("The id {id} is already used in {file}, line {line}. Give each question its own.")
                    message = message.format(id=quoted(question_id), file=_file_name(first), line=first_placed.id.line)
                    self._report(read, placed.id, message)
                    self.excluded.add((read.path, question_id))
                else:
                    entries[question_id] = (read, placed)
        position = 0
        for read in sets:
            for placed in read.placed:
                if entries.get(placed.question.id, (None, None))[1] is placed:
                    self.questions[placed.question.id] = _OrderedQuestion(read, placed, position)
                    position += 1
                    if not placed.good or read.set is None:
                        self.excluded.add((read.path, placed.question.id))
        self.scope = {
            key: operand(question.placed.question) for key, question in self.questions.items() if question.placed.good
        }
        self.scope.update(FACTS)

    def _check_earlier(self) -> None:
        """Check that no id in a `was` is a current id or is listed twice."""
        for question in self.questions.values():
            for entry in question.placed.was:
                current, owner = self.questions.get(entry.text), self.earlier.get(entry.text)
                if current is not None:
                    message = _(
                        "{id} is the id of a question today ({file}, line {line}), so it cannot be an earlier one."
                    )
                    place = {"file": _file_name(current.read), "line": current.placed.id.line}
                    self._report(question.read, entry, message.format(id=quoted(entry.text), **place))
                elif owner is not None:
                    message = _("{id} is already named as the earlier id of {other}. One question can follow it.")
                    self._report(question.read, entry, message.format(id=quoted(entry.text), other=quoted(owner)))
                else:
                    self.earlier[entry.text] = question.placed.question.id

    # Conditions

    def _check_conditions(self, read: ReadSet) -> None:
        questions = [question for question in self.questions.values() if question.read is read]
        questions.sort(key=lambda question: question.position)
        own: Condition | None = None
        entry = read.front.entries.get("when")
        if entry is not None:
            first = questions[0].position if questions else 0
            own = self._condition(read, entry, first, read.front.text("set"))
            if own is None:
                self.excluded_sets.add(read.path)
                self.excluded.update((read.path, question.placed.question.id) for question in questions)
        for question in questions:
            question_id = question.placed.question.id
            if question.placed.when is None:
                continue
            condition = None
            if self.error_counts[read.path] < MAX_ERRORS_PER_FILE:
                condition = self._condition(read, question.placed.when, question.position, question_id)
            if condition is None:
                self.excluded.add((read.path, question_id))
            else:
                self.conditions[question_id] = condition
        for question in questions:
            whole = self._joined_condition(
                read, question.placed.question.when if question.placed.question.id in self.conditions else ""
            )
            if whole is not None:
                self.joined_conditions[question.placed.question.id] = whole

    def _condition(self, read: ReadSet, entry: PlacedValue, position: int, asking_id: str) -> Condition | None:
        """Parse and check the condition at `entry`; None after an error."""
        try:
            condition = parse_cached(entry.text)
        except ConditionError as error:
            message = _("This condition cannot be read: {trouble}").format(trouble=error.message)
            self._report(read, entry, message, error.offset)
            return None
        before = len(self.problems)
        is_doubtful = False
        for name in referenced_names(condition):
            question = self.questions.get(name.name)
            if name.name in FACTS:
                continue
            if question is None:
                if name.name in self.earlier:
                    message = _("{id} is called {now} today. Write that.")
                    now = quoted(self.earlier[name.name])
                    self._report(read, entry, message.format(id=quoted(name.name), now=now), name.offset)
                    is_doubtful = True
                continue
            if question.position >= position:
                self._report(read, entry, self._order_message(name.name, question, asking_id, read), name.offset)
            elif question.read.front.text("state") not in ("", read.front.text("state")):
                message = _(
                    "{id} is asked only in {state}, by the set {set}. A set for every state cannot build on it."
                )
                place = {"state": question.read.front.text("state"), "set": quoted(question.read.front.text("set"))}
                self._report(read, entry, message.format(id=quoted(name.name), **place), name.offset)
            # Errors in that question are reported at its own position, not at each use.
            is_doubtful = is_doubtful or (question.read.path, name.name) in self.excluded
        if not is_doubtful:
            for type_error in type_errors(condition, self.scope):
                message = _("This condition cannot work: {trouble}").format(trouble=type_error.message)
                self._report(read, entry, message, type_error.offset)
        return condition if len(self.problems) == before and not is_doubtful else None

    def _order_message(self, name: str, question: _OrderedQuestion, asking_id: str, read: ReadSet) -> str:
        """Return the error message for a condition on a question that is not asked earlier."""
        is_set_condition = asking_id not in self.questions or self.questions[asking_id].read is not read
        if not is_set_condition and name == asking_id:
            return _("The question builds on its own answer: {id}. Remove it from the condition.").format(
                id=quoted(name)
            )
        if is_set_condition and question.read is read:
            message = _("The set builds on {id}, a question of its own. Use a question of an earlier set.")
            return message.format(id=quoted(name))
        place = {"file": _file_name(question.read), "line": question.placed.id.line}
        if not is_set_condition and asking_id in self._dependencies(name):
            message = _(
                "{id} and {asking} wait for each other ({file}, line {line}). One of them must not depend on the other."
            )
            return message.format(id=quoted(name), asking=quoted(asking_id), **place)
        message = _("{id} is asked later ({file}, line {line}). A condition uses only questions that come before it.")
        return message.format(id=quoted(name), **place)

    def _dependencies(self, question_id: str) -> set[str]:
        """Return the ids that this question's condition depends on, directly or through other conditions."""
        ids: set[str] = set()
        pending = [question_id]
        while pending:
            question = self.questions.get(pending.pop())
            if question is None:
                continue
            for source in (question.placed.question.when, question.read.front.text("when")):
                new_ids = set(_referenced_ids(source)) - ids
                ids |= new_ids
                pending.extend(new_ids)
        return ids

    def _joined_condition(self, read: ReadSet, when: str) -> Condition | None:
        """Join the conditions of the set with `when`; None if there are none or they are invalid."""
        state = read.front.text("state")
        parts = [f"state = {state}"] if state else []
        parts += [f"({source})" for source in (read.front.text("when"), when) if source]
        if not parts or read.path in self.excluded_sets:
            return None
        try:
            return parse_cached(" and ".join(parts))
        except ConditionError:
            return None

    def _check_satisfiable(self, read: ReadSet) -> None:
        """Report conditions that can never be true and sets that no answers can reach."""
        questions = [question for question in self.questions.values() if question.read is read]
        if not questions or read.path in self.excluded_sets:
            return
        whole = self._joined_condition(read, "")
        if whole is not None and not self._can_hold(whole):
            place = read.front.entries.get("when") or read.front.entries["set"]
            self._report(read, place, _("No answer can reach this set: its condition can never be true."))
            return
        hidden = 0
        for question in questions:
            question_id = question.placed.question.id
            entry, condition = question.placed.when, self.conditions.get(question_id)
            if entry is None or condition is None:
                continue
            if not self._can_hold(condition):
                hidden += 1
                self._report(
                    read, entry, _("This condition can never be true, so the question is never asked. Change it.")
                )
            elif question_id in self.joined_conditions and not self._can_hold(self.joined_conditions[question_id]):
                hidden += 1
                message = _("This condition and that of its set can never be true together. Change one of them.")
                self._report(read, entry, message)
        if hidden == len(questions):
            message = _("No answer can reach this set: the conditions of all its questions can never be true.")
            self._report(read, read.front.entries["set"], message)

    def _can_hold(self, condition: Condition) -> bool:
        """Return whether any answers meet the condition; assumed True beyond `MAX_DEPENDENCIES` questions."""
        pending, dependencies = [condition], set[str]()
        while pending:
            for name in referenced_names(pending.pop()):
                if name.name not in dependencies and name.name in self.joined_conditions:
                    pending.append(self.joined_conditions[name.name])
                dependencies.add(name.name)
            if len(dependencies) > MAX_DEPENDENCIES:
                return True
        return can_hold(condition, self.scope, self.joined_conditions)


def _sort_key(read: ReadSet) -> tuple[int, int, str]:
    """Sort key of a set, the same order as in `Catalogue`."""
    front = read.front
    return _STAGES[front.text("stage", "before")], front.number("order", 0), front.text("set")


def _referenced_ids(source: str) -> Iterator[str]:
    if source:
        try:
            yield from (name.name for name in referenced_names(parse_cached(source)))
        except ConditionError:
            return


def _file_name(read: ReadSet) -> str:
    return Path(read.path).name
