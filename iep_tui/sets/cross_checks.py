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

#: What conditions read in another way than as the id of a question. `state` is both a fact and the question behind it.
RESERVED = frozenset(("age", "stage", "and", "or", "not", "in", "has", "answered"))
#: After so many mistakes between a file and the others its further conditions are not looked at, and not relied on.
MAX_TOLD = 100
#: So many questions have more combinations of answers than anyone can try.
MAX_DEPENDENCIES = 100


class Findings(msgspec.Struct, frozen=True):
    """What is wrong, and what must therefore not be asked: files by path, questions by path and id."""

    problems: tuple[Problem, ...]
    sets: frozenset[str]
    questions: frozenset[tuple[str, str]]


def check_all(read: Sequence[ReadSet], *, thorough: bool = True) -> Findings:
    """What is wrong between these sets. Where an id is there twice, the set that comes first in `read` keeps it.

    Not `thorough`: conditions that can never be true are not looked for, since they do no harm but take time.
    """
    return _Judging(read, thorough).run()


class _Seat(msgspec.Struct, frozen=True):
    """A question, the file it is in, and how many are asked before it."""

    read: ReadSet
    placed: PlacedQuestion
    position: int


class _Judging:
    def __init__(self, read: Sequence[ReadSet], thorough: bool) -> None:
        self.read = read
        self.thorough = thorough
        self.problems: dict[Problem, None] = {}
        self.told: Counter[str] = Counter()
        self.left_sets: set[str] = set()
        self.left: set[tuple[str, str]] = set()
        self.seats: dict[str, _Seat] = {}
        self.earlier: dict[str, str] = {}
        self.scope: dict[str, Operand] = {}
        self.conditions: dict[str, Condition] = {}
        self.whens: dict[str, Condition] = {}

    def run(self) -> Findings:
        sets = self._own_sets()
        self._seat(sets)
        self._check_earlier()
        for one in sets:
            self._check_conditions(one)
        if self.thorough:
            for one in sets:
                self._check_reach(one)
        return Findings(tuple(self.problems), frozenset(self.left_sets), frozenset(self.left))

    def _tell(self, read: ReadSet, entry: PlacedValue, message: str, offset: int = 0) -> None:
        problem = Problem(read.path, entry.line, entry.column + offset, message)
        if problem not in self.problems:
            self.problems[problem] = None
            self.told[read.path] += 1

    def _own_sets(self) -> list[ReadSet]:
        """The sets that take part, in the order they are asked; a second one of the same id does not."""
        kept: dict[str, ReadSet] = {}
        for read in self.read:
            if "set" not in read.front.entries:
                continue
            set_id = read.front.entries["set"]
            first = kept.setdefault(set_id.text, read)
            if first is not read:
                message = _("There is already a set {id}: {file}. Give this one an id of its own.")
                self._tell(read, set_id, message.format(id=quoted(set_id.text), file=_name(first)))
                self.left_sets.add(read.path)
        return sorted(kept.values(), key=_order)

    def _seat(self, sets: list[ReadSet]) -> None:
        """Give each question its place in the order; of two with one id the file that was read first keeps it."""
        ranks = {id(read): rank for rank, read in enumerate(sets)}
        found: dict[str, tuple[ReadSet, PlacedQuestion]] = {}
        for read in (one for one in self.read if id(one) in ranks):
            for placed in read.placed:
                question_id = placed.question.id
                if question_id in RESERVED:
                    message = _("{id} has a meaning of its own in conditions. Give the question another id.")
                    self._tell(read, placed.id, message.format(id=quoted(question_id)))
                    self.left.add((read.path, question_id))
                elif question_id in found:
                    first, other = found[question_id]
                    message = _("The id {id} is already used in {file}, line {line}. Give each question its own.")
                    message = message.format(id=quoted(question_id), file=_name(first), line=other.id.line)
                    self._tell(read, placed.id, message)
                    self.left.add((read.path, question_id))
                else:
                    found[question_id] = (read, placed)
        position = 0
        for read in sets:
            for placed in read.placed:
                if found.get(placed.question.id, (None, None))[1] is placed:
                    self.seats[placed.question.id] = _Seat(read, placed, position)
                    position += 1
                    if not placed.good or read.set is None:
                        self.left.add((read.path, placed.question.id))
        self.scope = {key: operand(seat.placed.question) for key, seat in self.seats.items() if seat.placed.good}
        self.scope.update(FACTS)

    def _check_earlier(self) -> None:
        """`was` names ids that no question has today, and each is named once."""
        for seat in self.seats.values():
            for entry in seat.placed.was:
                living, taken = self.seats.get(entry.text), self.earlier.get(entry.text)
                if living is not None:
                    message = _(
                        "{id} is the id of a question today ({file}, line {line}), so it cannot be an earlier one."
                    )
                    place = {"file": _name(living.read), "line": living.placed.id.line}
                    self._tell(seat.read, entry, message.format(id=quoted(entry.text), **place))
                elif taken is not None:
                    message = _("{id} is already named as the earlier id of {other}. One question can follow it.")
                    self._tell(seat.read, entry, message.format(id=quoted(entry.text), other=quoted(taken)))
                else:
                    self.earlier[entry.text] = seat.placed.question.id

    # Conditions

    def _check_conditions(self, read: ReadSet) -> None:
        seats = [seat for seat in self.seats.values() if seat.read is read]
        seats.sort(key=lambda seat: seat.position)
        own: Condition | None = None
        entry = read.front.entries.get("when")
        if entry is not None:
            first = seats[0].position if seats else 0
            own = self._condition(read, entry, first, read.front.text("set"))
            if own is None:
                self.left_sets.add(read.path)
                self.left.update((read.path, seat.placed.question.id) for seat in seats)
        for seat in seats:
            question_id = seat.placed.question.id
            if seat.placed.when is None:
                continue
            condition = None
            if self.told[read.path] < MAX_TOLD:
                condition = self._condition(read, seat.placed.when, seat.position, question_id)
            if condition is None:
                self.left.add((read.path, question_id))
            else:
                self.conditions[question_id] = condition
        for seat in seats:
            whole = self._whole(read, seat.placed.question.when if seat.placed.question.id in self.conditions else "")
            if whole is not None:
                self.whens[seat.placed.question.id] = whole

    def _condition(self, read: ReadSet, entry: PlacedValue, position: int, asking: str) -> Condition | None:
        """The condition at `entry`, None when something is wrong with it."""
        try:
            condition = parse_cached(entry.text)
        except ConditionError as error:
            message = _("This condition cannot be read: {trouble}").format(trouble=error.message)
            self._tell(read, entry, message, error.offset)
            return None
        before = len(self.problems)
        unknown = False
        for name in referenced_names(condition):
            seat = self.seats.get(name.name)
            if name.name in FACTS:
                continue
            if seat is None:
                if name.name in self.earlier:
                    message = _("{id} is called {now} today. Write that.")
                    now = quoted(self.earlier[name.name])
                    self._tell(read, entry, message.format(id=quoted(name.name), now=now), name.offset)
                    unknown = True
                continue
            if seat.position >= position:
                self._tell(read, entry, self._ahead(name.name, seat, asking, read), name.offset)
            elif seat.read.front.text("state") not in ("", read.front.text("state")):
                message = _(
                    "{id} is asked only in {state}, by the set {set}. A set for every state cannot build on it."
                )
                place = {"state": seat.read.front.text("state"), "set": quoted(seat.read.front.text("set"))}
                self._tell(read, entry, message.format(id=quoted(name.name), **place), name.offset)
            # What is wrong with that question is told where it stands, not again at each use.
            unknown = unknown or (seat.read.path, name.name) in self.left
        if not unknown:
            for wrong in type_errors(condition, self.scope):
                message = _("This condition cannot work: {trouble}").format(trouble=wrong.message)
                self._tell(read, entry, message, wrong.offset)
        return condition if len(self.problems) == before and not unknown else None

    def _ahead(self, name: str, seat: _Seat, asking: str, read: ReadSet) -> str:
        """What is wrong with building on a question that is not asked earlier."""
        of_set = asking not in self.seats or self.seats[asking].read is not read
        if not of_set and name == asking:
            return _("The question builds on its own answer: {id}. Take it out of the condition.").format(
                id=quoted(name)
            )
        if of_set and seat.read is read:
            message = _("The set builds on {id}, a question of its own. Use a question of an earlier set.")
            return message.format(id=quoted(name))
        place = {"file": _name(seat.read), "line": seat.placed.id.line}
        if not of_set and asking in self._needed_by(name):
            message = _("{id} and {asking} wait for each other ({file}, line {line}). One of them must stand alone.")
            return message.format(id=quoted(name), asking=quoted(asking), **place)
        message = _("{id} is asked later ({file}, line {line}). A condition uses only questions that come before it.")
        return message.format(id=quoted(name), **place)

    def _needed_by(self, question_id: str) -> set[str]:
        """The ids that this question's condition, and theirs in turn, are about."""
        needed: set[str] = set()
        waiting = [question_id]
        while waiting:
            seat = self.seats.get(waiting.pop())
            if seat is None:
                continue
            for source in (seat.placed.question.when, seat.read.front.text("when")):
                fresh = set(_names(source)) - needed
                needed |= fresh
                waiting.extend(fresh)
        return needed

    def _whole(self, read: ReadSet, when: str) -> Condition | None:
        """All that must hold for a question of this set with this condition to be asked; None: nothing must."""
        state = read.front.text("state")
        parts = [f"state = {state}"] if state else []
        parts += [f"({one})" for one in (read.front.text("when"), when) if one]
        if not parts or read.path in self.left_sets:
            return None
        try:
            return parse_cached(" and ".join(parts))
        except ConditionError:
            return None

    def _check_reach(self, read: ReadSet) -> None:
        """Conditions that no answers can meet, and sets that no answers lead to."""
        seats = [seat for seat in self.seats.values() if seat.read is read]
        if not seats or read.path in self.left_sets:
            return
        whole = self._whole(read, "")
        if whole is not None and not self._can_hold(whole):
            place = read.front.entries.get("when") or read.front.entries["set"]
            self._tell(read, place, _("No answer can reach this set: its condition can never be true."))
            return
        hidden = 0
        for seat in seats:
            question_id = seat.placed.question.id
            entry, condition = seat.placed.when, self.conditions.get(question_id)
            if entry is None or condition is None:
                continue
            if not self._can_hold(condition):
                hidden += 1
                self._tell(
                    read, entry, _("This condition can never be true, so the question is never asked. Change it.")
                )
            elif question_id in self.whens and not self._can_hold(self.whens[question_id]):
                hidden += 1
                message = _("This condition and that of its set can never be true together. Change one of them.")
                self._tell(read, entry, message)
        if hidden == len(seats):
            message = _("No answer can reach this set: the conditions of all its questions can never be true.")
            self._tell(read, read.front.entries["set"], message)

    def _can_hold(self, condition: Condition) -> bool:
        """Whether any answers meet it. One that rests on very many questions is taken to be possible, unseen."""
        waiting, rests_on = [condition], set[str]()
        while waiting:
            for name in referenced_names(waiting.pop()):
                if name.name not in rests_on and name.name in self.whens:
                    waiting.append(self.whens[name.name])
                rests_on.add(name.name)
            if len(rests_on) > MAX_DEPENDENCIES:
                return True
        return can_hold(condition, self.scope, self.whens)


def _order(read: ReadSet) -> tuple[int, int, str]:
    """Where the set stands among all, as `Catalogue` has it."""
    front = read.front
    return _STAGES[front.text("stage", "before")], front.number("order", 0), front.text("set")


def _names(source: str) -> Iterator[str]:
    if source:
        try:
            yield from (name.name for name in referenced_names(parse_cached(source)))
        except ConditionError:
            return


def _name(read: ReadSet) -> str:
    return Path(read.path).name
